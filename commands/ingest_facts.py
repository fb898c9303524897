"""`claimgap ingest hf` and `github`: records and facts of models and their code."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commands import ingest_show
from commands.common import WRONG_USE
from commands.ingest_common import (
    FilesOption,
    Form,
    FormOption,
    OutOption,
    cache_folder,
    collect,
    fail,
    plain_errors,
    print_json,
    save_drafts,
)  # fmt: skip
from ingest.draft_model import draft_model, draft_repository
from ingest.http import Fetcher, NotFoundError
from ingest.model_facts import Facts, last_page, of_model, of_repository
from ingest.record import Stamp
from ingest.services import github as github_service
from ingest.services import huggingface
from ingest.services.registry import SERVICES

Body = tuple[bytes, Stamp]
FactsOption = Annotated[bool, typer.Option("--facts", help="print model facts instead of records")]


def _saved(service: str, path: Path | None) -> Body | None:
    if path is None:
        return None
    raw = path.read_bytes()
    moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return raw, Stamp.of(service, f"file:{path.name}", raw, moment)


def hf(
    identifiers: Annotated[list[str] | None, typer.Argument(metavar="[ID]...")] = None,
    files: FilesOption = None,
    config: Annotated[Path | None, typer.Option(help="a saved config.json")] = None,
    card: Annotated[Path | None, typer.Option(help="a saved model card (README.md)")] = None,
    facts: FactsOption = False,
    form: FormOption = Form.text,
    out: OutOption = None,
) -> None:
    """Print a Hugging Face model's record, or its facts; --out drafts a model entry.

    Example: claimgap ingest hf zhihan1996/DNABERT-2-117M --facts
    """
    with plain_errors():
        asked = identifiers or []
        infos, config, card = _sorted(files or [], config, card)
        only_facts = (config or card) and not infos
        if not facts and out is None and not only_facts:
            records = collect(SERVICES["hf"], asked, infos)
            if form is Form.json:
                print_json([r.to_json() for r in records])
            else:
                ingest_show.records(records)
            return
        found = _saved_model(infos, config, card) if infos or only_facts else _fetched_models(asked)
        _show(found, form)
        if out is not None:
            papers = [_paper(infos, asked) for _ in found]
            save_drafts([draft_model(f, p) for f, p in zip(found, papers, strict=True)], out)


def _sorted(
    saved: list[Path], config: Path | None, card: Path | None
) -> tuple[list[Path], Path | None, Path | None]:
    """Saved files by what they hold, beside those that were named as config or card."""
    infos = []
    for file in saved:
        kind = huggingface.kind_of(file.read_bytes(), file.name)
        if kind == "info":
            infos.append(file)
        elif (config if kind == "config" else card) is not None:
            raise fail(f"{file}: a second {kind} of one model; facts are read of one at a time")
        elif kind == "config":
            config = file
        else:
            card = file
    return infos, config, card


def _paper(saved: list[Path], asked: list[str]) -> str | None:
    if not saved:
        return None
    records = collect(SERVICES["hf"], asked, saved)
    return next((r.version_of for r in records if r.version_of), None)


def _saved_model(saved: list[Path], config: Path | None, card: Path | None) -> list[Facts]:
    if len(saved) > 1:
        raise fail("facts are read of one model at a time: give one saved model info")
    info = _saved("hf", saved[0]) if saved else None
    return [of_model(info, _saved("hf", config), _saved("hf", card))]


def _fetched_models(asked: list[str]) -> list[Facts]:
    if not asked:
        raise fail("nothing to read: give a model id (owner/name), or --from-file", WRONG_USE)
    found = []
    with Fetcher(cache_folder()) as fetcher:
        for identifier in asked:
            info = fetcher.get("hf", huggingface.address(identifier))
            bodies: list[Body | None] = []
            for path, accept in (("config.json", ("json", "text/plain")), ("README.md", ())):
                try:
                    got = fetcher.get(
                        "hf", huggingface.file_address(identifier, path), accept=accept
                    )
                    bodies.append((got.body, got.stamp))
                except NotFoundError:
                    bodies.append(None)
            found.append(of_model((info.body, info.stamp), *bodies))
    return found


def github(
    identifiers: Annotated[list[str] | None, typer.Argument(metavar="[OWNER/NAME]...")] = None,
    files: FilesOption = None,
    releases: Annotated[Path | None, typer.Option(help="a saved answer of /releases")] = None,
    commits: Annotated[Path | None, typer.Option(help="a saved page of /commits, newest")] = None,
    first_commits: Annotated[
        Path | None, typer.Option(help="the saved last page of /commits, oldest")
    ] = None,
    facts: FactsOption = False,
    form: FormOption = Form.text,
    out: OutOption = None,
) -> None:
    """Print a GitHub repository's record, or its facts; --out drafts them for a model.

    Example: claimgap ingest github MAGICS-LAB/DNABERT_2 --facts
    """
    with plain_errors():
        asked, saved = identifiers or [], files or []
        if not facts and out is None:
            records = collect(SERVICES["github"], asked, saved)
            if form is Form.json:
                print_json([r.to_json() for r in records])
            else:
                ingest_show.records(records)
            return
        if saved:
            repo = _saved("github", saved[0])
            assert repo is not None
            found = [of_repository(repo, _saved("github", commits), _saved("github", first_commits),
                                   _saved("github", releases))]  # fmt: skip
        else:
            found = _fetched_repositories(asked)
        _show(found, form)
        if out is not None:
            save_drafts([draft_repository(f) for f in found], out)


def _fetched_repositories(asked: list[str]) -> list[Facts]:
    if not asked:
        raise fail("nothing to read: give a repository (owner/name), or --from-file", WRONG_USE)
    found = []
    with Fetcher(cache_folder()) as fetcher:
        for identifier in asked:
            repo = fetcher.get("github", github_service.address(identifier))
            newest = fetcher.get("github", github_service.commits_address(identifier))
            last = last_page(newest.headers.get("Link"))
            oldest = fetcher.get("github", last) if last else newest
            listed = fetcher.get("github", github_service.releases_address(identifier))
            found.append(of_repository(
                (repo.body, repo.stamp), (newest.body, newest.stamp), (oldest.body, oldest.stamp),
                (listed.body, listed.stamp),
            ))  # fmt: skip
    return found


def _show(found: list[Facts], form: Form) -> None:
    if form is Form.json:
        print_json([f.to_json() for f in found])
    else:
        ingest_show.facts(found)
