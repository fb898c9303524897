"""Each kind of predicate in plain English: what is tested, against what, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from analysis.charts.style import in_words

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


def in_english(predicate: Mapping[str, Any], methods: Sequence[str], names: Names) -> str:
    """One or two sentences that say what the predicate tests.

    `methods` are those of the claim, which are meant where the predicate names no subject;
    `names` gives each method's and variant's name. Raises KeyError for an unknown kind.
    """
    who = _methods(predicate.get("subject") or {}, names) or _listed(
        [names.get(m, m) for m in methods]
    )
    sentence = _SENTENCES[str(predicate["kind"])](predicate, who or "foundation models", names)
    where = _scope(predicate.get("scope") or {})
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
    without = [names.get(m, m) for m in (selector.get("not_methods") or [])]
    text = _listed(chosen)
    return f"{text} (but not {_listed(without)})" if text and without else text


def _scope(scope: Mapping[str, Any]) -> str:
    parts = []
    for key, lead in (
        ("benchmarks", "suites"), ("tasks", "tasks"), ("domains", "domains"), ("metrics", "metrics"),
        ("protocols", "protocols"), ("splits", "parts of the data"), ("organisms", "organisms"),
        ("evaluations", "tables"), ("settings", "conditions"),
    ):  # fmt: skip
        values = [in_words(str(v)) for v in (scope.get(key) or [])]
        if values:
            more = f" and {len(values) - 6} more" if len(values) > 6 else ""
            parts.append(f"{lead} {', '.join(values[:6])}{more}")
    return "; ".join(parts)


def _margin(predicate: Mapping[str, Any]) -> str:
    margin = float(predicate.get("margin") or 0.0)
    return f" by more than {margin:g}" if margin else ""


def _against(predicate: Mapping[str, Any], names: Names) -> str:
    if predicate.get("against") == "chance":
        return "chance"
    rivals = _methods(predicate.get("rivals") or {}, names) or "every other method"
    return f"the best of {rivals}"


def _outperforms(p: Mapping[str, Any], who: str, names: Names) -> str:
    return (
        f"{who} against {_against(p, names)} in the same table, task, metric and conditions: "
        f"pooled over publications, the difference must be above zero{_margin(p)}."
    )


def _matches(p: Mapping[str, Any], who: str, names: Names) -> str:
    return (
        f"{who} against {_against(p, names)} in the same cell: "
        f"it may be worse by {float(p['margin']):g} at most."
    )


def _no_better(p: Mapping[str, Any], who: str, names: Names) -> str:
    return (
        f"{who} against {_against(p, names)} in the same cell: the pooled difference must not lie "
        f"above zero{_margin(p)}. The claim is a criticism, so it holds when the model isn't ahead."
    )


def _wins(p: Mapping[str, Any], who: str, names: Names) -> str:
    ties = {"win": "a win", "half": "half a win", "loss": "a loss"}[str(p.get("ties", "loss"))]
    return (
        f"{who} must beat {_against(p, names)} on {p['wins']} of {p['of']} tasks, or on the same "
        f"share of those that the catalog holds. A tie counts as {ties}."
    )


def _zero_shot(p: Mapping[str, Any], who: str, names: Names) -> str:
    return f"{who}, without any label of the task, must score above {_against(p, names)}."


def _context(p: Mapping[str, Any], who: str, names: Names) -> str:
    short, long = p.get("short_bp"), p.get("long_bp")
    span = f": {int(long):,} bp against {int(short):,} bp" if short and long else ""
    return f"{who} must score better with longer input than with shorter{span}{_margin(p)}."


def _across(p: Mapping[str, Any], who: str, names: Names) -> str:
    return f"On {NEW[str(p['over'])]} that were kept out of training, {who} must score above {_against(p, names)}."


def _transfers(p: Mapping[str, Any], who: str, names: Names) -> str:
    return f"On tasks foreign to its training, {who} must score above {_against(p, names)}."


def _cheaper(p: Mapping[str, Any], who: str, names: Names) -> str:
    factor = float(p.get("factor") or 1)
    times = f"at least {factor:g} times fewer" if factor != 1 else "no more"
    return (
        f"{who} must need {times} {COSTS[str(p['cost'])]} than {_against(p, names)}, and be worse "
        f"by {float(p.get('margin') or 0):g} at most."
    )


def _pretraining(p: Mapping[str, Any], who: str, names: Names) -> str:
    return f"{who} must beat the same network with random weights{_margin(p)}."


def _fine_tuning(p: Mapping[str, Any], who: str, names: Names) -> str:
    return f"{who} must score better fine-tuned than frozen or zero-shot{_margin(p)}."


def _larger(p: Mapping[str, Any], who: str, names: Names) -> str:
    return f"Of two sizes of {who} in the same cell, the larger must score better{_margin(p)}."


def _attribute(p: Mapping[str, Any], who: str, names: Names) -> str:
    of = names.get(str(p["variant"]), str(p["variant"])) if p.get("variant") else who
    parts = []
    if p.get("at_least") is not None:
        parts.append(f"at least {float(p['at_least']):,.15g}")
    if p.get("at_most") is not None:
        parts.append(f"at most {float(p['at_most']):,.15g}")
    if p.get("equals") is not None:
        parts.append(f"equal to {in_words(str(p['equals']))}")
    return (
        f"A recorded fact, not a score: {in_words(str(p['field']))} of {of} must be "
        f"{' and '.join(parts)}."
    )


def _reproduces(p: Mapping[str, Any], who: str, names: Names) -> str:
    return f"Others' values for {who} must lie within {float(p['margin']):g} of the authors' own."


_SENTENCES: dict[str, Callable[[Mapping[str, Any], str, Names], str]] = {
    "outperforms": _outperforms, "matches": _matches, "no_better_than": _no_better,
    "wins_at_least": _wins, "works_zero_shot": _zero_shot, "uses_context": _context,
    "generalises_across": _across, "transfers_to": _transfers, "cheaper_at_equal_skill": _cheaper,
    "pretraining_helps": _pretraining, "fine_tuning_helps": _fine_tuning,
    "larger_is_better": _larger, "has_attribute": _attribute, "reproduces": _reproduces,
}  # fmt: skip

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
