"""The inside of one tabular: rows of cells with their spans, and where the rules are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexSpecialsNode,
)

from ingest.tables.grid import MAX_COLUMNS, Cell, Placed
from ingest.tables.latex_source import group_end, take_argument
from ingest.tables.latex_text import Node, Rendered, Style, argument, clean, parse, render

_FULL_RULES = {"toprule", "midrule", "bottomrule", "hline", "hdashline", "specialrule", "hhline",
               "Xhline", "heavyrule", "Hline", "thickhline", "tabucline", "SetHline",
               "dashedline", "hlineB", "thinmidrule"}  # fmt: skip
_SPACERS = {"addlinespace", "cline", "cgrule", "cdashline", "noalign", "arrayrulecolor",
            "morecmidrules", "rowcolor", "rowcolors", "label", "pagebreak", "nopagebreak",
            "small", "footnotesize", "scriptsize", "tiny", "centering", "arraybackslash",
            "bigstrut", "strut", "SetRow", "RowStyle", "rule", "vspace"}  # fmt: skip
# Journal classes bring rules of their own: \\botrule, \\colrule, \\thickhline.
_CLASS_RULE = re.compile(r"(?!cm|c)[A-Za-z]*(?:rule|hline)")
_HEADS = {"endfirsthead", "endhead", "endfoot", "endlastfoot"}
_BOLD_ROW = {"rowfont", "rowstyle", "RowStyle", "SetRow"}


@dataclass(slots=True)
class Rows:
    """What a tabular holds. ``rules`` are row indexes with a full rule above them."""

    placed: list[list[Placed]] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)
    head: int = 0
    notes: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    caption: str | None = None
    label: str | None = None
    joined: dict[int, str] = field(default_factory=dict)
    bold_columns: set[int] = field(default_factory=set)

    def join(self, grid: list[list[Cell]]) -> list[list[Cell]]:
        """Merge columns that the author split at a printed separator: r@{±}l, r@{.}l."""
        lead = sorted(self.joined)
        width = len(grid[0])
        dropped = {c + 1 for c in lead if c + 1 < width}
        position = {c: c - sum(1 for d in dropped if d <= c) for c in range(width)}
        merged: list[list[Cell]] = []
        for row in grid:
            new: list[Cell] = []
            for c, cell in enumerate(row):
                if c in dropped:
                    continue
                if c in self.joined and c + 1 < width:
                    other = row[c + 1]
                    if other.origin != cell.origin and other.text:
                        text = f"{cell.text}{self.joined[c]}{other.text}".strip()
                        cell = replace(cell, text=text, bold=cell.bold or other.bold)
                new.append(replace(cell, origin=(cell.origin[0], position[cell.origin[1]])))
            merged.append(new)
        return merged


def read_rows(node: Node) -> Rows:
    """Rows of a tabular environment node, a longtable's repeated head once."""
    rows = Rows()
    _read_columns(node, rows)
    cells: list[list[Node]] = [[]]
    row_style = Style()
    first_head: tuple[int, int] | None = None
    feet: list[tuple[int, int]] = []
    mark = 0

    def finish() -> None:
        nonlocal cells, row_style
        if len(cells) > 1 or not _blank(cells[0]):
            rows.placed.append(_placed(cells, row_style, rows))
        cells = [[]]
        row_style = Style()

    for item in _unwrapped(node.nodelist):
        if isinstance(item, LatexSpecialsNode) and item.specials_chars == "&":
            cells.append([])
            continue
        if not isinstance(item, LatexMacroNode):
            cells[-1].append(item)
            continue
        name = item.macroname
        if name in ("\\", "tabularnewline", "cr", "crcr"):
            finish()
        elif name in _HEADS:
            finish()
            block = (mark, len(rows.placed))
            if name == "endfirsthead" or (name == "endhead" and first_head is None):
                first_head = block
            else:
                feet.append(block)
            mark = len(rows.placed)
        elif (
            (name in _FULL_RULES or _CLASS_RULE.fullmatch(name))
            and len(cells) == 1
            and _blank(cells[0])
        ):
            rows.rules.append(len(rows.placed))
        elif name in ("caption", "captionof"):
            rows.caption = rows.caption or render(argument(item, -1)).text
        elif name == "label":
            text = "".join(n.latex_verbatim() for n in argument(item, 0)).strip()
            rows.label = rows.label or text or None
        elif name in _BOLD_ROW:
            text = item.latex_verbatim()
            if re.search(r"\\bf|bfseries|textbf", text):
                row_style = Style(bold=True)
        elif name in _SPACERS and len(cells) == 1 and _blank(cells[0]):
            continue
        else:
            cells[-1].append(item)
    finish()
    _drop_repeated(rows, first_head, feet)
    return rows


def _drop_repeated(rows: Rows, head: tuple[int, int] | None, feet: list[tuple[int, int]]) -> None:
    """Keep a longtable's first head; its repeated heads and its feet are page furniture."""
    if head is None:
        return
    gone = {r for start, end in feet for r in range(start, end)}
    kept = [r for r in range(len(rows.placed)) if r not in gone]
    rows.rules = [sum(1 for r in kept if r < rule) for rule in rows.rules if rule not in gone]
    rows.head = sum(1 for r in kept if r < head[1])
    rows.placed = [rows.placed[r] for r in kept]


def _unwrapped(nodes: Sequence[Node]) -> list[Node]:
    """Content of environments that only wrap rows (small, center), in place."""
    out: list[Node] = []
    for node in nodes:
        wraps = isinstance(node, LatexEnvironmentNode) and node.environmentname in (
            "small", "footnotesize", "scriptsize", "tiny", "center", "landscape",
        )  # fmt: skip
        out += _unwrapped(node.nodelist) if wraps else [node]
    return out


def _blank(nodes: Sequence[Node]) -> bool:
    for node in nodes:
        if isinstance(node, LatexCharsNode) and not node.chars.strip():
            continue
        if isinstance(node, LatexMacroNode) and node.macroname in _SPACERS:
            continue
        if isinstance(node, LatexGroupNode) and _blank(node.nodelist):
            continue
        if node is None or node.nodeType().__name__ == "LatexCommentNode":
            continue
        return False
    return True


def _read_columns(node: Node, rows: Rows) -> None:
    """Columns whose @{...} prints something, and columns that are set in bold."""
    name = node.environmentname
    if node.nodeargd is None or not node.nodeargd.argnlist or name in ("tblr", "longtblr"):
        return
    index = 0 if name.startswith("NiceTabular") else -1
    given = node.nodeargd.argnlist
    found = given[1 if name == "NiceTabular" else index] if len(given) > 1 else given[index]
    if found is None:
        return
    spec = found.latex_verbatim()
    spec = _repeat(spec[1:-1] if spec.startswith("{") else spec)
    column = -1
    i = 0
    bold = False
    while i < len(spec):
        char = spec[i]
        i += 1
        if char in "@!><":
            taken = take_argument(spec, i)
            if taken is None:
                break
            content, i = taken
            if char in "@!" and column >= 0:
                separator = clean(content)
                if re.search(r"[\w.±/()\[\],]", separator) and "\\" not in separator:
                    rows.joined[column] = f" {separator} " if "±" in separator else separator
            elif char == ">":
                bold = bool(re.search(r"\\bf|bfseries|boldmath", content))
        elif char in "[({":
            closing = {"[": "]", "(": ")"}.get(char)
            end = group_end(spec, i - 1) if closing is None else spec.find(closing, i) + 1
            i = end if end > 0 else i
        elif char.isalpha():
            column += 1
            if bold:
                rows.bold_columns.add(column)
            bold = False
        elif char == "\\":
            word = re.compile(r"[A-Za-z]+").match(spec, i)
            i = word.end() if word else i + 1


def _repeat(spec: str) -> str:
    """Write out *{5}{c}."""
    for _ in range(50):
        star = re.search(r"\*\s*\{\s*(\d+)\s*\}\s*(?=\{)", spec)
        if star is None or int(star.group(1)) > MAX_COLUMNS:
            return spec
        taken = take_argument(spec, star.end())
        if taken is None:
            return spec
        spec = spec[: star.start()] + taken[0] * int(star.group(1)) + spec[taken[1] :]
    return spec


def _placed(cells: list[list[Node]], style: Style, rows: Rows) -> list[Placed]:
    out: list[Placed] = []
    column = 0
    covered = 0
    for nodes in cells:
        if covered and _blank(nodes):
            covered -= 1
            continue
        bold = style.bold or column in rows.bold_columns
        placed = _cell(nodes, replace(style, bold=bold), rows)
        out.append(placed)
        column += placed.columns
        # tabularray and nicematrix keep the covered cells in the source, empty.
        written = any(n.macroname in ("SetCell", "Block") for n in _structure(nodes))
        covered = placed.columns - 1 if written else 0
    return out


def _count(nodes: Sequence[Node]) -> int:
    number = re.search(r"-?\d+(?:\.\d+)?", render(nodes).text)
    if number is None:
        return 1
    value = float(number.group(0))
    whole = int(value) if abs(value) >= 2 else round(value)
    return whole or 1


def _cell(nodes: Sequence[Node], style: Style, rows: Rows) -> Placed:
    span_rows = span_columns = 1
    for node in _structure(nodes):
        name = node.macroname
        if name == "multicolumn":
            span_columns = min(max(1, _count(argument(node, 0))), MAX_COLUMNS)
        elif name in ("multirow", "multirowcell", "multirowthead"):
            span_rows = _count(argument(node, 1 if name == "multirow" else 0))
        elif name == "SetCell":
            options = render(argument(node, 0)).text
            if found := re.search(r"\bc\s*=\s*(\d+)", options):
                span_columns = min(int(found.group(1)), MAX_COLUMNS)
            if found := re.search(r"\br\s*=\s*(\d+)", options):
                span_rows = int(found.group(1))
        elif found := re.search(r"(\d+)-(\d+)", render(argument(node, 1)).text):
            span_rows = int(found.group(1))
            span_columns = min(int(found.group(2)), MAX_COLUMNS)
    rendered = render(_aligned(nodes), style, Rendered())
    rows.notes += rendered.notes
    rows.unknown |= rendered.unknown
    text = rendered.text
    return Placed(
        text,
        bold=bool(text) and rendered.styled("bold"),
        underline=bool(text) and rendered.styled("underline"),
        rows=span_rows,
        columns=span_columns,
    )


def _structure(nodes: Sequence[Node]) -> list[Node]:
    """Span macros of a cell, through the groups and macros that wrap them."""
    out: list[Node] = []
    for node in nodes:
        if isinstance(node, LatexGroupNode | LatexMathNode):
            out += _structure(node.nodelist)
        elif isinstance(node, LatexMacroNode):
            if node.macroname in (
                "multicolumn", "multirow", "multirowcell", "multirowthead", "SetCell", "Block",
            ):  # fmt: skip
                out.append(node)
            if node.nodeargd is not None and node.nodeargd.argnlist:
                out += _structure([n for n in node.nodeargd.argnlist if n is not None])
    return out


def _aligned(nodes: Sequence[Node]) -> list[Node]:
    """A tblr cell's options stand in front of its text; nothing else is changed."""
    return [n for n in nodes if not (isinstance(n, LatexMacroNode) and n.macroname == "SetCell")]


__all__ = ["Rows", "parse", "read_rows"]
