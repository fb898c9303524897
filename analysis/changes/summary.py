"""A build in short: what it concludes, small enough to be committed with a release.

A record of a release (docs/releases/<release>.json) is a summary with a name and a day. It stands
outside catalog/, since a file there would change the data version that it records.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from analysis.store import meta, rows

FORMAT = 1
DIGITS = 6
"""Significant digits kept: more would let the linear algebra's rounding look like news."""


class RecordError(ValueError):
    """A release record that can't be read, said with the file, what was found and what to do."""


@dataclass(frozen=True)
class Conclusion:
    """What a build says of one thing: a word where there is one, an estimate where there is one.

    `verdict` of a pooled gap is above_zero, below_zero, includes_zero or no_interval.
    """

    verdict: str
    effect: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    n: int | None = None
    robust: bool | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Summary:
    """Verdicts of claims by (claim, side), findings and pooled gaps, with versions and counts."""

    data_version: str
    code_version: str
    schema_version: str
    counts: Mapping[str, int]
    claims: Mapping[tuple[str, str], Conclusion]
    findings: Mapping[str, Conclusion]
    gaps: Mapping[tuple[str, ...], Conclusion]
    release: str = ""
    date: str = ""
    says: Mapping[str, str] = field(default_factory=dict)
    """Claims and findings in words; not kept in a release's record."""


GAP_KEY = ("gap", "against", "evidence", "domain", "family", "versus", "unit")
HEADLINE = {"domain": "all", "family": "all", "versus": "best"}


def is_headline(key: tuple[str, ...]) -> bool:
    """Whether a pooled gap is over all domains and metrics, against the best comparator."""
    named = dict(zip(GAP_KEY, key, strict=True))
    return all(named[column] == value for column, value in HEADLINE.items())


def summarise(connection: duckdb.DuckDBPyConnection, every_gap: bool = False) -> Summary:
    """The summary of an open build; `every_gap` adds the strata to the headline gaps."""
    about = meta(connection)
    claims = {
        (claim, side): _conclusion(verdict, effect, low, high, n, robust, unit)
        for claim, side, verdict, effect, low, high, n, robust, unit in rows(
            connection,
            "SELECT claim, side, verdict, effect, ci_low, ci_high, n_rows, robust, unit "
            "FROM claim_verdict ORDER BY claim, side",
        )[1]
    }
    findings = {
        finding: _conclusion(verdict, effect, low, high, n, None, unit)
        for finding, verdict, effect, low, high, n, unit in rows(
            connection,
            "SELECT finding, verdict, effect, ci_low, ci_high, n, unit FROM finding_result "
            "ORDER BY finding",
        )[1]
    }
    gaps = {
        tuple(map(str, key)): _conclusion(_sign(low, high), estimate, low, high, k, None, key[-1])
        for *key, estimate, low, high, k in rows(
            connection,
            f"SELECT {', '.join(GAP_KEY)}, estimate, ci_low, ci_high, n_publications "
            f"FROM gap_pooled ORDER BY {', '.join(GAP_KEY)}",
        )[1]
        if every_gap or is_headline(tuple(map(str, key)))
    }
    words = rows(connection, "SELECT id, says FROM claim UNION ALL "
                 "SELECT id, statement FROM finding_definition")[1]  # fmt: skip
    return Summary(
        about.get("data_version", ""),
        about.get("code_version", ""),
        about.get("schema_version", ""),
        {k.removeprefix("count_"): int(v) for k, v in about.items() if k.startswith("count_")},
        claims,
        findings,
        gaps,
        says=dict(words),
    )


def _sign(low: float | None, high: float | None) -> str:
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return "no_interval"
    return "above_zero" if low > 0 else "below_zero" if high < 0 else "includes_zero"


def _short(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}")


def _conclusion(
    verdict: str,
    effect: float | None,
    low: float | None,
    high: float | None,
    n: int | None,
    robust: bool | None,
    unit: str | None,
) -> Conclusion:
    return Conclusion(verdict, _short(effect), _short(low), _short(high), n, robust, unit)


_SHORT = {"effect": "effect", "ci_low": "ci_low", "ci_high": "ci_high", "n": "n",
          "robust": "robust", "unit": "unit"}  # fmt: skip


def _plain(conclusion: Conclusion) -> dict[str, Any]:
    kept = {name: getattr(conclusion, name) for name in _SHORT}
    return {"verdict": conclusion.verdict} | {k: v for k, v in kept.items() if v is not None}


def to_json(summary: Summary) -> str:
    """The record as committed: one conclusion a line, so that a diff of two releases reads well."""
    head = {
        "format": FORMAT, "release": summary.release, "date": summary.date,
        "data_version": summary.data_version, "code_version": summary.code_version,
        "schema_version": summary.schema_version, "counts": dict(sorted(summary.counts.items())),
    }  # fmt: skip
    parts = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    groups: dict[str, dict[str, Conclusion]] = {
        "claims": {"/".join(key): value for key, value in summary.claims.items()},
        "findings": dict(summary.findings),
        "gaps": {"/".join(k): v for k, v in summary.gaps.items() if is_headline(k)},
    }
    for name, group in groups.items():
        lines = [
            f"  {json.dumps(key)}: {json.dumps(_plain(value), ensure_ascii=False)}"
            for key, value in sorted(group.items())
        ]
        inside = "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"
        parts.append(f"{json.dumps(name)}: {inside}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def from_json(text: str, name: str) -> Summary:
    """Read a record. Raises RecordError naming the file `name` when it isn't one."""
    remedy = "write it anew with `claimgap export --record`"
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise RecordError(
                f"{name}: found no release record of format {FORMAT}, expected one; {remedy}"
            )
        return Summary(
            data_version=found["data_version"],
            code_version=found["code_version"],
            schema_version=found["schema_version"],
            counts={str(k): int(v) for k, v in found["counts"].items()},
            claims={_side(k): Conclusion(**v) for k, v in found["claims"].items()},
            findings={k: Conclusion(**v) for k, v in found["findings"].items()},
            gaps={_gap(k): Conclusion(**v) for k, v in found["gaps"].items()},
            release=str(found["release"]),
            date=str(found["date"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError, json.JSONDecodeError) as error:
        raise RecordError(
            f"{name}: found {type(error).__name__}: {error}, expected a release record; {remedy}"
        ) from None
    except RecordError:
        raise
    except ValueError as error:
        raise RecordError(f"{name}: found {error}, expected a release record; {remedy}") from None


def _side(key: str) -> tuple[str, str]:
    claim, _, side = key.rpartition("/")
    return claim, side


def _gap(key: str) -> tuple[str, ...]:
    # a unit may hold a slash of its own: "difference / (1 - prevalence)"
    parts = tuple(key.split("/", len(GAP_KEY) - 1))
    if len(parts) != len(GAP_KEY):
        raise ValueError(f"the gap {key!r} with {len(parts)} parts")
    return parts
