"""What a result row says beside its value."""

from __future__ import annotations

from enum import StrEnum


class Split(StrEnum):
    """Which part of the data a value was measured on."""

    test = "test"
    dev = "dev"
    train = "train"
    cross_validation = "cross_validation"
    whole = "whole"
    not_reported = "not_reported"


class Protocol(StrEnum):
    """How a method was brought to the task."""

    zero_shot = "zero_shot"
    linear_probe = "linear_probe"
    probe = "probe"
    fine_tune = "fine_tune"
    fine_tune_peft = "fine_tune_peft"
    few_shot = "few_shot"
    generation = "generation"
    pretraining = "pretraining"
    own_training = "own_training"
    as_released = "as_released"
    untrained_rule = "untrained_rule"
    not_reported = "not_reported"


class Unit(StrEnum):
    """The scale a value is printed on."""

    fraction = "fraction"
    percent = "percent"


class UncertaintyKind(StrEnum):
    """What a printed plus-minus is."""

    sd = "sd"
    se = "se"
    ci95_half = "ci95_half"
    ci95_bounds = "ci95_bounds"
    range = "range"
    digitisation = "digitisation"
    unknown = "unknown"
    not_reported = "not_reported"


class UncertaintyOver(StrEnum):
    """Over what a printed plus-minus was taken."""

    seeds = "seeds"
    folds = "folds"
    bootstrap = "bootstrap"
    items = "items"
    splits = "splits"
    test_resamples = "test_resamples"
    unknown = "unknown"
    not_applicable = "not_applicable"


class Status(StrEnum):
    """Whether a run went right."""

    ok = "ok"
    failed = "failed"
    suspect = "suspect"
    degenerate = "degenerate"


class Origin(StrEnum):
    """Whether the source measured a value itself."""

    own = "own"
    quoted = "quoted"


class Flag(StrEnum):
    """What a reader must know before using a value."""

    task_mean = "task_mean"
    selected_on_test = "selected_on_test"
    metric_inferred = "metric_inferred"
    folded_direction = "folded_direction"
    relative_score = "relative_score"
    derived = "derived"
    digitised = "digitised"
    second_hand = "second_hand"
    leakage_suspected = "leakage_suspected"
    duplicate = "duplicate"
    not_a_score = "not_a_score"
    dev_as_test = "dev_as_test"
    overlapping_task = "overlapping_task"


UNPOOLED_FLAGS = frozenset(
    {
        Flag.task_mean,
        Flag.metric_inferred,
        Flag.folded_direction,
        Flag.relative_score,
        Flag.not_a_score,
        Flag.duplicate,
        Flag.dev_as_test,
    }
)
"""Rows with one of these are kept and shown, but never pooled."""
