"""Tables in HTML: articles' pages, LaTeXML output, notebooks' data frames."""

import re
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from lxml import html as lxml_html

from ingest.tables.grid import Table, lay_out, trim
from ingest.tables.headers import by_content
from ingest.tables.markup_grid import rows_of
from ingest.tables.markup_text import inline

_FLOAT_TAGS = ("figure", "div", "section")


def read_file(path: Path) -> list[Table]:
    """All tables of an HTML file."""
    return read_bytes(path.read_bytes())


def read_bytes(raw: bytes | str) -> list[Table]:
    """All tables of an HTML page; the page may be broken, its encoding declared or guessed."""
    # BeautifulSoup finds the encoding and mends the nesting; lxml then walks the tree.
    soup = BeautifulSoup(raw, "lxml")
    _name_spans(soup)
    text = str(soup)
    if "<table" not in text and "ltx_tabular" not in text:
        return []
    root = lxml_html.document_fromstring(text)
    tables: list[Table] = []
    for element in root.iter("table"):
        inner = [e for e in element.iter("table") if e is not element]
        if any(len(list(e.iter("tr"))) > 2 for e in inner):
            continue
        table = _table(element)
        if table:
            tables.append(table)
    return tables


def _name_spans(soup: BeautifulSoup) -> None:
    """Tables that LaTeXML builds of spans, inside scaled boxes, as table markup."""
    names = {"ltx_tabular": "table", "ltx_thead": "thead", "ltx_tbody": "tbody", "ltx_tr": "tr"}
    for span in soup.find_all("span", class_=re.compile(r"^ltx_(?:tabular|thead|tbody|tr|td)$")):
        classes = span.get_attribute_list("class")
        if "ltx_td" in classes:
            span.name = "th" if "ltx_th" in classes else "td"
        else:
            span.name = next(names[c] for c in classes if c in names)
        for word in classes:
            if match := re.fullmatch(r"ltx_(colspan|rowspan)_(\d+)", str(word)):
                span[match.group(1)] = match.group(2)


def _table(element: Any) -> Table | None:
    rows, head = rows_of(element)
    grid = lay_out(rows, push_right=True)
    kept = [r for r, row in enumerate(grid) if any(cell.text for cell in row)]
    head = sum(1 for r in kept if r < head)
    grid = trim(grid)
    if not grid:
        return None
    if head == 0:
        while head < len(grid) - 1 and all(cell.header or not cell.text for cell in grid[head]):
            head += 1
    caption, identifier = _caption(element)
    label = None
    if caption and (match := re.match(r"((?:Supplementary |Extended Data )?Table\s+[\w.]+)\s*[:.|]?\s*",
                                      caption)):  # fmt: skip
        label = match.group(1)
        caption = caption[match.end() :] or caption
    return Table(
        rows=grid,
        label=label or identifier,
        caption=caption,
        header_rows=head or by_content(grid),
        locator=label or identifier,
    )


def _caption(element: Any) -> tuple[str | None, str | None]:
    identifier = element.get("id")
    own = next((e for e in element if e.tag == "caption"), None)
    if own is not None:
        return inline(own).text or None, identifier
    for ancestor in element.iterancestors():
        if ancestor.tag not in _FLOAT_TAGS:
            continue
        if len(list(ancestor.iter("table"))) > 1 and ancestor.tag != "figure":
            break
        found = next((e for e in ancestor.iter("figcaption")), None)
        if found is None:
            found = next(
                (e for e in ancestor.iter() if "caption" in (e.get("class") or "").split()), None
            )
        if found is not None:
            return inline(found).text or None, ancestor.get("id") or identifier
    return None, identifier
