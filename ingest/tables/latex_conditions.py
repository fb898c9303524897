"""LaTeX's conditionals, as far as a document says itself which branch holds."""

import re

_NEWIF = re.compile(r"\\newif\s*\\if([A-Za-z@]+)")
_IF = re.compile(r"\\(if[A-Za-z@]*|else|fi)(?![A-Za-z@])")


def conditions(text: str) -> dict[str, bool]:
    """Values of the conditionals that a document declares, as it sets them last."""
    known = {"iffalse": False, "iftrue": True}
    for name in _NEWIF.findall(text):
        last = [m.group(1) for m in re.finditer(rf"\\{name}(true|false)(?![A-Za-z])", text)]
        known[f"if{name}"] = bool(last) and last[-1] == "true"
    return known


def drop_false_branches(text: str, given: dict[str, bool] | None = None) -> str:
    """Remove branches that a conditional with a known value switches off."""
    if "\\if" not in text:
        return text
    known = (given or {}) | conditions(text)
    out: list[str] = []
    stack: list[list[bool | None]] = []  # [value of the condition, whether in its else branch]
    position = 0

    def hidden() -> bool:
        return any(value is not None and value == in_else for value, in_else in stack)

    for match in _IF.finditer(text):
        if not hidden():
            out.append(text[position : match.start()])
        position = match.end()
        word = match.group(1)
        before = text[max(0, match.start() - 8) : match.start()]
        if word.startswith("if"):
            if before.rstrip().endswith("\\newif") or word in ("ifthenelse", "ifdefined", "iff"):
                out.append(match.group(0))
                continue
            value = known.get(word)
            if value is None and not hidden():
                out.append(match.group(0))
            stack.append([value, False])
        elif stack:
            value = stack[-1][0]
            if value is None and not hidden():
                out.append(match.group(0))
            if word == "else":
                stack[-1][1] = True
            else:
                stack.pop()
        else:
            out.append(match.group(0))
    if stack:
        # Unbalanced by our reading (primitives in a preamble): better the whole text than half.
        return text
    return "".join(out) + text[position:]
