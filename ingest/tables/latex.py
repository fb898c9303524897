"""Tables in LaTeX: every tabular with the caption and label of the float around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexGroupNode, LatexMacroNode

from ingest.tables.grid import Table, lay_out, trim
from ingest.tables.headers import by_rules
from ingest.tables.latex_context import TABULARS
from ingest.tables.latex_expand import expand
from ingest.tables.latex_rows import read_rows
from ingest.tables.latex_source import Source, from_text, read_project
from ingest.tables.latex_text import Node, argument, parse, render

FLOATS = ("table", "table*", "sidewaystable", "sidewaystable*", "wraptable", "margintable",
          "SCtable", "figure", "figure*", "threeparttable", "subtable")  # fmt: skip
_BEGIN = re.compile(
    r"\\begin\s*\{("
    + "|".join(re.escape(name) for name in sorted({*FLOATS, *TABULARS}, key=len, reverse=True))
    + r")\}"
)
_CAPTIONS = ("caption", "captionof", "subcaption", "tablecaption", "topcaption")


def read_file(path: Path, root: Path | None = None) -> list[Table]:
    """All tables of a .tex file and of what it inputs.

    Raises LatexSourceError where files or macros go round in circles, OSError if unreadable.
    """
    return _tables(read_project(path, root))


def read_text(text: str) -> list[Table]:
    """All tables of a piece of LaTeX."""
    return _tables(from_text(text))


def _tables(source: Source) -> list[Table]:
    tables: list[Table] = []
    for block in _blocks(source.text):
        holds_one = any(f"{{{name}" in block for name in (*TABULARS, *source.environments))
        if not holds_one and "tabular" not in block:
            continue
        nodes = parse(_normalise(expand(block, source)))
        context = _Context()
        _walk(nodes, context, source, tables)
    for warning in dict.fromkeys(source.warnings):
        for table in tables:
            table.warnings.append(warning)
    return tables


def _blocks(text: str) -> Iterator[str]:
    """Outermost floats and bare tabulars, as text; the rest of the document is never parsed."""
    begin = _BEGIN
    position = 0
    while match := begin.search(text, position):
        name = match.group(1)
        edge = re.compile(rf"\\(begin|end)\s*\{{{re.escape(name)}\}}")
        depth = 0
        for step in edge.finditer(text, match.start()):
            depth += 1 if step.group(1) == "begin" else -1
            if depth == 0:
                yield text[match.start() : step.end()]
                position = step.end()
                break
        else:
            # Never closed: what is left of the file is still worth reading.
            yield text[match.start() :]
            return


def _normalise(text: str) -> str:
    """Forms whose arguments pylatexenc can't describe, in forms that it can."""
    text = re.sub(
        r"\\cmidrule\s*(?:\[[^\]]*\])?\s*(?:\([^)]*\))?\s*\{([^}]*)\}", r"\\cgrule{\1}", text
    )
    # In a table there is no display: $$ opens and closes an empty formula.
    text = re.sub(r"(?<!\\)\$\$", "", text)
    text = re.sub(r"\\Xhline\s*(\d*\\?[.\w]+)", r"\\hline ", text)
    text = re.sub(r"(\\begin\{(?:long)?tabu\})\s*(?:to|spread)\s*[^{]+\{", r"\1{", text)
    text = re.sub(r"\\(?:vrule|hrule)\s+(?:width|height)\s*[\d.]+\s*\w+", " ", text)
    text = re.sub(r"\\(?:hskip|kern|vskip)\s*-?[\d.]*\\?\w+(?:\s+plus\s*\S+)?", " ", text)
    return text.replace("\\cr\n", "\\\\\n").replace("\\tabularnewline", "\\\\")


@dataclass(slots=True)
class _Context:
    """Caption and label that hold for the tables inside a float."""

    caption: str | None = None
    label: str | None = None
    notes: list[str] = field(default_factory=list)


def _walk(nodes: Sequence[Node], context: _Context, source: Source, tables: list[Table]) -> None:
    for node in nodes:
        if isinstance(node, LatexEnvironmentNode):
            name = node.environmentname
            if name in TABULARS:
                _tabular(node, context, source, tables)
            elif name == "array":
                continue
            else:
                inner = context
                if name in FLOATS or name in ("minipage", "subtable"):
                    inner = _describe(node.nodelist, context)
                _walk(node.nodelist, inner, source, tables)
        elif isinstance(node, LatexGroupNode):
            _walk(node.nodelist, context, source, tables)
        elif isinstance(node, LatexMacroNode) and node.nodeargd and node.nodeargd.argnlist:
            inner = context
            if node.macroname in ("subfloat", "subtable", "tbl"):
                first = argument(node, 0)
                text = render(first).text
                inner = _Context(text or context.caption, context.label, context.notes)
            for part in node.nodeargd.argnlist:
                if part is not None:
                    _walk([part], inner, source, tables)


def _describe(nodes: Sequence[Node], outer: _Context) -> _Context:
    """Caption, label and notes that stand in these nodes but not in a float inside them."""
    found = _Context(notes=list(outer.notes))
    captions: list[str] = []
    for node in _flat(nodes):
        if isinstance(node, LatexMacroNode) and node.macroname in _CAPTIONS:
            rendered = render(argument(node, -1))
            captions.append(rendered.text)
            found.notes += rendered.notes
            labels = [n for n in _flat(argument(node, -1)) if _is_label(n)]
            found.label = found.label or next((_label(n) for n in labels), None)
        elif _is_label(node):
            found.label = found.label or _label(node)
        elif (
            isinstance(node, LatexEnvironmentNode) and node.environmentname.lower() == "tablenotes"
        ):
            found.notes += [t for t in _items(node.nodelist) if t]
    found.caption = captions[0] if captions else outer.caption
    found.label = found.label or outer.label
    return found


def _flat(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, LatexGroupNode):
            yield from _flat(node.nodelist)
        elif isinstance(node, LatexEnvironmentNode):
            if node.environmentname in TABULARS:
                continue
            if node.environmentname in FLOATS and node.environmentname != "threeparttable":
                continue
            if node.environmentname == "minipage" and _has_caption_and_tabular(node):
                continue
            yield from _flat(node.nodelist)
        elif isinstance(node, LatexMacroNode) and node.macroname not in (*_CAPTIONS, "subfloat"):
            for part in (node.nodeargd.argnlist or []) if node.nodeargd else []:
                if part is not None:
                    yield from _flat([part])


def _has_caption_and_tabular(node: Node) -> bool:
    text = node.latex_verbatim()
    return "caption" in text and any(f"\\begin{{{name}" in text for name in TABULARS)


def _is_label(node: Node) -> bool:
    return isinstance(node, LatexMacroNode) and node.macroname == "label"


def _label(node: Node) -> str | None:
    return "".join(n.latex_verbatim() for n in argument(node, 0)).strip() or None


def _items(nodes: Sequence[Node]) -> list[str]:
    groups: list[list[Node]] = [[]]
    for node in nodes:
        if isinstance(node, LatexMacroNode) and node.macroname == "item":
            groups.append(argument(node, 0))
        else:
            groups[-1].append(node)
    return [render(group).text for group in groups]


def _is_layout(node: Node) -> bool:
    """A tabular that only places other, real tabulars side by side."""
    for inner in _inner_tabulars(node.nodelist):
        rows = read_rows(inner)
        if len(rows.placed) >= 3 and max(len(row) for row in rows.placed) >= 2:
            return True
    return False


def _inner_tabulars(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, LatexEnvironmentNode):
            if node.environmentname in TABULARS:
                yield node
            else:
                yield from _inner_tabulars(node.nodelist)
        elif isinstance(node, LatexGroupNode):
            yield from _inner_tabulars(node.nodelist)
        elif isinstance(node, LatexMacroNode) and node.nodeargd and node.nodeargd.argnlist:
            yield from _inner_tabulars([n for n in node.nodeargd.argnlist if n is not None])


def _tabular(node: Node, context: _Context, source: Source, tables: list[Table]) -> None:
    if _is_layout(node):
        _walk(node.nodelist, context, source, tables)
        return
    rows = read_rows(node)
    grid = lay_out(rows.placed, push_right=False)
    if not grid or not grid[0]:
        return
    if rows.joined:
        grid = rows.join(grid)
    kept = [r for r, row in enumerate(grid) if any(cell.text for cell in row)]
    # A rule above an empty spacer row counts for the row below it.
    rules = sorted({sum(1 for r in kept if r < rule) for rule in rows.rules})
    grid = trim(grid)
    if not grid:
        return
    header = sum(1 for r in kept if r < rows.head) if rows.head else by_rules(grid, rules)
    described = _describe(node.nodelist, _Context())
    caption = rows.caption or described.caption or context.caption
    unknown = sorted(rows.unknown)
    tables.append(
        Table(
            rows=grid,
            label=rows.label or context.label,
            caption=caption,
            header_rows=header,
            footnotes=list(dict.fromkeys([*context.notes, *rows.notes])),
            warnings=[f"macro \\{name} is not defined in the files read" for name in unknown],
            locator=rows.label or context.label or f"tabular {len(tables) + 1}",
        )
    )


__all__ = ["read_file", "read_text"]
