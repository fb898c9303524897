"""What each number of a table may mean: method, task, metric, direction, with confidence."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ingest.tables.grid import Table
from ingest.tables.layout import (
    ASIDE,
    is_settings,
    labels_beside,
    methods_axis,
    plain,
    section_title,
    sections_of,
    strict,
    stub_columns,
    stub_roles,
)  # fmt: skip
from ingest.tables.vocabulary import Candidate, Names, Vocabulary, fold

_CHANGE = re.compile(
    r"^(?:δ|Δ|diff(?:erence)?|change|gain|decrease|increase|improvement|drop)\b", re.I
)
_METHOD_GROUP = re.compile(
    r"\b(?:baselines?|models?|methods?|approaches|ours|llms?|supervised|self-supervised|pre-?train\w*|"
    r"from scratch|zero-shot|few-shot|fine-?tun\w*|embeddings?|encoders?|ensembles?)\b",
    re.IGNORECASE,
)
_MEAN = re.compile(r"^(?:avg\.?|average|mean|overall|total|all)\b", re.IGNORECASE)


@dataclass(slots=True)
class Meaning:
    """A printed label with the entry it may mean, and what else it may."""

    printed: str | None
    id: str | None = None
    confidence: float = 0.0
    alternatives: list[Candidate] = field(default_factory=list)
    found_in: str = ""

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return asdict(self)


@dataclass(slots=True)
class Result:
    """One number with the meanings proposed for it."""

    row: int
    column: int
    value: float
    value_printed: str
    uncertainty: float | None
    uncertainty_printed: str | None
    spread_kind: str | None
    percent: bool
    bold: bool
    method: Meaning
    task: Meaning
    metric: Meaning
    higher_is_better: bool | None
    direction_from: str
    is_mean: bool = False
    side: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Proposal:
    """All numbers of a table with their meanings, and what the bold print says of them."""

    methods_in: str
    results: list[Result]
    checks: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "methods_in": self.methods_in,
            "results": [asdict(result) for result in self.results],
            "checks": self.checks,
        }


def propose(table: Table, names: Names) -> Proposal:
    """Propose a meaning for every number of a table that looks like a score."""
    stubs = stub_columns(table)
    sections = sections_of(table)
    caption = table.caption if _caption_names_the_metric(table, stubs, names) else None
    suites = {c.id for c in _mentioned(names.benchmarks, table.caption)}
    rows = methods_axis(table, stubs, names) == "rows"
    roles = stub_roles(table, stubs, names)
    results: list[Result] = []
    if is_settings(table, stubs):
        return Proposal("rows" if rows else "columns", [])
    for r in range(table.header_rows, len(table.rows)):
        if r in sections.values() or table.section_of(r) is not None:
            continue
        for c in range(stubs, table.n_columns):
            cell = table.rows[r][c]
            reading = cell.reading
            if reading.value is None or reading.printed is None or cell.origin[1] < stubs:
                continue
            head = table.header_path(c)
            beside = labels_beside(table, r, roles)
            side = [label.text for label in beside]
            section = section_title(table, sections, r)
            if _is_aside(head, side):
                continue
            own = [label.text for label in beside if label.role == "method"]
            own = own or [label.text for label in beside if not label.role]
            tasks = [label.text for label in beside if label.role == "task"]
            named = [label.text for label in beside if label.role == "metric"]
            method_labels = own if rows else head
            other = [*tasks, *head] if rows else [t for t in side if t not in named]
            if len(set(sections.values())) < 2 and head:
                section = None  # one title over all rows tells none of them apart
            about_methods = section is not None and rows and _METHOD_GROUP.search(section)
            context = [*other, *([section] if section and not about_methods else [])]
            method = _method(method_labels, section, names)
            metric = _metric([*named, *reversed(other), *([section] if section else []),
                              *(side if rows else [])], caption, names)  # fmt: skip
            task = _task(context, metric, names, suites)
            up, why = _direction(
                [*head, *side, *([section] if section else [])], table, metric, names
            )
            results.append(
                Result(
                    r, c, reading.value, reading.printed, reading.uncertainty,
                    reading.uncertainty_printed, reading.spread_kind, reading.percent, cell.bold,
                    method, task, metric, up, why,
                    is_mean=any(_MEAN.match(label) for label in other),
                    side=[cell.text for cell in table.rows[r][:stubs] if cell.text],
                )
            )  # fmt: skip
    proposal = Proposal("rows" if rows else "columns", results)
    proposal.checks = check_bold(results)
    return proposal


def _is_aside(head: Sequence[str], side: Sequence[str]) -> bool:
    leaf = head[-1] if head else ""
    return bool(
        ASIDE.match(plain(leaf))
        or _CHANGE.match(plain(leaf))
        or (side and (_CHANGE.match(plain(side[-1])) or ASIDE.match(plain(side[-1]))))
    )


def _meaning(label: str | None, candidates: list[Candidate], where: str) -> Meaning:
    if not candidates:
        return Meaning(label, found_in=where)
    best = candidates[0]
    return Meaning(label, best.id, best.confidence, candidates[1:], where)


def _method(labels: Sequence[str], section: str | None, names: Names) -> Meaning:
    """The most certain of the labels, or the whole of them; the innermost if none is known."""
    tries = [*reversed(labels), " ".join(labels)]
    best: tuple[float, str, list[Candidate]] | None = None
    for label in tries:
        candidates = names.methods.match(label)
        bare = re.sub(r"\s*\([^)]*\)\s*$", "", label)
        if not candidates and bare != label:
            candidates = [Candidate(c.id, round(c.confidence * 0.9, 3), c.name)
                          for c in names.methods.match(bare)]  # fmt: skip
        if candidates and (best is None or candidates[0].confidence > best[0]):
            best = (candidates[0].confidence, label, candidates)
    printed = " | ".join(dict.fromkeys(labels)) or section
    if best is None:
        return Meaning(printed, found_in="label")
    return _meaning(printed, best[2], "label")


def _metric(labels: Sequence[str], caption: str | None, names: Names) -> Meaning:
    """The metric named nearest to the number, else the one that the caption names."""
    for label in labels:
        bare = plain(label)
        pieces = [bare, *re.findall(r"\(([^)]+)\)", bare), re.sub(r"\([^)]*\)", "", bare),
                  *re.split(r"\s*[,;:/]\s*", bare)]  # fmt: skip
        for piece in pieces:
            candidate = strict(names.metrics.match(piece.strip()), 0.3)
            if candidate and (candidate.confidence >= 0.9 or piece == bare):
                found = names.metrics.match(piece.strip())
                return _meaning(piece.strip(), found, "label")
    for label in labels:
        if fold(label) in names.metric_words:
            return Meaning(plain(label), found_in="label")  # a metric that is not catalogued
    for label in labels:
        # "Read acc.", "Test accuracy (%)": a metric's word inside a longer label.
        within = _mentioned(names.metrics, label)
        if within:
            weaker = [Candidate(c.id, round(c.confidence * 0.7, 3), c.name) for c in within]
            return _meaning(plain(label), weaker, "label")
    within = [c for c in _mentioned(names.metrics, caption) if c.id in names.scores]
    if within:
        weaker = [Candidate(c.id, round(c.confidence * 0.8, 3), c.name) for c in within]
        return _meaning(within[0].name, weaker, "caption")
    return Meaning(None, found_in="not found")


def _mentioned(vocabulary: Vocabulary, text: str | None) -> list[Candidate]:
    """Candidates of the names that a text holds as whole words, the longest name first."""
    if not text:
        return []
    folded = f" {fold(text)} "
    held = [n for n in vocabulary.names if len(n) > 1 and f" {n} " in folded]
    ordered = sorted(held, key=lambda n: (-len(n), folded.find(f" {n} ")))
    return [c for name in ordered for c in vocabulary.match(name, 1)][:3]


def _caption_names_the_metric(table: Table, stubs: int, names: Names) -> bool:
    """A caption speaks for all numbers only where no column or row head names a metric itself."""
    labels = {
        table.rows[r][c].text for r in range(table.header_rows) for c in range(table.n_columns)
    }
    body = range(table.header_rows, len(table.rows))
    labels |= {cell.text for r in body for cell in table.rows[r][:stubs] if cell.text}
    return not any(strict(names.metrics.match(plain(label))) for label in labels)


def _without_metric(label: str, metric: str | None) -> str:
    """What a label says beside its metric: Promoter of "Promoter (MCC)"; a remark says nothing."""
    if not metric or metric not in label:
        return label
    rest = label.replace(metric, "", 1).strip()
    if re.fullmatch(r"\([^)]*\)", rest) and label.startswith(metric):
        return ""
    return re.sub(r"\(\s*\)", "", rest).strip(" ,;:-–/")


def _task(labels: Sequence[str], metric: Meaning, names: Names, suites: set[str]) -> Meaning:
    rest = [kept for label in labels if (kept := _without_metric(plain(label), metric.printed))]
    best: tuple[float, str, list[Candidate]] | None = None
    for label in [*reversed(rest), " ".join(rest)]:
        bare = re.sub(r"\s*\(\d+\)$", "", plain(label))
        candidates = names.tasks.match(bare, 10)
        named = [c for c in candidates if c.id.partition("/")[0] in suites]
        if named:
            # The caption names the suite: of tasks with one name, its own is meant.
            whole = sum(c.confidence for c in candidates if c.name == named[0].name)
            sure = Candidate(named[0].id, round(min(0.95, whole), 3), named[0].name)
            candidates = [sure, *(c for c in candidates if c.id != sure.id)]
        elif suites:
            # Another suite's task of the same name: worth showing, not worth suggesting.
            candidates = [Candidate(c.id, round(c.confidence / 2, 3), c.name) for c in candidates]
        candidates = candidates[:3]
        if candidates and (best is None or candidates[0].confidence > best[0]):
            best = (candidates[0].confidence, label, candidates)
    printed = " | ".join(dict.fromkeys(plain(label) for label in rest)) or None
    return _meaning(printed, best[2], "label") if best else Meaning(printed, found_in="label")


def _direction(
    labels: Sequence[str], table: Table, metric: Meaning, names: Names
) -> tuple[bool | None, str]:
    for label in labels:
        if "↑" in label or "⇑" in label:
            return True, "arrow in the header"
        if "↓" in label or "⇓" in label:
            return False, "arrow in the header"
    if metric.id is not None and names.higher_is_better.get(metric.id) is not None:
        return names.higher_is_better[metric.id], "the metric"
    caption = (table.caption or "").lower()
    if "higher is better" in caption or "↑" in caption:
        return True, "caption"
    if "lower is better" in caption or "↓" in caption:
        return False, "caption"
    return None, "not found"


def check_bold(results: Sequence[Result]) -> list[str]:
    """Where bold is not on the best value of its task and metric: a misread, or an odd table.

    Groups without any bold, with several directions or with all in bold say nothing.
    """
    groups: dict[tuple[str | None, str | None, str | None], list[Result]] = {}
    for result in results:
        # The printed header decides what is compared; ids may still be missing.
        key = (result.task.printed, result.metric.printed, result.metric.id)
        groups.setdefault(key, []).append(result)
    found: list[str] = []
    for (task, metric, _), group in groups.items():
        bold = [r for r in group if r.bold]
        if not bold or len(bold) == len(group) or len(group) < 2 or len(bold) * 2 > len(group):
            continue
        values = [r.value for r in group]
        ups = {r.higher_is_better for r in group}
        best = {True: max(values), False: min(values)}
        if len(ups) == 1 and (up := next(iter(ups))) is not None:
            if not any(r.value == best[up] for r in bold):
                word = "highest" if up else "lowest"
                found.append(
                    f"{task or 'all'}, {metric or 'metric unknown'}: bold is not on the {word}"
                )
        elif not any(r.value in best.values() for r in bold):
            found.append(
                f"{task or 'all'}, {metric or 'metric unknown'}: bold is on neither extreme"
            )
    return found
