"""Writes a whole export beside its place and then puts it there in one step."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.changes.summary import summarise, to_json
from analysis.dictionary import dictionary
from analysis.export.croissant import croissant
from analysis.export.datapackage import About, Exported, datapackage
from analysis.export.relations import ExportError, relations
from analysis.export.tables import write_table
from analysis.export.words import citation, readme
from analysis.store import connect, meta
from schema.catalog import data_version
from schema.files import put_folder
from schema.json_schema import FILES, text_of

SUMS = "SHA256SUMS"
PROJECT = Path(__file__).resolve().parent.parent.parent

Report = Callable[[str], None]


@dataclass(frozen=True)
class Release:
    """What an export is published as; empty for one that isn't a release."""

    name: str = ""
    date: str = ""
    url: str = ""


def export(
    database: Path,
    catalog: Path,
    out: Path,
    release: Release,
    version: str,
    report: Report = lambda _: None,
) -> int:
    """Write the export of one build to the folder `out`; returns the number of files.

    `version` is what the metadata call it where the release has no name. An earlier export or an
    empty folder at `out` is replaced, anything else is refused. Raises ExportError, and OSError
    where it can't be written; `out` is then as it was.
    """
    _refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        _write(database, catalog, draft, release, version, report)
        report("writing the checksums")
        n_files = _write_sums(draft)
        draft.chmod(0o755)  # mkdtemp makes it private
        put_folder(draft, out)
    finally:
        if draft.exists():
            shutil.rmtree(draft)
    return n_files


def _refuse_foreign(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise ExportError(f"{out}: found a file, expected a folder or nothing; name another place")
    if any(out.iterdir()) and not (out / SUMS).is_file():
        raise ExportError(
            f"{out}: found a folder with other files, expected an earlier export, an empty folder "
            "or nothing; name another place"
        )


def _write(
    database: Path, catalog: Path, draft: Path, release: Release, version: str, report: Report
) -> None:
    with connect(database) as connection:
        about_build = meta(connection)
        if about_build.get("data_version") != data_version(catalog):
            raise ExportError(
                f"{database}: found data version {about_build.get('data_version')}, expected that of "
                f"{catalog}, {data_version(catalog)}; run `claimgap build` first"
            )
        # tags begin with a v, versions don't (https://semver.org)
        called = re.sub(r"^v(?=\d)", "", release.name) or version
        about = About(called, about_build["data_version"], release.date, release.url)
        # one thread: several would decide anew each time how rows fall into row groups
        connection.execute("SET threads = 1")
        tables = []
        for relation in relations(connection):
            report(f"writing {relation.name}, {relation.n_rows:,} rows")
            parquet, csv = write_table(connection, relation, draft)
            tables.append(Exported(relation, _told(csv, draft), _told(parquet, draft)))
        report("describing them")
        _text(draft / "dictionary.md", dictionary(connection))
        summary = replace(summarise(connection), release=release.name, date=release.date)
        _text(draft / "summary.json", to_json(summary))
    _json(draft / "datapackage.json", datapackage(tables, about))
    _json(draft / "croissant.json", croissant(tables, about))
    for kind in FILES:
        _text(draft / "schemas" / f"{kind}.json", text_of(kind))
    _text(draft / "README.md", readme(about))
    template = (PROJECT / "CITATION.cff").read_text(encoding="utf-8")
    _text(draft / "CITATION.cff", citation(template, about))
    for name in ("LICENSE", "LICENSE-DATA"):
        shutil.copyfile(PROJECT / name, draft / name)
    shutil.copyfile(catalog / "references.bib", draft / "references.bib")
    report("copying the database")
    shutil.copyfile(database, draft / "claimgap.duckdb")


def _told(path: Path, folder: Path) -> tuple[str, int, str]:
    return path.relative_to(folder).as_posix(), path.stat().st_size, sha256(path)


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _json(path: Path, value: dict[str, Any]) -> None:
    _text(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def _write_sums(folder: Path) -> int:
    files = sorted(
        (path for path in folder.rglob("*") if path.is_file()),
        key=lambda path: path.relative_to(folder).as_posix(),
    )
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    _text(folder / SUMS, "".join(lines))
    return len(files) + 1
