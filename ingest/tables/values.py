"""Numbers as tables print them: value, spread, interval, and nothing read into plain words."""

import re
from dataclasses import dataclass

MINUS = str.maketrans({"−": "-", "‒": "-", "–": "-", "\u2009": " ", "\u202f": " ", "\xa0": " "})
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

# Marks that papers hang on a number: significance stars, daggers, arrows, footnote letters.
_MARKS = r"[*†‡§¶‖∗⋆★☆#^↑↓▲▼△▽⬆⬇✓ªᵃᵇᶜᵈᵉᶠᵍʰⁱʲ⁰¹²³⁴⁵⁶⁷⁸⁹\s]*"
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
_POWER = r"\s*[×x·⋅*]\s*10\s*(?:\^\s*\{?\s*)?([⁻⁺+-]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[+-]?\d+)\}?"
_HEAD = re.compile(rf"^{_MARKS}(?P<value>{_NUMBER})(?P<power>{_POWER})?\s*(?P<percent>%)?")
_PLUS_MINUS = re.compile(
    rf"^{_MARKS}\(?\s*(?:±|\+/-|\+-|\\pm)\s*(?P<u>{_NUMBER})(?:{_POWER})?\s*%?\s*\)?"
    rf"(?:{_POWER})?\s*%?{_MARKS}$"
)
_COMPACT = re.compile(rf"^\((?P<u>\d+)\){_MARKS}$")
_PARENS = re.compile(rf"^\s*[(\[]\s*(?:(?:SD|SE|SEM|std|s\.d\.)\s*[=:]?\s*)?(?P<u>{_NUMBER})\s*%?"
                     rf"\s*[)\]]{_MARKS}$", re.IGNORECASE)  # fmt: skip
_SUBSCRIPT = re.compile(rf"^_(?P<u>{_NUMBER}){_MARKS}$")
_INTERVAL = re.compile(
    rf"^\s*[(\[]\s*(?:95\s*%\s*CI\s*[:=,]?\s*)?(?P<lo>{_NUMBER})\s*%?\s*(?:,|;|to|-|–|\.\.)\s*"
    rf"(?P<hi>{_NUMBER})\s*%?\s*[)\]]{_MARKS}$",
    re.IGNORECASE,
)
_SHARED_POWER = re.compile(rf"^\((?P<inner>[^()]*[±][^()]*)\)(?P<power>{_POWER})$")
_CHANGE = re.compile(rf"^\s*[(\[]?\s*[↑↓▲▼△▽+-]\s*{_NUMBER}\s*%?\s*[)\]]?{_MARKS}$")
_BOUNDS = re.compile(rf"^\s*\+\s*{_NUMBER}\s*-\s*{_NUMBER}{_MARKS}$")
_ONLY_MARKS = re.compile(rf"^{_MARKS}$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's text says as a number. Printed forms keep the digits as the source has them.

    ``spread_kind`` says how the spread was printed (``plus_minus``, ``parentheses``,
    ``subscript``, ``compact``), not what it is: standard deviation or error is the caption's word.
    """

    value: float | None = None
    printed: str | None = None
    uncertainty: float | None = None
    uncertainty_printed: str | None = None
    spread_kind: str | None = None
    interval: tuple[float, float] | None = None
    percent: bool = False


NOT_A_NUMBER = Reading()


def _to_float(text: str) -> float:
    return float(text.replace(",", ""))


def _exponent(match: re.Match[str]) -> int:
    power = match.group("power")
    if not power:
        return 0
    digits = re.search(rf"{_POWER}$", power)
    assert digits is not None
    return int(digits.group(1).translate(SUPERSCRIPTS))


def read_value(text: str) -> Reading:
    """Read one cell. A cell that holds words, two scores, a bound or a range is not a number.

    >>> read_value("0.862 ± 0.003").uncertainty
    0.003
    >>> read_value("4.2 M").value is None
    True
    """
    plain = text.translate(MINUS).strip()
    if shared := _SHARED_POWER.match(plain):
        plain = f"{shared.group('inner')} {shared.group('power')}"
    head = _HEAD.match(plain)
    if head is None:
        # Some tables wrap the whole cell: "(0.91)" is a number that the author sets apart.
        inner = re.fullmatch(r"\(\s*([^()]+?)\s*\)", plain)
        if inner and _HEAD.match(inner.group(1)):
            return read_value(inner.group(1))
        return NOT_A_NUMBER
    printed = head.group("value").lstrip("+")
    scale = 10.0 ** _exponent(head)
    exponent = _exponent(head)
    value = float(f"{printed.replace(',', '')}e{exponent}") if exponent else _to_float(printed)
    percent = head.group("percent") is not None or plain.endswith("%")
    rest = plain[head.end() :]
    if head.group("power"):
        printed = head.group(0).strip()

    def reading(match: re.Match[str] | None, kind: str, factor: float = 1.0) -> Reading:
        assert match is not None
        spread = match.group("u")
        return Reading(value, printed, _to_float(spread) * factor, spread, kind, None, percent)

    if _ONLY_MARKS.match(rest):
        return Reading(value, printed, percent=percent)
    if match := _PLUS_MINUS.match(rest):
        found = re.search(rf"{_POWER}", rest)
        factor = 10.0 ** int(found.group(1).translate(SUPERSCRIPTS)) if found else 1.0
        if found and not head.group("power"):
            # "(1.2 ± 0.1) × 10⁻³" and "1.2 ± 0.1 × 10⁻³": the power is the whole expression's.
            value *= factor
        return reading(match, "plus_minus", factor)
    # Attached to the last digit it is siunitx's short form; set apart it is a rank or a count.
    if (match := _COMPACT.match(rest)) and not plain[: head.end()].endswith(" "):
        digits = printed.partition(".")[2]
        if digits and len(match.group("u")) <= len(digits):
            spread = int(match.group("u")) * 10.0 ** -len(digits)
            kept = round(spread, len(digits)) * scale
            return Reading(value, printed, kept, match.group("u"), "compact", None, percent)
    # "0.85 -0.3" and "0.85 (-0.3)" are a value and its change; "0.5-0.8" is a range.
    apart = rest[:1] not in "+-" or plain[: head.end()].endswith(" ")
    if (apart and _CHANGE.match(rest)) or _BOUNDS.match(rest):
        return Reading(value, printed, percent=percent)
    if match := _SUBSCRIPT.match(rest):
        return reading(match, "subscript")
    if match := _PARENS.match(rest):
        # A whole number behind a decimal is a rank or a count, not a spread: "0.91 (3)".
        if "." in printed and "." not in match.group("u"):
            return Reading(value, printed, percent=percent)
        if re.search(r"[([]\s*[+-]", rest):
            return Reading(value, printed, percent=percent)
        return reading(match, "parentheses")
    if match := _INTERVAL.match(rest):
        interval = (_to_float(match.group("lo")), _to_float(match.group("hi")))
        return Reading(value, printed, interval=interval, percent=percent)
    return NOT_A_NUMBER
