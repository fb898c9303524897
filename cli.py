"""The front door for the shell: `claimgap ...`. Commands live in commands/, one file each.

A command's module is imported when it is called: `claimgap query` needn't wait for scipy.
"""

import errno
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS = {
    "app": "commands.app:app",
    "audit": "commands.audit:app",
    "baseline": "commands.baseline:app",
    "build": "commands.build:build",
    "changes": "commands.changes:changes",
    "check": "commands.check:check",
    "claims": "commands.claims:claims",
    "diff": "commands.diff:diff",
    "docs": "commands.docs:docs",
    "export": "commands.export:export",
    "findings": "commands.findings:findings",
    "fmt": "commands.fmt:fmt",
    "gaps": "commands.gaps:gaps",
    "ingest": "commands.ingest:app",
    "meta": "commands.meta:meta",
    "models": "commands.models:models",
    "new": "commands.new:app",
    "query": "commands.query:query",
    "reject": "commands.reject:reject",
    "report": "commands.report:report",
    "review": "commands.review:review",
    "screen": "commands.screen:app",
    "verify": "commands.verify:verify",
    "watch": "commands.watch:app",
}
"""Name of each command, and where its function, or its group of commands, is."""

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C stopped, as shells give it."""


class _Lazy(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(COMMANDS)

    def invoke(self, ctx: Any) -> Any:
        """Say in one line what the system refused, where no command had a better word for it.

        Ctrl-C is a line too: what commands write is whole or not there.
        """
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo("\nstopped; nothing half-written is left", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader went away: click ends quietly
                raise
            place = f"{error.filename}: " if error.filename is not None else ""
            typer.echo(f"error: {place}E901 {error.strerror or error}", err=True)
            raise typer.Exit(1) from None

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        found = getattr(import_module(module), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            alone.command(cmd_name)(found)
            found = alone
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_Lazy,
    help="What genomics foundation models claim, and what the evidence shows.",
    epilog="Exit codes: 0 fine, 1 problems found, 2 wrong use, 130 stopped by Ctrl-C.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _front() -> None:
    """What genomics foundation models claim, and what the evidence shows."""


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
