"""What every column is called on screen, with its unit and its number format: one list for all pages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis.charts.style import in_words, in_words_each, metric_in_words

TEXT = {
    "says": ("claim", "large"), "statement": ("statement", "large"), "summary": ("in a sentence", "large"),
    "title": ("title", "large"), "what": ("what", "large"), "note": ("note", "medium"),
    "method": ("method", 170), "method_name": ("method", 170), "model_name": ("model", 170),
    "variant": ("variant", 170), "variant_name": ("variant", 190), "rival": ("rival", 170),
    "comparator": ("compared with", 240), "method_kind": ("sort of method", None), "kind": ("sort", None),
    "task": ("task", None), "audit": ("audit of its data", None), "task_name": ("task, in words", None), "metric": ("metric", None),
    "benchmark": ("suite", None), "dataset": ("dataset", None), "domain": ("kind of task", None),
    "value_printed": ("as printed", "small"), "configuration": ("how it was run", "medium"),
    "protocol": ("protocol", None), "split": ("part of the data", None), "setting": ("conditions", "medium"),
    "relation": ("who measured", None), "evidence_level": ("evidence level", None),
    "publication": ("publication", None), "self_publication": ("authors' publication", None),
    "other_publication": ("others' publication", None), "citekey": ("publication", None),
    "locator": ("place in the source", "medium"), "file": ("catalog file", "medium"),
    "result": ("row", None), "comparator_result": ("row of what it is compared with", None),
    "rival_result": ("row of the rival", None), "self_result": ("row of the authors", None),
    "other_result": ("row of the others", None), "evaluation": ("table", None),
    "own_verdict": ("authors' evidence", None), "others_verdict": ("others' evidence", None),
    "verdict": ("verdict", None), "side": ("whose evidence", None), "criterion": ("criterion", "large"),
    "category": ("sort of claim", None), "modality": ("reads", 130), "architecture": ("architecture", None),
    "tokenizer": ("tokens", 170), "licence": ("licence", None), "released": ("released", None),
    "entity": ("of", None), "field": ("fact", None), "state": ("state", None), "read": ("how it was read", None),
    "second_reading": ("second reading", None), "status": ("state", None), "flags": ("marks", None),
    "huggingface": ("on Hugging Face", None), "corpora": ("pretraining data", None), "objective": ("objective", None),
    "evidence": ("evidence", "medium"), "action": ("what we do", None), "tried": ("tried so far", "large"),
    "would_decide": ("would decide", None), "first_author": ("first author", 120), "venue": ("venue", "medium"),
    "role": ("role here", None), "quoted_from": ("quoted from", None), "origin": ("origin", None),
    "compute": ("compute", "medium"), "repository": ("repository", None), "path": ("path", None),
    "finding": ("finding", "small"), "topic": ("group", None), "reason": ("why not", "large"),
    "reported_by": ("rival's paper", None), "nearer_to_third": ("others come nearer to", None),
    "self_split": ("authors' data", None), "other_split": ("rival's data", None),
    "own_result": ("row of the authors", None),
    "organism": ("organism", None), "commercial": ("commercial use", None),
    "label": ("stratum", None), "message": ("remark", "large"), "family": ("family", None),
}  # fmt: skip

NUMBERS = {
    "rival_value": ("rival's value", "%.4g"), "own_value": ("authors' value", "%.4g"),
    "third_value": ("independents' median", "%.4g"), "n_third": ("independents", "localized"),
    "rank": ("rank", "localized"), "rank_low": ("rank at best", "localized"),
    "rank_high": ("rank at worst", "localized"), "n_rows": ("rows", "localized"),
    "value": ("value", "%.4g"), "self_value": ("authors' value", "%.4g"), "other_value": ("others' value", "%.4g"),
    "comparator_value": ("its value", "%.4g"),
    "difference": ("difference, metric points", "%+.4f"), "skill_difference": ("difference, skill", "%+.3f"),
    "points": ("difference, metric points", "%+.4f"), "skill": ("difference, skill", "%+.3f"),
    "effect": ("effect", "%+.3f"), "estimate": ("estimate", "%+.3f"),
    "ci_low": ("95% from", "%+.3f"), "ci_high": ("95% to", "%+.3f"),
    "pi_low": ("new source from", "%+.3f"), "pi_high": ("new source to", "%+.3f"),
    "share_positive": ("share ahead", "percent"), "parameters": ("parameters", "compact"),
    "context_tokens": ("context, tokens", "compact"), "context_bp": ("context, bp", "compact"),
    "context_genes": ("context, genes", "compact"), "species_count": ("species", "localized"),
    "cells": ("cells", "compact"), "training_tokens": ("training tokens", "compact"),
    "year": ("year", "%d"), "release_year": ("year", "%d"), "n_results_model": ("results", "localized"),
    "n_results": ("results", "localized"), "n_own": ("rows, authors", "localized"),
    "n_others": ("rows, others", "localized"), "n_comparators": ("chosen from", "localized"),
    "results": ("results", "localized"), "publications": ("publications", "localized"),
    "tasks": ("tasks", "localized"), "claims": ("claims", "localized"), "k": ("differences", "localized"),
    "n_datasets": ("datasets", "localized"), "n_publications": ("publications", "localized"),
    "n_runs": ("runs", "localized"), "cells_shared": ("cells in common", "localized"),
    "uncertainty": ("uncertainty, as printed", "%.3g"), "row": ("row", "%d"),
    "n_train": ("training labels", "localized"), "gigabytes": ("weights, GB", "%.2g"),
    "n": ("n", "localized"), "tables": ("tables", "localized"), "reread": ("rows read twice", "percent"),
}  # fmt: skip

HELP = {
    "audit": "copies, leaks and shortcuts in the task's files: see Run it yourself",
    "skill": "0 at chance, 1 when perfect", "skill_difference": "0 at chance, 1 when perfect",
    "relation": "derived from authorship: self, affiliated (shares an author), rival, independent",
    "pi_low": "95% prediction interval: where the next publication may fall",
    "setting": "conditions that all methods of the cell share",
    "result": "table and row in the catalog",
    "unit": "what the effect is counted in: metric points, skill, or net wins (share won minus share lost)",
    "metric": "the table metric, on the SQL page, has each with its whole name, range and chance level",
    "locator": "where in the source the number stands",
}  # fmt: skip

WORDED = {
    "relation", "protocol", "split", "evidence_level", "side", "category", "domain", "architecture",
    "tokenizer", "method_kind", "kind", "state", "read", "second_reading", "field", "action",
    "status", "role", "origin", "read_how", "modality", "criterion", "label",
    "commercial",
}  # fmt: skip
"""Columns that hold words of a vocabulary: shown without underscores."""

RELATIONS = {
    "self": "the authors", "affiliated": "shares an author", "rival": "authors of a rival",
    "independent": "independent",
}  # fmt: skip
SIDES = {"own": "the authors'", "others": "everyone else's"}
VERDICT_MARKS = {
    "supported": "✓ supported", "overstated": "≈ overstated", "contradicted": "✗ contradicted",
    "untested": "· untested", "holds": "✓ holds", "holds_in_part": "≈ holds in part",
    "does_not_hold": "✗ does not hold", "insufficient_evidence": "· insufficient evidence",
}  # fmt: skip
"""Verdicts have a sign as well as a colour, so that nobody needs to tell colours apart."""

SHARES = {"ahead", "positive_share", "turn"}
"""Shares that a page shows as percentages under a name of its own."""

VERDICT_COLUMNS = {
    "verdict",
    "own_verdict",
    "others_verdict",
    "authors' evidence",
    "others' evidence",
}


METRIC_COLUMNS = {"metric", "score_metric", "look_up_metric"}

UNKNOWN = {
    "not_reported": "not reported", "not_applicable": "not applicable", "not_checked": "not checked",
}  # fmt: skip


def worded(column: str, cell: Any) -> Any:
    """A cell as people read it."""
    if not isinstance(cell, str):
        return cell
    if column in VERDICT_COLUMNS:
        return VERDICT_MARKS.get(cell, cell)
    if column in ("kind", "method_kind"):  # a thing is what it is, not the best of its sort
        return in_words(cell).removeprefix("best ")
    if column in METRIC_COLUMNS:
        return metric_in_words(cell)
    if column == "relation":
        return RELATIONS.get(cell, in_words(cell))
    if column == "side":
        return SIDES.get(cell, cell)
    return in_words_each(cell)


def readable(data: pd.DataFrame) -> pd.DataFrame:
    """The rows with vocabulary words as people read them; addresses of sources become links."""
    shown = data.copy(deep=False)
    for column in map(str, shown.columns):
        if pd.api.types.is_numeric_dtype(shown[column]):
            if NUMBERS.get(column, ("", ""))[1] == "percent" or column in SHARES:
                # Streamlit writes two decimals of a percentage, which no share here deserves
                shown[column] = shown[column].astype(float).round(2)
            continue
        cells = list(shown[column].to_numpy(dtype=object))
        if any(map(_is_list, cells)):
            shown[column] = [
                ", ".join(in_words(str(each)) for each in cell) if _is_list(cell) else cell
                for cell in cells
            ]
            continue
        if column == "doi":
            shown[column] = [
                f"https://doi.org/{cell}" if isinstance(cell, str) and cell else None
                for cell in cells
            ]
            continue
        there = {cell for cell in cells if isinstance(cell, str)}
        if column in WORDED or column in VERDICT_COLUMNS or column in METRIC_COLUMNS:
            said = {cell: worded(column, cell) for cell in there}
        else:
            said = {cell: UNKNOWN[cell] for cell in there & UNKNOWN.keys()}
        if said:
            shown[column] = [said.get(cell, cell) if isinstance(cell, str) else cell for cell in cells]  # fmt: skip
    return shown


def _is_list(cell: Any) -> bool:
    return isinstance(cell, list | tuple | np.ndarray)


def configured(data: pd.DataFrame, given: dict[str, Any] | None = None) -> dict[str, Any]:
    """Streamlit's column settings for the columns at hand; those given win."""
    settings: dict[str, Any] = {}
    for column in map(str, data.columns):
        if column in TEXT:
            label, width = TEXT[column]
            settings[column] = st.column_config.TextColumn(
                label, width=width, help=HELP.get(column)
            )
        elif column in NUMBERS:
            label, form = NUMBERS[column]
            # a value may be a word, as facts of models are: as a number it would be drawn as a fault
            settings[column] = (
                st.column_config.NumberColumn(label, format=form, help=HELP.get(column))
                if pd.api.types.is_numeric_dtype(data[column])
                else st.column_config.TextColumn(label, help=HELP.get(column))
            )
        elif column == "doi":
            settings[column] = st.column_config.LinkColumn(
                "source", display_text=r"https://doi\.org/(.*)", help="opens the publication"
            )
        elif column in ("code", "weights", "url"):
            settings[column] = st.column_config.LinkColumn(column)
    return {**settings, **(given or {})}
