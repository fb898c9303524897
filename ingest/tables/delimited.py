"""CSV and TSV files as one table each, whatever their encoding and separator."""

import csv
import io
from pathlib import Path

from ingest.tables.grid import MAX_CELLS, Cell, Table, TableTooLargeError
from ingest.tables.headers import by_content

_SEPARATORS = ",\t;|"


class NotATableError(ValueError):
    """The file holds no rows and columns; the message says what it looks like instead."""


def decode(raw: bytes, where: str) -> str:
    """Text of a file: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252.

    Raises NotATableError for binary files.
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if b"\0" in raw[:4096]:
        raise NotATableError(
            f"{where}: a binary file (it holds NUL bytes), expected text. Spreadsheets must be "
            "saved as CSV first."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def read_file(path: Path) -> list[Table]:
    """The file as one table. Raises NotATableError, TableTooLargeError."""
    return read_text(decode(path.read_bytes(), path.name), path.name)


def read_text(text: str, where: str) -> list[Table]:
    """Delimited text as one table; lines starting with # ahead of it are its caption."""
    lines = text.splitlines(keepends=True)
    notes: list[str] = []
    while lines and (lines[0].startswith("#") or not lines[0].strip()):
        note = lines.pop(0).lstrip("#").strip()
        if note:
            notes.append(note)
    body = "".join(lines)
    if not body.strip():
        raise NotATableError(f"{where}: no rows, expected delimited text with a header line.")
    separator = _separator(body, where)
    csv.field_size_limit(10_000_000)
    try:
        rows = [
            [field.strip() for field in row]
            for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=False)
            if any(field.strip() for field in row)
        ]
    except csv.Error as error:
        raise NotATableError(f"{where}: {error}. Check its quotes.") from error
    width = max(len(row) for row in rows)
    if width * len(rows) > MAX_CELLS:
        raise TableTooLargeError(
            f"{where}: {len(rows)} rows of {width} columns are more than {MAX_CELLS} cells; "
            "split the file."
        )
    ragged = [r + 1 for r, row in enumerate(rows) if len(row) != width]
    grid = [
        [Cell(row[c] if c < len(row) else "", origin=(r, c)) for c in range(width)]
        for r, row in enumerate(rows)
    ]
    # A delimited file's first line is its header unless it is a line of scores itself.
    head = 1 if len(grid) > 1 and by_content(grid) >= 1 else by_content(grid)
    warnings = (
        [f"{where}: rows {ragged[:5]} are shorter than the widest ({width})"] if ragged else []
    )
    return [
        Table(
            grid,
            caption=" ".join(notes) or None,
            header_rows=head,
            warnings=warnings,
            locator=where,
        )
    ]


def _separator(text: str, where: str) -> str:
    if where.lower().endswith((".tsv", ".tab")):
        return "\t"
    first = text.partition("\n")[0]
    counts = {s: first.count(s) for s in _SEPARATORS}
    best = max(counts, key=lambda s: counts[s])
    if counts[best]:
        return best
    return "\t" if "\t" in text else ","
