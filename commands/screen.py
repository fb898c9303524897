"""`claimgap screen`: a whole snapshot of the literature, against the watch's queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from commands.common import read_or_stop
from commands.ingest_common import CatalogOption, Form, FormOption, fail, plain_errors, print_json
from schema.paths import default_catalog


class _RunUnlessNamed(TyperGroup):
    """`claimgap screen SNAPSHOT` is `claimgap screen run SNAPSHOT`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_RunUnlessNamed,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Screen an OpenAlex or Crossref snapshot: `claimgap screen SNAPSHOT --out FOLDER`.",
)
console = Console(highlight=False, soft_wrap=True)


class Engine(StrEnum):
    """What selects and ties."""

    duckdb = "duckdb"
    spark = "spark"


class By(StrEnum):
    """Which date `--since` looks at."""

    either = "either"
    published = "published"
    updated = "updated"


SnapshotArgument = Annotated[
    Path, typer.Argument(help="a folder or file: OpenAlex works, Crossref's files, or Parquet")
]
MemoryOption = Annotated[
    int,
    typer.Option("--memory", min=256, help="MB that DuckDB may use in all; 256 a worker at least"),
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="partitions at a time (default: all cores)")
]
EngineOption = Annotated[Engine, typer.Option("--engine", help="duckdb here, or spark")]
MasterOption = Annotated[
    str | None,
    typer.Option("--master", help="a Spark master (default: SPARK_REMOTE, else local[*])"),
]


@app.command("run")
def run(
    snapshot: SnapshotArgument,
    out: Annotated[Path, typer.Option("--out", help="the folder of the ledger")],
    engine: EngineOption = Engine.duckdb,
    since: Annotated[
        str | None, typer.Option(help="YYYY-MM-DD: only works of that day or later")
    ] = None,
    by: Annotated[By, typer.Option(help="the date that --since looks at")] = By.either,
    least: Annotated[
        float, typer.Option("--least-score", help="candidates below it are kept as low_score")
    ] = 0.0,
    queries: Annotated[
        Path | None, typer.Option("--queries", help="other queries than the watch's own")
    ] = None,
    catalog: CatalogOption = None,
    watch_ledger: Annotated[
        Path, typer.Option("--ledger", help="the watch's ledger, whose works are known")
    ] = Path("screening"),
    memory: MemoryOption = 1024,
    workers: WorkersOption = None,
    master: MasterOption = None,
    top: Annotated[int, typer.Option(help="how many candidates to print")] = 20,
    form: FormOption = Form.text,
) -> None:
    """Write ledger.parquet, counts.json and set_aside.csv for a snapshot; run again to go on.

    Example: claimgap screen openalex-snapshot/data --out candidates
    """
    # DuckDB, ibis and scikit-learn take a second to load: not for --help.
    from ingest.screening import job
    from ingest.watch.ledger import Ledger
    from ingest.watch.search import parse_day

    with plain_errors(), _stopped_cleanly(out):
        day = parse_day(since).isoformat() if since else None
        entries = read_or_stop(catalog or default_catalog())
        done = job.screen(
            snapshot, out, entries, Ledger(watch_ledger), engine=engine.value, since=day,
            by=by.value, least=least, queries=queries, memory_mb=memory, workers=workers,
            master=master,
        )  # fmt: skip
        _tell(done.counts, done.notes, out, form)
        if form is Form.text:
            shown = [r for r in done.ledger.slice(0, 10_000).to_pylist() if r["status"] in ("candidate", "update")]  # fmt: skip
            for row in shown[:top]:
                console.print(f"{row['score']:.4f}  {escape(row['title'])} ({row['year'] or 'year unknown'})  "
                              f"[dim]{escape(row['work'])}  {escape(row['reason'])}[/dim]")  # fmt: skip


@app.command("convert")
def convert(
    snapshot: SnapshotArgument,
    out: Annotated[Path, typer.Option("--out", help="the folder of narrow Parquet files")],
    engine: EngineOption = Engine.duckdb,
    memory: MemoryOption = 1024,
    workers: WorkersOption = None,
    master: MasterOption = None,
    form: FormOption = Form.text,
) -> None:
    """Write a snapshot's few needed columns as Parquet, once; screen that folder from then on.

    Example: claimgap screen convert openalex-snapshot/data --out narrow
    """
    from ingest.screening import job

    with plain_errors(), _stopped_cleanly(out):
        done = job.convert(
            snapshot, out, engine=engine.value, memory_mb=memory, workers=workers, master=master
        )
        _tell(done.counts, done.notes, out, form)


def _tell(counts: dict[str, Any], notes: list[str], out: Path, form: Form) -> None:
    for note in notes:
        typer.secho(f"note: {note}", err=True)
    if form is Form.json:
        print_json(counts)
        return
    for name, value in counts.items():
        shown = ", ".join(f"{k} {v:,}" for k, v in value.items()) if isinstance(value, dict) else f"{value:,}"  # fmt: skip
        console.print(f"{name.replace('_', ' ')}: {shown}")
    if counts["places_set_aside"]:
        typer.secho(f"damaged places are listed in {out / 'set_aside.csv'}", err=True, fg="yellow")


@contextmanager
def _stopped_cleanly(out: Path) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.secho(f"\nstopped; finished partitions are kept in {out}.", err=True)
        raise
    except AssertionError as error:
        raise fail(
            f"{error}. This is a mistake of claimgap: please report it with {out}"
        ) from error
