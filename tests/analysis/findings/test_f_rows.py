"""Each finding's SQL on the fixture database, as anybody may run it in the public console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analysis.findings.base import Found
from analysis.findings.run import compute, module_of
from analysis.sandbox import SandboxSession

ROOT = Path(__file__).resolve().parents[3]
FINDINGS = sorted(p.stem.upper() for p in (ROOT / "analysis" / "findings").glob("f[0-9][0-9].py"))


@pytest.fixture(scope="module")
def session(small_database: Path) -> Iterator[SandboxSession]:
    with SandboxSession(small_database) as opened:
        yield opened


@pytest.mark.parametrize("finding", FINDINGS)
def test_rows_measure_and_figure(
    finding: str, small: duckdb.DuckDBPyConnection, session: SandboxSession
) -> None:
    module = module_of(finding)
    found, sql = compute(small, finding)
    rows = small.execute(sql).df()
    assert isinstance(found, Found)
    # the fixture has two publications: nothing may be concluded from it
    assert found.verdict == "insufficient_evidence"
    assert found.missing
    for part in (rows, rows.iloc[:0]):
        drawn = module.figure(part, module.measure(part)).to_dict()
        assert drawn["title"]["text"]
        assert drawn["description"]
    assert len(session.run(sql).rows) == len(rows)
