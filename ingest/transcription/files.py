"""The text of a result table's two files: head in YAML, rows in CSV; the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from schema.records.evaluation import BUILT_IN_DEFAULTS, COLUMNS

if TYPE_CHECKING:
    from ingest.transcription.base import Table


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True  # the catalog's reader refuses anchors


def header_text(table: Table, digests: Mapping[str, str], defaults: Mapping[str, str]) -> str:
    """The YAML head; `digests` gives the sha256 of each file the rows were read from, in order."""
    head: dict[str, Any] = {
        "title": table.title,
        "source": {"cite": table.citekey, **table.source},
        "transcribed_from": [
            {"name": name, "sha256": digest, "format": "evidence_csv"}
            for name, digest in digests.items()
        ],
    }
    if table.evidence_level:
        head["evidence_level"] = table.evidence_level
    if defaults:
        head["defaults"] = dict(defaults)
    if table.note:
        head["note"] = table.note
    return yaml.dump(head, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=98)


def rows_text(records: Sequence[Mapping[str, str]], defaults: Mapping[str, str]) -> str:
    """The CSV: columns in canonical order, without those that say nothing beyond the defaults."""
    used = {
        column
        for record in records
        for column, text in record.items()
        if text and column not in defaults and text != BUILT_IN_DEFAULTS.get(column)
    }
    columns = [column for column in COLUMNS if column in used]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerow({column: record.get(column, "") for column in columns})
    return out.getvalue()


def replace(path: Path, text: str) -> bool:
    """Write `text` to `path` by way of a temporary name; False where it stood there already."""
    data = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(data)
    temporary.replace(path)
    return True
