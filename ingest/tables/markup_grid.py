"""Rows of table markup (XHTML model of JATS and HTML) as placed cells."""

from typing import Any

from ingest.safe_xml import local
from ingest.tables.grid import Placed
from ingest.tables.markup_text import inline

# The HTML standard's own limits (table model, colspan and rowspan).
MAX_COLSPAN = 1_000
MAX_ROWSPAN = 65_534


def span(text: str | None, limit: int) -> int:
    """A span attribute as browsers read it: nonsense is 1, 0 rows means to the end."""
    if text is None:
        return 1
    stripped = text.strip()
    if not stripped.isdigit():
        return 1
    number = int(stripped[:9])
    if number == 0:
        return limit if limit == MAX_ROWSPAN else 1
    return min(number, limit)


def rows_of(table: Any) -> tuple[list[list[Placed]], int]:
    """Rows of a table element, nested tables' rows left to themselves, and rows in its thead."""
    head: list[list[Placed]] = []
    body: list[list[Placed]] = []
    foot: list[list[Placed]] = []
    for section in table:
        tag = local(section)
        if tag == "tr":
            body.append(_row(section, False))
        elif tag in ("thead", "tbody", "tfoot"):
            target = {"thead": head, "tbody": body, "tfoot": foot}[tag]
            target += [_row(tr, tag == "thead") for tr in section if local(tr) == "tr"]
    return [*head, *body, *foot], len(head)


def _row(tr: Any, in_head: bool) -> list[Placed]:
    cells: list[Placed] = []
    for cell in tr:
        tag = local(cell)
        if tag not in ("td", "th"):
            continue
        content = inline(cell)
        header = in_head or tag == "th"
        cells.append(
            Placed(
                content.text,
                bold=content.styled(1),
                underline=content.styled(2),
                header=header,
                rows=span(cell.get("rowspan"), MAX_ROWSPAN),
                columns=span(cell.get("colspan"), MAX_COLSPAN),
            )
        )
    return cells
