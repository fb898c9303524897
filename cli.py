"""The front door for the shell: `claimgap ...`. Commands live in commands/, one file each."""

import typer

from commands.app import app as serve
from commands.build import build
from commands.check import check
from commands.claims import claims
from commands.gaps import gaps
from commands.ingest import app as ingest
from commands.meta import meta
from commands.models import models
from commands.query import query

app = typer.Typer(
    help="What genomics foundation models claim, and what the evidence shows.",
    epilog="Exit codes: 0 fine, 1 problems found, 2 wrong use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(build)
app.command()(check)
app.command()(claims)
app.command()(gaps)
app.command("app")(serve)
app.command()(meta)
app.command()(models)
app.command()(query)
app.add_typer(ingest, name="ingest")


def main() -> None:
    """Run the command line."""
    app()
