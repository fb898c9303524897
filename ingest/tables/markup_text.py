"""Inline markup of JATS, HTML and MathML to clean Unicode with bold and underline kept."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from ingest.safe_xml import local
from ingest.tables.latex_text import clean as clean_latex
from ingest.tables.latex_text import script, tidy

_BOLD = {"bold", "b", "strong"}
_UNDERLINE = {"underline", "u", "ins"}
_BREAKS = {"br", "break", "p", "div", "li", "tr", "td", "th", "title", "hr", "list-item", "sec"}
_SILENT = {"script", "style", "annotation-xml", "graphic", "inline-graphic", "tex-math", "img",
           "svg", "object-id", "label"}  # fmt: skip
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_UNDERLINE_STYLE = re.compile(r"text-decoration[^;]*underline", re.IGNORECASE)


@dataclass(slots=True)
class Inline:
    """Pieces of text with (bold, underline) each."""

    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """One line of clean text."""
        return tidy("".join(piece for piece, _, _ in self.pieces))

    def styled(self, which: int) -> bool:
        """Whether the number, or else the first word, is bold (1) or underlined (2)."""
        for pattern in (r"\d", r"\w"):
            for piece in self.pieces:
                if re.search(pattern, piece[0]):
                    return bool(piece[which])
        return False

    def add(self, text: str | None, bold: bool, underline: bool) -> None:
        """Append a piece if there is one; letters of the mathematical alphabets become plain."""
        if not text:
            return
        if any("\U0001d400" <= char <= "\U0001d7ff" for char in text):
            # LaTeXML writes bold in formulas as letters of their own: 𝟎.𝟗𝟏.
            bold = bold or any("BOLD" in unicodedata.name(char, "") for char in text)
            text = unicodedata.normalize("NFKC", text)
        self.pieces.append((text, bold, underline))


def inline(element: Any, bold: bool = False, underline: bool = False) -> Inline:
    """Text of an lxml element (XML or HTML), tail excluded."""
    out = Inline()
    _walk(element, bold, underline, out)
    return out


def _walk(element: Any, bold: bool, underline: bool, out: Inline) -> None:
    tag = local(element)
    style = (element.get("style") or "") if tag else ""
    classes = (element.get("class") or "") if tag else ""
    if tag in _BOLD or _BOLD_STYLE.search(style) or "ltx_font_bold" in classes:
        bold = True
    if "ltx_font_medium" in classes or re.search(r"font-weight\s*:\s*(?:normal|400)", style):
        bold = False
    if tag in _UNDERLINE or _UNDERLINE_STYLE.search(style) or "ltx_framed_underline" in classes:
        underline = True
    out.add(element.text, bold, underline)
    for child in element:
        _child(child, bold, underline, out)
        out.add(child.tail, bold, underline)


def _child(child: Any, bold: bool, underline: bool, out: Inline) -> None:
    tag = local(child)
    if not tag or tag in _SILENT or "ltx_note_outer" in (child.get("class") or ""):
        return
    if tag in ("alternatives", "inline-formula", "disp-formula"):
        math = next((e for e in child.iter() if local(e) == "math"), None)
        tex = next((e for e in child.iter() if local(e) == "tex-math"), None)
        if math is None and tex is not None:
            out.add(clean_latex(tex_body(tex.text or "")), bold, underline)
            return
        if math is not None and tag != "alternatives":
            _math_child(math, bold, underline, out)
            return
        out_before = len(out.pieces)
        _walk(child, bold, underline, out)
        if len(out.pieces) == out_before and math is not None:
            _math_child(math, bold, underline, out)
        return
    if tag == "math":
        _math_child(child, bold, underline, out)
        return
    if tag in ("sup", "sub"):
        inner = inline(child, bold, underline)
        before = "".join(piece for piece, _, _ in out.pieces)
        text = script(inner.text, "^" if tag == "sup" else "_", before)
        heavy = inner.styled(1) if inner.pieces else bold
        out.add(text, heavy, underline)
        return
    if tag in _BREAKS:
        out.add(" ", bold, underline)
    _walk(child, bold, underline, out)
    if tag in _BREAKS:
        out.add(" ", bold, underline)


def tex_body(text: str) -> str:
    """What is set in a <tex-math>, which often is a whole document."""
    match = re.search(r"\\begin\{document\}(.*?)\\end\{document\}", text, re.DOTALL)
    return (match.group(1) if match else text).replace("$$", "$").strip()


def _math_child(element: Any, bold: bool, underline: bool, out: Inline) -> None:
    heavy = bold or any("bold" in (e.get("mathvariant") or "") for e in element.iter())
    out.add(math_text(element), heavy, underline)


_SPACED = {"±", "=", "<", ">", "≤", "≥", "≈", "∼", "+/-"}


def math_text(element: Any) -> str:
    """Presentation MathML as text: 0.91 ± 0.02, 10⁻³, R²."""
    tag = local(element)
    children = [child for child in element if local(child)]
    if tag in ("mi", "mn", "mtext", "ms", "mo"):
        text = "".join(element.itertext()).strip().replace("\u2062", "").replace("\u2061", "")
        text = text.replace("−", "-") if tag == "mo" else text
        return f" {text} " if tag == "mo" and text in _SPACED else text
    if tag == "mspace":
        return " "
    if tag in ("annotation", "annotation-xml", "mphantom"):
        return ""
    if tag in ("msup", "msub", "mover", "munder") and len(children) == 2:
        base = math_text(children[0])
        if tag == "mover":
            return base
        return base + script(math_text(children[1]), "_" if tag == "msub" else "^", base)
    if tag == "msubsup" and len(children) == 3:
        base = math_text(children[0])
        low = script(math_text(children[1]), "_", base)
        return base + low + script(math_text(children[2]), "^", base)
    if tag == "mfrac" and len(children) == 2:
        return f"{math_text(children[0])}/{math_text(children[1])}"
    if tag == "msqrt":
        return "√" + "".join(math_text(child) for child in children)
    if tag == "math" and not children:
        return (element.get("alttext") or "".join(element.itertext())).strip()
    return "".join(math_text(child) for child in children)
