"""Tables and records for people at a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from ingest.record import Record
from ingest.tables.grid import Table


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
