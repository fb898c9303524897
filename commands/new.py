"""`claimgap new KIND`: a commented file for a new entry, at its place in the catalog."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from commands.common import (
    PROBLEMS,
    WRONG_USE,
    CatalogOption,
    catalog_folder,
    console,
    errors,
    misused,
    not_written,
)
from schema.new_entry.make import EntryError, Made, make
from schema.new_entry.questions import (
    Kind,
    Question,
    predicate_options,
    predicate_questions,
    questions,
)

_ABOUT = {
    Kind.model: "A foundation model with a first checkpoint.",
    Kind.method: "Something that models are compared with: a baseline, a specialist, a control.",
    Kind.benchmark: "A suite with its first task.",
    Kind.corpus: "Data that models were pretrained on.",
    Kind.claim: "A claim of a publication; added to its file where there is one.",
    Kind.results: "A result table: header and rows.",
}
_EXAMPLE = {
    Kind.model: "--id alpha --name Alpha --family alpha --modality dna --publications abel2024alpha "
    '--summary "..." --locator "Section 1" --variant-id alpha-1 --variant-name "Alpha 1"',
    Kind.method: "--id gc-content --name 'GC content' --kind simple_baseline --subkind composition "
    '--publications not_applicable --description "..." --cite abel2024alpha --locator Methods',
    Kind.benchmark: "--id toys --name Toys --publications abel2024alpha --summary '...' "
    "--locator 'Table 1' --task-id one --task-name One --domain promoter --type binary "
    "--organism 'Homo sapiens' --dataset toys-one --metrics mcc,accuracy",
    Kind.corpus: "--id grch38 --name GRCh38 --modality dna --publications not_applicable "
    "--summary '...' --cite abel2024alpha --locator Methods",
    Kind.claim: "--publication abel2024alpha --says '...' --category performance --method alpha "
    "--locator abstract --predicate wins_at_least --wins 23 --of 28 --rivals beta",
    Kind.results: "--publication abel2024alpha --table table-1 --title '...' --locator 'Table 1' "
    "--row alpha,toys/one,accuracy,0.86",
}

app = typer.Typer(
    help="Write a commented file for a new entry; what no option says is asked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def interactive() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _answers(asked: list[Question], given: dict[str, str | None]) -> dict[Question, str]:
    """An answer for each question: given, asked for, or its default. Ends where one is missing."""
    found: dict[Question, str] = {}
    wrong: list[str] = []
    for question in asked:
        text = given.get(question.option.replace("-", "_"))
        if text is None and question.optional:
            # of a predicate's own options a claim needs one or two, whichever it says
            text = _ask(question) if "predicate" in question.path and interactive() else ""
            if not text:
                continue
        if text is None and interactive():
            text = _ask(question)
        text = question.default if text is None else text
        if text is None:
            wrong.append(f"--{question.option} is missing: {question.ask}")
        elif said := question.wrong(text):
            wrong.append(f"--{question.option}: {said}")
        else:
            found[question] = text
    if wrong:
        for line in wrong:
            errors.print(f"error: {line}", markup=False, soft_wrap=True)
        raise typer.Exit(WRONG_USE)
    return found


def _ask(question: Question) -> str:
    if question.choices:
        console.print(f"  one of: {', '.join(question.choices)}", markup=False, highlight=False)
    words = question.ask + (" (commas between)" if question.many else "")
    words += " (enter: none)" if question.optional else ""
    default = "" if question.optional else question.default
    while True:
        text = str(typer.prompt(words, default=default, show_default=not question.optional)).strip()
        said = question.wrong(text)
        if not said or (question.optional and not text):
            return text
        errors.print(f"  {said}", markup=False, soft_wrap=True)


def _credit(name: str | None, orcid: str | None) -> list[dict[str, str]]:
    if name is None and interactive():
        name = typer.prompt("Your name, for credit (enter: none)", default="", show_default=False)
        if name and orcid is None:
            orcid = typer.prompt("Your ORCID iD (enter: none)", default="", show_default=False)
    if not name:
        return []
    who = {
        "name": name,
        "orcid": orcid or "",
        "role": "extracted",
        "date": date.today().isoformat(),
    }
    return [{key: value for key, value in who.items() if value}]


def _rows(given: list[str] | None) -> list[str]:
    rows = list(given or [])
    if not rows and interactive():
        console.print("Rows: method,task,metric,value (enter: none, or no more)")
        while line := typer.prompt("row", default="", show_default=False).strip():
            rows.append(line)
    return rows


def _command(kind: Kind) -> Callable[..., None]:
    asked = questions(kind)

    def run(
        catalog: Any, more: Any, contributor: Any, orcid: Any, row: Any = None, **given: Any
    ) -> None:
        root = catalog_folder(catalog)
        if not root.is_dir():
            misused(f"no catalog at {root}: run this where catalog/ is, or name it with --catalog")
        answers = _answers(asked, given)
        for question, text in list(answers.items()):
            if question.option == "predicate":
                answers |= _answers(predicate_questions(text), given)
        rows = _rows(row) if kind is Kind.results else []
        try:
            made = make(root, kind, answers, more or [], _credit(contributor, orcid), rows)
        except EntryError as error:
            for line in error.problems:
                errors.print(f"error: {line}", markup=False, soft_wrap=True)
            raise typer.Exit(WRONG_USE if error.misuse else PROBLEMS) from None
        except OSError as error:
            not_written(root, error, "--catalog")
        _tell(made)

    run.__doc__ = f"{_ABOUT[kind]}\n\n    Example: claimgap new {kind.value} {_EXAMPLE[kind]}\n    "
    run.__signature__ = inspect.Signature(_parameters(kind, asked))  # type: ignore[attr-defined]
    return run


def _parameters(kind: Kind, asked: list[Question]) -> list[inspect.Parameter]:
    """The command's options, from its questions; typer reads them from the signature."""
    options: dict[str, tuple[Any, Any]] = {}
    for each in asked:
        choices = f" One of: {', '.join(each.choices)}." if each.choices else ""
        options[each.option] = (_sentence(each.ask) + choices, each.default)
    if kind is Kind.claim:
        options |= {name: (_sentence(ask), None) for name, ask in predicate_options().items()}
    found: list[tuple[str, Any, Any]] = [
        (name.replace("-", "_"),
         Annotated[str | None, typer.Option(f"--{name}", help=told, show_default=default or False)], None)
        for name, (told, default) in options.items()
    ]  # fmt: skip
    if kind is Kind.results:
        row = typer.Option(
            "--row", metavar="METHOD,TASK,METRIC,VALUE", help="A row; may be repeated."
        )
        found.append(("row", Annotated[list[str] | None, row], None))
    more = typer.Option("--set", metavar="KEY=VALUE", help="Any other key; facts get the source.")
    found += [
        ("more", Annotated[list[str] | None, more], None),
        ("contributor", Annotated[str | None, typer.Option(help="Your name, for credit.")], None),
        ("orcid", Annotated[str | None, typer.Option(help="Your ORCID iD.")], None),
        ("catalog", CatalogOption, None),
    ]
    return [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, annotation, default in found
    ]


def _sentence(text: str) -> str:
    return text if text.endswith(("?", ".", ")")) else f"{text}."


def _tell(made: Made) -> None:
    for path in made.written:
        console.print(f"written: {path}", markup=False, highlight=False, soft_wrap=True)
    for problem in made.problems:
        errors.print(str(problem), markup=False, soft_wrap=True)
    if made.problems:
        count = len(made.problems)
        errors.print(f"{count} thing{'s' if count != 1 else ''} to mend, then:")
    console.print(
        f"next: claimgap check {made.written[0]}", markup=False, highlight=False, soft_wrap=True
    )


for _kind in Kind:
    app.command(_kind.value)(_command(_kind))
