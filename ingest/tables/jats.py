"""Tables in JATS XML: table-wrap with label and caption, XHTML and OASIS (CALS) models."""

from pathlib import Path

from lxml import etree

from ingest.safe_xml import local, parse_xml
from ingest.tables.grid import Placed, Table, lay_out, trim
from ingest.tables.headers import by_content
from ingest.tables.markup_grid import MAX_COLSPAN, rows_of, span
from ingest.tables.markup_text import inline


def read_file(path: Path) -> list[Table]:
    """All tables of a JATS file. Raises UnsafeXmlError, BrokenXmlError."""
    return read_bytes(path.read_bytes(), path.name)


def read_bytes(raw: bytes, where: str) -> list[Table]:
    """All tables of a JATS document in memory."""
    return from_tree(parse_xml(raw, where))


def from_tree(root: etree._Element) -> list[Table]:
    """All tables of a parsed JATS document, in document order."""
    tables: list[Table] = []
    seen: set[int] = set()
    for element in root.iter():
        if local(element) not in ("table", "tgroup") or id(element) in seen:
            continue
        if local(element) == "tgroup" and _parent(element) == "table":
            continue
        tgroups = [e for e in element.iter() if local(e) == "tgroup"]
        seen.update(id(e) for e in element.iter() if local(e) == "table" and e is not element)
        if tgroups:
            tables += [t for t in (_oasis(g, element) for g in tgroups) if t]
        else:
            rows, head = rows_of(element)
            tables += [t for t in [_table(rows, head, element)] if t]
    return tables


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local(parent)


def _table(rows: list[list[Placed]], head: int, element: etree._Element) -> Table | None:
    grid = lay_out(rows, push_right=True)
    kept = [r for r, row in enumerate(grid) if any(cell.text for cell in row)]
    head = sum(1 for r in kept if r < head)
    grid = trim(grid)
    if not grid:
        return None
    if head == 0:
        while head < len(grid) - 1 and all(c.header for c in grid[head]) and grid[head]:
            head += 1
    wrap = _wrap(element)
    label = caption = None
    notes: list[str] = []
    identifier = element.get("id")
    if wrap is not None:
        identifier = wrap.get("id") or identifier
        label = (_child_text(wrap, "label") or "").rstrip(" .:|") or None
        caption = _child_text(wrap, "caption")
        for foot in (e for e in wrap.iter() if local(e) in ("table-wrap-foot", "fn-group")):
            notes += [
                text
                for note in foot.iter()
                if local(note) in ("fn", "attrib") or (local(note) == "p" and _parent(note) != "fn")
                if (text := _note(note))
            ]
            break
    return Table(
        rows=grid,
        label=label or identifier,
        caption=caption,
        header_rows=head or by_content(grid),
        footnotes=notes,
        locator=label or identifier,
    )


def _note(element: etree._Element) -> str:
    label = _child_text(element, "label")
    text = inline(element).text
    return f"{label} {text}" if label else text


def _wrap(element: etree._Element) -> etree._Element | None:
    for ancestor in element.iterancestors():
        if local(ancestor) in ("table-wrap", "boxed-text"):
            return ancestor
    return None


def _child_text(element: etree._Element, name: str) -> str | None:
    for child in element:
        if local(child) == name:
            return inline(child).text or None
    return None


def _oasis(tgroup: etree._Element, element: etree._Element) -> Table | None:
    names: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    for index, column in enumerate(e for e in tgroup if local(e) == "colspec"):
        names[column.get("colname") or str(index + 1)] = index
    for spec in (e for e in tgroup if local(e) == "spanspec"):
        start, end = spec.get("namest") or "", spec.get("nameend") or ""
        if start in names and end in names:
            spans[spec.get("spanname") or ""] = (names[start], names[end])
    rows: list[list[Placed]] = []
    head = 0
    for section in tgroup:
        if local(section) not in ("thead", "tbody", "tfoot"):
            continue
        for row in (e for e in section if local(e) == "row"):
            head += local(section) == "thead"
            rows.append([_entry(e, names, spans) for e in row if local(e) == "entry"])
    return _table(rows, head, element)


def _entry(
    entry: etree._Element, names: dict[str, int], spans: dict[str, tuple[int, int]]
) -> Placed:
    start, end = names.get(entry.get("namest") or ""), names.get(entry.get("nameend") or "")
    if entry.get("spanname") in spans:
        start, end = spans[entry.get("spanname") or ""]
    width = end - start + 1 if start is not None and end is not None and end >= start else 1
    more = entry.get("morerows") or "0"
    content = inline(entry)
    return Placed(
        content.text,
        bold=content.styled(1),
        underline=content.styled(2),
        rows=1 + (span(more, 10_000) if more.isdigit() and int(more) else 0),
        columns=min(width, MAX_COLSPAN),
    )
