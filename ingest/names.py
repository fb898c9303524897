"""People's and groups' names taken apart, particles and suffixes kept with the family name."""

import re

from ingest.record import Author
from ingest.text import clean_text

_PARTICLES = {
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du", "la",
    "le", "les", "ten", "ter", "te", "zu", "zum", "zur", "af", "av", "bin", "ibn", "al", "el",
    "y", "dello", "degli", "vom", "op", "t", "in", "het", "st.",
}  # fmt: skip
_SUFFIX = re.compile(r"^(?:Jr\.?|Sr\.?|II|III|IV|2nd|3rd)$", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:consorti(?:um|a)|collaborat(?:ion|ive)|initiative|working group|study group|group|team|"
    r"network|project|committee|investigators|foundation|institute|university|alliance|society|"
    r"program(?:me)?|task force|inc\.?|ltd\.?|gmbh|labs?|openai|deepmind)\b",
    re.IGNORECASE,
)


def is_group(name: str) -> bool:
    """Whether a name is a consortium's or an institution's, by the words in it."""
    return bool(_GROUP.search(name))


def group(name: str, orcid: str | None = None) -> Author:
    """A consortium or institution as an author."""
    return Author(None, None, name, orcid)


def person(family: str | None, given: str | None, orcid: str | None = None) -> Author:
    """A person from separate fields; the display name is put together from them."""
    display = " ".join(part for part in (given, family) if part)
    return Author(family, given, display or None, orcid)


def from_display(name: str | None, orcid: str | None = None) -> Author | None:
    """A person or group from one string: "Given von Family Jr." or "von Family, Given"."""
    text = clean_text(name)
    if not text:
        return None
    if is_group(text):
        return group(text, orcid)
    if "," in text:
        parts = [part.strip() for part in text.split(",")]
        if len(parts) == 3 and _SUFFIX.match(parts[1]):
            return person(f"{parts[0]} {parts[1]}", parts[2] or None, orcid)
        if len(parts) == 2 and _SUFFIX.match(parts[1]):
            first = from_display(parts[0], orcid)
            if first and first.family:
                return person(f"{first.family} {parts[1]}", first.given, orcid)
        return person(parts[0] or None, " ".join(p for p in parts[1:] if p) or None, orcid)
    words = text.split(" ")
    suffix: list[str] = []
    while len(words) > 2 and _SUFFIX.match(words[-1]):
        suffix.insert(0, words.pop())
    start = len(words) - 1
    while start > 1 and (
        words[start - 1].lower().strip("'’") in _PARTICLES and words[start - 1][:1].islower()
    ):
        start -= 1
    if len(words) == 1:
        return person(words[0], None, orcid)
    family = " ".join([*words[start:], *suffix])
    return person(family, " ".join(words[:start]) or None, orcid)


def from_initials(name: str | None, orcid: str | None = None) -> Author | None:
    """A person in PubMed's order: "von Family AB", initials last."""
    text = clean_text(name)
    if not text:
        return None
    if is_group(text):
        return group(text, orcid)
    match = re.fullmatch(
        r"(.+?)\s+([A-Z]{1,4}|[A-Z]\.(?:[- ]?[A-Z]\.)*)(?:\s+(Jr|Sr|II|III|IV))?", text
    )
    if not match:
        return from_display(text, orcid)
    family = f"{match.group(1)} {match.group(3)}" if match.group(3) else match.group(1)
    return person(family, match.group(2), orcid)
