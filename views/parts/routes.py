"""The pages of the app, in the order of the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import streamlit as st


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
            import_module(f"views.{self.path}").render()

        draw.__name__ = self.path
        return draw


ROUTES: tuple[Route, ...] = (
    Route("overview", "Overview", ":material/home:"),
    Route("choose", "Choose", ":material/explore:"),
    Route("models", "Models", ":material/hub:"),
    Route("gaps", "Gaps", ":material/balance:"),
    Route("claims", "Claims", ":material/fact_check:"),
    Route("findings", "Findings", ":material/lightbulb:"),
    Route("compare", "Compare", ":material/compare_arrows:"),
    Route("benchmarks", "Benchmarks", ":material/grid_on:"),
    Route("run_it_yourself", "Run it yourself", ":material/terminal:"),
    Route("sql", "SQL", ":material/database:"),
    Route("sources", "Sources", ":material/menu_book:"),
    Route("contribute", "Contribute", ":material/add_circle:"),
    Route("about", "About", ":material/info:"),
)


def pages() -> list[Any]:
    """Streamlit's pages: the first opens at /, and a hidden twin of it under its own name."""
    first, *others = ROUTES
    return [
        _page(first),
        *(_page(route) for route in others),
        # Streamlit serves the default page at / alone, and a link that spells its name must work too
        st.Page(first.render, title=first.title, url_path=first.path, visibility="hidden"),
    ]


def _page(route: Route) -> Any:
    home = route is ROUTES[0]
    return st.Page(
        route.render, title=route.title, icon=route.icon,
        url_path="start" if home else route.path, default=home,
    )  # fmt: skip


def _to(path: str) -> Any:
    return _page(next(route for route in ROUTES if route.path == path))


def link(label: str, path: str, **parameters: str) -> None:
    """A link to another page of the app, followed without loading the app anew."""
    st.page_link(
        _to(path), label=label, icon=":material/arrow_forward:", query_params=parameters or None
    )


def turn(label: str, path: str, **parameters: str) -> None:
    """What `link` is to other pages, for another view of the page that is open.

    Streamlit follows a link from a page to itself without writing its parameters into the address.
    """
    key = f"turn-{path}-{'-'.join(parameters.values())}"
    if st.button(label, icon=":material/arrow_forward:", type="tertiary", key=key):
        go(path, **parameters)


def go(path: str, **parameters: str) -> None:
    """Open another page of the app."""
    st.switch_page(_to(path), query_params=parameters or None)
