"""DOI, arXiv, PubMed and ORCID identifiers, in one written form each."""

import re
from urllib.parse import unquote

from schema.records.contributor import orcid_check_digit

_DOI = re.compile(r"(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv[:./]|abs/|pdf/|^)\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?",
    re.IGNORECASE,
)
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.IGNORECASE)


def doi(raw: object) -> str | None:
    """A bare DOI in lower case (DOIs don't depend on case), from any common spelling."""
    if not isinstance(raw, str):
        return None
    match = _DOI.search(unquote(raw.strip()) if "%2" in raw else raw.strip())
    if not match:
        return None
    found = match.group(1).rstrip(".,;")
    while found.endswith(")") and found.count("(") < found.count(")"):
        found = found[:-1]
    return found.lower()


def arxiv(raw: object) -> str | None:
    """A bare arXiv identifier without its version, from an identifier, an address or a DOI."""
    split = arxiv_version(raw)
    return split[0] if split else None


def arxiv_version(raw: object) -> tuple[str, int | None] | None:
    """arXiv identifier and version number, if the text has one."""
    if not isinstance(raw, str):
        return None
    match = _ARXIV.search(raw.strip())
    if not match:
        return None
    identifier = match.group(1)
    if "/" in identifier:
        identifier = identifier.lower() if "." not in identifier else identifier
    return identifier, int(match.group(2)[1:]) if match.group(2) else None


def pmid(raw: object) -> str | None:
    """A PubMed identifier as digits, from a number, an address or `pmid:...`."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return str(raw) if raw > 0 else None
    if not isinstance(raw, str):
        return None
    match = re.fullmatch(r"(?:.*?pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|pmid:?\s*)?(\d{1,9})/?",
                         raw.strip(), re.IGNORECASE)  # fmt: skip
    return match.group(1).lstrip("0") or None if match else None


def orcid(raw: object) -> str | None:
    """A bare ORCID iD whose check digit (ISO 7064 MOD 11-2) is right; None otherwise."""
    if not isinstance(raw, str):
        return None
    match = _ORCID.search(raw.strip())
    if not match:
        return None
    digits = "".join(match.groups()).upper()
    if digits[-1] != orcid_check_digit(digits[:-1]):
        return None
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))
