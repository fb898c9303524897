"""Pipe tables of Markdown (GitHub's dialect), with HTML tables between them."""

import html as html_entities
import re
from pathlib import Path

from ingest.tables import html
from ingest.tables.delimited import decode
from ingest.tables.grid import Cell, Table
from ingest.tables.latex_text import clean as clean_latex
from ingest.tables.latex_text import tidy

_DELIMITER = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_CAPTION = re.compile(r"^\W*(?:Table|Tab\.)\s+[\w.]+", re.IGNORECASE)


def read_file(path: Path) -> list[Table]:
    """All tables of a Markdown file."""
    return read_text(decode(path.read_bytes(), path.name))


def read_text(text: str) -> list[Table]:
    """All pipe tables in order, then HTML tables; code blocks are skipped."""
    tables: list[Table] = []
    lines = text.splitlines()
    heading: str | None = None
    fenced = False
    i = 0
    while i < len(lines):
        line = lines[i]
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            if match := _HEADING.match(line):
                heading = _plain(match.group(1))[0]
            elif "|" in line and i + 1 < len(lines) and _is_delimiter(lines[i + 1], line):
                end = i + 2
                while end < len(lines) and "|" in lines[end] and lines[end].strip():
                    end += 1
                tables.append(_table(lines, i, end, heading))
                i = end
                continue
        i += 1
    if "<table" in text.lower():
        tables += html.read_bytes(_without_code(text))
    return tables


def _without_code(text: str) -> str:
    return re.sub(r"(?ms)^\s*(```|~~~).*?^\s*\1\s*$", "", text)


def _is_delimiter(line: str, head: str) -> bool:
    return bool(_DELIMITER.match(line)) and len(_split(line)) == len(_split(head))


def _split(line: str) -> list[str]:
    """Fields between pipes; escaped pipes stay, also inside code spans as GitHub has it."""
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [part.strip().replace("\\|", "|") for part in re.split(r"(?<!\\)\|", inner)]


def _table(lines: list[str], start: int, end: int, heading: str | None) -> Table:
    source = [_split(lines[start]), *[_split(line) for line in lines[start + 2 : end]]]
    width = len(source[0])
    rows: list[list[Cell]] = []
    for r, fields in enumerate(source):
        padded = [*fields[:width], *[""] * (width - len(fields))]
        row = []
        for c, value in enumerate(padded):
            text, bold, underline = _plain(value)
            row.append(Cell(text, bold, underline, r == 0, (r, c)))
        rows.append(row)
    caption = _near_caption(lines, start, end) or heading
    label = None
    if caption and (match := re.match(r"\W*((?:Table|Tab\.)\s+[\w.]*\w)", caption)):
        label = match.group(1)
    return Table(rows, label=label, caption=caption, header_rows=1,
                 locator=label or f"line {start + 1}")  # fmt: skip


def _near_caption(lines: list[str], start: int, end: int) -> str | None:
    for index in (start - 1, start - 2, end, end + 1):
        if 0 <= index < len(lines) and _CAPTION.match(lines[index].strip()):
            return _plain(lines[index].strip().lstrip(": "))[0]
    return None


def _plain(text: str) -> tuple[str, bool, bool]:
    """Markdown's inline marks out; returns the text, bold, underlined."""
    bold = bool(
        re.search(r"(\*\*|__)(?=\S)[^*]*?\w[^*]*?\1", text) or re.search(r"<(b|strong)>", text)
    )
    if (
        bold
        and re.search(r"\d", text)
        and not re.search(r"(\*\*|__|<b>|<strong>)[^*<]*\d[^*<]*(\*\*|__|</b>|</strong>)", text)
    ):
        bold = False
    underline = bool(re.search(r"<(u|ins)>", text))
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\[[^\]]*\]", r"\1", text)
    text = re.sub(r"<br\s*/?>", " ", text, flags=re.IGNORECASE)
    text = re.sub(
        r"</?(?:b|strong|u|ins|i|em|sub|sup|span|a|font|center|code|small)\b[^>]*>", "", text
    )
    text = re.sub(r"\$([^$]+)\$", lambda m: clean_latex(m.group(0)), text)
    text = re.sub(r"(`+)(.+?)\1", r"\2", text)
    text = re.sub(r"(\*\*\*|___)(?=\S)(.+?)\1", r"\2", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])[*_](?=\S)([^*_]+?)[*_](?![\w*])", r"\1", text)
    text = re.sub(r"~~(.+?)~~", r"\1", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~])", r"\1", text)
    return tidy(html_entities.unescape(text)), bold, underline
