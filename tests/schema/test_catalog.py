"""The catalog as a whole: spoiled copies of the fixture, each with its code and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.catalog import data_version, load, read_catalog
from schema.problems import CatalogError
from schema.rules import check_catalog


def spoil(catalog: Path, file: str, old: str, new: str) -> None:
    path = catalog / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the fixture has no {old!r} in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


SPOILED = [
    # file, what is replaced, by what, code, line
    ("models/alpha.yaml", "family: alpha", "familly: alpha", "E020", 3),
    ("models/alpha.yaml", "modality: [dna]", "modality: [dnaa]", "E021", 4),
    ("models/alpha.yaml", "summary: A made-up model for tests.\n", "", "E022", 1),
    ("models/alpha.yaml", "id: alpha\n", "id: alfa\n", "E023", 1),
    ("models/alpha.yaml", "value: 1000000", "value: 1e6x", "E021", 14),
    ("models/alpha.yaml", "value: 512, source: paper", "value: 512, source: card", "E202", 15),
    ("models/alpha.yaml", "[grch38]", "[grch37]", "E203", 10),
    ("models/alpha.yaml", "publications: [abel2024alpha]", "publications: [abel2024alfa]", "E201", 5),
    ("models/beta.yaml", "id: beta-1", "id: alpha-1", "E210", 12),
    ("benchmarks/toys.yaml", "metrics: [mcc]", "metrics: [mc]", "E204", 9),
    ("methods/gc-content.yaml", "kind: simple_baseline", "kind: foundation_model", "E211", 3),
    ("results/cole2025check/table-2.yaml", "cite: cole2025check", "cite: abel2024alpha", "E212", 2),
    ("results/cole2025check/table-2.csv", "1,alpha,alpha-1,toys/one,", "1,alfa,alpha-1,toys/one,", "E112", 2),
    ("results/cole2025check/table-2.csv", "3,kmer-logistic-regression,,toys/one", "3,kmer-logistic-regression,,toys/won", "E112", 4),
    ("results/cole2025check/table-2.csv", "0.82,fraction", "82,fraction", "E121", 4),
    ("results/cole2025check/table-2.csv", "0.82,fraction", "0;82,fraction", "E120", 4),
    ("results/cole2025check/table-2.csv", "0.82,fraction,ok", "0.82,fraction,fine", "E111", 4),
    ("results/cole2025check/table-2.csv", "0.82,fraction", ",fraction", "E110", 4),
    ("results/cole2025check/table-2.csv", "5,alpha,alpha-1,toys/three,mse", "5,alpha,alpha-1,toys/one,accuracy", "E113", 6),
    ("results/abel2024alpha/table-1.csv", "1.0,sd,5", "1.0,,5", "E122", 2),
    ("results/abel2024alpha/table-1.csv", "1.0,sd,5", "1.0,sd,five", "E120", 2),
    ("claims/abel2024alpha.yaml", "id: abel2024alpha-1", "id: claim-1", "E130", 3),
    ("claims/abel2024alpha.yaml", "methods: [beta]", "methods: [betta]", "E131", 9),
    ("claims/abel2024alpha.yaml", "kind: outperforms", "kind: outperform", "E021", 9),
    ("methods/gc-content.yaml", "name:", "architecture_of: alfa\nname:", "E205", 2),
    ("results/cole2025check/table-2.csv", "toys/two,mcc,zero_shot,0.10", "toys/two,mcc,own_training,0.10", "E114", 8),
    ("benchmarks/toys.yaml", "dataset: toy-two,", "dataset: toy-two, leakage: near copies,", "E220", 9),
    ("benchmarks/toys.yaml", "dataset: toy-two,", "dataset: toy-two, leakage_status: suspected,", "E220", 9),
    ("benchmarks/toys.yaml", "dataset: toy-two,", "dataset: toy-two, leakage_status: none, leakage: x,", "E021", 9),
    ("errata.yaml", "evaluation: abel2024alpha/table-1", "evaluation: abel2024alpha/table-9", "E206", 3),
]  # fmt: skip

OF_ALL_ROWS = [
    ("claims/abel2024alpha.yaml", "{benchmarks: [toys]}", "{benchmarks: [toys], settings: [standrad]}", "E132", 9),
    ("claims/abel2024alpha.yaml", "{benchmarks: [toys]}", "{tasks: [toys/one], metrics: [mse]}", "E132", 9),
]  # fmt: skip
"""What only a check of the whole catalog can know."""


@pytest.mark.parametrize(("file", "old", "new", "code", "line"), [*SPOILED, *OF_ALL_ROWS])
def test_a_slip_is_named_with_its_place(
    catalog_copy: Path, file: str, old: str, new: str, code: str, line: int
) -> None:
    spoil(catalog_copy, file, old, new)
    with pytest.raises(CatalogError) as caught:
        load(catalog_copy)
    found = {(p.code, p.file, p.line) for p in caught.value.problems}
    assert (code, f"catalog/{file}", line) in found, "\n".join(map(str, caught.value.problems))


def test_a_wrong_word_of_the_defaults_is_told_once_and_there(catalog_copy: Path) -> None:
    spoil(catalog_copy, "results/cole2025check/table-2.yaml", "split: test", "split: tset")
    with pytest.raises(CatalogError) as caught:
        load(catalog_copy)
    (told,) = caught.value.problems
    assert (Path(told.file).name, told.line, told.code, told.key) == (
        "table-2.yaml", 3, "E111", "defaults.split",
    )  # fmt: skip
    assert told.remedy == "did you mean 'test'?"


def test_rows_are_checked_under_a_header_that_is_wrong(catalog_copy: Path) -> None:
    """Its defaults still hold: only what is wrong is told, of the header and of the rows."""
    spoil(catalog_copy, "results/cole2025check/table-2.yaml", "title:", "titel:")
    spoil(catalog_copy, "results/cole2025check/table-2.csv", "0.82,fraction,ok", "82,fraction,ok")
    catalog, problems = read_catalog(catalog_copy)
    problems = [*problems, *check_catalog(catalog)]
    told = sorted((Path(p.file).suffix, p.code, p.line) for p in problems)
    assert told == [
        (".csv", "E121", 4), (".yaml", "E020", 1), (".yaml", "E022", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "head",
    ["source: x\ndefaults: [a]\n", "defaults: {split: [test]}\ntranscribed_from: 3\n", "{}\n"],
)
def test_whatever_a_header_holds_its_rows_are_read_or_left(catalog_copy: Path, head: str) -> None:
    (catalog_copy / "results/cole2025check/table-2.yaml").write_text(head, encoding="utf-8")
    catalog, problems = read_catalog(catalog_copy)
    assert problems
    check_catalog(catalog)


def test_a_required_column_that_is_missing_is_one_problem(catalog_copy: Path) -> None:
    """However many rows the table has; an empty cell among full ones is told where it is."""
    spoil(catalog_copy, "results/cole2025check/table-2.csv", ",metric,", ",metrik,")
    catalog, problems = read_catalog(catalog_copy)
    problems = [*problems, *check_catalog(catalog)]
    told = {(p.code, p.line, p.key) for p in problems if p.file.endswith("table-2.csv")}
    assert {each for each in told if each[0] == "E110"} == {("E110", 1, "metric")}
    assert ("E101", 1, "metrik") in told


def test_all_problems_are_told_at_once(catalog_copy: Path) -> None:
    for file, old, new, _, _ in (SPOILED[0], SPOILED[9], SPOILED[14], SPOILED[22]):
        spoil(catalog_copy, file, old, new)
    with pytest.raises(CatalogError) as caught:
        load(catalog_copy)
    assert {"E020", "E204", "E121", "E131"} <= {p.code for p in caught.value.problems}


def test_a_file_in_the_wrong_folder_is_told(catalog_copy: Path) -> None:
    (catalog_copy / "model").mkdir()
    (catalog_copy / "model" / "gamma.yaml").write_text("id: gamma\n", encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load(catalog_copy)
    assert [p.code for p in caught.value.problems] == ["E106"]


def test_the_fixture_itself_is_clean(catalog_copy: Path) -> None:
    assert load(catalog_copy).version == data_version(catalog_copy)


def test_changing_any_digit_of_any_result_changes_the_data_version(catalog_copy: Path) -> None:
    before = data_version(catalog_copy)
    seen = {before}
    for path in sorted(catalog_copy.glob("results/*/*.csv")):
        text = path.read_text(encoding="utf-8")
        for position, character in enumerate(text):
            if character.isdigit():
                changed = text[:position] + str((int(character) + 1) % 10) + text[position + 1 :]
                path.write_text(changed, encoding="utf-8")
                seen.add(data_version(catalog_copy))
        path.write_text(text, encoding="utf-8")
    digits = sum(
        c.isdigit()
        for p in catalog_copy.glob("results/*/*.csv")
        for c in p.read_text(encoding="utf-8")
    )
    assert len(seen) == digits + 1
    assert data_version(catalog_copy) == before


def test_did_you_mean(catalog_copy: Path) -> None:
    spoil(catalog_copy, "claims/abel2024alpha.yaml", "methods: [beta]", "methods: [betta]")
    with pytest.raises(CatalogError, match="did you mean 'beta'"):
        load(catalog_copy)


def test_rows_without_a_header_and_a_header_without_rows_are_told(catalog_copy: Path) -> None:
    folder = catalog_copy / "results" / "cole2025check"
    (folder / "table-2.csv").rename(folder / "table-4.csv")
    with pytest.raises(CatalogError) as caught:
        load(catalog_copy)
    lone = {(p.code, p.file) for p in caught.value.problems if p.code == "E105"}
    assert lone == {
        ("E105", "catalog/results/cole2025check/table-2.yaml"),
        ("E105", "catalog/results/cole2025check/table-4.csv"),
    }


def test_one_slip_in_an_entry_doesnt_make_others_wrong(catalog_copy: Path) -> None:
    spoil(catalog_copy, "models/alpha.yaml", "modality: [dna]", "modality: [dnaa]")
    with pytest.raises(CatalogError) as caught:
        load(catalog_copy)
    assert [p.file for p in caught.value.problems] == ["catalog/models/alpha.yaml"]


@pytest.mark.parametrize(
    ("column", "cell", "code"), [("origin", "quoted", "E123"), ("source_file", "0", "E124")]
)
def test_a_cell_that_asks_for_another_is_told(
    catalog_copy: Path, column: str, cell: str, code: str
) -> None:
    table = "results/abel2024alpha/table-1.csv"
    spoil(catalog_copy, table, "unit,uncertainty,", f"unit,{column},uncertainty,")
    text = (catalog_copy / table).read_text(encoding="utf-8")
    text = text.replace("percent,", "percent,,").replace("fraction,", "fraction,,")
    text = text.replace("0.60,fraction,,", f"0.60,fraction,{cell},")
    (catalog_copy / table).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load(catalog_copy)
    assert {(p.code, p.file, p.line) for p in caught.value.problems} == {
        (code, f"catalog/{table}", 4)
    }
