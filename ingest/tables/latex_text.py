"""LaTeX nodes to clean Unicode, keeping what a table says by style: bold, underline, notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexSpecialsNode,
    LatexWalker,
)

from ingest.tables.latex_context import TABULARS, table_context

Node = Any  # pylatexenc has no types

_SUPERSCRIPT = str.maketrans("0123456789+-−abcdefghijklmnoprstuvwxyz",
                             "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")  # fmt: skip
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
MARKS = "*†‡§¶∗⋆★✓✗•◦♠♣♢♡"

_BOLD = {"textbf", "mathbf", "bm", "boldsymbol", "pmb"}
_UNDERLINE = {"underline", "uline", "uuline", "ul", "uwave", "dashuline", "dotuline"}
_BOLD_SWITCH = {"bf", "bfseries", "boldmath"}
_PLAIN_SWITCH = {"normalfont", "mdseries", "unboldmath", "rm", "rmfamily", "upshape"}
# The text is the last argument.
_LAST_ARGUMENT = set(
    """rotatebox turnbox parbox raisebox resizebox scalebox adjustbox makebox framebox fbox mbox
    hbox vbox colorbox fcolorbox textcolor href textmd textnormal text textrm textup operatorname
    mathrm mathit mathsf mathtt mathcal mathbb mathscr mathfrak mathnormal hl centerline textls
    textsc textsf texttt textit textsl emph ensuremath hyperlink hypertarget multirow multicolumn
    multirowcell multirowthead makecell thead rothead rotcell shortstack Block rotate Rotatebox
    url foreignlanguage path nolinkurl lstinline overline widehat hat tilde bar numprint
    tablenum smash gls Gls acrshort ac acs acl hyperref vcell subfloat""".split()  # noqa: SIM905
)
# Nothing is printed, arguments and all.
_SILENT = set(
    """cellcolor rowcolor columncolor color arrayrulecolor label footnotetext
    fontsize setlength addtolength settowidth addlinespace toprule midrule bottomrule heavyrule
    cline cdashline cgrule hhline Xhline specialrule noalign hdashline rule vspace phantom
    hphantom vphantom includegraphics caption captionof subcaption tablecaption cite citep citet
    citealp citealt citeyear citeyearpar citenum parencite textcite autocite footcite supercite
    citenumns onlinecite nocite ref cref Cref autoref eqref pageref nameref rowfont rowstyle
    SetCell SetRow SetHline RowStyle bigstrut subref captionsetup setcounter fontseries fontshape
    fontfamily linespread newcolumntype definecolor usepackage documentclass citeauthor
    centering raggedright raggedleft arraybackslash tiny scriptsize footnotesize small normalsize
    large Large LARGE huge Huge selectfont noindent strut hline Xhline hfill hfil vfill
    em it itshape sl slshape sc scshape sf sffamily tt ttfamily normalfont mdseries rm rmfamily
    upshape bf bfseries boldmath unboldmath displaystyle textstyle scriptstyle scriptscriptstyle
    limits nolimits protect relax left right big Big bigg Bigg bigl bigr Bigl Bigr middle
    xspace ignorespaces unskip leavevmode null par smallskip medskip bigskip newpage clearpage
    endhead endfirsthead endfoot endlastfoot printcelltop printcellmiddle printcellbottom
    hskip kern break nobreak linebreak pagebreak allowbreak raggedbottom sloppy itemsep
    morecmidrules tabcolsep arraystretch theadfont footnotemark rowcolors endinput bgroup egroup
    begingroup endgroup mathop mathrel mathbin mathord""".split()  # noqa: SIM905
)
_FIXED = {
    "pm": " ± ", "textpm": " ± ", "mp": " ∓ ", "%": "%", "&": "&", "#": "#", "$": "$", "_": "_",
    "{": "{", "}": "}", "quad": " ", "qquad": " ", " ": " ", ";": " ", ":": " ", ",": "\u2009",
    "!": "", "/": "", "-": "", ">": " ", "enspace": " ", "thinspace": "\u2009", "newline": " ",
    "\\": " ", "tabularnewline": " ", "cmark": "✓", "xmark": "✗", "checkmark": "✓",
    "Checkmark": "✓", "XSolid": "✗", "XSolidBrush": "✗", "textdagger": "†",
    "textdaggerdbl": "‡", "dagger": "†", "ddagger": "‡", "dag": "†", "ddag": "‡", "ast": "*",
    "textasteriskcentered": "*", "star": "⋆", "circ": "∘", "degree": "°", "textdegree": "°",
    "uparrow": "↑", "downarrow": "↓", "textuparrow": "↑", "textdownarrow": "↓", "Uparrow": "⇑",
    "Downarrow": "⇓", "times": "×", "texttimes": "×", "cdot": "·", "slash": "/",
    "textbackslash": "\\", "textasciitilde": "~", "sim": "~", "textendash": "–",
    "textemdash": "—", "textunderscore": "_", "percent": "%", "lbrack": "[", "rbrack": "]",
    "lt": "<", "gt": ">", "textless": "<", "textgreater": ">", "textbar": "|", "ldots": "…",
    "dots": "…", "cdots": "…", "infty": "∞", "minus": "-", "textminus": "-", "tabdashline": "",
    "hyp": "-", "textendashfont": "–", "nobreakspace": " ", "space": " ", "textquotesingle": "'",
    "dash": "–", "textsection": "§", "S": "§", "P": "¶", "copyright": "©", "lvert": "|",
    "rvert": "|", "mid": "|", "vert": "|",
}  # fmt: skip
# What a class file's own version of would only hide: sizes, fonts, rules, spacing.
STANDARD = frozenset(_SILENT | _BOLD_SWITCH | _PLAIN_SWITCH | _BOLD | _UNDERLINE)
_DINGBATS = {"51": "✓", "52": "✔", "53": "✕", "54": "✖", "55": "✗", "56": "✘", "72": "★"}


@dataclass(frozen=True, slots=True)
class Style:
    """What holds for the text at hand."""

    bold: bool = False
    underline: bool = False
    math: bool = False


@dataclass(slots=True)
class Rendered:
    """Text of some nodes in styled pieces, with the notes and problems met on the way."""

    pieces: list[tuple[str, Style]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The pieces as one line of clean text."""
        return tidy("".join(piece for piece, _ in self.pieces))

    def styled(self, attribute: str) -> bool:
        """Whether what counts is bold or underlined: the number, or else the first word."""
        for pattern in (r"\d", r"\w"):
            for piece, style in self.pieces:
                if re.search(pattern, piece):
                    return bool(getattr(style, attribute))
        return False


def tidy(text: str) -> str:
    """One line: blanks collapsed, thin spaces between digits closed, no blank before a mark."""
    text = re.sub(r"(?<=\d)\u2009(?=\d{3})", "", text)
    text = re.sub(r"[\s\u2009\xa0]+", " ", text).strip()
    text = re.sub(r"\( (?=[±\d])", "(", text)
    return re.sub(r"(?<=[\d(]) (?=[%)])", "", text)


def parse(latex: str) -> list[Node]:
    """Nodes of a piece of LaTeX; broken input gives what could be read."""
    walker = LatexWalker(latex, latex_context=table_context(), tolerant_parsing=True)
    nodes, _, _ = walker.get_latex_nodes()
    return list(nodes)


def clean(latex: str) -> str:
    """Plain Unicode of a piece of LaTeX without macros of the user's own."""
    return render(parse(latex)).text


def argument(node: Node, index: int) -> list[Node]:
    """Nodes of one argument of a macro or environment; empty where it isn't given."""
    arguments = node.nodeargd.argnlist if node.nodeargd is not None else None
    if not arguments or not -len(arguments) <= index < len(arguments):
        return []
    found = arguments[index]
    if found is None:
        return []
    return list(found.nodelist) if isinstance(found, LatexGroupNode) else [found]


_symbols = LatexNodes2Text(math_mode="text", keep_comments=False, strict_latex_spaces="macros")


def render(
    nodes: Sequence[Node], style: Style | None = None, out: Rendered | None = None
) -> Rendered:
    """Render nodes; switches like \\bfseries hold until the end of ``nodes``."""
    result = out if out is not None else Rendered()
    now = style or Style()
    index = 0
    while index < len(nodes):
        node = nodes[index]
        index += 1
        if isinstance(node, LatexMacroNode):
            if node.macroname in _BOLD_SWITCH:
                now = replace(now, bold=True)
            elif node.macroname in _PLAIN_SWITCH:
                now = replace(now, bold=False)
            else:
                after = nodes[index] if index < len(nodes) else None
                _macro(node, after, now, result)
        elif isinstance(node, LatexCharsNode):
            index = _chars(node.chars, nodes, index, now, result)
        elif isinstance(node, LatexGroupNode):
            render(node.nodelist, now, result)
        elif isinstance(node, LatexMathNode):
            render(node.nodelist, replace(now, math=True), result)
        elif isinstance(node, LatexSpecialsNode):
            if node.specials_chars == "&":
                result.pieces.append((" ", now))
            else:
                result.pieces.append((_special(node.specials_chars), now))
        elif isinstance(node, LatexEnvironmentNode):
            _environment(node, now, result)
        elif isinstance(node, LatexCommentNode):
            continue
    return result


def _special(chars: str) -> str:
    return {"~": " ", "``": "“", "''": "”", "--": "–", "---": "—"}.get(chars, chars)


def _environment(node: Node, style: Style, out: Rendered) -> None:
    if node.environmentname in ("tablenotes", "TableNotes", "comment"):
        return
    math = style.math or node.environmentname.rstrip("*") in ("equation", "align", "gather")
    inner = list(node.nodelist or [])
    if node.environmentname in TABULARS or node.environmentname == "array":
        out.pieces.append((" ", style))
    render(inner, replace(style, math=math), out)


def _chars(text: str, nodes: Sequence[Node], index: int, style: Style, out: Rendered) -> int:
    """Characters, with _ and ^ in math taking what follows. Returns the next node's index."""
    if not style.math:
        text = text.replace("\n", " ").replace("`", "‘") if "`" in text else text
        out.pieces.append((text, style))
        return index
    i = 0
    plain = ""
    while i < len(text):
        char = text[i]
        if char not in "_^":
            plain += "′" if char == "'" else char
            i += 1
            continue
        if plain:
            out.pieces.append((plain, style))
            plain = ""
        rest = text[i + 1 :].lstrip()
        if rest:
            inner = Rendered(pieces=[(rest[0], style)])
            i = len(text) - len(rest) + 1
        else:
            i = len(text)
            if index >= len(nodes):
                break
            inner = render([nodes[index]], style)
            index += 1
        _script(inner, char, style, out)
    if plain:
        out.pieces.append((plain, style))
    return index


def _script(inner: Rendered, kind: str, style: Style, out: Rendered) -> None:
    out.notes += inner.notes
    out.unknown |= inner.unknown
    before = "".join(piece for piece, _ in out.pieces)
    text = script(inner.text, kind, before)
    lasting = inner.pieces[0][1] if inner.pieces else style
    out.pieces.append((text, lasting))


def script(text: str, kind: str, before: str = "") -> str:
    """A sub- or superscript as plain text: ±0.02 is a spread, 2 a power, † a mark."""
    text = text.strip()
    if not text or all(char in MARKS for char in text):
        return text
    if text == "∘":
        return "°"
    if text.startswith(("±", "(", "[")):
        return f" {text}"
    if re.fullmatch(r"[+\-−]\s*\d*\.?\d+", text) and "." in text:
        return f" {text}"
    if kind == "^":
        if text in ("th", "st", "nd", "rd"):
            return text
        if re.fullmatch(r"[\d+\-−]+|[a-pr-z]{1,2}(,[a-z])*|\d(,\d)*", text):
            return text.translate(_SUPERSCRIPT)
        return text if re.fullmatch(r"[†‡§¶*,\s′]+\d?", text) else f"^{text}"
    if re.fullmatch(r"\d+", text) and not re.search(r"\d$", before):
        return text.translate(_SUBSCRIPT)
    return f"_{text}"


def _macro(node: Node, after: Node, style: Style, out: Rendered) -> None:
    name = node.macroname
    if name in _FIXED:
        out.pieces.append((_FIXED[name], style))
    elif name in _BOLD:
        render(argument(node, -1), replace(style, bold=True), out)
    elif name in _UNDERLINE:
        render(argument(node, -1), replace(style, underline=True), out)
    elif name in ("footnote", "tablefootnote"):
        out.notes.append(render(argument(node, -1)).text)
    elif name in ("textsuperscript", "tnote", "tnotex", "textsubscript"):
        kind = "_" if name == "textsubscript" else "^"
        _script(render(argument(node, -1), style), kind, style, out)
    elif name in ("SI", "qty"):
        render(argument(node, 1), style, out)
        out.pieces.append((" ", style))
        render(argument(node, -1), style, out)
    elif name == "num":
        _siunitx(node, style, out)
    elif name in ("diagbox", "slashbox", "backslashbox"):
        render(argument(node, -2), style, out)
        out.pieces.append((" / ", style))
        render(argument(node, -1), style, out)
    elif name in ("frac", "dfrac", "tfrac", "nicefrac", "sfrac"):
        render(argument(node, 0 if name.endswith("rac") and name[0] != "n" else -2), style, out)
        out.pieces.append(("/", style))
        render(argument(node, -1), style, out)
    elif name in ("underset", "overset", "stackrel"):
        render(argument(node, 1), style, out)
        _script(render(argument(node, 0), style), "_" if name == "underset" else "^", style, out)
    elif name == "texorpdfstring":
        render(argument(node, 0), style, out)
    elif name == "ding":
        code = render(argument(node, -1)).text
        out.pieces.append((_DINGBATS.get(code, ""), style))
    elif name == "hspace":
        out.pieces.append((" ", style))
    elif name in _LAST_ARGUMENT:
        wide = name in ("text", "textrm", "textnormal", "mbox", "textup")
        render(argument(node, -1), replace(style, math=False) if wide else style, out)
    elif name not in _SILENT:
        _symbol(node, after, style, out)


def _siunitx(node: Node, style: Style, out: Rendered) -> None:
    text = render(argument(node, -1), style).text.replace("+-", " ± ").replace(" ", "")
    power = re.fullmatch(r"(.*?)[eE]([+-]?\d+)", text)
    if power:
        text = f"{power[1]} × 10{power[2].translate(_SUPERSCRIPT)}"
    out.pieces.append((text.replace("±", " ± "), style))


def _symbol(node: Node, after: Node, style: Style, out: Rendered) -> None:
    """pylatexenc's own symbols and accents; a macro that nobody knows keeps its name."""
    if _symbols.latex_context.get_macro_spec(node.macroname) is not None:
        text = _symbols.nodelist_to_text([node])
        out.pieces.append((text.replace("\n", " "), style))
        return
    out.unknown.add(node.macroname)
    if node.nodeargd is not None and node.nodeargd.argnlist:
        render(argument(node, -1), style, out)
    elif not isinstance(after, LatexGroupNode) or not after.nodelist:
        out.pieces.append((f"\\{node.macroname}{node.macro_post_space}", style))
