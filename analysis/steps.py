"""What the build computes once the base tables stand, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from analysis.errata import check_errata
from analysis.findings.run import write_findings
from analysis.gaps import write_pooled, write_sensitivity
from analysis.gaps_without import write_without
from analysis.own_runs import write_own
from analysis.rankings import write_rankings
from analysis.variances import write_arm_variance
from analysis.verdicts import judge_claims
from analysis.views import BASE, LAST, create_views

Run = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True)
class Step:
    """One stage of the analysis; `says` is shown while it runs."""

    says: str
    run: Run


STEPS: tuple[Step, ...] = (
    Step("checking that known errors still stand", check_errata),
    Step("pairing results that may be compared", lambda con: create_views(con, BASE)),
    Step("estimating sampling variances", write_arm_variance),
    Step("pooling the gaps", write_pooled),
    Step("pooling the gaps without each publication", write_without),
    Step("pooling them again with our own runs", write_own),
    Step("asking whether the gaps hang on imputed variances", write_sensitivity),
    Step("ranking the models", write_rankings),
    Step("judging claims", judge_claims),
    Step("writing the ledger of claims", lambda con: create_views(con, ("claims",))),
    Step("measuring the findings", write_findings),
    Step("writing findings and advice", lambda con: create_views(con, LAST)),
)
