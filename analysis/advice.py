"""Advice for one practitioner's case, by the rules of the view `advice`, on the rows that fit it.

The view advises by task domain alone. Here the rows of a domain (view `advice_rows`) are narrowed to an
organism, a number of labels, a machine, a protocol and a licence; where too few publications are left,
conditions are dropped one at a time, and advice that rests on a wider case is one step weaker
(indirectness, as GRADE has it: Guyatt et al. 2011, J Clin Epidemiol 64:1303-1310).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.gaps import PooledGap, one_each, pool
from schema.ddl import quoted

ENOUGH = 5
"""Publications below which the house's pooling only describes (docs/methods/meta.md)."""
NEGLIGIBLE = 0.05
"""Skill that the view `advice` treats as no difference worth acting on."""
STRENGTHS = ("very low", "low", "moderate", "high")

LABELS: dict[str, tuple[float, float]] = {
    "under_1000": (0, 1_000), "1000_to_10000": (1_000, 10_000),
    "10000_to_100000": (10_000, 100_000), "over_100000": (100_000, float("inf")),
}  # fmt: skip
"""Ranges of training labels: from, up to but without."""
MACHINES = {"laptop": 4.0, "one_gpu": 12.0}
"""Gigabytes left for weights: half of a laptop's 8, half of a common graphics card's 24."""
ANY = "any"
DROPPED_FIRST = ("licence", "machine", "labels", "protocol", "organism")
"""Conditions in the order in which they are given up: the least to do with the task first."""
KINDS = ("simple_baseline", "neural_from_scratch", "specialist")


@dataclass(frozen=True)
class Case:
    """What a practitioner has: each condition is `any` or a word of its own vocabulary."""

    organism: str = ANY
    labels: str = ANY
    machine: str = ANY
    protocol: str = ANY
    licence: str = ANY

    def conditions(self) -> list[str]:
        """Names of the conditions that were set, the last to be dropped first."""
        return [name for name in reversed(DROPPED_FIRST) if getattr(self, name) != ANY]


@dataclass(frozen=True)
class Rung:
    """How much evidence is left when some conditions are dropped."""

    case: Case
    dropped: tuple[str, ...]
    n_rows: int
    n_publications: int


@dataclass(frozen=True)
class Advice:
    """What the evidence supports; fields as the columns of the view `advice`."""

    best_supported: str
    advice: str
    strength: str
    weakened_by: str
    would_change: str
    gap: PooledGap
    n_others: int


def fits(rows: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Rows of `advice_rows` that meet every condition; what isn't recorded doesn't meet one."""
    keep = pd.Series(True, index=rows.index)
    if case.organism != ANY:
        keep &= rows["organism"].map(lambda cell: case.organism in species(cell))
    if case.labels != ANY:
        low, high = LABELS[case.labels]
        n = rows["n_train"].astype(float)
        keep &= (n >= low) & (n < high)
    if case.machine in MACHINES:
        keep &= rows["gigabytes"].astype(float) <= MACHINES[case.machine]
    if case.protocol != ANY:
        keep &= (rows["protocol"] == "zero_shot") == (case.protocol == "zero_shot")
    if case.licence != ANY:
        keep &= rows["commercial"] == "allowed"
    return rows[keep]


def where(domain: str, case: Case) -> str:
    """The same rows as `fits` for a reader's own SQL: conditions on `advice_rows`."""
    parts = [f"domain = {quoted(domain)}"]
    if case.organism != ANY:
        parts.append(f"list_contains(string_split(organism, '; '), {quoted(case.organism)})")
    if case.labels != ANY:
        low, high = LABELS[case.labels]
        parts.append(f"n_train >= {low:.0f}")
        if high != float("inf"):
            parts.append(f"n_train < {high:.0f}")
    if case.machine in MACHINES:
        parts.append(f"gigabytes <= {MACHINES[case.machine]:g}")
    if case.protocol != ANY:
        parts.append(f"protocol {'=' if case.protocol == 'zero_shot' else '<>'} 'zero_shot'")
    if case.licence != ANY:
        parts.append("commercial = 'allowed'")
    return "\n    AND ".join(parts)


def species(cell: object) -> list[str]:
    """The organisms of one task, as the view writes them."""
    return [part.strip() for part in str(cell or "").split(";") if part.strip()]


def ladder(rows: pd.DataFrame, case: Case) -> list[Rung]:
    """The case itself, then wider ones, to the whole domain; rungs that add no row are left out."""
    rungs: list[Rung] = []
    dropped: tuple[str, ...] = ()
    for name in (None, *(n for n in DROPPED_FIRST if n in case.conditions())):
        if name is not None:
            case, dropped = replace(case, **{name: ANY}), (*dropped, name)
        left = _decisive(fits(rows, case))
        rung = Rung(case, dropped, len(left), left["work"].nunique())
        if rungs and rung.n_rows == rungs[-1].n_rows:
            continue
        rungs.append(rung)
    return rungs


def basis(rungs: list[Rung]) -> Rung:
    """The narrowest rung on which the house pools; the widest where there is none."""
    return next((r for r in rungs if r.n_publications >= ENOUGH), rungs[-1])


def _decisive(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["against"] == "any_comparator") & rows["skill_difference"].notna()]


def against_each(rows: pd.DataFrame) -> dict[str, PooledGap]:
    """Pooled difference in skill to the best comparator of each kind."""
    return {
        kind: pool(one_each(rows[rows["against"] == kind], "skill_difference", "variance_skill"))
        for kind in ("any_comparator", *KINDS)
    }


def strongest(gaps: dict[str, PooledGap]) -> str | None:
    """The kind that models lag behind most; one that five publications tested goes before others."""
    known = [
        (g.n_publications < ENOUGH, g.estimate, kind)
        for kind, g in gaps.items()
        if kind in KINDS and g.estimate is not None
    ]
    return min(known)[2] if known else None


def advise(rows: pd.DataFrame, gaps: dict[str, PooledGap], indirect: bool = False) -> Advice:
    """Advice on the rows that fit; `indirect` where conditions had to be dropped to get them."""
    gap = gaps["any_comparator"]
    decisive = _decisive(rows)
    outside = decisive[decisive["relation"].isin(("rival", "independent"))]["work"].nunique()
    few = gap.n_publications < ENOUGH
    ci_low, ci_high = gap.ci_low, gap.ci_high
    open_sign = (
        ci_low is not None and ci_high is not None and ci_low <= 0 <= ci_high
        and (ci_low < -NEGLIGIBLE or ci_high > NEGLIGIBLE)
    )  # fmt: skip
    disagree = (
        gap.pi_low is not None and gap.pi_high is not None
        and gap.pi_low < -NEGLIGIBLE and gap.pi_high > NEGLIGIBLE
    )  # fmt: skip
    insiders = outside < ENOUGH
    best = _best_supported(gap, strongest(gaps))
    steps = max(4 - 2 * few - open_sign - disagree - insiders - indirect, 1)
    weak = [
        (few and gap.estimate is not None, "fewer than five publications"),
        (open_sign, "an interval that leaves the sign open"),
        (disagree, "publications that disagree"),
        (insiders and gap.estimate is not None,
         "fewer than five publications of others than the models' authors"),
        (indirect, "evidence on a wider case than yours"),
    ]  # fmt: skip
    return Advice(
        best, SENTENCES.get(best, LAG.format(best.replace("_", " "))),
        "none" if gap.estimate is None else STRENGTHS[steps - 1],
        "; ".join(text for true, text in weak if true), _would_change(best, gap), gap, outside,
    )  # fmt: skip


SENTENCES = {
    "no_evidence": "No table holds a foundation model beside a baseline or a tool: run one.",
    "foundation_model": "A foundation model, checked against the best baseline or tool on your own data.",
    "no_clear_difference": "Begin with the cheapest that you can run; a foundation model is no clear gain.",
}  # fmt: skip
LAG = "Begin with a {}; foundation models lag behind the best of what stands beside them."


def _best_supported(gap: PooledGap, comparator: str | None) -> str:
    if gap.estimate is None:
        return "no_evidence"
    ahead = gap.ci_low > 0 if gap.ci_low is not None else gap.estimate > NEGLIGIBLE
    behind = gap.ci_high < 0 if gap.ci_high is not None else gap.estimate < -NEGLIGIBLE
    if ahead:
        return "foundation_model"
    return (comparator or "any_comparator") if behind else "no_clear_difference"


def _would_change(best: str, gap: PooledGap) -> str:
    if gap.estimate is None:
        return "any table with a foundation model beside a baseline or a tool"
    if gap.n_publications < ENOUGH:
        left = ENOUGH - gap.n_publications
        return f"{left} more publication{'s' * (left > 1)} with a baseline or a tool beside a model"
    if best == "foundation_model":
        return _better("baselines and tools", gap.estimate)
    if best == "no_clear_difference":
        return f"an interval, now {gap.ci_low:+.3f} to {gap.ci_high:+.3f}, that leaves zero"
    return _better("models", -gap.estimate)


def _better(who: str, by: float) -> str:
    return f"new publications in which {who} do better by {by:.3f} in skill than in those so far"
