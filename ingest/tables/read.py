"""Any file with tables in it: which reader it needs, and one kind of error out."""

import tempfile
from pathlib import Path

from ingest.archive import ArchiveError, main_file, unpack
from ingest.safe_xml import BrokenXmlError, UnsafeXmlError
from ingest.tables import delimited, html, jats, latex, markdown
from ingest.tables.grid import Table, TableTooLargeError
from ingest.tables.latex_source import LatexSourceError

FORMATS = ("latex", "jats", "html", "csv", "tsv", "markdown")
_SUFFIXES = {
    ".tex": "latex", ".ltx": "latex", ".latex": "latex", ".xml": "jats", ".nxml": "jats",
    ".jats": "jats", ".html": "html", ".htm": "html", ".xhtml": "html", ".csv": "csv",
    ".tsv": "tsv", ".tab": "tsv", ".md": "markdown", ".markdown": "markdown",
}  # fmt: skip


# No paper, page or result table that people read is larger; dumps are.
MAX_BYTES = 200 * 1024 * 1024
ARCHIVES = (".tar.gz", ".tgz", ".tar", ".zip", ".gz")


class TableFileError(ValueError):
    """A file whose tables can't be read; the message is for people."""


def sniff(path: Path) -> str:
    """Format by the file's ending, or else by how its text begins."""
    known = _SUFFIXES.get(path.suffix.lower())
    if known:
        return known
    head = path.read_bytes()[:20_000].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")) or (
        b"<table" in head and b"<?xml" not in head
    ):
        return "html"
    if head.startswith((b"<?xml", b"<article")):
        return "jats"
    if b"\\begin{" in head or b"\\documentclass" in head:
        return "latex"
    if b"\n|" in head and b"--" in head:
        return "markdown"
    return "tsv" if b"\t" in head else "csv"


def read_tables(path: Path, form: str | None = None) -> list[Table]:
    """All tables of a file.

    Raises TableFileError with the file's name, what was found and what to do.
    """
    if not path.is_file():
        raise TableFileError(f"{path}: no such file. Give the path of a .tex, .xml, .html, .csv, "
                             ".tsv or .md file.")  # fmt: skip
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise TableFileError(f"{path.name}: {size:,} bytes; at most {MAX_BYTES:,} are read. Cut the "
                             "table out of the file.")  # fmt: skip
    if form is None and path.name.lower().endswith(ARCHIVES):
        return _read_archive(path)
    kind = form or sniff(path)
    if kind not in FORMATS:
        raise TableFileError(f"format {kind!r} is not read; expected one of {', '.join(FORMATS)}.")
    readers = {
        "latex": latex.read_file, "jats": jats.read_file, "html": html.read_file,
        "csv": delimited.read_file, "tsv": delimited.read_file, "markdown": markdown.read_file,
    }  # fmt: skip
    try:
        return readers[kind](path)
    except (BrokenXmlError, UnsafeXmlError, delimited.NotATableError) as error:
        raise TableFileError(str(error)) from error
    except (LatexSourceError, TableTooLargeError) as error:
        raise TableFileError(f"{path.name}: {error}") from error
    except RecursionError as error:
        raise TableFileError(
            f"{path.name}: nested too deep to be a paper's table. Cut the table out of the file."
        ) from error
    except OSError as error:
        raise TableFileError(f"{path}: {error.strerror or error}.") from error


def _read_archive(path: Path) -> list[Table]:
    """Tables of an e-print source: unpacked aside, within the archive reader's limits."""
    with tempfile.TemporaryDirectory(prefix="claimgap-") as folder:
        try:
            unpack(path.read_bytes(), Path(folder) / "source", path.name)
            main = main_file(Path(folder) / "source")
        except ArchiveError as error:
            raise TableFileError(str(error)) from error
        return read_tables(main)
