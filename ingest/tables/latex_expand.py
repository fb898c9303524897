"""Expansion of a user's macros, by TeX's rules as far as tables need them."""

import re

from ingest.tables.latex_source import (
    _DEFINERS,
    MAX_EXPANSIONS,
    MAX_LENGTH,
    LatexSourceError,
    Macro,
    Source,
    read_definition,
    take_argument,
    take_optional,
)

_TOKEN = re.compile(r"\\(?:([A-Za-z@]+)|(.))", re.DOTALL)
# Bodies that compute (colour maps, conditionals) can't be expanded as text.
_COMPUTES = re.compile(
    r"\\(?:if[A-Za-z@]*|pgfmath\w*|fpeval|numexpr|expandafter|csname|FPeval|@ifnextchar|catcode)"
    r"(?![A-Za-z@])"
)


def expand(text: str, source: Source) -> str:
    """Replace user macros in ``text`` by their bodies until none is left.

    Definitions inside ``text`` take effect from where they stand. Macros whose body computes are
    left alone, for the reader to take their arguments at face value.

    Raises LatexSourceError where expansion does not end.
    """
    text = _expand_environments(text, source)
    out: list[str] = []
    i = 0
    steps = 0
    while True:
        token = _TOKEN.search(text, i)
        if token is None:
            out.append(text[i:])
            break
        out.append(text[i : token.start()])
        name = token.group(1)
        defines = _DEFINERS.match(text, token.start()) if name else None
        if defines:
            end = read_definition(text, defines, source)
            if end > defines.end():
                i = end
                continue
        macro = source.macros.get(name or token.group(2))
        if macro is None or _COMPUTES.search(macro.body):
            out.append(token.group(0))
            i = token.end()
            continue
        found = _arguments(text, token.end(), macro)
        if found is None:
            out.append(token.group(0))
            i = token.end()
            continue
        arguments, end = found
        body = _substitute(macro.body, arguments)
        if name and not macro.kinds:
            end = _after_word(text, end, body)
        steps += 1
        if steps > MAX_EXPANSIONS or len(text) > MAX_LENGTH:
            raise LatexSourceError(
                f"macro \\{name or token.group(2)} expands without end. Give the table with that "
                "macro written out, or correct its definition."
            )
        # A word that ends the body must not run into the letter behind it.
        guard = "{}" if re.search(r"\\[A-Za-z@]+$", body) and text[end : end + 1].isalpha() else ""
        text = body.replace("\\xspace", "") + guard + text[end:]
        i = 0
    return "".join(out)


def _after_word(text: str, end: int, body: str) -> int:
    """TeX eats blanks behind a control word; \\xspace and an empty group keep one."""
    spaces = re.compile(r"[ \t]*\n?[ \t]*").match(text, end)
    stop = spaces.end() if spaces else end
    if text.startswith("{}", stop):
        return stop + 2
    keeps = body.rstrip().endswith("\\xspace") and re.match(r"[\w(\[$\\]", text[stop : stop + 1])
    return end if keeps and not text.startswith(("\\\\", "\\,"), stop) else stop


def _arguments(text: str, i: int, macro: Macro) -> tuple[list[str], int] | None:
    values: list[str] = []
    for kind, default in zip(macro.kinds, macro.defaults, strict=True):
        if kind == "s":
            star = text.startswith("*", i)
            values.append("*" if star else "")
            i += star
        elif kind == "o":
            given, i = take_optional(text, i)
            values.append(default if given is None else given)
        else:
            found = take_argument(text, i)
            if found is None:
                return None
            values.append(found[0])
            i = found[1]
    return values, i


def _substitute(body: str, arguments: list[str]) -> str:
    def fill(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        return arguments[index] if index < len(arguments) else ""

    return re.sub(r"(?<!\\)#(\d)", fill, body)


def _expand_environments(text: str, source: Source) -> str:
    for name, (begin, end) in source.environments.items():
        opening = re.compile(rf"\\begin\s*\{{{re.escape(name)}\}}")
        for _ in range(1_000):
            match = opening.search(text)
            if match is None:
                break
            found = _arguments(text, match.end(), begin)
            if found is None:
                break
            arguments, stop = found
            text = text[: match.start()] + _substitute(begin.body, arguments) + text[stop:]
        closing = end.replace("\\", r"\\")
        text = re.sub(rf"\\end\s*\{{{re.escape(name)}\}}", closing, text)
    return text
