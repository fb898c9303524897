"""The pages of the app, in the order of the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Route:
    """One page: its address, what the menu says, and the module that draws it."""

    path: str
    title: str
    icon: str

    @property
    def render(self) -> Callable[[], None]:
        """Draw the page; its module is imported only when it is opened."""

        def draw() -> None:
            import_module(f"views.{self.path or 'overview'}").render()

        draw.__name__ = self.path or "overview"
        return draw


ROUTES: tuple[Route, ...] = (
    Route("overview", "Overview", ":material/home:"),
    Route("models", "Models", ":material/hub:"),
    Route("gaps", "Gaps", ":material/balance:"),
    Route("claims", "Claims", ":material/fact_check:"),
)
