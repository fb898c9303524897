"""GitHub: a repository as a record of software, with its releases where they are given."""

import re
from typing import Any
from urllib.parse import quote

from ingest import identifiers, names
from ingest.http import base_url
from ingest.record import Record, Stamp, date_parts
from ingest.services.reading import dicts, dig, first_text, read_json
from ingest.text import clean_text

ACCEPT = ("json",)


def repository(identifier: str) -> str:
    """owner/name of a repository, from a name or an address. Raises ValueError otherwise."""
    text = re.sub(r"^(?:https?://(?:www\.)?github\.com/|git@github\.com:|github:)", "",
                  identifier.strip())  # fmt: skip
    text = "/".join(text.split("#")[0].split("?")[0].strip("/").split("/")[:2]).removesuffix(".git")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*/[\w.-]+", text) or ".." in text:
        raise ValueError(f"{identifier!r} is not a repository; expected owner/name")
    return text


def address(identifier: str) -> str:
    """The address of a repository's facts."""
    return f"{base_url('github')}/repos/{repository(identifier)}"


def raw_address(identifier: str, path: str, reference: str) -> str:
    """The address of one file as it stands at a commit, branch or tag."""
    name = quote(path.strip("/"), safe="/")
    return f"{base_url('githubraw')}/{repository(identifier)}/{quote(reference, safe='/')}/{name}"


def releases_address(identifier: str) -> str:
    """The address of a repository's releases, newest first."""
    return f"{address(identifier)}/releases?per_page=100"


def commits_address(identifier: str) -> str:
    """The address of the newest commit; its Link header leads to the first one."""
    return f"{address(identifier)}/commits?per_page=1"


def parse(raw: bytes, stamp: Stamp) -> list[Record]:
    """Records of a repository, of a search (items), or of a list."""
    data = read_json(raw, stamp.url)
    items = data.get("items", data) if isinstance(data, dict) else data
    return [_record(item).stamped(stamp) for item in dicts(items) if item.get("full_name")]


def _record(repo: dict[str, Any]) -> Record:
    name = first_text(repo.get("full_name")) or ""
    year, month, day = date_parts(repo.get("created_at"))
    owner = first_text(dig(repo, "owner", "login")) or name.partition("/")[0]
    homepage = first_text(repo.get("homepage")) or ""
    doi, number = identifiers.doi(homepage), None
    if "arxiv" in homepage.lower():
        number = identifiers.arxiv(homepage)
    parent = first_text(dig(repo, "parent", "full_name"))
    versions = [{"id": f"github:{parent}", "relation": "fork_of"}] if parent else []
    return Record(
        title=clean_text(name),
        authors=[names.group(owner)] if owner else [],
        year=year,
        month=month,
        day=day,
        venue="GitHub",
        type="software",
        version_of=f"doi:{doi}" if doi else (f"arxiv:{number}" if number else None),
        versions=versions,
        url=first_text(repo.get("html_url")) or f"https://github.com/{name}",
    )
