"""Each published format, and what is said of a file that isn't one."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.baselines.readers import read_rows
from ingest.baselines.registry import DataFile, DatasetError, DataTask
from tests.ingest.baselines import made


def read(raw: bytes, form: str, split: str = "test", **known: object):
    task: DataTask = made.suite(format=form, splits={}, **known).tasks[0]
    file = DataFile(path="a/b.txt", label="1" if form == "fasta" else None)
    return read_rows(raw, file, task, split)


def test_csv_by_the_names_of_its_columns() -> None:
    raw = b"label,extra,seq\n1,x,ACGT\n0,y,NA\n"
    # NA is a sequence here, not a missing value
    assert read(raw, "csv", sequence_column="seq") == (["ACGT", "NA"], ["1", "0"])


def test_fasta_of_one_class_with_wrapped_lines() -> None:
    assert read(b">a\nACG\nTTT\n\n>b\nacg\n", "fasta") == (["ACGTTT", "acg"], ["1", "1"])


def test_fasta_with_labels_in_its_headers() -> None:
    raw = b">chr1:1-4|x|0\nACGT\n>n|12\nGG\n"
    assert read(raw, "fasta_labelled") == (["ACGT", "GG"], ["0", "12"])


def test_uci_tables() -> None:
    assert read(b"EI,   NAME-1,   ACGTN\nN,B,GG\n", "uci_splice") == (["ACGTN", "GG"], ["EI", "N"])
    assert read(b"0,t,a,c,+\n1,g,g,g,-\n", "uci_promoters") == (["tac", "ggg"], ["+", "-"])


def test_zip_of_class_folders_gives_one_split() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("set/train/negative/0.txt", "AAAA\n")
        archive.writestr("set/test/positive/0.txt", "CCCC\n")
        archive.writestr("set/test/negative/7.txt", "GGGG")
        archive.writestr("set/README.md", "no")
    assert read(out.getvalue(), "class_folders_zip") == (
        ["GGGG", "CCCC"],
        ["negative", "positive"],
    )


@pytest.mark.parametrize(
    ("raw", "form", "says"),
    [
        (b"a,b\n1,2\n", "csv", "expected the columns sequence and label, found the header 'a,b'"),
        (b"sequence,label\n", "csv", "no sequence found"),
        (b"sequence,label\nAC GT,1\n", "csv", "sequence 1 is 'AC GT', expected letters only"),
        (b"ACGT\n", "fasta", "a/b.txt:1: sequence before any >"),
        (b">x\nACGT\n", "fasta_labelled", r"header 1 is 'x', expected a whole number"),
        (b"EI,ACGT\n", "uci_splice", "a/b.txt:1: 2 fields, expected class,name,sequence"),
        (b"0,a,c\n", "uci_promoters", "a/b.txt:1: expected a number"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(raw: bytes, form: str, says: str) -> None:
    with pytest.raises(DatasetError, match=says) as caught:
        read(raw, form)
    assert caught.value.code == "B010"
