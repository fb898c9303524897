"""Searches of OpenAlex, arXiv and Europe PMC, page by page, resumable."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import yaml

from ingest.http import Fetched, base_url
from ingest.paging import Pages, folder_for
from ingest.record import Record, date_parts
from ingest.safe_xml import local, parse_xml
from ingest.services.reading import dicts, dig, read_json
from ingest.services.registry import SERVICES

_ROWS = 100
ACCEPT = {"openalex": ("json",), "europepmc": ("json",), "arxiv": ("xml",)}


@dataclass(frozen=True, slots=True)
class Query:
    """One query as the data file has it."""

    id: str
    service: str
    why: str
    search: str


def queries(path: Path | None = None) -> list[Query]:
    """The queries of ingest/data/watch.yaml, or of a file in the same form.

    Raises ValueError naming the file or the query that can't be used.
    """
    data = files("ingest") / "data" / "watch.yaml" if path is None else path
    try:
        found = [Query(**entry) for entry in yaml.safe_load(data.read_text("utf-8"))["queries"]]
    except (yaml.YAMLError, ValueError, KeyError, TypeError, RecursionError) as error:
        said = " ".join(str(error).split())
        raise ValueError(
            f"{data}: found {said}, expected `queries:` with id, service, why and search of each, as "
            "in ingest/data/watch.yaml"
        ) from error
    for query in found:
        if not all(isinstance(getattr(query, name), str) for name in Query.__slots__):
            raise ValueError(f"{data}: query {query.id!r}: expected text under each key")
        if query.service not in ACCEPT:
            raise ValueError(f"query {query.id}: service {query.service!r}, expected one of "
                             f"{', '.join(ACCEPT)}")  # fmt: skip
    return found


def first_address(query: Query, since: date) -> str:
    """The address of a query's first page, limited to works since a day."""
    base = base_url(query.service)
    if query.service == "openalex":
        asked = {
            "search": query.search,
            "filter": f"from_publication_date:{since.isoformat()}",
            "per-page": str(_ROWS),
            "cursor": "*",
        }
        return f"{base}/works?{urlencode(asked)}"
    if query.service == "arxiv":
        period = f"submittedDate:[{since:%Y%m%d}0000 TO 999912312359]"
        asked = {
            "search_query": f"({query.search}) AND {period}",
            "sortBy": "submittedDate",
            "sortOrder": "descending",
            "start": "0",
            "max_results": str(_ROWS),
        }
        return f"{base}/api/query?{urlencode(asked)}"
    asked = {
        "query": f"({query.search}) AND FIRST_PDATE:[{since.isoformat()} TO 3000-12-31]",
        "resultType": "core",
        "format": "json",
        "pageSize": str(_ROWS),
        "cursorMark": "*",
    }
    return f"{base}/search?{urlencode(asked)}"


def following(service: str) -> Callable[[bytes, str], str | None]:
    """How a service's pages lead to the next one."""
    return {"openalex": _openalex, "arxiv": _arxiv, "europepmc": _europepmc}[service]


def _with(address: str, **changed: str) -> str:
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()} | changed
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(asked), ""))


def _openalex(body: bytes, asked: str) -> str | None:
    data = read_json(body, asked)
    cursor = dig(data, "meta", "next_cursor")
    return (
        _with(asked, cursor=cursor)
        if isinstance(cursor, str) and dicts(dig(data, "results"))
        else None
    )


def _europepmc(body: bytes, asked: str) -> str | None:
    data = read_json(body, asked)
    mark = dig(data, "nextCursorMark")
    found = dicts(dig(data, "resultList", "result"))
    return _with(asked, cursorMark=mark) if isinstance(mark, str) and found else None


def _arxiv(body: bytes, asked: str) -> str | None:
    root = parse_xml(body, asked)
    entries = sum(1 for e in root if local(e) == "entry")
    total = next((int(e.text or 0) for e in root if local(e) == "totalResults"), 0)
    start = int(parse_qs(urlsplit(asked).query).get("start", ["0"])[0]) + entries
    # arXiv gives empty pages now and then; an empty one ends the search instead of going round.
    return _with(asked, start=str(start)) if entries and start < total else None


def run(query: Query, since: date, get: Callable[[str, str], Fetched], root: Path) -> Pages:
    """Fetch a query's pages into a folder of its own under ``root``; a stopped run goes on."""
    address = first_address(query, since)
    pages = Pages(folder_for(root, query.service, address), address)
    pages.fetch(lambda url: get(query.service, url), following(query.service))
    return pages


def records(pages: Pages, service: str) -> Iterator[Record]:
    """Records of the kept pages in order."""
    for body, stamp in pages.bodies():
        yield from SERVICES[service].parse(body, stamp)


def is_since(record: Record, since: date) -> bool:
    """Whether a record's date, as far as it is known, is not before a day."""
    if record.year is None:
        return True
    known = (record.year, record.month or 12, record.day or 31)
    return known >= (since.year, since.month, since.day)


def parse_day(text: str) -> date:
    """A day from YYYY, YYYY-MM or YYYY-MM-DD. Raises ValueError."""
    year, month, day = date_parts(text)
    if year is None:
        raise ValueError(f"{text!r} is not a date; expected YYYY-MM-DD")
    return date(year, month or 1, day or 1)
