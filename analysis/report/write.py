"""Writes the report: pages, figures and a manifest, all together or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from analysis import store
from analysis.report import claims, domains, findings, html, markdown, opening, sources
from analysis.report.blocks import Document, Rows
from analysis.report.figures import Drawn, draw
from schema.files import put_folder

TITLE = "What genomics foundation models claim, and what the evidence shows"
MANIFEST = "manifest.json"
Says = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


class NotAReportError(ValueError):
    """The folder holds something that no report left there; nothing was touched."""


@dataclass(frozen=True)
class Report:
    """What was written."""

    folder: Path
    data_version: str
    files: int
    figures: int


def write_report(
    database: Path, folder: Path, screening: Mapping[str, Any] | None = None,
    says: Says = lambda *_: None,
) -> Report:  # fmt: skip
    """Write the report of a built database into `folder`, in the place of an earlier report.

    The same database gives the same bytes. `screening` is what `claimgap watch counts` says, where
    there is a ledger. Raises NotAReportError where the folder holds other things, and OSError where it
    can't be written; either way what was there stays as it was.
    """
    _refuse_others(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with store.connect(database) as connection:
        # sums of several threads differ in their last digits from run to run
        connection.execute("SET threads = 1")
        document = compose(connection, screening, says)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        files, figures = _write(document, draft, says)
        put_folder(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Report(folder, document.data_version, files, figures)


def compose(
    connection: duckdb.DuckDBPyConnection, screening: Mapping[str, Any] | None = None,
    says: Says = lambda *_: None,
) -> Document:  # fmt: skip
    """The report's text and charts, not yet drawn."""
    facts = store.meta(connection)
    chapters = []
    makers: list[tuple[str, Callable[[], Any]]] = [
        ("summary", lambda: opening.chapter(connection)),
        ("domains", lambda: domains.chapter(connection)),
        ("findings", lambda: findings.chapter(connection)),
        ("claims", lambda: claims.chapter(connection)),
        ("what is missing", lambda: sources.missing(connection)),
        ("methods", lambda: sources.methods(connection, screening)),
        ("references", lambda: sources.references(connection)),
    ]
    for done, (name, make) in enumerate(makers):
        says(f"asking for {name}", done, len(makers))
        chapters.append(make())
    chapters.insert(-1, sources.citing(facts))
    return Document(TITLE, opening.lead(facts), chapters, facts["data_version"])


def _write(document: Document, draft: Path, says: Says) -> tuple[int, int]:
    pictures = list(document.figures())
    drawn: dict[str, Drawn] = {}
    (draft / "figures").mkdir()
    for done, figure in enumerate(pictures):
        says(f"drawing {figure.name}", done, len(pictures))
        one = draw(figure.chart, figure.name)
        drawn[figure.name] = one
        (draft / "figures" / f"{figure.name}.svg").write_text(one.svg + "\n", encoding="utf-8")
        (draft / "figures" / f"{figure.name}.png").write_bytes(one.png)
    (draft / "data").mkdir()
    for block in document.blocks():
        if isinstance(block, Rows):
            block.data.to_csv(
                draft / "data" / f"{block.name}.csv", index=False, lineterminator="\n"
            )
    says("writing the pages", len(pictures), len(pictures))
    (draft / "index.html").write_text(html.page(document, drawn), encoding="utf-8")
    (draft / "report.md").write_text(markdown.text(document, drawn), encoding="utf-8")
    files = sorted(path for path in draft.rglob("*") if path.is_file())
    listing = {
        "claimgap_report": 1,
        "data_version": document.data_version,
        "files": {
            path.relative_to(draft).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
        },
    }
    text = json.dumps(listing, indent=1, sort_keys=True) + "\n"
    (draft / MANIFEST).write_text(text, encoding="utf-8")
    draft.chmod(0o755)  # a temporary folder is its maker's alone; a report is to be read
    return len(files) + 1, len(pictures)


def _refuse_others(folder: Path) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        listing = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        listing = None
    if not isinstance(listing, dict) or "claimgap_report" not in listing:
        raise NotAReportError(
            f"{folder} holds other things than an earlier report, and nothing was touched: name a new "
            "or empty folder with --out"
        )
    known = {*listing.get("files", {}), MANIFEST}
    strange = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() and path.relative_to(folder).as_posix() not in known
    )
    if strange:
        raise NotAReportError(
            f"{folder} holds {strange[0]}, which no report wrote, and nothing was touched: move it, or "
            "name another folder with --out"
        )
