"""A person's answers to a draft's questions, put where they belong in the entry."""

import re
from typing import Any

from ingest.draft import Draft, Question

# Fields that hold lists; a person types them on one line.
_LISTS = {"author": ";", "modality": ",", "publications": ",", "aliases": ","}


class AnswerError(ValueError):
    """An answer that can't stand; the message says what would."""


def accept(draft: Draft, question: Question) -> None:
    """Take the suggestion. Raises AnswerError if there is none."""
    if question.suggestion is None:
        raise AnswerError(
            "nothing is suggested here: type the answer, or r and a reason to reject it"
        )
    _settle(draft, question, question.suggestion, "accepted")


def correct(draft: Draft, question: Question, text: str) -> None:
    """Take the person's own answer; a number chooses one of the alternatives."""
    value = text.strip()
    if not value:
        raise AnswerError("an empty answer; type one, or r and a reason to reject it")
    if value.isdigit() and 1 <= int(value) <= len(question.alternatives):
        value = question.alternatives[int(value) - 1]
    state = "accepted" if value == question.suggestion else "corrected"
    _settle(draft, question, value, state)


def reject(draft: Draft, question: Question, reason: str) -> None:
    """Drop the field, with a reason. A required field can't be dropped, except a table's label."""
    if not reason.strip():
        raise AnswerError("a rejection needs its reason: r and a few words")
    is_label = question.field.startswith("mapping.")
    if question.required and not is_label:
        raise AnswerError(
            "the entry can't do without this; answer it, or reject the whole draft (x)"
        )
    question.state, question.reason, question.answer = "rejected", reason.strip(), None
    if is_label:
        part, _, label = question.field.removeprefix("mapping.").partition(":")
        for row in draft.rows:
            if row.values.get(f"{part}_printed") == label and row.state == "open":
                row.state, row.reason = "rejected", f"{part} {label!r}: {reason.strip()}"
    else:
        draft.put(question.field, None)


def _settle(draft: Draft, question: Question, value: str, state: str) -> None:
    _check(question, value)
    if question.field.startswith("mapping."):
        part, _, label = question.field.removeprefix("mapping.").partition(":")
        draft.entry["mapping"][part][label] = value
    elif question.field == "cite":
        for source in draft.entry.get("sources", {}).values():
            source["cite"] = value
    elif question.field.startswith("unreported."):
        _unreported(draft, question.field.removeprefix("unreported."), value)
    elif question.field in _LISTS:
        parts = re.split(rf"\s*{_LISTS[question.field]}\s*", value)
        draft.put(question.field, [part for part in parts if part])
    elif question.field == "architecture" and draft.kind == "model":
        first = next(iter(draft.entry["sources"]), None)
        draft.put("architecture", {"value": value, "source": first})
    else:
        draft.put(question.field, value)
    question.state, question.answer, question.reason = state, value, None


def _unreported(draft: Draft, name: str, value: str) -> None:
    target: dict[str, Any] = draft.entry
    key = {"licence": "licence_weights"}.get(name, name)
    if name == "parameters":
        target = draft.entry["variants"][0]
    first = next(iter(draft.entry["sources"]), None)
    unknown = value in ("not_reported", "not_applicable", "not_checked")
    target[key] = value if unknown else {"value": value, "source": first}


def _check(question: Question, value: str) -> None:
    if question.field in ("citekey", "source.cite", "cite") and not re.fullmatch(
        r"[a-z][a-z0-9-]*\d{4}[a-z0-9]*", value
    ):
        raise AnswerError(
            f"{value!r} is no citekey; expected family name, year and word: zhou2024dnabert2"
        )
    if question.field in ("id", "variants.0.id", "table", "model", "family") and not re.fullmatch(
        r"[a-z0-9][a-z0-9.-]*", value
    ):
        raise AnswerError(f"{value!r} is no id; expected lower case letters, digits, - and .")
    closed = ("role", "evidencelevel", "defaults.split", "defaults.protocol", "defaults.unit",
              "defaults.uncertainty_kind", "defaults.uncertainty_over")  # fmt: skip
    if question.field in closed and value not in question.alternatives:
        raise AnswerError(f"{value!r} is not among {', '.join(question.alternatives)}")
    if question.field == "modality":
        wrong = [v for v in re.split(r"\s*,\s*", value) if v not in question.alternatives]
        if wrong:
            raise AnswerError(f"{wrong[0]!r} is not among {', '.join(question.alternatives)}")
