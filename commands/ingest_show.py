"""Tables and records for people at a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from ingest.merge import Publication
from ingest.model_facts import Facts
from ingest.record import Record
from ingest.tables.grid import Table
from ingest.tables.proposal import Proposal


def tables(found: Iterable[Table]) -> None:
    """Print tables with their header rows set apart and best values in bold."""
    console = Console()
    count = 0
    for table in found:
        count += 1
        name = f"{table.label or table.locator or ''}: {table.caption or 'no caption'}"
        shown = RichTable(title=escape(name), show_header=False, show_lines=False)
        for _ in range(table.n_columns):
            shown.add_column(overflow="fold")
        for r, row in enumerate(table.rows):
            cells = []
            for c, cell in enumerate(row):
                text = escape(cell.text) if cell.origin == (r, c) else ""
                cells.append(f"[bold]{text}[/bold]" if cell.bold and text else text)
            shown.add_row(*cells, style="cyan" if r < table.header_rows else None,
                          end_section=r == table.header_rows - 1)  # fmt: skip
        console.print(shown)
        for note in [*table.footnotes, *(f"warning: {w}" for w in table.warnings)]:
            console.print(f"  {escape(note)}", style="dim")
    if not count:
        console.print("no tables found")


def records(found: Iterable[Record]) -> None:
    """Print records one below another, each field on a line with its service."""
    console = Console()
    for record in found:
        console.print(f"[bold]{escape(record.title or 'without a title')}[/bold]")
        names = [a.name or "" for a in record.authors]
        people = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
        date = "-".join(
            f"{p:02d}" for p in (record.year, record.month, record.day) if p is not None
        )
        lines = {
            "authors": people, "date": date, "venue": record.venue, "type": record.type,
            "doi": record.doi, "arxiv": record.arxiv, "pmid": record.pmid, "url": record.url,
            "version of": record.version_of,
            "versions": ", ".join(str(v.get("id")) for v in record.versions),
            "updates": ", ".join(str(u.get("type")) for u in record.updates),
        }  # fmt: skip
        for name, value in lines.items():
            if value:
                console.print(f"  {name:<10} {escape(value)}")
        stamp = next(iter(record.provenance.values()), None)
        if stamp:
            console.print(
                f"  {'source':<10} {escape(stamp['service'])}, {stamp['time']}", style="dim"
            )


def proposals(found: list[Table], proposed: list[Proposal]) -> None:
    """Print what the numbers of each table may mean, a line a number, unsure ones marked."""
    console = Console(highlight=False)
    for table, proposal in zip(found, proposed, strict=bool(proposed)):
        console.print(f"[bold]{escape(table.label or table.locator or 'table')}[/bold]: "
                      f"{len(proposal.results)} scores, methods in {proposal.methods_in}")  # fmt: skip
        for result in proposal.results:
            parts = []
            for meaning in (result.method, result.task, result.metric):
                sure = f"{meaning.id} {meaning.confidence:.2f}" if meaning.id else "?"
                parts.append(f"{meaning.printed or '–'} \\[{escape(sure)}]")
            console.print(f"  {' | '.join(parts)}: {result.value_printed}")
        for check in proposal.checks:
            console.print(f"  check: {escape(check)}", style="yellow")


def facts(found: Iterable[Facts]) -> None:
    """Print facts with where each was read, and what nobody says."""
    console = Console(highlight=False)
    for each in found:
        console.print(f"[bold]{escape(each.subject)}[/bold]")
        for name, fact in each.facts.items():
            console.print(f"  {name}: {escape(str(fact.value))}  [dim]{escape(fact.how)}[/dim]")
        if each.silent:
            console.print(f"  not reported: {', '.join(each.silent)}")
        for note in each.notes:
            console.print(f"  note: {escape(note)}", style="yellow")


def publications(found: Iterable[Publication]) -> None:
    """Print works version by version, conflicting words side by side with their sources."""
    console = Console(highlight=False)
    for publication in found:
        for version in publication.versions:
            title = version.value("title") or "without a title"
            console.print(f"[bold]{escape(title)}[/bold] ({version.kind})")
            for name in ("year", "month", "day", "venue", "doi", "arxiv", "pmid"):
                value = version.value(name)
                if value is not None:
                    said = ", ".join(o.service for o in version.opinions(name))
                    console.print(f"  {name}: {escape(str(value))}  [dim]{said}[/dim]")
            people = version.value("authors") or []
            console.print(f"  authors: {escape('; '.join(a.name or '' for a in people))}")
            for name, opinions in version.conflicts().items():
                console.print(f"  [yellow]sources disagree on {name}:[/yellow]")
                for opinion in opinions:
                    shown = opinion.value
                    if name == "authors":
                        shown = "; ".join(a.name or "" for a in shown)
                    console.print(f"    {opinion.service}: {escape(str(shown))}")
        for update in publication.updates:
            console.print(f"  [red]{update['type']}[/red] {update.get('doi') or ''}")
