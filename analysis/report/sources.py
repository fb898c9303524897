"""How the numbers came about: flow, methods, sources with their errors, references, how to cite."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from analysis.charts.style import in_words
from analysis.report.blocks import (  # fmt: skip
    Block,
    Code,
    Facts,
    Figure,
    Link,
    Para,
    Prose,
    Section,
    Sql,
    Strong,
    Table,
)
from analysis.report.flow import drawn, flow
from analysis.report.read import Row, rows

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"
REFERENCES = "SELECT * FROM publication ORDER BY citekey"
ERRATA = """
SELECT id, publication, evaluation, what, action, status FROM erratum ORDER BY publication, id
"""
WANTED = """
SELECT id, what, publication, would_decide, tried FROM wanted ORDER BY len(would_decide) DESC, id
"""
FEW = 12  # authors: as many as are named before the rest are counted


def methods(connection: duckdb.DuckDBPyConnection, screening: Mapping[str, Any] | None) -> Section:
    """The flow of sources and results, then the methods' own pages."""
    steps = flow(connection, screening)
    intro: list[Block] = [
        Para(
            "People enter what sources print, each number with its publication and its place in it. "
            "Who is independent of whom, which numbers may be compared, gaps, verdicts and findings are "
            "computed from these entries by the rules below, which stand in the repository beside the "
            "code that follows them."
        ),
        Figure("prisma", drawn(steps)),
    ]
    if screening is None:
        intro.append(Para(
            "There is no ledger of a systematic search yet, so the flow begins with the publications in "
            "the catalog: what searches found and people excluded isn't known."
        ))  # fmt: skip
    parts = []
    for file in sorted(METHODS.glob("*.md")):
        title, _, text = file.read_text(encoding="utf-8").partition("\n")
        parts.append(Section(f"methods-{file.stem}", title.lstrip("# ").strip(), [Prose(text)]))
    return Section("methods", "Methods", intro, parts)


def missing(connection: duckdb.DuckDBPyConnection) -> Section:
    """Evidence looked for and not held; known errors of sources."""
    wanted, errata = rows(connection, WANTED), rows(connection, ERRATA)
    first: list[Block] = [Para("Evidence that was looked for and isn't in the catalog, that first which bears on most findings.")]  # fmt: skip
    if wanted:
        first += [
            Table(
                "Wanted evidence", ["What", "Publication", "Bears on", "Tried so far"],
                [
                    [
                        row["what"], [_reference(row["publication"])] if row["publication"] else "–",
                        _decided(row["would_decide"] or []), row["tried"] or "–",
                    ]
                    for row in wanted
                ],
            ),
            Sql(WANTED),
        ]  # fmt: skip
    second: list[Block] = [
        Para("Errors that are known of the sources, and what is done about each.")
    ]
    if errata:
        second += [
            Table(
                "Known errors of sources", ["Publication", "What", "What we do", "State"],
                [
                    [[_reference(row["publication"])], row["what"], in_words(row["action"]), in_words(row["status"])]
                    for row in errata
                ],
            ),
            Sql(ERRATA),
        ]  # fmt: skip
    return Section(
        "missing", "What is missing, and what is wrong", [],
        [Section("wanted", "Missing evidence", first), Section("errata", "Known errors", second)],
    )  # fmt: skip


def _reference(citekey: str) -> Link:
    return Link(citekey, f"#ref-{citekey}")


def _decided(ids: list[str]) -> list[Any]:
    """Links to findings and claims."""
    said: list[Any] = []
    for i, name in enumerate(ids):
        said += [", "] if i else []
        said.append(Link(name, f"#claim-{name}" if "-" in name else f"#{name}"))
    return said or ["–"]


def citing(facts: Mapping[str, str]) -> Section:
    """Data version, how to cite, licence."""
    counts = [
        (in_words(key.removeprefix("count_")).capitalize(), f"{int(value):,}")
        for key, value in sorted(facts.items())
        if key.startswith("count_")
    ]
    version = facts["data_version"]
    return Section("cite", "Data version, citation, licence", [
        Para(["Data version ", Code(version), ", a hash of the whole catalog: changing any digit of any result changes it. ",
              f"Schema {facts['schema_version']}; code ", Code(facts.get("code_version", "unknown")), "."]),
        Facts(counts),
        Para([Strong("To cite: "), "The claimgap contributors. claimgap: what genomics foundation models claim, and what the "
              f"evidence shows. Data version {version}."]),
        Para("And cite the sources of the numbers that you use: every row of the database names its own."),
        Para("Data: CC-BY-4.0. Code: MIT."),
    ])  # fmt: skip


def references(connection: duckdb.DuckDBPyConnection) -> Section:
    """Every publication of the catalog, by citekey."""
    publications = rows(connection, REFERENCES)
    table = Table(
        f"{len(publications)} publications", ["Key", "Publication", "Evidence level"],
        [[[Code(p["citekey"])], _entry(p), in_words(p["evidence_level"])] for p in publications],
        anchors=[f"ref-{p['citekey']}" for p in publications],
    )  # fmt: skip
    return Section("references", "References", [table])


def _entry(row: Row) -> list[Any]:
    authors = [name for name in str(row["authors"] or "").split("; ") if name]
    more = "" if row["authors_complete"] else " and others"
    if len(authors) > FEW:
        names = f"{'; '.join(authors[:FEW])}; and {len(authors) - FEW} more"
    else:
        names = "; ".join(authors) + more
    year = f" ({row['year']})" if row["year"] else ""
    entry: list[Any] = [f"{names or 'Authors not recorded'}{year}. ", Strong(str(row["title"]).rstrip(".")), ". "]  # fmt: skip
    if row["venue"]:
        entry.append(f"{row['venue']}. ")
    if row["doi"]:
        entry.append(Link(f"doi:{row['doi']}", f"https://doi.org/{row['doi']}"))
    elif row["arxiv"]:
        entry.append(Link(f"arXiv:{row['arxiv']}", f"https://arxiv.org/abs/{row['arxiv']}"))
    elif row["url"]:
        entry.append(Link(str(row["url"]), str(row["url"])))
    return entry
