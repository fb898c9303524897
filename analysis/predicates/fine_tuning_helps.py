"""fine_tuning_helps: the subject scores better fine-tuned than frozen or zero-shot."""

from __future__ import annotations

from analysis.predicates.decide import Rule, greater
from analysis.predicates.select import Context, paired
from schema.records.claim import FineTuningHelps


def rows_sql(predicate: FineTuningHelps, context: Context) -> str:
    """Fine-tuned beside frozen or zero-shot, same variant, same publication, task and metric."""
    join = (
        "b.work = a.work AND b.method = a.method AND b.variant IS NOT DISTINCT FROM a.variant "
        "AND b.task = a.task AND b.metric = a.metric AND b.split = a.split "
        "AND b.setting = a.setting AND a.protocol IN ('fine_tune', 'fine_tune_peft') "
        "AND b.protocol IN ('zero_shot', 'linear_probe', 'probe')"
    )
    return paired(context.subject(predicate.subject), predicate.scope, context, join)


def rule(predicate: FineTuningHelps) -> Rule:
    """More than the margin."""
    return greater(predicate.margin)
