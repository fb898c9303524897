"""Drafts: catalog-shaped entries with the source of every field and the questions left open."""

import csv
import io
import re
from dataclasses import dataclass
from dataclasses import field as made
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from ingest.files import write_atomic

EXTRACTOR = "claimgap ingest 0.1"
KINDS = ("publication", "model", "repository", "results")


class DraftError(ValueError):
    """A draft that can't be read or written; the message says what to do."""


@dataclass(slots=True)
class Question:
    """One thing that the sources left open. ``field`` is a path into the entry, dots between.

    ``state`` is open, accepted, corrected, rejected (with ``reason``).
    """

    field: str
    ask: str
    suggestion: str | None = None
    alternatives: list[str] = made(default_factory=list)
    required: bool = False
    state: str = "open"
    answer: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Row:
    """One result row under review; ``values`` are the catalog's columns."""

    values: dict[str, str]
    state: str = "open"
    reason: str | None = None


@dataclass(slots=True)
class Draft:
    """One draft folder: draft.yaml and, for results, rows.csv."""

    id: str
    kind: str
    entry: dict[str, Any]
    provenance: dict[str, dict[str, Any]]
    review: list[Question] = made(default_factory=list)
    rows: list[Row] = made(default_factory=list)
    notes: list[str] = made(default_factory=list)
    created: str = ""

    @property
    def open_questions(self) -> list[Question]:
        """Questions without an answer."""
        return [q for q in self.review if q.state == "open"]

    @property
    def open_rows(self) -> list[Row]:
        """Rows nobody has looked at."""
        return [r for r in self.rows if r.state == "open"]

    def put(self, path: str, value: Any) -> None:
        """Set a field of the entry by its path; None takes it out."""
        node: Any = self.entry
        *parents, last = path.split(".")
        for name in parents:
            node = node[int(name)] if isinstance(node, list) else node.setdefault(name, {})
        if value is None:
            node.pop(last, None)
        else:
            node[last] = value

    def get(self, path: str) -> Any:
        """A field of the entry by its path; None if it isn't there."""
        node: Any = self.entry
        for name in path.split("."):
            if isinstance(node, list):
                node = node[int(name)] if name.isdigit() and int(name) < len(node) else None
            elif isinstance(node, dict):
                node = node.get(name)
            else:
                return None
        return node


def slug(text: str, limit: int = 60) -> str:
    """A catalog id out of a name: lower case, digits, hyphens and full stops."""
    plain = re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")
    return plain[:limit].rstrip("-.") or "unnamed"


def _plain(value: Any) -> Any:
    """Only what safe YAML can hold."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _question_yaml(question: Question) -> dict[str, Any]:
    every = {name: getattr(question, name) for name in Question.__slots__}
    return {k: v for k, v in every.items() if v not in (None, [], False) or k in ("field", "ask")}


ROW_STATE = ("review_state", "review_reason")


def save(draft: Draft, folder: Path, *, new: bool = False) -> Path:
    """Write a draft into ``folder``/<id>, whole. ``new`` refuses to overwrite.

    Raises DraftError if it is there already, WriteError where the disk doesn't let it.
    """
    target = folder / draft.id
    if new and (target / "draft.yaml").exists():
        raise DraftError(
            f"{target}: a draft of that name is there. Review it, delete it, or name another folder "
            "with --out."
        )
    if not draft.created:
        draft.created = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    content = {
        "id": draft.id,
        "kind": draft.kind,
        "created": draft.created,
        "extracted_by": EXTRACTOR,
        "entry": _plain(draft.entry),
        "provenance": _plain(draft.provenance),
        "notes": draft.notes,
        "review": [_question_yaml(q) for q in draft.review],
    }
    if draft.rows:
        write_atomic(target / "rows.csv", rows_csv(draft.rows, with_state=True))
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    write_atomic(target / "draft.yaml", text)
    return target


def rows_csv(rows: list[Row], *, with_state: bool) -> str:
    """Rows as CSV in the catalog's column order, empty columns left out."""
    # Imported here: the schema's records are not needed for drafts of other kinds.
    from schema.records.evaluation import COLUMNS

    used = [c for c in COLUMNS if any(row.values.get(c) for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*used, *(ROW_STATE if with_state else ())])
    for row in rows:
        cells = [row.values.get(c, "") for c in used]
        writer.writerow([*cells, *((row.state, row.reason or "") if with_state else ())])
    return out.getvalue()


def load(target: Path) -> Draft:
    """Read a draft folder. Raises DraftError naming the file and what is wrong with it."""
    file = target / "draft.yaml"
    if not file.is_file():
        raise DraftError(
            f"{target}: no draft.yaml in it. Name a folder that claimgap ingest ... --out wrote."
        )
    try:
        data = yaml.safe_load(file.read_text("utf-8"))
        questions = [Question(**q) for q in data["review"]]
        draft = Draft(
            data["id"], data["kind"], data["entry"], data["provenance"], questions,
            notes=data.get("notes") or [], created=data["created"],
        )  # fmt: skip
    except (yaml.YAMLError, KeyError, TypeError, ValueError, RecursionError, OSError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise DraftError(
            f"{file}: not a draft ({said}). Make it again with claimgap ingest."
        ) from error
    if draft.kind not in KINDS:
        raise DraftError(f"{file}: kind {draft.kind!r}, expected one of {', '.join(KINDS)}.")
    _check_shape(draft, file)
    draft.rows = _rows(target / "rows.csv")
    return draft


_NEEDED: dict[str, dict[str, type]] = {
    "publication": {"type": str},
    "model": {"sources": dict, "variants": list},
    "repository": {"sources": dict, "repository": str},
    "results": {"source": dict, "defaults": dict, "mapping": dict},
}
"""What a draft's entry holds from the beginning; its reviewer fills in the rest."""


def _check_shape(draft: Draft, file: Path) -> None:
    """Raise DraftError where somebody's editing took away what a review needs."""
    needed = _NEEDED[draft.kind]
    entry = draft.entry if isinstance(draft.entry, dict) else {}
    wrong = [name for name, kind in needed.items() if not isinstance(entry.get(name), kind)]
    if draft.kind == "results" and not wrong:
        mapping = entry["mapping"]
        parts = ("method", "task", "metric")
        wrong = [f"mapping.{p}" for p in parts if not isinstance(mapping.get(p), dict)]
        wrong += (
            [] if isinstance(draft.provenance, dict) and "rows" in draft.provenance else ["rows"]
        )
    if wrong:
        raise DraftError(
            f"{file}: found no {' and no '.join(wrong)}, expected what claimgap ingest wrote there. "
            "Make the draft again."
        )


def _rows(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    rows = []
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            for line in reader:
                if None in line or None in line.values():
                    raise DraftError(
                        f"{path}:{reader.line_num}: a row of another length than the head; mend it, "
                        "or make the draft again."
                    )
                state = line.pop("review_state", "open") or "open"
                reason = line.pop("review_reason", "") or None
                rows.append(Row({k: v for k, v in line.items() if v}, state, reason))
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise DraftError(f"{path}: not the rows of a draft ({error}).") from error
    return rows
