"""`claimgap watch`: new papers and news of catalogued ones, into a ledger that people decide on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from commands.common import WRONG_USE, read_or_stop
from commands.ingest_common import (
    CatalogOption,
    Form,
    FormOption,
    cache_folder,
    fail,
    plain_errors,
    print_json,
)  # fmt: skip
from ingest.http import Fetcher, FetchError, base_url
from ingest.record import Record
from ingest.services.registry import SERVICES, from_file
from ingest.watch import screen
from ingest.watch.ledger import DECISIONS, REASONS, Ledger
from ingest.watch.search import ACCEPT, is_since, parse_day, queries, records, run
from schema.catalog import Catalog
from schema.paths import default_catalog

app = typer.Typer(
    help="Find new candidate papers and news of catalogued ones; keep the screening ledger.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
LedgerOption = Annotated[
    Path, typer.Option("--ledger", help="the folder of ledger.csv and searches.csv")
]
LEDGER = Path("screening")
console = Console(highlight=False, soft_wrap=True)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


@app.callback(invoke_without_command=True)
def watch(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(help="YYYY-MM-DD: works since that day")] = None,
    ledger: LedgerOption = LEDGER,
    catalog: CatalogOption = None,
    files: Annotated[
        list[str] | None,
        typer.Option("--from-file", help="SERVICE=FILE, a saved search page; may be repeated"),
    ] = None,
    query_file: Annotated[
        Path | None, typer.Option("--queries", help="other queries than the built-in ones")
    ] = None,
    updates: Annotated[
        bool, typer.Option(help="also look for retractions and new versions of catalogued works")
    ] = True,
    top: Annotated[int, typer.Option(help="how many candidates to print")] = 20,
    form: FormOption = Form.text,
) -> None:
    """Ask for new papers since a day, take out what is known, rank, and write the ledger.

    Example: claimgap watch --since 2026-10-01
    """
    if context.invoked_subcommand is not None:
        return
    with plain_errors():
        if since is None:
            raise fail("name the day to look from: --since YYYY-MM-DD", WRONG_USE)
        day = parse_day(since)
        entries = read_or_stop(catalog or default_catalog())
        kept = Ledger(ledger)
        found: list[tuple[str, Record]] = []
        about: list[Record] = []
        if files:
            for name, record in _saved(files):
                found.append((name, record))
                about.append(record)
        else:
            with Fetcher(cache_folder()) as fetcher:
                pages = cache_folder() / "watch"
                for query in queries(query_file):
                    got = run(query, day, lambda s, u: fetcher.get(s, u, accept=ACCEPT[s]), pages)
                    found += [(query.id, r) for r in records(got, query.service)]
                if updates:
                    about = list(_updates(entries, fetcher))
        found = [(name, record) for name, record in found if is_since(record, day)]
        known = screen.known_works(entries, kept)
        ranker = screen.ranker_for(entries, kept, [record for _, record in found])
        result = screen.screen(found, known, ranker, _today())
        news = screen.news(about, entries, day.isoformat(), _today()) if updates else []
        fresh = [entry for entry in news if kept.add(entry)]
        for entry in result.entries:
            kept.add(entry)
        _log(kept, result, since)
        kept.save()
        shown = {"new": len(result.entries), "news": len(fresh), "prisma": kept.prisma()}
        if form is Form.json:
            print_json({**shown, "candidates": [_json(e) for e in result.entries],
                        "updates": [_json(e) for e in fresh]})  # fmt: skip
            return
        for entry in fresh:
            console.print(
                f"[red]{entry.found_by}[/red] {escape(entry.terms)}: {escape(entry.note)}"
            )
        for entry in result.entries[:top]:
            console.print(f"{entry.score}  {escape(entry.title)} ({entry.year})  [dim]{escape(entry.id)}"
                          f"  {escape(entry.terms)}[/dim]")  # fmt: skip
        console.print(
            f"{len(result.entries)} new candidates, {len(fresh)} news; decide with: claimgap watch "
            "decide ID include|exclude --reason ... --by NAME"
        )


def _json(entry: object) -> dict[str, str]:
    return {name: getattr(entry, name) for name in entry.__slots__}  # type: ignore[attr-defined]


def _saved(files: list[str]) -> Iterator[tuple[str, Record]]:
    for item in files:
        name, separator, path = item.partition("=")
        if not separator or name not in SERVICES:
            raise fail(
                f"--from-file {item!r}: expected SERVICE=FILE, SERVICE one of {', '.join(SERVICES)}"
            )
        for record in from_file(SERVICES[name], Path(path)):
            yield f"saved-{name}", record


def _updates(entries: Catalog, fetcher: Fetcher) -> Iterator[Record]:
    bases = {name: base_url(name) for name in ("openalex", "arxiv")}
    for service, address in screen.update_addresses(entries, bases):
        try:
            got = fetcher.get(service, address, accept=ACCEPT[service])
        except FetchError as error:
            typer.secho(f"note: {service}: {error}", err=True)
            continue
        yield from SERVICES[service].parse(got.body, got.stamp)


def _log(kept: Ledger, result: screen.Screening, since: str) -> None:
    """One line a query; what was removed stands on the first, since it is counted over all."""
    for number, (query, identified) in enumerate(sorted(result.identified.items())):
        first = number == 0
        kept.searches.append({
            "run_on": _today(), "query": query, "since": since, "identified": str(identified),
            "duplicates": str(result.duplicates if first else 0),
            "known": str(result.known if first else 0),
            "new": str(len(result.entries) if first else 0),
        })  # fmt: skip


@app.command("decide")
def decide(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="as the ledger has it")],
    decision: Annotated[str, typer.Argument(help=", ".join(DECISIONS[1:]))],
    by: Annotated[str, typer.Option(help="who decides")] = "",
    reason: Annotated[str, typer.Option(help=f"for exclusions: {', '.join(REASONS)}")] = "",
    note: Annotated[str, typer.Option(help="anything else, in your own words")] = "",
    ledger: LedgerOption = LEDGER,
) -> None:
    """Record a decision on a candidate, with its reason.

    Example: claimgap watch decide doi:10.1234/x exclude --reason review --by "Ada Lovelace"
    """
    with plain_errors():
        kept = Ledger(ledger)
        entry = kept.decide(identifier, decision, reason, by, _today(), note)
        kept.save()
        console.print(f"{entry.id}: {entry.decision}{f' ({entry.reason})' if entry.reason else ''}")


@app.command("counts")
def counts(ledger: LedgerOption = LEDGER, form: FormOption = Form.text) -> None:
    """Print the counts of PRISMA's flow diagram, from the ledger.

    Example: claimgap watch counts --format json
    """
    with plain_errors():
        if not (ledger / "ledger.csv").is_file():
            raise fail(f"{ledger}: no ledger.csv in it; claimgap watch --since DAY makes one")
        found = Ledger(ledger).prisma()
        if form is Form.json:
            print_json(found)
            return
        for name, value in found.items():
            console.print(f"{name.replace('_', ' ')}: {value}")
