"""Tables as people read them: words for words, numbers for numbers, lists without brackets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from views.parts.columns import configured, readable


def test_a_value_in_words_is_text_and_a_value_in_numbers_a_number() -> None:
    """Facts of models hold words under `value`, which as a number would be drawn as a fault."""
    words = configured(pd.DataFrame({"value": ["hyena", "Apache-2.0"]}))["value"]
    numbers = configured(pd.DataFrame({"value": [0.5, 0.25]}))["value"]
    assert words["type_config"]["type"] == "text"
    assert numbers["type_config"]["type"] == "number"


def test_lists_are_joined_and_their_words_read() -> None:
    given = pd.DataFrame({"objective": [np.array(["causal_lm"], dtype=object), None]})
    given.loc[1, "objective"] = None
    first, second = readable(given)["objective"]
    assert first == "causal LM"
    assert pd.isna(second)


def test_shares_have_no_decimals_of_a_percent() -> None:
    given = pd.DataFrame({"share_positive": [0.56412, None]})
    shown = readable(given)["share_positive"]
    assert shown.iloc[0] == 0.56
    assert pd.isna(shown.iloc[1])


def test_a_baseline_in_a_table_is_not_the_best_of_its_sort() -> None:
    shown = readable(pd.DataFrame({"kind": ["simple_baseline", "specialist", "foundation_model"]}))
    assert list(shown["kind"]) == ["simple baseline", "specialist tool", "foundation model"]


def test_what_came_in_stays_as_it_was() -> None:
    given = pd.DataFrame({"share_positive": [0.56412], "kind": ["specialist"]})
    before = given.copy(deep=True)
    readable(given)
    pd.testing.assert_frame_equal(given, before)


def test_metrics_are_written_as_people_write_them() -> None:
    shown = readable(
        pd.DataFrame({"metric": ["auroc", "auprc-macro", "mcc", "pearson", "f1", "accuracy"]})
    )
    assert list(shown["metric"]) == ["AUROC", "AUPRC macro", "MCC", "Pearson", "F1", "accuracy"]
