"""Lists in many pages: each page is kept as it comes, so that a stopped run goes on."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ingest.files import write_atomic
from ingest.http import Fetched, Fetcher
from ingest.record import Stamp

MAX_PAGES = 2_000


class PagesError(ValueError):
    """The kept pages don't fit what is asked now."""


class Pages:
    """A folder of pages with a manifest: request, pages with their stamps, what comes next."""

    def __init__(self, folder: Path, request: str) -> None:
        """``request`` is the first address; a folder kept for another one is refused."""
        self.folder = folder
        self._file = folder / "manifest.json"
        self._state: dict[str, Any] = {"request": request, "pages": [], "next": request}
        if self._file.is_file():
            try:
                state = json.loads(self._file.read_text("utf-8"))
                kept = state["request"]
            except (ValueError, KeyError, TypeError) as error:
                raise PagesError(
                    f"{self._file}: unreadable ({error}); delete the folder."
                ) from error
            if kept != request:
                raise PagesError(
                    f"{self.folder} holds pages of another request ({kept}). Name another folder, "
                    "or delete this one."
                )
            self._state = state
            self._drop_damaged()

    @property
    def complete(self) -> bool:
        """Whether the last page has been fetched."""
        return self._state["next"] is None

    def __len__(self) -> int:
        """Number of pages that are kept."""
        return len(self._state["pages"])

    def _drop_damaged(self) -> None:
        """Forget pages from the first one that is missing or altered; they are fetched again."""
        for index, page in enumerate(self._state["pages"]):
            file = self.folder / page["file"]
            if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == page["sha256"]:
                continue
            self._state["next"] = page["asked"]
            self._state["pages"] = self._state["pages"][:index]
            return

    def fetch(
        self,
        get: Callable[[str], Fetched],
        following: Callable[[bytes, str], str | None],
    ) -> None:
        """Fetch what is missing. ``following`` gives the next address from a body and its own.

        Each page and then the manifest are written whole; an interruption loses at most the page
        that was under way.
        """
        while self._state["next"] is not None:
            asked = self._state["next"]
            number = len(self._state["pages"]) + 1
            if number > MAX_PAGES:
                raise PagesError(f"{asked}: more than {MAX_PAGES} pages; narrow the query.")
            fetched = get(asked)
            after = following(fetched.body, asked)
            if after is not None and after in {p["asked"] for p in self._state["pages"]} | {asked}:
                after = None
            name = f"page-{number:04d}.body"
            write_atomic(self.folder / name, fetched.body)
            page = {
                "file": name, "asked": asked, "url": fetched.stamp.url,
                "time": fetched.stamp.time, "sha256": fetched.stamp.sha256,
                "service": fetched.stamp.service,
            }  # fmt: skip
            state = {**self._state, "pages": [*self._state["pages"], page], "next": after}
            write_atomic(self._file, json.dumps(state, indent=1, sort_keys=True) + "\n")
            self._state = state

    def bodies(self) -> Iterator[tuple[bytes, Stamp]]:
        """The kept pages in order, each with its stamp."""
        for page in self._state["pages"]:
            body = (self.folder / page["file"]).read_bytes()
            yield body, Stamp(page["service"], page["url"], page["time"], page["sha256"])


def folder_for(root: Path, service: str, query: str) -> Path:
    """A folder name that depends on the query alone, so that the same run finds it again."""
    words = re.sub(r"[^a-z0-9]+", "-", query.lower()).strip("-")[:40]
    return root / f"{service}-{words}-{hashlib.sha256(query.encode()).hexdigest()[:8]}"


__all__ = ["Fetcher", "Pages", "PagesError", "folder_for"]
