"""Each kind of predicate in plain English: what is tested, against what, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.charts.style import in_words, metric_in_words

Names = Mapping[str, str]

KINDS = {
    "random_init": "the same networks without pretraining", "simple_baseline": "simple baselines",
    "neural_from_scratch": "networks trained from scratch", "specialist": "specialist tools",
    "other_lm": "other language models", "foundation_model": "other foundation models",
    "ensemble": "ensembles", "composite": "quoted best values",
    "control_positive": "positive controls", "control_negative": "negative controls",
}  # fmt: skip
NEW = {
    "species": "species", "cell_types": "cell types", "perturbations": "perturbations",
    "studies": "studies", "sequences": "sequences",
}  # fmt: skip
COSTS = {"parameters": "parameters", "compute": "compute", "runtime": "running time"}


def in_english(
    predicate: Mapping[str, Any], methods: Sequence[str], names: Names, suites: Names | None = None
) -> str:
    """One or two sentences that say what the predicate tests.

    `methods` are those of the claim, which are meant where the predicate names no subject;
    `names` gives each method's and variant's name, `suites` each suite's. Raises KeyError for an unknown kind.
    """
    who = _methods(predicate.get("subject") or {}, names) or _listed(
        [names.get(m, m) for m in methods]
    )
    template = _TEMPLATES[str(predicate["kind"])]
    if predicate.get("every") or predicate.get("two_sided"):
        template = _STRICTER[str(predicate["kind"])]
    sentence = template.format_map(_filled(predicate, who or "foundation models", names))
    where = _scope(predicate.get("scope") or {}, suites or {})
    return sentence + (f" Counted: {where}." if where else " Counted: every row there is.")


def _listed(words: Sequence[str], last: str = "and") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _methods(selector: Mapping[str, Any], names: Names) -> str:
    chosen = [names.get(m, m) for m in (selector.get("methods") or [])]
    variants = [names.get(v, v) for v in (selector.get("variants") or [])]
    if chosen and variants:
        chosen = [f"{_listed(chosen)} ({_listed(variants)})"]
    else:
        chosen += variants
    chosen += [KINDS.get(k, in_words(k)) for k in (selector.get("kinds") or [])]
    chosen += [f"methods of the sort {in_words(s)}" for s in (selector.get("subkinds") or [])]
    for method, ways in (selector.get("configurations") or {}).items():
        run = _listed([in_words(way) for way in ways], "or")
        chosen = [f"{c}, run as {run}," if c == names.get(method, method) else c for c in chosen]
    without = [
        names.get(m, m) for key in ("not_methods", "not_variants") for m in selector.get(key) or []
    ]
    text = _listed(chosen)
    return f"{text} (but not {_listed(without)})" if text and without else text


def _scope(scope: Mapping[str, Any], suites: Names) -> str:
    parts = []
    for key, lead in (
        ("benchmarks", "suites"), ("tasks", "tasks"), ("domains", "domains"), ("metrics", "metrics"),
        ("protocols", "protocols"), ("splits", "part of the data"), ("organisms", "organisms"),
        ("evaluations", "tables"), ("settings", "conditions"),
    ):  # fmt: skip
        said = {"benchmarks": lambda v: suites.get(v, v), "metrics": metric_in_words}.get(
            key, in_words
        )
        values = [said(str(v)) for v in (scope.get(key) or [])]
        if values:
            more = f" and {len(values) - 6} more" if len(values) > 6 else ""
            lead = lead.removesuffix("s") if len(values) == 1 and key != "splits" else lead
            parts.append(f"{lead} {', '.join(values[:6])}{more}")
    if scope.get("means"):
        parts.append("printed means only")
    return "; ".join(parts)


def _margin(predicate: Mapping[str, Any]) -> str:
    margin = float(predicate.get("margin") or 0.0)
    return f" by more than {margin:g}" if margin else ""


def _against(predicate: Mapping[str, Any], names: Names) -> str:
    if predicate.get("against") == "chance":
        return "chance"
    rivals = _methods(predicate.get("rivals") or {}, names) or "every other method"
    return f"the best of {rivals}"


_ROW = "in the same table, task, metric and conditions"
_TEMPLATES = {
    "outperforms": f"{{who}} against {{against}} {_ROW}: pooled over publications, the difference must be "
    "above zero{margin}.",
    "matches": "{who} against {against} in the same cell: it may be worse by {least} at most.",
    "no_better_than": "{who} against {against} in the same cell: the pooled difference must not lie above "
    "zero{margin}. The claim is a criticism, so it holds when the model isn't ahead.",
    "wins_at_least": "{who} must beat {against} on {wins} of {of} tasks, or on the same share of those that "
    "the catalog holds. A tie counts as {tie}.",
    "works_zero_shot": "{who}, without any label of the task, must score above {against}.",
    "uses_context": "{who} must score better with longer input than with shorter{span}{margin}.",
    "generalises_across": "On {new} that were kept out of training, {who} must score above {against}.",
    "transfers_to": "On tasks foreign to its training, {who} must score above {against}.",
    "cheaper_at_equal_skill": "{who} must need {times} {cost} than {against}, and be worse by {least} at most.",
    "pretraining_helps": "{who} must beat the same network with random weights{margin}.",
    "fine_tuning_helps": "{who} must score better fine-tuned than frozen or zero-shot{margin}.",
    "larger_is_better": "Of two sizes of {who} in the same cell, the larger must score better{margin}.",
    "has_attribute": "A recorded fact, not a score: {field} of {of_what} must be {bounds}.",
    "reproduces": "Others' values for {who} must lie within {least} of the authors' own.",
}
"""What each kind tests; in braces what `_filled` says of one predicate."""
_STRICTER = {
    "matches": "{who} against {against} in the same cell: it may be neither worse nor better by more "
    "than {least}.",
    "wins_at_least": "{who} must beat {against} in every row, whatever its metric. A tie counts as "
    "{tie}.",
}
"""The same where it is two-sided, or asked of every row."""


def _filled(p: Mapping[str, Any], who: str, names: Names) -> dict[str, str]:
    short, long, factor = p.get("short_bp"), p.get("long_bp"), float(p.get("factor") or 1)
    ties = {"win": "a win", "half": "half a win", "loss": "a loss"}
    return {
        "who": who, "against": _against(p, names), "margin": _margin(p),
        "least": f"{float(p.get('margin') or 0):g}", "wins": str(p.get("wins")), "of": str(p.get("of")),
        "tie": ties[str(p.get("ties", "loss"))], "new": NEW.get(str(p.get("over")), ""),
        "span": f": {int(long):,} bp against {int(short):,} bp" if short and long else "",
        "times": f"at least {factor:g} times fewer" if factor != 1 else "no more",
        "cost": COSTS.get(str(p.get("cost")), ""), "field": in_words(str(p.get("field"))),
        "of_what": names.get(str(p["variant"]), str(p["variant"])) if p.get("variant") else who,
        "bounds": _bounds(p),
    }  # fmt: skip


def _bounds(p: Mapping[str, Any]) -> str:
    parts = []
    if p.get("at_least") is not None:
        parts.append(f"at least {float(p['at_least']):,.15g}")
    if p.get("at_most") is not None:
        parts.append(f"at most {float(p['at_most']):,.15g}")
    if p.get("equals") is not None:
        parts.append(f"equal to {in_words(str(p['equals']))}")
    return " and ".join(parts)


CRITERIA = {
    "main": "The rule as it stands",
    "direction": "Only the direction: is the estimate on the claimed side?",
    "one_point": "With one metric point to spare",
    "median_rival": "Against the median rival instead of the best",
    "peer_reviewed": "Peer-reviewed sources only",
    "clean": "Without rows under suspicion of leakage",
    "leave_one_out": "Leaving out each publication in turn: the worst verdict",
}

ROBUSTNESS = {
    "robust": "Robust: every criterion below that can be applied says the same, on two publications "
    "or more.",
    "within_one_study": "Every criterion below that can be applied says the same, but one publication "
    "is all there is: another may find otherwise.",
    "not_robust": "Not robust: under another criterion below the verdict is another.",
}
