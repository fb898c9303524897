"""One look for all charts: colour-blind safe, readable on light and dark ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

# Okabe and Ito's palette, which stays apart under the common colour-vision deficiencies
BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, GREY = "#56B4E9", "#CC79A7", "#F0E442", "#7F8C99"
# the one grey that stands out 4.3 to 1 from white and from the app's dark ground alike: for words
TEXT = "#747A81"

VERDICTS = {
    "supported": GREEN,
    "overstated": ORANGE,
    "contradicted": VERMILION,
    "untested": GREY,
}

SIGNS = {
    "supported": "✓", "holds": "✓", "overstated": "≈", "holds_in_part": "≈", "contradicted": "✗",
    "does_not_hold": "✗", "untested": "·", "insufficient_evidence": "·",
}  # fmt: skip
"""Verdicts have a sign as well as a colour, so that nobody needs to tell colours apart."""

EVIDENCE = {"everyone": BLUE, "authors": ORANGE, "others": GREEN}

WORDS = {
    "simple_baseline": "best simple baseline",
    "kmer_linear": "best k-mer or composition model",
    "neural_from_scratch": "best network trained from scratch",
    "specialist": "best specialist tool",
    "random_init": "same network without pretraining",
    "any_comparator": "best comparator of any sort",
    "others_report": "others' value for the same model",
    "everyone": "everyone",
    "authors": "the models' authors",
    "others": "everyone but the authors",
    "dna": "DNA",
    "rna": "RNA",
    "single_cell_rna": "single-cell RNA",
    "single_cell_atac": "single-cell ATAC",
    "rna_structure": "RNA structure",
    "rna_function": "RNA function",
    "structure_3d": "3D structure",
    "tf_binding": "TF binding",
    "grn": "gene regulatory networks",
    "zero_shot": "zero-shot",
    "fine_tune": "fine-tuned",
    "fine_tune_peft": "fine-tuned, few parameters",
    "masked_lm": "masked LM",
    "causal_lm": "causal LM",
    "bpe": "BPE",
    "kmer_overlapping": "overlapping k-mers",
    "kmer_nonoverlapping": "non-overlapping k-mers",
    "mlp": "MLP",
}
"""Vocabulary words as people read them."""


def in_words(word: str) -> str:
    """A vocabulary word as people read it."""
    return WORDS.get(word, word.replace("_", " "))


METRICS = {
    "pearson": "Pearson", "spearman": "Spearman", "kendall": "Kendall", "cohens": "Cohen's", "css": "compensation sensitivity",
    "scr": "scramble control ratio", "r2": "R²", "f1": "F1", "scib": "scIB", "scgraph": "scGraph", "logfc": "log fold change",
    "clisi": "cLISI", "ilisi": "iLISI", "kbet": "kBET", "de": "DE", "tf": "TF", "pca": "PCA", "top1": "top-1", "top5": "top-5",
}  # fmt: skip
SHORT = {
    "auroc",
    "auprc",
    "auspc",
    "mcc",
    "ari",
    "nmi",
    "ami",
    "asw",
    "mse",
    "rmse",
    "mae",
    "bras",
}
"""Metrics that everybody calls by their initials."""


def metric_in_words(metric: str) -> str:
    """A metric's id as people write it: `auroc-within-group` is `AUROC within group`."""
    return " ".join(
        word.upper() if word in SHORT else METRICS.get(word, word) for word in metric.split("-")
    )


def in_words_each(cell: str | None) -> str:
    """A comma-separated list of vocabulary words as people read them."""
    return ", ".join(in_words(word) for word in (cell or "").split(", ") if word)


def title(text: str, *subtitle: str) -> Any:
    """A chart title that states the message, with n and source below it."""
    return alt.Title(
        text, subtitle=list(subtitle), anchor="start", fontSize=15, subtitleFontSize=12,
        subtitleColor=TEXT, offset=12,
    )  # fmt: skip


def described(chart: Any, description: str) -> Any:
    """The chart with a text alternative for screen readers, and the common configuration.

    Set, not given to `properties` and `configure_...`: these copy and validate the chart each time, which
    took half of the time of drawing it. The whole is validated when it becomes a dict.
    """
    chart.description = description
    chart.config = alt.Config(
        view=alt.ViewConfig(strokeWidth=0),
        axis=alt.AxisConfig(grid=True, gridOpacity=0.35, domainOpacity=0.6, labelLimit=260),
        # two to a line: a phone cuts off what doesn't fit beside each other; full ink, though points are pale
        legend=alt.LegendConfig(
            orient="top", title=None, labelLimit=260, columns=2, columnPadding=22, symbolOpacity=1
        ),
    )
    return chart


def layered(
    layers: Sequence[Any], message: str, subtitle: str, spoken: str, height: Any,
    width: int | str | alt.Step = "container",
) -> Any:  # fmt: skip
    """Layers as one chart: message and notes above them, `spoken` after the message as text alternative."""
    chart = alt.layer(*layers, title=title(message, subtitle), height=height, width=width)
    return described(chart, f"{message}. {spoken}")


def names_above(up: float = 1, at: float = 0.5) -> Any:
    """An axis whose names stand above their lines, not beside: a phone has no room for both.

    `up`: px above the place `at` of a line's height, 0 its top. An axis and no text of our own, so that
    the app writes the names in the ink of its theme.
    """
    return alt.Axis(
        labelAlign="left", labelBaseline="bottom", labelOffset=-up, labelPadding=0, labelLimit=0,
        labelOverlap=False, labelFontSize=12, ticks=False, domain=False, grid=False, zindex=1, bandPosition=at,
    )  # fmt: skip


def signed_axis(**options: Any) -> Any:
    """An axis of differences: signs on both sides of a plain zero."""
    return alt.Axis(
        labelExpr="datum.value == 0 ? '0' : format(datum.value, '+.3~f')", tickCount=7, **options
    )


def size_axis(**options: Any) -> Any:
    """A logarithmic axis of parameters: one label a decade, in K, M and B."""
    named = "replace(replace(format(datum.value, '~s'), 'G', 'B'), 'k', 'K')"
    return alt.Axis(values=[10**power for power in range(3, 14)], labelExpr=named, **options)
