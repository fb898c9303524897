"""How many rows on top of a grid are its header."""

from collections.abc import Sequence

from ingest.tables.grid import Cell

_MISSING = {"", "-", "–", "—", "--", "n/a", "na", "n.a.", "nan", "none", "oom", "n.r.", "nr", "/", "×",
            "✗", "✓", "x", "*", "…", "?", "tbd", "n.d."}  # fmt: skip


def is_data(cell: Cell) -> bool:
    """A number, or one of the ways to print that there is none."""
    return cell.reading.value is not None or cell.text.lower() in _MISSING - {""}


def _numbers(row: Sequence[Cell], start: int = 1) -> int:
    return sum(cell.reading.value is not None for cell in row[start:])


def _decimals(row: Sequence[Cell]) -> int:
    return sum("." in (cell.reading.printed or "") for cell in row[1:])


def _is_section(row: Sequence[Cell]) -> bool:
    origins = {cell.origin for cell in row if cell.text}
    return len(origins) <= 1 and all(column == 0 for _, column in origins)


def _span_bottom(rows: Sequence[Sequence[Cell]], top: int) -> int:
    """First row below ``top`` that no span from above reaches into."""
    bottom = top
    while bottom < len(rows) and any(
        cell.text and cell.origin[0] < top and cell.origin[1] > 0 for cell in rows[bottom]
    ):
        bottom += 1
    return bottom


def by_content(rows: Sequence[Sequence[Cell]]) -> int:
    """Header rows of a grid without rules or marks: leading rows before the first numbers.

    A table without any number has one header row.
    """
    if len(rows) < 2:
        return 0
    if not any(_numbers(row) for row in rows):
        return 1
    count = 0
    for row in rows:
        if _numbers(row) or sum(is_data(cell) for cell in row[1:]) > len(row) // 2:
            break
        count += 1
    # Section titles that stand directly above the data belong to the body.
    while count > 1 and _is_section(rows[count - 1]):
        count -= 1
    if count == 0 and not _decimals(rows[0]) and any(_decimals(row) for row in rows[1:]):
        # Whole numbers over decimals: shots, k, lengths.
        return 1
    return min(count, len(rows) - 1)


def by_rules(rows: Sequence[Sequence[Cell]], rules: Sequence[int]) -> int:
    """Header rows of a grid with full-width rules; ``rules`` are the rows that have one above.

    The first band is the header, and so are following bands as long as they hold words only
    while the rest of the table holds numbers.
    """
    inside = [r for r in rules if 0 < r < len(rows)]
    if not inside:
        return by_content(rows)
    count = inside[0]
    band = rows[:count]
    if all(_decimals(row) * 2 >= max(1, len(row) - 1) for row in band):
        return 0
    if count > 1 and any(_decimals(row) * 2 >= max(1, len(row) - 1) for row in band):
        # The first rule stands between groups of results, not under the head.
        return by_content(rows)
    count = max(count, _span_bottom(rows, count))
    numeric = any(_numbers(row) for row in rows[count:])
    for edge in [*[r for r in inside if r > count], len(rows)]:
        block = rows[count:edge]
        words = all(not any(is_data(cell) for cell in row) for row in block)
        if not (numeric and block and words and edge < len(rows)):
            break
        if any(_is_section(row) for row in block):
            break
        count = edge
    return count
