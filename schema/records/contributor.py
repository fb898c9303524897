"""Who is to be credited for an entry, and for what."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schema.records.base import ORCID, PartialDate, Record, Text
from schema.vocabularies import ContributorRole

Orcid = Annotated[str, Field(pattern=ORCID)]


class Contributor(Record):
    """One person and one thing that they did for the entry. `tool`: what made the draft of it."""

    name: Text
    orcid: Orcid | None = None
    role: ContributorRole
    date: PartialDate | None = None
    tool: Text | None = None
    note: Text | None = None


def orcid_check_digit(first: str) -> str:
    """The sixteenth character that belongs to the first fifteen digits of an ORCID iD.

    ISO/IEC 7064:2003, MOD 11-2, as ORCID's own spreadsheet works it out. `first` may have hyphens.
    """
    total = 0
    for digit in first.replace("-", ""):
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
