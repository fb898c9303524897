"""The screening ledger: every selected record with its status, its work, and the reason."""

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from ingest.files import write_atomic
from ingest.screening.gzip_blocks import Aside
from ingest.screening.score import Scorer
from ingest.screening.state import Result, write_table
from ingest.text import clean_text
from ingest.watch.rank import Ranked

SCHEMA = pa.schema([
    ("status", pa.string()), ("reason", pa.string()), ("work", pa.string()),
    ("score", pa.float64()), ("terms", pa.string()), ("queries", pa.string()),
    ("known", pa.string()), ("kind", pa.string()), ("title", pa.string()),
    ("first_author", pa.string()), ("year", pa.int32()), ("date", pa.string()),
    ("doi", pa.string()), ("arxiv", pa.string()), ("pmid", pa.string()),
    ("source", pa.string()), ("id", pa.string()), ("type", pa.string()),
    ("retracted", pa.bool_()), ("notice_of", pa.string()), ("updated", pa.string()),
    ("file", pa.string()),
])  # fmt: skip
_SORTED = pa.schema([*SCHEMA, ("rank", pa.int8()), ("best", pa.float64()), ("place", pa.int64())])
_NAMING = ["work", "doi", "arxiv", "source", "id", "title_text"]
_CHUNK = 5_000
STATUSES = ("candidate", "update", "version", "duplicate", "low_score", "known")
_BY = {"doi": "DOI", "arxiv": "arXiv id", "title": "title"}


def rows_of(tied: pa.Table, scorer: Scorer, least: float = 0.0) -> pa.Table:
    """The ledger's rows from tied records, best candidates first.

    ``status``: candidate (a new work's main record), version (its preprint or published one),
    duplicate (the same record again), known (catalogued, or in the watch's ledger), update (a
    retraction or notice of a known work), low_score (a candidate below ``least``).
    """
    scores: list[Ranked] = []
    mains: dict[int, _Main] = {}
    # A chunk at a time: rows of Python, with their abstracts, take several times Arrow's memory.
    for batch in tied.to_batches(max_chunksize=_CHUNK):
        texts = batch.select(["title_text", "text"]).to_pydict()
        ranked = scorer.score(texts["title_text"], texts["text"])
        scores += ranked
        mine = pc.equal(batch["place"], batch["work"])
        best = [r.score for r, is_main in zip(ranked, mine.to_pylist(), strict=True) if is_main]
        for main, score in zip(batch.filter(mine).select(_NAMING).to_pylist(), best, strict=True):
            mains[main["work"]] = _Main(_name(main), score)
    parts, done = [], 0
    columns = [name for name in tied.column_names if name != "text"]
    for batch in tied.select(columns).to_batches(max_chunksize=_CHUNK):
        records = batch.to_pylist()
        for record, ranked_ in zip(records, scores[done : done + len(records)], strict=True):
            _fill(record, ranked_, mains[record["work"]], least)
        done += len(records)
        parts.append(pa.Table.from_pylist(records, _SORTED))
    table = pa.concat_tables(parts) if parts else _SORTED.empty_table()
    order = pc.sort_indices(table, sort_keys=[
        ("rank", "ascending"), ("best", "descending"), ("work", "ascending"), ("place", "ascending"),
    ])  # fmt: skip
    return table.take(order).select(SCHEMA.names).combine_chunks()


class _Main(NamedTuple):
    """What a work's records need of its main one."""

    name: str
    score: float


def _fill(record: dict[str, Any], ranked: Ranked, main: _Main, least: float) -> None:
    """What the ledger says of a record, put into it."""
    record["score"], record["terms"] = ranked.score, ranked.reasons()
    record["status"], record["reason"] = _judge(record, main, least)
    record["known"] = record["known_work"]
    record["title"] = clean_text(record["title"]) or ""
    record["work"] = main.name
    record["rank"], record["best"] = STATUSES.index(record["status"]), main.score


def _name(record: dict[str, Any]) -> str:
    """The identifier by which a work goes on, as the watch's ledger writes it."""
    if record["doi"]:
        return f"doi:{record['doi']}"
    if record["arxiv"]:
        return f"arxiv:{record['arxiv']}"
    return (
        f"{record['source']}:{record['id'] or record['title_text'].strip().replace(' ', '-')[:80]}"
    )


def _judge(record: dict[str, Any], main: _Main, least: float) -> tuple[str, str]:
    said = f"score {record['score']:.4f} ({record['terms']})"
    found = f"found by {record['queries'].replace(' ', ', ')}; {said}"
    if name := record["known_work"]:
        if record["known_by"] == "notice":
            return "update", f"corrects or retracts {record['notice_of']}, known as {name}"
        if record["retracted"]:
            return "update", f"retracted; known as {name}"
        by = _BY.get(record["known_by"])
        return "known", f"known as {name}, " + (f"by {by}" if by else f"as a version of {main.name}")  # fmt: skip
    if record["place"] != record["first_copy"]:
        return "duplicate", f"another record of {main.name}"
    if record["place"] != record["work"]:
        return "version", f"{record['kind']} version of {main.name}; {found}"
    if main.score < least:
        return "low_score", f"below {least}; {found}"
    return "candidate", f"{'RETRACTED; ' if record['retracted'] else ''}{found}"


def counts_of(
    ledger: pa.Table, results: Sequence[Result], aside: Sequence[Aside], skipped: int = 0
) -> dict[str, Any]:
    """PRISMA's numbers, and that nothing was lost: records in = screened + set aside.

    ``aside`` has the results' places and those of which there is no result, such as files that
    aren't there.
    """
    rows = ledger.select(["status", "queries"]).to_pylist()
    statuses = Counter(row["status"] for row in rows)
    found = [row for row in rows if row["queries"]]
    by_query = Counter(query for row in found for query in row["queries"].split(" "))
    numbers: dict[str, Any] = {
        "partitions": len(results), "partitions_skipped": skipped,
        "partitions_damaged": sum(1 for r in results if r.aside),
        "records_in": sum(r.records for r in results),
        "records_screened": sum(r.screened for r in results),
        "records_set_aside": sum(entry.records for entry in aside),
        "places_set_aside": len(aside),
        "identified": len(found), "identified_by_query": dict(sorted(by_query.items())),
        "duplicates_removed": statuses["duplicate"], "versions_tied": statuses["version"],
        "known_removed": sum(1 for row in found if row["status"] in ("known", "update")),
        "low_score": statuses["low_score"], "candidates": statuses["candidate"],
        "updates_of_known": statuses["update"],
        "selected": len(rows),
    }  # fmt: skip
    selected = sum(r.selected for r in results)
    if numbers["records_in"] != numbers["records_screened"] + numbers["records_set_aside"]:
        raise AssertionError(f"records were lost: {numbers}")
    if selected != len(rows):
        raise AssertionError(f"{selected} records were selected, the ledger has {len(rows)}")
    return numbers


def write(out: Path, ledger: pa.Table, counts: dict[str, Any], aside: Sequence[Aside]) -> None:
    """ledger.parquet, set_aside.csv and counts.json, each whole or not there. Raises WriteError."""
    write_table(out / "ledger.parquet", ledger)
    write_aside(out, aside)
    write_atomic(out / "counts.json", json.dumps(counts, indent=1, ensure_ascii=False) + "\n")


def write_aside(out: Path, aside: Sequence[Aside]) -> None:
    """set_aside.csv: what was left out, where it is, and why. Raises WriteError."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("file", "line", "offset", "records", "reason", "excerpt"))
    for entry in sorted(aside, key=lambda a: (a.file, a.line, a.offset, a.reason)):
        writer.writerow((entry.file, entry.line or "", entry.offset, entry.records, entry.reason, entry.excerpt))  # fmt: skip
    write_atomic(out / "set_aside.csv", text.getvalue())
