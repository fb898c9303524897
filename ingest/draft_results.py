"""A table's proposal as a draft for results/: labels to settle once, rows to accept one by one."""

from pathlib import PurePath
from typing import Any

from ingest.draft import Draft, Question, Row, slug
from ingest.record import Stamp
from ingest.tables.grid import Table
from ingest.tables.proposal import Meaning, Proposal, Result
from ingest.tables.vocabulary import Names, fold

# A proposal below this is shown, but not taken for the answer.
SURE = 0.85
PROTOCOLS = ["zero_shot", "linear_probe", "probe", "fine_tune", "fine_tune_peft", "few_shot",
             "generation", "pretraining", "own_training", "as_released", "untrained_rule",
             "not_reported"]  # fmt: skip
SPLITS = ["test", "dev", "train", "cross_validation", "whole", "not_reported"]


def draft_results(
    table: Table, proposal: Proposal, stamp: Stamp, names: Names, number: int
) -> Draft | None:
    """A draft of one table; None where nothing in it looks like a score."""
    if not proposal.results:
        return None
    file = PurePath(stamp.url.removeprefix("file:")).name
    label = table.label or f"table-{number}"
    locator = f"{file}, {label}"
    identifier = slug(f"{PurePath(file).stem}-{label.removeprefix('tab:').removeprefix('table:')}")
    entry: dict[str, Any] = {
        "table": slug(label.removeprefix("tab:").removeprefix("table:")),
        "title": None,
        "source": {"cite": None, "locator": locator, "read": "scripted"},
        "defaults": {"split": None, "protocol": None},
        "mapping": {"method": {}, "task": {}, "metric": {}},
    }
    draft = Draft(identifier, "results", entry, {"rows": _stamp(stamp)})
    draft.notes = [*([f"caption: {table.caption}"] if table.caption else []),
                   *(f"check: {check}" for check in proposal.checks), *table.warnings]  # fmt: skip
    _tell_apart(
        draft_rows := [_row(n, r, names) for n, r in enumerate(proposal.results, 1)], proposal
    )
    units = _units(proposal)
    mixed = len(set(units.values())) > 1
    for row, result in zip(draft_rows, proposal.results, strict=True):
        if mixed:
            row.values["unit"] = units[printed(result.metric)]
        draft.rows.append(row)
    if mixed:
        told = ", ".join(f"{metric}: {unit}" for metric, unit in units.items())
        draft.notes.append(f"units differ by metric ({told}); look at each row")
    draft.review = [
        Question("source.cite", "Which publication reports this table? (its citekey)", required=True),
        Question("title", "What does the table show? (in your own words)", required=True),
        Question("table", "Which id should the table have?", entry["table"], required=True),
        Question("source.locator", "Where does it stand in the publication?", locator, required=True),
        Question("defaults.split", "On which split were the values measured?", "not_reported",
                 SPLITS, required=True),
        Question("defaults.protocol", "By which protocol?", "not_reported", PROTOCOLS, required=True),
        *_unit(proposal),
        *_uncertainty(proposal),
        *_labels("method", proposal),
        *_labels("task", proposal),
        *_labels("metric", proposal),
    ]  # fmt: skip
    return draft


def _stamp(stamp: Stamp) -> dict[str, Any]:
    return {"service": stamp.service, "url": stamp.url, "time": stamp.time, "sha256": stamp.sha256}


def printed(meaning: Meaning) -> str:
    """What the table prints, or a word for that it prints nothing."""
    return meaning.printed or "(not printed)"


def _row(position: int, result: Result, names: Names) -> Row:
    cell = f"row {result.row + 1}, column {result.column + 1}"
    values = {
        "row": str(position),
        "value": result.value_printed,
        "uncertainty": result.uncertainty_printed or "",
        "locator": cell,
        "method_printed": printed(result.method),
        "task_printed": printed(result.task),
        "metric_printed": printed(result.metric),
        "flags": "task_mean" if result.is_mean else "",
    }
    variant = names.variants.get(fold(result.method.printed or ""))
    if variant and result.method.confidence >= SURE:
        values["variant"] = variant
    return Row({k: v for k, v in values.items() if v})


def _tell_apart(rows: list[Row], proposal: Proposal) -> None:
    """Rows that would be one by method, task and metric differ in how the method was run."""
    seen: dict[tuple[str, ...], list[int]] = {}
    for index, row in enumerate(rows):
        key = tuple(row.values.get(f"{part}_printed", "") for part in ("method", "task", "metric"))
        seen.setdefault(key, []).append(index)
    for (method, *_), indexes in seen.items():
        if len(indexes) < 2:
            continue
        for index in indexes:
            others = [t for t in proposal.results[index].side if t not in method.split(" | ")]
            if others:
                rows[index].values["configuration"] = "; ".join(dict.fromkeys(others))


def _labels(part: str, proposal: Proposal) -> list[Question]:
    """One question for each printed label; the proposal's best is the suggestion if it is sure."""
    seen: dict[str, Meaning] = {}
    for result in proposal.results:
        meaning: Meaning = getattr(result, part)
        seen.setdefault(printed(meaning), meaning)
    questions = []
    for label, meaning in seen.items():
        sure = meaning.id if meaning.confidence >= SURE else None
        others = [c.id for c in meaning.alternatives]
        choices = ([meaning.id] if meaning.id else []) + others
        note = f" (best guess {meaning.confidence:.2f})" if meaning.id and not sure else ""
        # A full stop inside a label must not be taken for a step of the path.
        questions.append(Question(f"mapping.{part}:{label}", f"Which {part} is {label!r}?{note}",
                                  sure, choices, required=True))  # fmt: skip
    return questions


def _units(proposal: Proposal) -> dict[str, str]:
    """Fraction or percent for each printed metric: by its percent signs, or values beyond one."""
    groups: dict[str, list[Result]] = {}
    for result in proposal.results:
        groups.setdefault(printed(result.metric), []).append(result)
    return {
        metric: "percent"
        if any(r.percent for r in group) or max(abs(r.value) for r in group) > 1.5
        else "fraction"
        for metric, group in groups.items()
    }


def _unit(proposal: Proposal) -> list[Question]:
    units = set(_units(proposal).values())
    if len(units) > 1:
        return []  # each row says its own
    values = [abs(r.value) for r in proposal.results]
    ask = f"Values run from {min(values):g} to {max(values):g}. Fractions or percent?"
    return [Question("defaults.unit", ask, units.pop(), ["fraction", "percent"], required=True)]


def _uncertainty(proposal: Proposal) -> list[Question]:
    if not any(r.uncertainty is not None for r in proposal.results):
        return []
    return [
        Question("defaults.uncertainty_kind", "What is the spread beside the values?", "unknown",
                 ["sd", "se", "ci95_half", "range", "unknown"], required=True),
        Question("defaults.uncertainty_over", "Over what does it run?", "unknown",
                 ["seeds", "folds", "bootstrap", "items", "splits", "test_resamples", "unknown"],
                 required=True),
    ]  # fmt: skip
