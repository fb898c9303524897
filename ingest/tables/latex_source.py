"""LaTeX source before parsing: comments out, \\input files in, user macros expanded."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from ingest.tables.latex_conditions import conditions, drop_false_branches
from ingest.tables.latex_text import STANDARD

# Far beyond any paper; a macro that defines itself would otherwise never end.
MAX_EXPANSIONS = 50_000
MAX_LENGTH = 2_000_000
MAX_INPUT_DEPTH = 20

_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|comment)\}.*?\\end\{\1\}", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*|$)")
_INPUT = re.compile(
    r"\\(?P<command>input|include|subfile|subfileinclude|import|subimport)(?![A-Za-z@])\s*"
    r"(?:\{(?P<first>[^{}]*)\}(?:\s*\{(?P<second>[^{}]*)\})?|(?P<bare>[^\s{}\\]+))"
)
_PACKAGE = re.compile(
    r"\\(?:usepackage|RequirePackage|documentclass)\s*(?:\[[^\]]*\])?\s*\{([^}]*)\}"
)
_WORD = re.compile(r"\\([A-Za-z@]+\*?|.)", re.DOTALL)

# Macros that the table reader itself understands: a class file's own version of them is no help.
PROTECTED = STANDARD | frozenset(
    """multirow multicolumn multirowcell textbf textit emph underline caption label footnote cite
    citep citet begin end toprule midrule bottomrule cmidrule hline cline makecell thead shortstack
    rotatebox bm boldsymbol mathbf textcolor color cellcolor rowcolor num SI qty pm tabularnewline
    bf bfseries it itshape bs ref cref resizebox scalebox newline checkmark section subsection
    subsubsection paragraph title author maketitle item arraystretch tabcolsep arraybackslash url
    href textsuperscript textsubscript tnote footnotemark hfill hspace vspace phantom par""".split()  # noqa: SIM905
)


class LatexSourceError(ValueError):
    """A LaTeX file that can't be expanded; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A user's macro: how many arguments, the optional first ones' defaults, and its body."""

    kinds: tuple[str, ...]  # "m" mandatory, "o" optional, "s" star
    defaults: tuple[str, ...]
    body: str


@dataclass(slots=True)
class Source:
    """Expanded text with what went missing on the way."""

    text: str
    macros: dict[str, Macro] = field(default_factory=dict)
    files: set[Path] = field(default_factory=set)
    conditions: dict[str, bool] = field(default_factory=dict)
    environments: dict[str, tuple[Macro, str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def strip_comments(text: str) -> str:
    """Remove comments and verbatim blocks the way TeX reads past them."""
    text = _VERBATIM.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _COMMENT.sub(r"\1", text)


def read_project(path: Path, root: Path | None = None) -> Source:
    """Read a .tex file with all that it inputs, from inside ``root`` only.

    Raises LatexSourceError where files input each other in a circle.
    """
    base = (root or path.parent).resolve()
    source = Source("")
    text = _inline(path, base, source, ())
    if "\\documentclass" not in text:
        _read_main(path, source)
    _read_packages(text, path.parent, base, source)
    source.text = drop_false_branches(text, source.conditions)
    read_definitions(source.text, source)
    return source


def _read_packages(text: str, folder: Path, base: Path, source: Source) -> None:
    """Definitions of style and class files that lie beside the document."""
    for name in dict.fromkeys(n.strip() for m in _PACKAGE.findall(text) for n in m.split(",")):
        for suffix in (".sty", ".cls", ".tex"):
            beside = _inside(base, folder / f"{name}{suffix}")
            if beside and beside.is_file():
                read_definitions(strip_comments(_decode(beside.read_bytes())), source)
                break


def _read_main(path: Path, source: Source) -> None:
    """Definitions of the document that inputs this file, from the same folder or one above.

    Where no document inputs it, the only document beside it is taken for its own.
    """
    others: list[str] = []
    for folder in (path.parent, path.parent.parent):
        for main in sorted(folder.glob("*.tex"))[:50]:
            if main.stat().st_size > MAX_LENGTH or main.resolve() == path.resolve():
                continue
            if b"\\documentclass" not in main.read_bytes():
                continue
            whole = Source("")
            try:
                text = _inline(main, folder.resolve(), whole, ())
            except (LatexSourceError, OSError):
                continue
            if path.resolve() in whole.files:
                others = [text]
                break
            others.append(text)
        if others:
            break
    if len(others) == 1:
        _read_packages(others[0], folder, folder.resolve(), source)
        source.conditions = conditions(others[0])
        read_definitions(drop_false_branches(others[0]), source)


def from_text(text: str) -> Source:
    """The same for a piece of LaTeX that stands alone."""
    source = Source(drop_false_branches(strip_comments(text)))
    for match in _INPUT.finditer(source.text):
        source.warnings.append(f"{match.group(0)} was not followed: only this text was given")
    read_definitions(source.text, source)
    return source


def _decode(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _inside(base: Path, path: Path) -> Path | None:
    resolved = path.resolve()
    return resolved if resolved == base or base in resolved.parents else None


def _inline(path: Path, base: Path, source: Source, above: tuple[Path, ...]) -> str:
    if path in above or len(above) > MAX_INPUT_DEPTH:
        chain = " -> ".join(p.name for p in (*above, path))
        raise LatexSourceError(
            f"{path.name} inputs itself ({chain}). Break the circle, or give the file with the "
            "table alone."
        )
    source.files.add(path.resolve())
    text = strip_comments(_decode(path.read_bytes()))

    def follow(match: re.Match[str]) -> str:
        name = (match.group("first") or match.group("bare") or "").strip().strip('"')
        if match.group("command") in ("import", "subimport"):
            name = f"{name}/{(match.group('second') or '').strip()}"
            tail = ""
        else:
            tail = f"{{{match.group('second')}}}" if match.group("second") is not None else ""
        if not name or "\\" in name or "#" in name:
            return match.group(0)
        for start in (path.parent, base):
            for candidate in (start / f"{name}.tex", start / name):
                found = _inside(base, candidate)
                if found and found.is_file():
                    return _inline(found, base, source, (*above, path)) + tail
                if found is None:
                    source.warnings.append(f"\\input{{{name}}} points outside the folder: not read")
                    return tail
        source.warnings.append(f"\\input{{{name}}}: no such file beside {path.name}")
        return tail

    return _INPUT.sub(follow, text)


def group_end(text: str, start: int) -> int:
    """Index just past the brace group that opens at ``start``; -1 if it never closes."""
    depth = 0
    i = start
    while i < len(text):
        char = text[i]
        if char == "\\":
            i += 2
            continue
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return i + 1
        i += 1
    return -1


def _skip(text: str, i: int) -> int:
    while i < len(text) and text[i] in " \t\n":
        i += 1
    return i


def take_argument(text: str, i: int) -> tuple[str, int] | None:
    """One mandatory argument at ``i``: a group's inside, a control word, or one character."""
    i = _skip(text, i)
    if i >= len(text):
        return None
    if text[i] == "{":
        end = group_end(text, i)
        return None if end < 0 else (text[i + 1 : end - 1], end)
    if text[i] == "\\":
        match = _WORD.match(text, i)
        return (match.group(0), match.end()) if match else None
    return (text[i], i + 1)


def take_optional(text: str, i: int, closing: str = "]") -> tuple[str | None, int]:
    """One optional argument in brackets at ``i``, braces inside it respected."""
    start = _skip(text, i)
    if start >= len(text) or text[start] != "[":
        return None, i
    j = start + 1
    while j < len(text):
        if text[j] == "{":
            j = group_end(text, j)
            if j < 0:
                return None, i
            continue
        if text[j] == "\\":
            j += 2
            continue
        if text[j] == closing:
            return text[start + 1 : j], j + 1
        j += 1
    return None, i


_DEFINERS = re.compile(
    r"\\(?:(?P<new>newcommand|renewcommand|providecommand|DeclareRobustCommand|newrobustcmd)\*?"
    r"|(?P<document>(?:New|Renew|Provide|Declare)DocumentCommand)"
    r"|(?P<def>[gex]?def)|(?P<let>let)|(?P<operator>DeclareMathOperator)\*?"
    r"|(?P<environment>(?:re)?newenvironment)\*?)(?![A-Za-z@])"
)


def read_definitions(text: str, source: Source) -> None:
    """Collect macro and environment definitions; a later one of a name wins, as in TeX."""
    for match in _DEFINERS.finditer(text):
        read_definition(text, match, source)


def read_definition(text: str, match: re.Match[str], source: Source) -> int:
    """Read the definition that ``match`` begins; returns where it ends (the match's end if not)."""
    i = match.end()
    if match.group("environment"):
        return _read_environment(text, i, source)
    name_found = take_argument(text, i)
    if name_found is None:
        return i
    name, after = name_found[0].strip().lstrip("\\"), name_found[1]
    if not re.fullmatch(r"[A-Za-z@]+|.", name):
        return i
    provide = match.group(0).startswith(("\\provide", "\\Provide"))
    macro, end = _read_macro(text, after, match, source)
    if macro is None:
        return max(end, i)
    circular = re.search(rf"\\{re.escape(name)}(?![A-Za-z@])", macro.body)
    if name not in PROTECTED and not circular and not (provide and name in source.macros):
        source.macros[name] = macro
    return end


def _read_macro(
    text: str, i: int, match: re.Match[str], source: Source
) -> tuple[Macro | None, int]:
    kinds: list[str] = []
    defaults: list[str] = []
    if match.group("let"):
        equals = re.compile(r"\s*=?\s*\\([A-Za-z@]+)").match(text, i)
        if not equals:
            return None, i
        target = source.macros.get(equals.group(1))
        return target or Macro((), (), f"\\{equals.group(1)} "), equals.end()
    if match.group("def"):
        parameters = re.compile(r"((?:#\d)*)\s*(?=\{)").match(text, i)
        if not parameters:
            return None, i
        kinds = ["m"] * (len(parameters.group(1)) // 2)
        i = parameters.end()
    elif match.group("document"):
        spec = take_argument(text, i)
        if spec is None:
            return None, i
        kinds, defaults = _document_arguments(spec[0])
        i = spec[1]
    elif match.group("new"):
        count, i = take_optional(text, i)
        default, i = take_optional(text, i)
        number = int(count) if count and count.strip().isdigit() else 0
        kinds = ["m"] * number
        if default is not None and kinds:
            kinds[0] = "o"
            defaults = [default]
    body = take_argument(text, i)
    if body is None:
        return None, i
    padded = (*defaults, *[""] * (len(kinds) - len(defaults)))
    content = f"\\mathrm{{{body[0]}}}" if match.group("operator") else body[0]
    return Macro(tuple(kinds), padded, content), body[1]


def _document_arguments(spec: str) -> tuple[list[str], list[str]]:
    kinds: list[str] = []
    defaults: list[str] = []
    i = 0
    while i < len(spec):
        char = spec[i]
        i += 1
        if char in "ms":
            kinds.append(char)
            defaults.append("")
        elif char == "o":
            kinds.append("o")
            defaults.append("")
        elif char == "O":
            found = take_argument(spec, i)
            kinds.append("o")
            defaults.append(found[0] if found else "")
            i = found[1] if found else i
    return kinds, defaults


def _read_environment(text: str, i: int, source: Source) -> int:
    name = take_argument(text, i)
    if name is None:
        return i
    count, after = take_optional(text, name[1])
    default, after = take_optional(text, after)
    begin = take_argument(text, after)
    end = take_argument(text, begin[1]) if begin else None
    if begin is None or end is None:
        return i
    number = int(count) if count and count.strip().isdigit() else 0
    kinds = ["m"] * number
    if default is not None and kinds:
        kinds[0] = "o"
    defaults = (default or "", *[""] * (number - 1)) if number else ()
    if re.search(r"\\begin\s*\{(?:table|tabular|longtable|sideways)", begin[0]):
        source.environments[name[0].strip()] = (Macro(tuple(kinds), defaults, begin[0]), end[0])
    return end[1]
