"""The findings: each statement with its verdict, figure, numbers, caveat and SQL."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import pandas as pd

from analysis.charts.style import in_words
from analysis.findings.base import FindingVerdict, Found
from analysis.findings.run import module_of
from analysis.report.blocks import (
    Block,
    Facts,
    Figure,
    Link,
    Para,
    Rows,
    Section,
    Sql,
    Table,
    Verdict,
)
from analysis.report.read import Row, rows
from analysis.report.words import capital, known, measured, of_these

LIST = "SELECT * FROM findings ORDER BY finding"


def chapter(connection: duckdb.DuckDBPyConnection) -> Section:
    """All findings, by their groups' order in the list."""
    found = rows(connection, LIST)
    counts = Counter(row["verdict"] for row in found)
    said = ", ".join(f"{counts[v.value]} × {in_words(v.value)}" for v in FindingVerdict)
    table = Table(
        "The statements and their verdicts",
        ["Finding", "Statement", "Verdict", "Effect", "n"],
        [
            [
                [Link(row["finding"], f"#{row['finding']}")], capital(row["statement"]), [Verdict(row["verdict"])],
                _effect(row), of_these(row["n"], row["unit_of_n"]),
            ]
            for row in found
        ],
    )  # fmt: skip
    lead: list[Block] = [
        Para(
            f"{len(found)} statements that the field makes of itself, each bound to the measure that "
            f"decides it: {said}. No verdict is typed by hand, and none rests on fewer than five "
            "independent publications where the statement is about an effect."
        ),
        table,
        Sql(LIST),
    ]
    return Section("findings", "The findings", lead, [_one(connection, row) for row in found])


def _effect(row: Row) -> str:
    return measured(row["effect"], row["ci_low"], row["ci_high"], row["unit"] or "")


def _one(connection: duckdb.DuckDBPyConnection, row: Row) -> Section:
    blocks: list[Block] = [Para([Verdict(row["verdict"]), f" – {row['says']}"])]
    facts: list[tuple[str, Any]] = [
        ("Effect", _effect(row)),
        ("Rests on", of_these(row["n"], row["unit_of_n"])),
        ("Measure", capital(row["measure"])),
    ]
    if row["caveat"]:
        facts.append(("When it misleads", row["caveat"]))
    if row["missing"]:
        facts.append(("What would decide it", capital(row["missing"])))
    data: pd.DataFrame = connection.execute(row["sql"]).df()
    try:
        figure = picture(row, data)
    except (
        Exception
    ) as error:  # a picture that can't be drawn must not take verdict and rows with it
        figure = None
        why = f"It couldn't be drawn from this database ({type(error).__name__}); build it anew."
    else:
        why = "There is no picture for so few rows."
    blocks.append(Para(why) if figure is None else Figure(row["finding"], figure))
    blocks += [Facts(facts), Rows(row["finding"], data), Sql(row["sql"])]
    return Section(row["finding"], f"{row['finding']}: {capital(row['statement'])}", blocks)


def picture(row: Row, data: pd.DataFrame) -> Any:
    """The finding's own figure; nothing where no row bears on it."""
    if not len(data):
        return None

    def number(name: str) -> float | None:
        return float(row[name]) if known(row[name]) else None

    measured_so = Found(
        FindingVerdict(row["verdict"]), int(row["n"]), str(row["unit_of_n"]), str(row["says"]),
        number("effect"), number("ci_low"), number("ci_high"), str(row["unit"] or ""),
        str(row["missing"] or ""),
    )  # fmt: skip
    return module_of(row["finding"]).figure(data.copy(), measured_so)
