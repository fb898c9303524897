"""Where a table has its labels: the stub beside the numbers, sections, the axis of methods."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.tables.grid import Table
from ingest.tables.vocabulary import Candidate, Names, fold

_METHOD_WORDS = {"model", "models", "method", "methods", "approach", "algorithm", "architecture",
                 "backbone", "encoder", "baseline", "classifier", "system", "predictor", "embedding",
                 "tool", "network", "first stage", "model variant"}  # fmt: skip
_TASK_WORDS = {"task", "tasks", "dataset", "datasets", "benchmark", "category", "data", "track",
               "cell line", "cell type", "assay", "species", "mark", "histone mark", "subset"}  # fmt: skip
_METRIC_WORDS = {"metric", "metrics", "measure", "score type", "statistic"}
# Columns that describe the method or the run, never a score.
ASIDE = re.compile(
    r"^(?:#?\s*(?:params?|parameters|layers?|heads?|samples?|classes|reads|tokens)\b.*|params? .*|"
    r"model size.*|size|year|date|seed|rank|time.*|runtime.*|cost.*|.*\bcost|gpu.*|peak gpu.*|"
    r"speed.*|flops.*|throughput.*|tok/?s.*|.*\btokens|think(?:ing)?|latency.*|s|ms|sec|lr|bs|batch size|learning rate|epochs?|n|p|p-?values?|"
    r"t-?stat(?:istic)?s?|df|ref(?:erence)?s?|citation|context.*|hidden.*|params.*|chance|std|sd|"
    r"(?:acc|mcc|f1) sd|rep|replicate|ms/read|cat\.?|lang\.?|source|licen[cs]e|url|code|cls\.?|range)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label beside a row's numbers; ``role`` is method, task, metric, or empty if unsaid."""

    text: str
    role: str = ""


def plain(label: str) -> str:
    """A label without arrows and marks."""
    return re.sub(r"[↑↓*†‡]", "", label).strip()


def is_settings(table: Table, stubs: int) -> bool:
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


def sections_of(table: Table) -> dict[int, int]:
    """For each body row the row that titles its section, where one does."""
    found: dict[int, int] = {}
    current: int | None = None
    for r in range(table.header_rows, len(table.rows)):
        if table.section_of(r) is not None:
            current = r
        elif current is not None:
            found[r] = current
    return found


def section_title(table: Table, sections: dict[int, int], row: int) -> str | None:
    """The text of the section that a row stands in."""
    return table.section_of(sections[row]) if row in sections else None


def stub_roles(table: Table, stubs: int, names: Names) -> list[str]:
    """What each stub column holds, by the word above it, else by the entries that its labels name."""
    roles = []
    for c in range(stubs):
        path = table.header_path(c)
        word = fold(path[-1]) if path else ""
        role = (
            "method" if word in _METHOD_WORDS
            else "task" if word in _TASK_WORDS
            else "metric" if word in _METRIC_WORDS
            else ""
        )  # fmt: skip
        if not role and stubs > 1:
            labels = {row[c].text for row in table.rows[table.header_rows :]} - {""}
            methods, others = _share(labels, names)
            role = "task" if others > 0.5 and others > methods else ""
        roles.append(role)
    if stubs == 2 and not any(roles) and _same_under_each(table):
        # The same names under each group: the groups are tasks, the names are methods.
        return ["task", "method"]
    return roles


def _same_under_each(table: Table) -> bool:
    """Whether the first column groups rows, and the second repeats itself in every group."""
    groups: dict[str, list[str]] = {}
    group = ""
    for row in table.rows[table.header_rows :]:
        group = row[0].text or group
        groups.setdefault(group, []).append(row[1].text)
    inner = [tuple(sorted(labels)) for labels in groups.values()]
    return len(inner) > 1 and len(inner[0]) > 1 and len(set(inner)) == 1


def labels_beside(table: Table, row: int, roles: Sequence[str]) -> list[Label]:
    """Labels left of a row's numbers; an empty one is filled from above, as readers do."""
    found: list[Label] = []
    for c, role in enumerate(roles):
        head = table.header_path(c)
        if c and head and ASIDE.match(plain(head[-1])):
            continue
        text = table.rows[row][c].text
        above = row
        while not text and c < len(roles) - 1 and above > table.header_rows:
            above -= 1
            text = table.rows[above][c].text
        if text and text not in (label.text for label in found):
            found.append(Label(text, role))
    return found


def methods_axis(table: Table, stubs: int, names: Names) -> str:
    """Whether methods stand in the rows or in the columns.

    The word above the stub decides ("Model", "Task"); else where more labels are known methods,
    or known tasks and metrics; else rows, which is how most result tables are printed.
    """
    heads = [
        table.rows[r][c].text for r in range(table.header_rows) for c in range(stubs)
    ]  # fmt: skip
    roles = stub_roles(table, stubs, names)
    if "method" in roles:
        return "rows"
    for text in heads:
        # "Task / Model": what stands first names the rows.
        word = fold(re.split(r"[/\\|]", text)[0])
        if word in _METHOD_WORDS:
            return "rows"
        if word in _TASK_WORDS:
            return "columns" if not _columns_are_metrics(table, stubs, names) else "rows"
    body = range(table.header_rows, len(table.rows))
    side = {label.text for r in body for label in labels_beside(table, r, roles)}
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
        bool(strict(names.metrics.match(leaf))) or bool(ASIDE.match(leaf)) for leaf in leaves
    )
    return hits * 2 > len(leaves)


def strict(candidates: Sequence[Candidate], least: float = 0.9) -> Candidate | None:
    """The first candidate if it is at least that sure."""
    return candidates[0] if candidates and candidates[0].confidence >= least else None


def _share(labels: set[str], names: Names) -> tuple[float, float]:
    """Shares of labels that are known methods, and known tasks or metrics."""
    if not labels:
        return 0.0, 0.0
    methods = sum(bool(strict(names.methods.match(label), 0.45)) for label in labels)
    others = sum(
        bool(strict(names.tasks.match(label), 0.3)) or bool(strict(names.metrics.match(label)))
        for label in labels
    )
    return methods / len(labels), others / len(labels)
