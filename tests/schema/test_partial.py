"""A part of the catalog checked alone says what the check of the whole says of that part."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.catalog import LISTS, read_catalog
from schema.index import entry_key, names_in, read_index
from schema.names import names_of
from schema.partial import Report, check_part
from schema.problems import Problem
from schema.rules import check_catalog
from tests.conftest import ROOT
from tests.schema.test_catalog import SPOILED, spoil

REAL = ROOT / "catalog"


def whole(catalog: Path) -> list[Problem]:
    found, problems = read_catalog(catalog)
    return sorted({*problems, *check_catalog(found)})


def codes(report: Report) -> list[tuple[str, str, int]]:
    return [(p.code, p.file, p.line) for p in report.problems]


@pytest.mark.parametrize(("file", "old", "new", "code", "line"), SPOILED)
def test_of_the_named_file_the_part_says_what_the_whole_says(
    catalog_copy: Path, file: str, old: str, new: str, code: str, line: int
) -> None:
    spoil(catalog_copy, file, old, new)
    own = {file, entry_key(file), file.replace(".yaml", ".csv")}
    of_it = [p for p in whole(catalog_copy) if p.file.removeprefix("catalog/") in own]
    told = [p for p in check_part(catalog_copy, [file]).problems
            if p.file.removeprefix("catalog/") in own]  # fmt: skip
    assert (code, f"catalog/{file}", line) in {(p.code, p.file, p.line) for p in told}
    assert told == of_it


@pytest.mark.parametrize(("file", "old", "new", "code", "line"), SPOILED)
def test_another_entrys_problem_is_never_told(
    catalog_copy: Path, file: str, old: str, new: str, code: str, line: int
) -> None:
    spoil(catalog_copy, file, old, new)
    bystander = "methods/cnn-from-scratch.yaml"
    assert check_part(catalog_copy, [bystander]).problems == []


@pytest.mark.parametrize(
    "named", ["results/cole2025check/table-2.yaml", "results/cole2025check/table-2.csv"]
)
def test_a_tables_header_and_rows_are_one_entry(catalog_copy: Path, named: str) -> None:
    spoil(catalog_copy, "results/cole2025check/table-2.yaml", "read: by_hand", "read: by_foot")
    report = check_part(catalog_copy, [named])
    assert codes(report) == [("E021", "catalog/results/cole2025check/table-2.yaml", 2)]
    spoil(catalog_copy, "results/cole2025check/table-2.yaml", "read: by_foot", "read: by_hand")
    spoil(catalog_copy, "results/cole2025check/table-2.csv", "0.82,fraction", "82,fraction")
    report = check_part(catalog_copy, [named])
    assert codes(report) == [("E121", "catalog/results/cole2025check/table-2.csv", 4)]


LOSSES = [
    # the file that is changed or removed, what is replaced (None: removed), what then dangles where
    ("methods/gc-content.yaml", None, ("E112", "results/cole2025check/table-2.csv", 5)),
    ("corpora/grch38.yaml", None, ("E203", "models/alpha.yaml", 10)),
    ("benchmarks/toys.yaml", ("id: two", "id: zwei"), ("E112", "results/cole2025check/table-2.csv", 8)),
    ("models/beta.yaml", ("id: beta-1", "id: beta-2"), ("E112", "results/cole2025check/table-2.csv", 3)),
    ("metrics.yaml", ("id: mcc,", "id: mccc,"), ("E204", "benchmarks/toys.yaml", 9)),
    ("metrics.yaml", ("id: mcc,", "id: mccc,"), ("E112", "results/abel2024alpha/table-1.csv", 4)),
    ("references.bib", ("{abel2024alpha,", "{abel2024beta,"), ("E201", "models/alpha.yaml", 5)),
    ("results/abel2024alpha/table-1.yaml", None, ("E206", "errata.yaml", 3)),
]  # fmt: skip


@pytest.mark.parametrize(("file", "change", "expected"), LOSSES)
def test_what_a_file_breaks_elsewhere_is_told(
    catalog_copy: Path,
    file: str,
    change: tuple[str, str] | None,
    expected: tuple[str, str, int],
) -> None:
    if change:
        spoil(catalog_copy, file, *change)
    else:
        (catalog_copy / file).unlink()
        (catalog_copy / file).with_suffix(".csv").unlink(missing_ok=True)
    code, where, line = expected
    assert (code, f"catalog/{where}", line) in codes(check_part(catalog_copy, [file]))


def test_only_the_dangling_name_is_told_of_a_touched_entry(catalog_copy: Path) -> None:
    spoil(catalog_copy, "results/cole2025check/table-2.csv", "0.82,fraction", "82,fraction")
    (catalog_copy / "methods/gc-content.yaml").unlink()
    report = check_part(catalog_copy, ["methods/gc-content.yaml"])
    assert codes(report) == [("E112", "catalog/results/cole2025check/table-2.csv", 5)]
    assert report.touched == ["results/cole2025check/table-2.yaml"]


def test_a_narrower_metric_finds_the_values_outside_it(catalog_copy: Path) -> None:
    spoil(catalog_copy, "metrics.yaml", "id: mcc, ", "id: mcc, note: narrower, ")
    text = (catalog_copy / "metrics.yaml").read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(text) if "id: mcc," in line)
    text[at] = text[at].replace("upper: 1", "upper: 0.5")
    (catalog_copy / "metrics.yaml").write_text("\n".join(text) + "\n", encoding="utf-8")
    report = check_part(catalog_copy, ["metrics.yaml"])
    # 0.60 on line 4 of table 1 and 0.55 on line 10 of table 2 are the fixture's MCCs above 0.5
    assert codes(report) == [
        ("E121", "catalog/results/abel2024alpha/table-1.csv", 4),
        ("E121", "catalog/results/cole2025check/table-2.csv", 10),
    ]


def test_in_a_file_of_many_entries_only_the_changed_ones_are_told(catalog_copy: Path) -> None:
    path = catalog_copy / "references.bib"
    text = path.read_text(encoding="utf-8")
    first = text.replace("year = {2024}", "year = {24}", 1)
    path.write_text(first + "@article{zed2025new,\n  title = {New},\n}\n", encoding="utf-8")
    lines = len(path.read_text(encoding="utf-8").splitlines())
    new = {"references.bib": [range(lines - 2, lines + 1)]}
    told = check_part(catalog_copy, ["references.bib"], changed=new)
    assert {p.key.partition(".")[0] for p in told.problems} == {"zed2025new"}
    every = check_part(catalog_copy, ["references.bib"])
    assert {p.key.partition(".")[0] for p in every.problems} >= {"zed2025new", "abel2024alpha"}


def test_a_file_that_cannot_be_read_is_told_wherever_the_slip_is(catalog_copy: Path) -> None:
    """A quote that never closes is met at the file's end, in an entry that nobody changed."""
    path = catalog_copy / "errata.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("id: ", 'id: "', 1) + "\n" * 5 + "- {id: other}\n", encoding="utf-8"
    )
    report = check_part(catalog_copy, ["errata.yaml"], changed={"errata.yaml": [range(1, 2)]})
    assert [p.code for p in report.problems] == ["E003"]


@pytest.mark.parametrize("defaults", ["5", "[split]", "text"])
def test_another_tables_broken_header_is_not_told_and_breaks_nothing(
    catalog_copy: Path, defaults: str
) -> None:
    head = catalog_copy / "results/cole2025check/table-2.yaml"
    head.write_text(f"{head.read_text('utf-8')}defaults: {defaults}\n", encoding="utf-8")
    assert check_part(catalog_copy, ["models/alpha.yaml"]).problems == []
    assert check_part(catalog_copy, ["results/cole2025check/table-2.yaml"]).problems != []


def test_a_folder_named_like_an_entry_is_told(catalog_copy: Path) -> None:
    (catalog_copy / "models" / "gamma.yaml").mkdir()
    assert codes(check_part(catalog_copy, ["models/gamma.yaml"])) == [
        ("E001", "catalog/models/gamma.yaml", 0)
    ]
    assert check_part(catalog_copy, ["models/beta.yaml"]).problems == []
    (catalog_copy / "wanted.yaml").symlink_to(catalog_copy / "nowhere")
    assert codes(check_part(catalog_copy, ["wanted.yaml"])) == [("E001", "catalog/wanted.yaml", 0)]


def test_a_catalog_by_way_of_a_link_is_the_same_catalog(catalog_copy: Path, tmp_path: Path) -> None:
    spoil(catalog_copy, "models/alpha.yaml", "modality: [dna]", "modality: [dnaa]")
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "linked"
    link.symlink_to(catalog_copy)
    report = check_part(link, ["models/alpha.yaml"])
    assert codes(report) == [("E021", "linked/models/alpha.yaml", 4)]


def test_the_index_gives_the_names_that_the_records_give() -> None:
    found, _ = read_catalog(REAL)
    by_index, by_records = vars(names_in(read_index(REAL))), vars(names_of(found))
    assert by_index.keys() == by_records.keys()
    for kind, names in by_records.items():
        assert sorted(by_index[kind]) == sorted(names), kind
    assert by_index["variants"] == by_records["variants"]


def test_one_changed_file_of_the_full_catalog_is_typed_alone() -> None:
    report = check_part(REAL, ["models/evo.yaml"])
    assert (report.typed, report.touched, report.problems) == (1, [], [])


def test_every_list_of_the_catalog_is_indexed() -> None:
    index = read_index(REAL)
    assert [name for name in LISTS if (REAL / name).exists() and name not in index] == []


def test_a_summary_is_kept_by_the_bytes_it_was_made_from(
    catalog_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "build" / "index.json"
    first = read_index(catalog_copy, cache)
    parsed: list[str] = []
    import schema.index

    real = schema.index.summarise
    monkeypatch.setattr(
        schema.index, "summarise", lambda root, key: parsed.append(key) or real(root, key)
    )
    assert read_index(catalog_copy, cache) == first
    assert parsed == []
    spoil(catalog_copy, "models/alpha.yaml", "id: alpha-1", "id: alpha-9")
    assert (
        "alpha alpha-9" in read_index(catalog_copy, cache)["models/alpha.yaml"].defines["variants"]
    )
    assert parsed == ["models/alpha.yaml"]


def test_a_broken_cache_costs_time_and_nothing_else(catalog_copy: Path, tmp_path: Path) -> None:
    cache = tmp_path / "index.json"
    for text in ("{", "[]", '{"version": "x", "entries": 3}'):
        cache.write_text(text, encoding="utf-8")
        assert check_part(catalog_copy, ["models/alpha.yaml"], cache).problems == []
