"""From a reviewed draft into the catalog: rendered, checked by the schema, then moved in whole."""

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ingest.draft import EXTRACTOR, Draft, DraftError, Row, rows_csv
from ingest.draft_publication import to_bibtex
from ingest.files import write_atomic
from schema.bib_reader import read_bibliography
from schema.catalog import load
from schema.layout import formatted
from schema.problems import CatalogError, Problem


class LandingError(ValueError):
    """A draft that can't enter the catalog as it stands; ``problems`` may hold the schema's words."""

    def __init__(self, message: str, problems: list[Problem] | None = None) -> None:
        """Keep the schema's problems beside the message."""
        self.problems = problems or []
        super().__init__("\n".join([message, *map(str, self.problems)]))


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who took a draft into the catalog; credited in the entry."""

    name: str
    orcid: str | None = None

    @property
    def credit(self) -> dict[str, str]:
        """As an item of an entry's `contributors`."""
        who = {"name": self.name, "orcid": self.orcid, "role": "reviewed",
               "date": date.today().isoformat(), "tool": EXTRACTOR}  # fmt: skip
        return {key: value for key, value in who.items() if value is not None}


def land(draft: Draft, catalog: Path, reviewer: str, orcid: str | None = None) -> list[Path]:
    """Write a reviewed draft into the catalog; returns the files written.

    Every file is first written to a copy of its place and checked by the schema; only then the
    real ones are written, each in one step. Raises LandingError while questions or rows are open,
    where a file is there already, or where the schema refuses the entry.
    """
    left = len(draft.open_questions) + len(draft.open_rows)
    if left:
        raise LandingError(
            f"{draft.id}: {left} questions or rows are still open; review them first."
        )
    if not reviewer.strip():
        raise LandingError("a review needs its reviewer's name: --reviewer NAME")
    files = render(draft, catalog, Reviewer(reviewer.strip(), orcid))
    for name, text in files.items():
        if not (catalog / name).exists():
            files[name] = formatted(text.encode("utf-8"), name) or text
    problems = _trial(draft, files, catalog)
    if problems:
        raise LandingError(f"{draft.id}: the catalog would not be valid with it:", problems)
    written = []
    for name, text in files.items():
        write_atomic(catalog / name, text)
        written.append(catalog / name)
    return written


def render(draft: Draft, catalog: Path, reviewer: Reviewer) -> dict[str, str]:
    """The files that a draft becomes, by their names inside the catalog."""
    if draft.kind == "publication":
        return _bibliography(draft, catalog, reviewer)
    if draft.kind == "model":
        return _model(draft, catalog, reviewer)
    if draft.kind == "repository":
        return _repository(draft, catalog, reviewer)
    if draft.kind == "results":
        return _results(draft, catalog, reviewer)
    raise DraftError(f"{draft.id}: kind {draft.kind!r} has no place in the catalog")


def _signature(reviewer: Reviewer) -> str:
    who = f"{reviewer.name}, {reviewer.orcid}" if reviewer.orcid else reviewer.name
    return f"extracted_by: {EXTRACTOR}; reviewed_by: {who} ({date.today().isoformat()})"


def _new(catalog: Path, name: str) -> None:
    if (catalog / name).exists():
        raise LandingError(f"catalog/{name}: there already. Edit it, or answer with another id.")


def _bibliography(draft: Draft, catalog: Path, reviewer: Reviewer) -> dict[str, str]:
    stamps = {(s.get("service"), s.get("url")) for s in draft.provenance.values()}
    where = "; ".join(f"{service} {url}" for service, url in sorted(stamps, key=str))
    entry = to_bibtex(draft.entry, f"{where}; {_signature(reviewer)}")
    bibliography = catalog / "references.bib"
    text = bibliography.read_text("utf-8", "replace") if bibliography.is_file() else ""
    key = draft.entry["citekey"]
    known, problems = read_bibliography(bibliography, catalog.parent) if text else ([], [])
    if problems:  # an entry that can't be read may be this work
        raise LandingError("catalog/references.bib can't be read as it stands:", problems)
    for each in known:
        same = {each.doi, each.arxiv} & {draft.entry.get("doi"), draft.entry.get("eprint")} - {None}
        if same:
            raise LandingError(
                f"catalog/references.bib: {each.citekey} is this work already ({same.pop()}). Reject "
                "the draft (x), or edit that entry."
            )
    if f"{{{key}," in text:
        raise LandingError(
            f"catalog/references.bib: {key} is another work's key. Change entry.citekey in "
            "draft.yaml, then review again."
        )
    return {"references.bib": (text.rstrip("\n") + "\n\n" if text.strip() else "") + entry}


def _model(draft: Draft, catalog: Path, reviewer: Reviewer) -> dict[str, str]:
    name = f"models/{draft.entry['id']}.yaml"
    _new(catalog, name)
    entry = dict(draft.entry)
    first = ("id", "name", "family", "modality", "publications", "summary", "aliases", "sources")
    head = {key: entry.pop(key) for key in first if key in entry}
    variants = entry.pop("variants")
    entry = {**head, **entry, "variants": variants, "contributors": [reviewer.credit]}
    return {name: _yaml(entry)}


def _yaml(entry: dict[str, Any]) -> str:
    return yaml.safe_dump(entry, sort_keys=False, allow_unicode=True, width=100)


def _repository(draft: Draft, catalog: Path, reviewer: Reviewer) -> dict[str, str]:
    """Add the repository's facts to a model's file, its comments kept."""
    name = f"models/{draft.entry['model']}.yaml"
    path = catalog / name
    if not path.is_file():
        raise LandingError(f"catalog/{name}: no such model; answer with the id of one.")
    editor = YAML()
    editor.preserve_quotes = True
    editor.width = 100
    try:
        content = editor.load(path.read_text("utf-8"))
        known = content["sources"].keys()
    except (YAMLError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise LandingError(
            f"catalog/{name}: can't be read ({' '.join(str(error).split())}); run claimgap check."
        ) from error
    key, number = "repository", 1
    while key in known:
        number += 1
        key = f"repository{number}"
    source = next(iter(draft.entry["sources"].values()))
    content["sources"][key] = {**source, "repository": draft.entry["repository"]}
    for fact in ("code", "licence_code"):
        if fact not in draft.entry:
            continue
        if content.get(fact) not in (None, "not_checked", "not_reported"):
            raise LandingError(f"catalog/{name}: {fact} is known already; edit it by hand.")
        content[fact] = {"value": draft.entry[fact]["value"], "source": key}
    content.setdefault("contributors", []).append(
        {**reviewer.credit, "note": f"facts of {draft.entry['repository']}"}
    )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "x.yaml"
        editor.dump(content, out)
        return {name: out.read_text("utf-8")}


def _results(draft: Draft, catalog: Path, reviewer: Reviewer) -> dict[str, str]:
    cite, table = draft.entry["source"]["cite"], draft.entry["table"]
    stem = f"results/{cite}/{table}"
    _new(catalog, f"{stem}.yaml")
    rows = [row for row in draft.rows if row.state in ("accepted", "corrected")]
    if not rows:
        raise LandingError(f"{draft.id}: every row was rejected; reject the draft instead (x).")
    defaults = dict(draft.entry["defaults"])
    # What the spread is can be said only of rows that have one.
    spread = {
        key: defaults.pop(key)
        for key in ("uncertainty_kind", "uncertainty_over")
        if key in defaults
    }
    placed = [_mapped(n, row, draft.entry["mapping"], spread) for n, row in enumerate(rows, 1)]
    stamp = draft.provenance["rows"]
    for row in placed:
        if (catalog / "models" / f"{row.values['method']}.yaml").is_file():
            row.values.setdefault("variant", "not_reported")
    header = {
        "title": draft.entry["title"],
        "source": {**draft.entry["source"], "sha256": stamp["sha256"]},
        "defaults": defaults,
        "contributors": [reviewer.credit],
    }
    return {f"{stem}.yaml": _yaml(header), f"{stem}.csv": rows_csv(placed, with_state=False)}


def _mapped(
    number: int, row: Row, mapping: dict[str, dict[str, str]], spread: dict[str, str]
) -> Row:
    values = {**row.values, "row": str(number)}
    if values.get("uncertainty"):
        values |= spread
    for part in ("method", "task", "metric"):
        label = values.get(f"{part}_printed", "")
        if label not in mapping[part]:
            raise LandingError(f"row {number}: the {part} {label!r} has no answer.")
        values[part] = mapping[part][label]
    if row.state == "corrected" and row.reason:
        values["note"] = f"corrected in review: {row.reason}"
    return replace(row, values=values)


def _trial(draft: Draft, files: dict[str, str], catalog: Path) -> list[Problem]:
    """What the catalog's own rules say of a copy with the files in it, and didn't say before."""
    with tempfile.TemporaryDirectory(prefix="claimgap-") as folder:
        copy = Path(folder) / catalog.name
        shutil.copytree(catalog, copy)
        before = set(_problems(copy))
        for name, text in files.items():
            write_atomic(copy / name, text)
        return sorted(set(_problems(copy)) - before)


def _problems(catalog: Path) -> list[Problem]:
    try:
        load(catalog)
    except CatalogError as error:
        return error.problems
    return []


def put_away(folder: Path, verdict: str) -> Path:
    """Move a draft that is done with to accepted/ or rejected/ beside it; its answers are kept."""
    target = folder.parent / verdict / folder.name
    number = 1
    while target.exists():
        number += 1
        target = folder.parent / verdict / f"{folder.name}-{number}"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(str(folder), str(target))
    return target
