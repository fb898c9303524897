"""Runs every claim's predicate on its authors' own evidence and on everyone else's."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from analysis.predicates import PREDICATES
from analysis.predicates.decide import (
    NET_WINS,
    Evidence,
    Rule,
    Summary,
    Verdict,
    direction_only,
    read_evidence,
    summarise,
    worst,
)
from analysis.predicates.select import Context
from analysis.variances import sql_covariance
from schema.records.claim import Predicate

SIDES = ("own", "others")
CRITERIA = (
    "main",
    "direction",
    "one_point",
    "median_rival",
    "peer_reviewed",
    "clean",
    "leave_one_out",
)
"""The robustness dial, as declared in docs/methods/verdicts.md."""
MIN_ROBUST = 2
"""Publications below which a verdict that survives the dial does so within one study only."""

_PREDICATE: TypeAdapter[Any] = TypeAdapter(Predicate)


class Robustness(StrEnum):
    """What the dial says of a verdict, and on how many studies it says so."""

    robust = "robust"
    within_one_study = "within_one_study"
    not_robust = "not_robust"
    untested = "untested"


@dataclass(frozen=True)
class Judged:
    """One claim on one side."""

    claim: str
    side: str
    summary: Summary
    verdict: Verdict
    dial: dict[str, Verdict]

    @property
    def robustness(self) -> Robustness:
        """Robust where all criteria that could be applied agree and two publications speak.

        One publication can't show that another would find the same, however many data sets it has.
        """
        found = {v for v in self.dial.values() if v is not Verdict.untested}
        if self.verdict is Verdict.untested:
            return Robustness.untested
        if len(found) > 1:
            return Robustness.not_robust
        alone = self.summary.n_works < MIN_ROBUST
        return Robustness.within_one_study if alone else Robustness.robust


def read_claim(row: dict[str, Any]) -> Context:
    """A claim as it stands in the database, with the work it comes from."""
    predicate = _PREDICATE.validate_python(json.loads(row["predicate"]))
    return Context(row["id"], tuple(row["methods"]), predicate, row["work"])


def deciding_rows(connection: duckdb.DuckDBPyConnection, context: Context) -> pd.DataFrame:
    """All rows that bear on a claim, both sides, with the variance of each difference."""
    module = PREDICATES[context.predicate.kind]
    sql = module.rows_sql(context.predicate, context)
    rows: pd.DataFrame = connection.execute(_with_variance(sql)).df()
    return rows


def _with_variance(sql: str) -> str:
    """The rows with the variance of each difference, in points or in skill as they will be used."""
    return f"""
WITH d AS ({sql}),
v AS (
    SELECT d.*, va.variance + coalesce(vb.variance, 0)
        - {sql_covariance()} AS points_variance,
        va.variance / nullif(va.variance_skill, 0) AS room
    FROM d
    LEFT JOIN arm_variance va ON va.result = d.result
    LEFT JOIN arm_variance vb ON vb.result = d.rival_result
)
SELECT * EXCLUDE (points_variance, room), CASE
    WHEN (SELECT count(DISTINCT metric) FROM d) <= 1 THEN points_variance
    ELSE points_variance / room
END AS variance
FROM v
ORDER BY result, rival_result
"""


def judge(context: Context, rows: Evidence, side: str) -> Judged:
    """The verdict of one side's rows, and the same under each criterion of the dial."""
    predicate = context.predicate
    rule: Rule = PREDICATES[predicate.kind].rule(predicate)
    mine = rows.where(rows.own == (side == "own"))
    summary = summarise(mine)
    stricter: Any = predicate
    if "margin" in type(predicate).model_fields:
        step = (
            -0.01 if predicate.kind in {"matches", "cheaper_at_equal_skill", "reproduces"} else 0.01
        )
        stricter = predicate.model_copy(update={"margin": stricter.margin + step})
    dial = {
        "main": rule(summary),
        "direction": rule(direction_only(summary)),
        "one_point": PREDICATES[predicate.kind].rule(stricter)(summary),
        "median_rival": rule(summarise(mine, median=True)),
        "peer_reviewed": rule(summarise(mine.where(mine.peer_reviewed))),
        "clean": rule(summarise(mine.where(~mine.leakage_noted))),
        "leave_one_out": _leave_one_out(rule, mine, facts=predicate.kind == "has_attribute"),
    }
    return Judged(context.claim, side, summary, dial["main"], dial)


def _leave_one_out(rule: Rule, rows: Evidence, facts: bool) -> Verdict:
    # a fact of one variant isn't evidence against that of another: only publications are left out
    unit = rows.work if facts or len(np.unique(rows.work)) > 1 else rows.dataset
    groups = np.unique(unit)
    if len(groups) < 2:  # nothing can be left out, so nothing was survived
        return Verdict.untested
    return worst([rule(summarise(rows.where(unit != group))) for group in groups])


def judge_claims(connection: duckdb.DuckDBPyConnection) -> None:
    """Judge all claims and write claim_verdict, claim_dial and claim_row."""
    cursor = connection.execute(
        "SELECT c.id, c.methods, c.predicate, coalesce(p.version_of, p.citekey) AS work "
        "FROM claim c JOIN publication p ON p.citekey = c.publication ORDER BY c.id"
    )
    names = [column[0] for column in cursor.description or []]
    claims = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    verdicts: list[dict[str, Any]] = []
    dials: list[dict[str, Any]] = []
    evidence: list[pd.DataFrame] = []
    for row in claims:
        context = read_claim(row)
        rows = deciding_rows(connection, context)
        if len(rows):
            evidence.append(rows.assign(claim=row["id"]))
        arrays = read_evidence(rows)
        for side in SIDES:
            judged = judge(context, arrays, side)
            verdicts.append(_verdict_row(judged, context.predicate.kind))
            dials += [
                {"claim": judged.claim, "side": side, "criterion": c, "verdict": str(v)}
                for c, v in judged.dial.items()
            ]
    connection.execute(_TABLES)
    for table, frame in (
        ("claim_verdict", pd.DataFrame(verdicts)),
        ("claim_dial", pd.DataFrame(dials)),
        ("claim_row", _evidence(evidence)),
    ):
        if len(frame):
            connection.register("incoming", frame)
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
            connection.unregister("incoming")


def _verdict_row(judged: Judged, kind: str) -> dict[str, Any]:
    s = judged.summary
    if kind == "has_attribute":  # facts agree or don't: there is no effect to estimate
        s = replace(s, unit="facts", estimate=None, ci=None, interval="none")
    return {
        "claim": judged.claim, "side": judged.side, "verdict": str(judged.verdict),
        "robust": judged.robustness is Robustness.robust, "robustness": str(judged.robustness),
        "unit": s.unit, "effect": s.estimate,
        "ci_low": s.ci[0] if s.ci else None, "ci_high": s.ci[1] if s.ci else None,
        "interval": s.interval, "n_rows": s.n_rows, "n_datasets": s.n_datasets,
        "n_publications": s.n_works, "wins": s.wins, "ties": s.ties, "losses": s.losses,
        "left_out": s.left_out, "remark": why_untested(judged),
    }  # fmt: skip


def why_untested(judged: Judged) -> str | None:
    """Why the rows say nothing, in words; None where there is a verdict."""
    if judged.verdict is not Verdict.untested:
        return None
    if judged.summary.unit == NET_WINS and judged.summary.n_rows:
        return (
            "the rows are in metrics without a common scale, so that each only counts as won or lost: "
            "how much better or worse, as the claim's margin asks, they don't say"
        )
    return "no row bears on it"


def _evidence(frames: list[pd.DataFrame]) -> pd.DataFrame:
    if not frames:
        return pd.DataFrame()
    rows = pd.concat(frames, ignore_index=True)
    rows["side"] = rows["own"].map({True: "own", False: "others"})
    keep = ["claim", "side", "result", "rival_result", "points", "skill", "tie"]
    return rows[keep].sort_values(["claim", "side", "result"], kind="stable")


_TABLES = """
CREATE TABLE claim_verdict (
    claim VARCHAR REFERENCES claim (id), side VARCHAR, verdict VARCHAR, robust BOOLEAN,
    robustness VARCHAR, unit VARCHAR, effect DOUBLE, ci_low DOUBLE, ci_high DOUBLE, interval VARCHAR,
    n_rows INTEGER, n_datasets INTEGER, n_publications INTEGER, wins INTEGER, ties INTEGER,
    losses INTEGER, left_out INTEGER, remark VARCHAR, PRIMARY KEY (claim, side)
);
COMMENT ON TABLE claim_verdict IS 'The verdict on a claim from one side''s evidence. A row is one claim and one side.';
COMMENT ON COLUMN claim_verdict.claim IS 'The claim';
COMMENT ON COLUMN claim_verdict.side IS 'own: the authors'' evidence; others: everyone else''s';
COMMENT ON COLUMN claim_verdict.verdict IS 'supported, overstated, contradicted or untested';
COMMENT ON COLUMN claim_verdict.robust IS 'Whether every criterion of the dial that could be applied gives the same verdict, on two publications or more';
COMMENT ON COLUMN claim_verdict.robustness IS 'robust; within_one_study (every criterion agrees, but one publication is all there is); not_robust (a criterion disagrees); untested';
COMMENT ON COLUMN claim_verdict.unit IS 'points (one metric), skill (several), net wins (several without known chance) or facts';
COMMENT ON COLUMN claim_verdict.effect IS 'Estimated difference, positive where the claim points';
COMMENT ON COLUMN claim_verdict.ci_low IS 'Lower end of the 95% interval';
COMMENT ON COLUMN claim_verdict.ci_high IS 'Upper end of the 95% interval';
COMMENT ON COLUMN claim_verdict.interval IS 'What the interval is over';
COMMENT ON COLUMN claim_verdict.n_rows IS 'Deciding rows';
COMMENT ON COLUMN claim_verdict.n_datasets IS 'Datasets among them';
COMMENT ON COLUMN claim_verdict.n_publications IS 'Publications among them, a preprint and its published version being one';
COMMENT ON COLUMN claim_verdict.wins IS 'Contests won against the best rival: of a task and metric, or each row where every row must be won';
COMMENT ON COLUMN claim_verdict.ties IS 'Contests tied to the last printed digit';
COMMENT ON COLUMN claim_verdict.losses IS 'Contests lost';
COMMENT ON COLUMN claim_verdict.left_out IS 'Rows that could not be put on the common scale';
COMMENT ON COLUMN claim_verdict.remark IS 'Why it is untested, in words; NULL where there is a verdict';
CREATE TABLE claim_dial (claim VARCHAR REFERENCES claim (id), side VARCHAR, criterion VARCHAR, verdict VARCHAR);
COMMENT ON TABLE claim_dial IS 'The robustness dial: a row is one claim, side and pre-declared criterion.';
COMMENT ON COLUMN claim_dial.claim IS 'The claim';
COMMENT ON COLUMN claim_dial.side IS 'own or others';
COMMENT ON COLUMN claim_dial.criterion IS 'The criterion, see docs/methods/verdicts.md';
COMMENT ON COLUMN claim_dial.verdict IS 'The verdict under it';
CREATE TABLE claim_row (claim VARCHAR REFERENCES claim (id), side VARCHAR, result VARCHAR, rival_result VARCHAR, points DOUBLE, skill DOUBLE, tie BOOLEAN);
COMMENT ON TABLE claim_row IS 'The rows that decide a claim: a row is one difference.';
COMMENT ON COLUMN claim_row.claim IS 'The claim';
COMMENT ON COLUMN claim_row.side IS 'own or others';
COMMENT ON COLUMN claim_row.result IS 'The subject''s result, or for facts entity:field';
COMMENT ON COLUMN claim_row.rival_result IS 'What it is held against; NULL for chance';
COMMENT ON COLUMN claim_row.points IS 'Difference in metric points';
COMMENT ON COLUMN claim_row.skill IS 'Difference in skill';
COMMENT ON COLUMN claim_row.tie IS 'Whether both print the same number';
"""
