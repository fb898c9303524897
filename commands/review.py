"""`claimgap review`: a person goes through a draft, question by question and row by row."""

import contextlib
import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from commands.common import INTERRUPTED
from ingest import answers
from ingest.answers import AnswerError
from ingest.draft import Draft, DraftError, Question, Row, load, save
from ingest.files import WriteError
from ingest.landing import LandingError, land, put_away
from ingest.rejected import FILE, RejectionError, keep, reason_of
from schema.paths import default_catalog
from schema.records.contributor import orcid_check_digit

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
console = Console(highlight=False, soft_wrap=True)
HELP = (
    "enter: accept what is suggested · a number: that alternative · text: your correction · "
    "r REASON: reject · x REASON: reject the whole draft · q: stop, everything is kept"
)
ROW_HELP = (
    "enter: accept · v VALUE: correct the value · r REASON: reject the row · "
    "all: accept this and all that follow · q: stop, everything is kept"
)


class _StopError(Exception):
    """The person stops here; what was answered is kept."""


class _RejectError(Exception):
    """The person rejects the whole draft."""


def review(
    draft: Annotated[Path, typer.Argument(help="a draft folder that claimgap ingest wrote")],
    reviewer: Annotated[str | None, typer.Option(help="who reviews; asked for if missing")] = None,
    orcid: Annotated[str | None, typer.Option(help="the reviewer's ORCID iD, for credit")] = None,
    catalog: Annotated[Path | None, typer.Option(help="the catalog to move it into")] = None,
) -> None:
    """Walk through a draft: accept, correct or reject with a reason; then move it into the catalog.

    Example: claimgap review drafts/zhou2024dnabert2 --reviewer "Ada Lovelace" --orcid 0000-0002-1825-0097
    """
    root = catalog or default_catalog()
    try:
        found = load(draft)
        name, orcid = _who(reviewer, orcid)
        _introduce(found)
        _ask_questions(found, draft)
        _ask_rows(found, draft)
        written = land(found, root, name, orcid)
        save(found, draft.parent)
        kept = put_away(draft, "accepted")
    except _StopError:
        console.print(f"stopped; answers are kept. Go on with: claimgap review {draft}")
        raise typer.Exit(0) from None
    except (KeyboardInterrupt, EOFError, typer.Abort):
        console.print(f"\nstopped; answers are kept. Go on with: claimgap review {draft}")
        raise typer.Exit(INTERRUPTED) from None
    except _RejectError as reason:
        found.notes.append(f"rejected: {reason}")
        save(found, draft.parent)
        kept = put_away(draft, "rejected")
        console.print(f"rejected; the draft is kept in {kept}")
        _remember(found, str(reason), name, root)
        raise typer.Exit(0) from None
    except (DraftError, LandingError, WriteError, OSError) as error:
        typer.secho(f"error: {error}", err=True, fg="red")
        raise typer.Exit(1) from None
    for path in written:
        console.print(f"[green]written[/green] {path}")
    console.print(f"the draft with all answers is kept in {kept}; now run: claimgap check")


def _who(reviewer: str | None, orcid: str | None) -> tuple[str, str | None]:
    """Name and ORCID iD to credit; asked for where no name was given, refused where wrong."""
    name = reviewer or typer.prompt("Your name")
    if orcid is None and reviewer is None:
        orcid = typer.prompt("Your ORCID iD, for credit (enter: none)", default="").strip() or None
    if orcid is not None and not (
        _ORCID.fullmatch(orcid) and orcid_check_digit(orcid[:-1]) == orcid[-1]
    ):
        raise LandingError(
            f"--orcid {orcid} is no ORCID iD; expected sixteen digits such as 0000-0002-1825-0097 "
            "with a fitting last one. Copy it from your profile on orcid.org."
        )
    return name, orcid


def _remember(draft: Draft, why: str, reviewer: str, catalog: Path) -> None:
    """The drafts' folder isn't committed: the reason is kept in the catalog."""
    reason, words = reason_of(why)
    entry = {"id": draft.id, "kind": draft.kind, "what": f"a draft of {draft.created}",
             "reason": reason, "why": words, "by": reviewer}  # fmt: skip
    try:
        kept = keep(catalog, entry, fresh_id=True)
    except (RejectionError, WriteError) as error:
        typer.secho(f"error: {error}; keep it with: claimgap reject", err=True, fg="red")
        raise typer.Exit(1) from None
    console.print(f"and the reason in {catalog / FILE} as {kept.id}")


def _introduce(draft: Draft) -> None:
    console.print(f"[bold]{escape(draft.id)}[/bold], a {draft.kind} draft of {draft.created}")
    for name, value in draft.entry.items():
        if name not in ("sources", "mapping", "variants", "source", "defaults"):
            source = draft.provenance.get(name, {})
            told = f"  [dim]({source.get('service')}, {source.get('time')})[/dim]" if source else ""
            console.print(f"  {name}: {escape(str(value))}{told}")
    for note in draft.notes:
        console.print(f"  [dim]{escape(note)}[/dim]")


def _read(prompt: str) -> str:
    text = input(prompt).strip()
    if text in ("q", "quit"):
        raise _StopError
    if match := re.fullmatch(r"x(?:\s+(.*))?", text):
        if not match.group(1):
            raise AnswerError("a rejection needs its reason: x and a few words")
        raise _RejectError(match.group(1))
    return text


def _ask_questions(draft: Draft, folder: Path) -> None:
    waiting = draft.open_questions
    if waiting:
        console.print(f"\n{len(waiting)} questions. {HELP}")
    for number, question in enumerate(waiting, 1):
        if question.state != "open":
            continue
        _show(question, number, len(waiting))
        while question.state == "open":
            with _told():
                _answer(draft, question, _read("> "))
        save(draft, folder.parent)


@contextlib.contextmanager
def _told():  # type: ignore[no-untyped-def]
    try:
        yield
    except AnswerError as error:
        console.print(f"  [red]{escape(str(error))}[/red]")


def _show(question: Question, number: int, total: int) -> None:
    console.print(f"\n[bold]{number}/{total}[/bold] {escape(question.ask)}")
    if question.suggestion is not None:
        console.print(f"  suggested: [green]{escape(question.suggestion)}[/green]")
    for index, alternative in enumerate(question.alternatives, 1):
        console.print(f"  {index}. {escape(alternative)}")


def _answer(draft: Draft, question: Question, text: str) -> None:
    rejected = re.fullmatch(r"r(?:\s+(.*))?", text)
    if not text:
        answers.accept(draft, question)
    elif rejected:
        answers.reject(draft, question, rejected.group(1) or "")
    else:
        answers.correct(draft, question, text)


def _ask_rows(draft: Draft, folder: Path) -> None:
    waiting = draft.open_rows
    if waiting:
        console.print(f"\n{len(waiting)} rows. {ROW_HELP}")
    for number, row in enumerate(waiting, 1):
        if row.state != "open":
            continue
        console.print(f"\n[bold]row {number}/{len(waiting)}[/bold] {escape(_row_text(draft, row))}")
        everything = False
        while row.state == "open":
            with _told():
                everything = _judge(row, _read("> "))
        if everything:
            for other in waiting:
                if other.state == "open":
                    other.state = "accepted"
        save(draft, folder.parent)


def _row_text(draft: Draft, row: Row) -> str:
    values, mapping = row.values, draft.entry["mapping"]
    parts = []
    for part in ("method", "task", "metric"):
        label = values.get(f"{part}_printed", "")
        parts.append(f"{mapping[part].get(label, '?')} ({label})")
    spread = f" ± {values['uncertainty']}" if values.get("uncertainty") else ""
    unit = " %" if values.get("unit") == "percent" else ""
    return f"{' | '.join(parts)}: {values['value']}{spread}{unit} [{values.get('locator', '')}]"


def _judge(row: Row, text: str) -> bool:
    """Settle a row; True if all that follow are accepted with it."""
    if text in ("", "a", "all"):
        row.state = "accepted"
        return text == "all"
    if match := re.fullmatch(r"v\s+([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)", text):
        row.reason = f"printed value read as {row.values['value']}"
        row.values["value"] = match.group(1)
        row.state = "corrected"
        return False
    if match := re.fullmatch(r"r\s+(.+)", text):
        row.state, row.reason = "rejected", match.group(1)
        return False
    raise AnswerError(ROW_HELP)
