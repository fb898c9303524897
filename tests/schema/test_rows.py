"""Result rows: columns, defaults, and places in CSV files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.records.evaluation import COLUMNS, Evaluation
from schema.rows import cell_column, read_rows


def _header(**defaults: str) -> Evaluation:
    source = {"cite": "abel2024alpha", "locator": "Table 1", "read": "by_hand"}
    return Evaluation.model_validate({"title": "t", "source": source, "defaults": defaults})


def _read(folder: Path, text: str, **defaults: str):
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read_rows(path, folder, _header(**defaults), "t.yaml")


def test_empty_cells_and_missing_columns_take_the_defaults(tmp_path: Path) -> None:
    rows, problems = _read(
        tmp_path, "row,method,split,value\n1,a,,0.5\n2,b,dev,0.6\n", split="test"
    )
    assert problems == []
    assert rows["split"].tolist() == ["test", "dev"]
    assert rows["unit"].tolist() == ["fraction", "fraction"]
    assert rows["line"].tolist() == [2, 3]
    assert set(COLUMNS) < set(rows.columns)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("row,methd,value\n1,a,0.5\n", "E101", 1),
        ('row,method,value\n1,"a\nb",0.5\n', "E102", 2),
        ("row,method,value\n1,a\n", "E103", 2),
        ('row,method,value\n1,"a"b,0.5\n', "E104", 2),
        ("row,row,value\n1,1,0.5\n", "E101", 1),
        ("", "E104", 1),
        ("row,method,value\n", "E104", 1),
    ],
)
def test_broken_rows_are_told_with_code_and_line(
    tmp_path: Path, text: str, code: str, line: int
) -> None:
    _, problems = _read(tmp_path, text)
    assert (code, line) in {(problem.code, problem.line) for problem in problems}


def test_values_keep_the_digits_that_were_printed(tmp_path: Path) -> None:
    rows, _ = _read(tmp_path, "row,value\n1,0.860\n2,1.10\n3,010\n")
    assert rows["value"].tolist() == ["0.860", "1.10", "010"]


@pytest.mark.parametrize(("mark", "called"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_spreadsheets_own_separator_is_one_message_beside_its_byte_order_mark(
    tmp_path: Path, mark: str, called: str
) -> None:
    lines = [["row", "method", "value"], ["1", "a", "0,5"], ["2", "b", "0,6"]]
    text = "\ufeff" + "".join(mark.join(line) + "\r\n" for line in lines)
    _, problems = _read(tmp_path, text)
    assert [problem.code for problem in problems] == ["E006", "E104"]
    assert problems[1].found == f"cells parted by {called}"


def test_an_unknown_column_is_told_where_it_stands_also_behind_a_byte_order_mark(
    tmp_path: Path,
) -> None:
    _, problems = _read(tmp_path, '\ufeffrow,"method",vallue\n1,a,0.5\n')
    assert [(p.code, p.line, p.column) for p in problems] == [("E006", 1, 1), ("E101", 1, 14)]


def test_an_unknown_column_is_told_behind_blank_lines_of_an_old_mac(tmp_path: Path) -> None:
    _, problems = _read(tmp_path, "\r\rrow,vallue\r1,0.5\r")
    assert [(p.code, p.line, p.column) for p in problems] == [("E101", 3, 5)]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    _read(tmp_path_factory.getbasetemp(), text)


def test_cell_column_counts_characters_past_quoted_commas() -> None:
    assert cell_column('1,"a,b",0.5', 2) == 9
