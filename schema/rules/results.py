"""Result rows: known columns, words and names, and nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

import pandas as pd

from schema.catalog import Catalog
from schema.problems import Problem, shown
from schema.records.evaluation import COLUMNS, OPTIONAL_COLUMNS
from schema.refusals import did_you_mean
from schema.rules.registry import at_cells, rule
from schema.vocabularies import (
    Flag,
    Origin,
    Protocol,
    Split,
    Status,
    UncertaintyKind,
    UncertaintyOver,
    Unit,
    Unknown,
)

_WORDS: dict[str, type[StrEnum]] = {
    "split": Split,
    "protocol": Protocol,
    "unit": Unit,
    "uncertainty_kind": UncertaintyKind,
    "uncertainty_over": UncertaintyOver,
    "status": Status,
    "origin": Origin,
}


@rule("E110")
def cells_are_filled(catalog: Catalog) -> Iterator[Problem]:
    """A cell that must say something isn't empty, unless the header's defaults say it.

    Bad: an empty `split` without `defaults: {split: test}` in the header.
    Good: `test`, or not_reported where the source doesn't say.
    """
    rows = catalog.rows()
    whole = Counter(rows["file"]) if len(rows) else Counter()
    remedy = "fill it in, or give it under `defaults:` of the header"
    for column in COLUMNS if len(rows) else ():
        if column in OPTIONAL_COLUMNS:
            continue
        empty = rows[column] == ""
        if column == "value":
            empty &= rows["status"] != Status.failed
        gaps = rows[empty]
        lost = [str(file) for file, n in Counter(gaps["file"]).items() if n == whole[file] > 1]
        for file in lost:  # a column that isn't there is one slip, however many rows there are
            yield Problem(file, 1, 1, "E110", column, f"nothing in any of {whole[file]} rows",
                          f"a column '{column}'", remedy)  # fmt: skip
        one_by_one = gaps[~gaps["file"].isin(lost)]
        yield from at_cells(
            catalog, one_by_one, column, "E110", lambda row: ("an empty cell", "a value", remedy)
        )


@rule("E111")
def words_are_known(catalog: Catalog) -> Iterator[Problem]:
    """Split, protocol, unit, status, origin, flags and kinds of uncertainty come from the vocabulary.

    Bad: `finetune`.
    Good: `fine_tune`.
    """
    rows = catalog.rows()
    for column, words in _WORDS.items() if len(rows) else ():
        known = [each.value for each in words]
        bad = rows[~rows[column].isin([*known, ""])]

        def say(
            row: pd.Series, column: str = column, known: list[str] = known
        ) -> tuple[str, str, str]:
            word = str(row[column])
            return (
                shown(word),
                "one of " + ", ".join(known),
                did_you_mean(word, known) or "choose one of them",
            )

        yield from at_cells(catalog, bad, column, "E111", say)
    if len(rows):
        known = [each.value for each in Flag]
        wrong = rows["flags"].str.split().map(lambda flags: [f for f in flags if f not in known])
        bad = rows.assign(wrong=wrong)[wrong.map(len) > 0]
        yield from at_cells(catalog, bad, "flags", "E111", lambda row: (
            shown(row["wrong"][0]), "flags out of " + ", ".join(known),
            did_you_mean(row["wrong"][0], known) or "choose among them"))  # fmt: skip


@rule("E112")
def names_are_in_the_catalog(catalog: Catalog) -> Iterator[Problem]:
    """Method, variant, task, metric and quoted publication are entries of the catalog.

    Bad: `DNABERT2` under method.
    Good: `dnabert-2`.
    """
    rows = catalog.rows()
    if not len(rows):
        return
    given = catalog.names
    known = {
        "method": given.scored,
        "task": given.tasks,
        "metric": given.metrics,
        "quoted_from": [*given.publications, Unknown.not_reported.value],
    }
    for column, names in known.items():
        bad = rows[~rows[column].isin([*names, ""])]

        def say(
            row: pd.Series, column: str = column, names: list[str] = names
        ) -> tuple[str, str, str]:
            word = str(row[column])
            return (
                f"{shown(word)}, which isn't in the catalog",
                f"a {column.replace('_', ' ')} of the catalog",
                did_you_mean(word, names) or "add its entry first, or correct the name",
            )

        yield from at_cells(catalog, bad, column, "E112", say)
    variants = {name: set(ids) for name, ids in given.variants.items()}
    unknown = {Unknown.not_reported.value, Unknown.not_applicable.value}
    pairs = rows[["method", "variant"]].drop_duplicates()
    wrong = pairs[
        [
            method in known["method"]
            and variant not in unknown
            and variant not in variants.get(method, set())
            for method, variant in zip(pairs["method"], pairs["variant"], strict=True)
        ]
    ]
    bad = rows.merge(wrong, on=["method", "variant"])
    yield from at_cells(catalog, bad, "variant", "E112", lambda row: (
        f"{shown(row['variant'])}, which isn't a variant of {row['method']}", "one of its variants",
        did_you_mean(str(row["variant"]), sorted(variants.get(str(row["method"]), set())))
        or "add the variant to the model's file, or write not_reported"))  # fmt: skip


CELL = ("evaluation", "task", "metric", "split", "protocol", "setting", "input_bp", "n_train")
"""Results that share these were got under the same conditions."""


@rule("E113")
def results_stand_once(catalog: Catalog) -> Iterator[Problem]:
    """A table gives one value for one method under one set of conditions.

    Bad: two rows for the same method, configuration, task, metric, split, protocol and setting.
    Good: the difference between them written under `configuration` or `setting`, or the second
    one flagged `duplicate`.
    """
    rows = catalog.rows()
    if not len(rows):
        return
    keys = [*CELL, "method", "variant", "configuration"]
    counted = rows[(rows["status"] == Status.ok) & ~rows["flags"].str.contains("duplicate")]
    again = counted[counted.duplicated(keys, keep="first")]
    firsts = counted.drop_duplicates(keys)[[*keys, "line"]].rename(columns={"line": "first_line"})
    yield from at_cells(catalog, again.merge(firsts, on=keys), "method", "E113", lambda row: (
        f"the same conditions as on line {row['first_line']}", "one value for them",
        "say what differs under configuration or setting, or flag it duplicate"))  # fmt: skip
    twice = rows[rows.duplicated(["evaluation", "row"], keep="first")]
    yield from at_cells(catalog, twice, "row", "E113", lambda row: (
        f"the row number {row['row']} a second time", "each number once", "number the row anew"))  # fmt: skip


@rule("E114")
def models_come_with_their_weights(catalog: Catalog) -> Iterator[Problem]:
    """A foundation model's score is one of its pretrained weights, never of its network trained from scratch.

    Bad: `dnabert-2` with protocol `own_training`.
    Good: `dnabert-2-random-init`, an entry of kind random_init with `architecture_of: dnabert-2`.
    """
    rows = catalog.rows()
    if not len(rows):
        return
    own = rows["protocol"] == Protocol.own_training
    bad = rows[own & rows["method"].isin(list(catalog.names.variants))]
    yield from at_cells(catalog, bad, "protocol", "E114", lambda row: (
        f"own_training of {row['method']}, a foundation model", "what was done with its weights",
        "if it was trained from scratch on the task, enter that as a method of kind random_init with "
        f"`architecture_of: {row['method']}`"))  # fmt: skip
