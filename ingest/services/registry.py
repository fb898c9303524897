"""The services by the names that the command line uses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from ingest import identifiers
from ingest.http import Fetcher
from ingest.record import Record, Stamp
from ingest.services import (
    arxiv,
    bibtex,
    biorxiv,
    crossref,
    datacite,
    europepmc,
    github,
    huggingface,
    openalex,
    semantic_scholar,
)  # fmt: skip
from ingest.services.reading import MalformedResponseError


@dataclass(frozen=True, slots=True)
class Service:
    """A service's name, its parser, and its addresses (None: files only)."""

    name: str
    parse: Callable[[bytes, Stamp], list[Record]]
    address: Callable[[str], str] | None
    accept: tuple[str, ...]


def _service(name: str, module: ModuleType) -> Service:
    return Service(name, module.parse, getattr(module, "address", None),
                   getattr(module, "ACCEPT", ()))  # fmt: skip


SERVICES = {
    name: _service(name, module)
    for name, module in {
        "crossref": crossref, "openalex": openalex, "arxiv": arxiv, "europepmc": europepmc,
        "biorxiv": biorxiv, "semanticscholar": semantic_scholar, "datacite": datacite,
        "hf": huggingface, "github": github, "bib": bibtex,
    }.items()
}  # fmt: skip


def fetch(service: Service, identifier: str, fetcher: Fetcher) -> list[Record]:
    """Ask a service for one identifier.

    Raises ValueError for an identifier of the wrong kind, FetchError, MalformedResponseError.
    """
    if service.address is None:
        raise ValueError(f"{service.name} reads files only; give --from-file")
    found = fetcher.get(service.name, service.address(identifier), accept=service.accept)
    records = service.parse(found.body, found.stamp)
    if not records:
        raise MalformedResponseError(
            f"{found.stamp.url}: {service.name} has no record of {identifier!r}. Check the identifier."
        )
    return records


def from_file(service: Service, path: Path, wanted: Iterable[str] = ()) -> list[Record]:
    """Read a saved response. The stamp's time is when the file was last written.

    Raises MalformedResponseError where the file holds other works than the ones wanted.
    """
    raw = path.read_bytes()
    moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    asked = list(wanted)
    url = f"file:{path.name}"
    if len(asked) == 1 and service.address is not None:
        url = service.address(asked[0])
    stamp = Stamp.of(service.name, url, raw, moment)
    try:
        records = service.parse(raw, stamp)
    except MalformedResponseError as error:
        raise MalformedResponseError(str(error).replace(url, path.name, 1)) from error
    for identifier in asked if service.name != "bib" else ():
        if records and not any(_is(record, identifier) for record in records):
            held = (
                ", ".join(sorted({i for r in records for i in _names(r)})[:5]) or "no identifiers"
            )
            raise MalformedResponseError(
                f"{path.name}: holds {held}; expected {identifier}. Give the file that was saved "
                "for it, or leave the identifier out."
            )
    if asked and service.name == "bib":
        return _entries(records, raw, asked, path.name)
    if asked:
        records = [r for r in records if any(_is(r, i) for i in asked)]
    return records


def _entries(records: list[Record], raw: bytes, keys: list[str], where: str) -> list[Record]:
    """The entries of a BibTeX file that have these citekeys, in the order asked."""
    by_key = dict(zip(bibtex.citekeys(raw), records, strict=True))
    for key in keys:
        if key not in by_key:
            some = ", ".join(list(by_key)[:5])
            raise MalformedResponseError(f"{where}: no entry {key}; it has {some} and others.")
    return [by_key[key] for key in keys]


def _names(record: Record) -> set[str]:
    known = set(record.identifiers)
    if record.type in ("model", "software") and record.title:
        known.add(record.title.lower())
    if record.url:
        known.add(record.url.lower().rstrip("/"))
    return known | {
        str(v["id"]).lower() for v in record.versions if v.get("id")
    } | ({record.version_of.lower()} if record.version_of else set())  # fmt: skip


def _is(record: Record, identifier: str) -> bool:
    """Whether a record is, or is a version of, what an identifier names.

    Identifiers that can't be compared (a service's own numbers) are taken on trust.
    """
    asked: set[str] = set()
    if doi := identifiers.doi(identifier):
        asked |= {f"doi:{doi}"}
        bare, _, version = doi.rpartition("v")
        if version.isdigit() and doi.startswith("10.1101/"):
            asked.add(f"doi:{bare}")
        if doi.startswith("10.48550/arxiv."):
            asked.add(f"arxiv:{doi.removeprefix('10.48550/arxiv.')}")
    elif number := identifiers.arxiv(identifier):
        asked |= {f"arxiv:{number}", f"doi:10.48550/arxiv.{number}"}
    elif record.type in ("model", "software"):
        name = identifier.strip().rstrip("/").lower()
        return any(known.endswith(name) or name.endswith(known) for known in _names(record))
    elif identifier.strip().isdigit() and record.pmid:
        asked.add(f"pmid:{identifier.strip()}")
    if not asked or not record.identifiers:
        return True
    return bool(asked & _names(record))
