"""What each number of a table may mean: method, task, metric, direction, with confidence."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ingest.tables.grid import Table
from ingest.tables.vocabulary import Candidate, Names, Vocabulary, fold

_METHOD_WORDS = {"model", "models", "method", "methods", "approach", "algorithm", "architecture",
                 "backbone", "encoder", "baseline", "classifier", "system", "predictor", "embedding",
                 "tool", "network", "first stage", "model variant"}  # fmt: skip
_TASK_WORDS = {"task", "tasks", "dataset", "datasets", "benchmark", "category", "data", "track",
               "cell line", "cell type", "assay", "species", "mark", "histone mark", "subset"}  # fmt: skip
# Columns that describe the method or the run, never a score.
_ASIDE = re.compile(
    r"^(?:#?\s*(?:params?|parameters|layers?|heads?|samples?|classes|reads|tokens)\b.*|params? .*|"
    r"model size.*|size|year|date|seed|rank|time.*|runtime.*|cost.*|.*\bcost|gpu.*|peak gpu.*|"
    r"speed.*|flops.*|throughput.*|tok/?s.*|lr|bs|batch size|learning rate|epochs?|n|p|p-?values?|"
    r"t-?stat(?:istic)?s?|df|ref(?:erence)?s?|citation|context.*|hidden.*|params.*|chance|std|sd|"
    r"(?:acc|mcc|f1) sd|rep|replicate|ms/read|cat\.?|lang\.?|source|licen[cs]e|url|code|cls\.?|range)$",
    re.IGNORECASE,
)
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
    sections = _sections(table)
    caption = table.caption if _caption_names_the_metric(table, stubs, names) else None
    suites = {c.id for c in _mentioned(names.benchmarks, table.caption)}
    rows = methods_axis(table, stubs, names) == "rows"
    results: list[Result] = []
    if _is_settings(table, stubs):
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
            side = _side(table, r, stubs)
            section = _section(table, sections, r)
            if _is_aside(head if rows else side, head, side):
                continue
            method_labels, other = (side, head) if rows else (head, side)
            about_methods = section is not None and rows and _METHOD_GROUP.search(section)
            context = [*other, *([section] if section and not about_methods else [])]
            method = _method(method_labels, section, names)
            metric = _metric([*reversed(other), *([section] if section else []),
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


def _is_settings(table: Table, stubs: int) -> bool:
    """A list of hyperparameters or properties holds numbers, but no scores."""
    heads = (table.rows[r][c].text for r in range(table.header_rows) for c in range(stubs))
    return any(
        re.match(r"(?:hyper-?parameters?|propert(?:y|ies)|configuration|option)$", h, re.I)
        for h in heads
    )


def stub_columns(table: Table) -> int:
    """Leading columns that name the rows: those with words where the others have numbers."""
    body = table.rows[table.header_rows :]
    count = 0
    for c in range(table.n_columns):
        cells = [
            row[c] for r, row in enumerate(body) if table.section_of(r + table.header_rows) is None
        ]
        filled = [cell for cell in cells if cell.text]
        numbers = sum(cell.reading.value is not None for cell in filled)
        if filled and numbers * 2 > len(filled):
            break
        if count and not filled:
            break
        count += 1
    return max(1, min(count, table.n_columns - 1))


def _sections(table: Table) -> dict[int, int]:
    """For each body row the row that titles its section, where one does."""
    found: dict[int, int] = {}
    current: int | None = None
    for r in range(table.header_rows, len(table.rows)):
        if table.section_of(r) is not None:
            current = r
        elif current is not None:
            found[r] = current
    return found


def _section(table: Table, sections: dict[int, int], row: int) -> str | None:
    return table.section_of(sections[row]) if row in sections else None


def _side(table: Table, row: int, stubs: int) -> list[str]:
    """Labels left of a row's numbers; an empty one is filled from above, as readers do."""
    labels: list[str] = []
    for c in range(stubs):
        head = table.header_path(c)
        if c and head and _ASIDE.match(_plain(head[-1])):
            continue
        text = table.rows[row][c].text
        above = row
        while not text and c < stubs - 1 and above > table.header_rows:
            above -= 1
            text = table.rows[above][c].text
        if text and text not in labels:
            labels.append(text)
    return labels


def methods_axis(table: Table, stubs: int, names: Names) -> str:
    """Whether methods stand in the rows or in the columns.

    The word above the stub decides ("Model", "Task"); else where more labels are known methods,
    or known tasks and metrics; else rows, which is how most result tables are printed.
    """
    heads = [
        table.rows[r][c].text for r in range(table.header_rows) for c in range(stubs)
    ]  # fmt: skip
    for text in heads:
        # "Task / Model": what stands first names the rows.
        word = fold(re.split(r"[/\\|]", text)[0])
        if word in _METHOD_WORDS:
            return "rows"
        if word in _TASK_WORDS:
            return "columns" if not _columns_are_metrics(table, stubs, names) else "rows"
    side = {
        label for r in range(table.header_rows, len(table.rows)) for label in _side(table, r, stubs)
    }
    top = {label for c in range(stubs, table.n_columns) for label in table.header_path(c)}
    known = [_share(labels, names) for labels in (side, top)]
    score = known[0][0] - known[1][0] + known[1][1] - known[0][1]
    return "columns" if score < 0 else "rows"


def _columns_are_metrics(table: Table, stubs: int, names: Names) -> bool:
    heads = [table.header_path(c) for c in range(stubs, table.n_columns)]
    leaves = [path[-1] for path in heads if path]
    if not leaves:
        return False
    hits = sum(
        bool(_strict(names.metrics.match(leaf))) or bool(_ASIDE.match(leaf)) for leaf in leaves
    )
    return hits * 2 > len(leaves)


def _strict(candidates: Sequence[Candidate], least: float = 0.9) -> Candidate | None:
    return candidates[0] if candidates and candidates[0].confidence >= least else None


def _share(labels: set[str], names: Names) -> tuple[float, float]:
    """Shares of labels that are known methods, and known tasks or metrics."""
    if not labels:
        return 0.0, 0.0
    methods = sum(bool(_strict(names.methods.match(label), 0.45)) for label in labels)
    others = sum(
        bool(_strict(names.tasks.match(label), 0.3)) or bool(_strict(names.metrics.match(label)))
        for label in labels
    )
    return methods / len(labels), others / len(labels)


def _is_aside(axis: Sequence[str], head: Sequence[str], side: Sequence[str]) -> bool:
    leaf = head[-1] if head else ""
    return bool(
        _ASIDE.match(_plain(leaf))
        or _CHANGE.match(_plain(leaf))
        or (side and (_CHANGE.match(_plain(side[-1])) or _ASIDE.match(_plain(side[-1]))))
    )


def _plain(label: str) -> str:
    return re.sub(r"[↑↓*†‡]", "", label).strip()


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
        plain = _plain(label)
        pieces = [plain, *re.findall(r"\(([^)]+)\)", plain), re.sub(r"\([^)]*\)", "", plain),
                  *re.split(r"\s*[,;:/]\s*", plain)]  # fmt: skip
        for piece in pieces:
            candidate = _strict(names.metrics.match(piece.strip()), 0.3)
            if candidate and (candidate.confidence >= 0.9 or piece == plain):
                found = names.metrics.match(piece.strip())
                return _meaning(piece.strip(), found, "label")
    for label in labels:
        # "Read acc.", "Test accuracy (%)": a metric's word inside a longer label.
        within = _mentioned(names.metrics, label)
        if within:
            weaker = [Candidate(c.id, round(c.confidence * 0.7, 3), c.name) for c in within]
            return _meaning(_plain(label), weaker, "label")
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
    labels |= {t for r in range(table.header_rows, len(table.rows)) for t in _side(table, r, stubs)}
    return not any(_strict(names.metrics.match(_plain(label))) for label in labels)


def _task(labels: Sequence[str], metric: Meaning, names: Names, suites: set[str]) -> Meaning:
    rest = [label for label in labels if _plain(label) != metric.printed]
    best: tuple[float, str, list[Candidate]] | None = None
    for label in [*reversed(rest), " ".join(rest)]:
        plain = re.sub(r"\s*\(\d+\)$", "", _plain(label))
        candidates = names.tasks.match(plain, 10)
        named = [c for c in candidates if c.id.partition("/")[0] in suites]
        if named:
            # The caption names the suite: of tasks with one name, its own is meant.
            whole = sum(c.confidence for c in candidates if c.name == named[0].name)
            sure = Candidate(named[0].id, round(min(0.95, whole), 3), named[0].name)
            candidates = [sure, *(c for c in candidates if c.id != sure.id)]
        candidates = candidates[:3]
        if candidates and (best is None or candidates[0].confidence > best[0]):
            best = (candidates[0].confidence, label, candidates)
    printed = " | ".join(dict.fromkeys(_plain(label) for label in rest)) or None
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
