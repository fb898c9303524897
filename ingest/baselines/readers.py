"""From a benchmark's file, as published, to sequences and labels in the file's own order."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ingest.baselines.registry import DataFile, DatasetError, DataTask, Format

Rows = tuple[list[str], list[str]]  # sequences, labels as printed


def content(path: Path) -> bytes:
    """The file's bytes, decompressed where its name ends in .gz."""
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else raw


def read_rows(raw: bytes, file: DataFile, task: DataTask, split: str) -> Rows:
    """Sequences and labels of one file; raises DatasetError (B010) with the line at fault."""
    sequences, labels = _READERS[task.format](raw, file, task, split)
    if not sequences:
        raise DatasetError("B010", f"{file.path}: no sequence found in a file of {len(raw)} bytes")
    for line, sequence in enumerate(sequences, 1):
        if not sequence or not sequence.isascii() or not sequence.isalpha():
            raise DatasetError(
                "B010", f"{file.path}: sequence {line} is {sequence[:40]!r}, expected letters only"
            )
    return sequences, labels


def _csv(raw: bytes, file: DataFile, task: DataTask, split: str) -> Rows:
    try:
        frame = pd.read_csv(
            io.BytesIO(raw), dtype=str, keep_default_na=False,
            usecols=[task.sequence_column, task.label_column],
        )  # fmt: skip
    except ValueError as error:
        first = raw[:200].decode("utf-8", "replace").splitlines()
        raise DatasetError(
            "B010",
            f"{file.path}: expected the columns {task.sequence_column} and {task.label_column}, "
            f"found the header {first[0] if first else ''!r} ({error})",
        ) from error
    return frame[task.sequence_column].tolist(), frame[task.label_column].tolist()


def _fasta(raw: bytes, file: DataFile) -> tuple[list[str], list[str]]:
    headers: list[str] = []
    parts: list[list[str]] = []
    for number, line in enumerate(raw.decode("ascii", "replace").splitlines(), 1):
        if line.startswith(">"):
            headers.append(line[1:].strip())
            parts.append([])
        elif line.strip():
            if not parts:
                raise DatasetError("B010", f"{file.path}:{number}: sequence before any > header")
            parts[-1].append(line.strip())
    return headers, ["".join(p) for p in parts]


def _fasta_one_class(raw: bytes, file: DataFile, task: DataTask, split: str) -> Rows:
    if file.label is None:
        raise DatasetError("B010", f"{file.path}: the registry names no `label` for this file")
    headers, sequences = _fasta(raw, file)
    return sequences, [file.label] * len(headers)


def _fasta_labelled(raw: bytes, file: DataFile, task: DataTask, split: str) -> Rows:
    headers, sequences = _fasta(raw, file)
    for number, header in enumerate(headers, 1):
        if "|" not in header or not header.rsplit("|", 1)[1].strip().isdigit():
            raise DatasetError(
                "B010",
                f"{file.path}: header {number} is {header[:60]!r}, expected a whole number as "
                "label after the last |",
            )
    return sequences, [h.rsplit("|", 1)[1].strip() for h in headers]


def _uci_splice(raw: bytes, file: DataFile, task: DataTask, split: str) -> Rows:
    labels, sequences = [], []
    for number, line in enumerate(raw.decode("ascii", "replace").splitlines(), 1):
        fields = [f.strip() for f in line.split(",")]
        if len(fields) != 3:
            raise DatasetError(
                "B010", f"{file.path}:{number}: {len(fields)} fields, expected class,name,sequence"
            )
        labels.append(fields[0])
        sequences.append(fields[2])
    return sequences, labels


def _uci_promoters(raw: bytes, file: DataFile, task: DataTask, split: str) -> Rows:
    labels, sequences = [], []
    for number, line in enumerate(raw.decode("ascii", "replace").splitlines(), 1):
        fields = [f.strip() for f in line.split(",")]
        if len(fields) < 3 or fields[-1] not in {"+", "-"}:
            raise DatasetError(
                "B010", f"{file.path}:{number}: expected a number, one base a field, then + or -"
            )
        labels.append(fields[-1])
        sequences.append("".join(fields[1:-1]))
    return sequences, labels


def _class_folders(raw: bytes, file: DataFile, task: DataTask, split: str) -> Rows:
    labels, sequences = [], []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in sorted(archive.namelist()):
            parts = name.split("/")
            if len(parts) >= 3 and parts[-3] == split and parts[-1].endswith(".txt"):
                labels.append(parts[-2])
                sequences.append(archive.read(name).decode("ascii", "replace").strip())
    return sequences, labels


_READERS: dict[Format, Callable[[bytes, DataFile, DataTask, str], Rows]] = {
    Format.csv: _csv,
    Format.fasta: _fasta_one_class,
    Format.fasta_labelled: _fasta_labelled,
    Format.uci_splice: _uci_splice,
    Format.uci_promoters: _uci_promoters,
    Format.class_folders_zip: _class_folders,
}
