"""The whole catalog, read once: every entry typed, every problem kept, with a data version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pandas as pd
from pydantic import BaseModel

from schema.entries import read_entry, read_list
from schema.names import Names, names_of
from schema.problems import CatalogError, Problem, Severity, relative
from schema.records.audit import Audit
from schema.records.benchmark import Benchmark, Metric
from schema.records.claim import ClaimFile
from schema.records.dataset import Suite
from schema.records.evaluation import Evaluation
from schema.records.ledger import Erratum, Finding, Overlap, TermCount, Wanted
from schema.records.method import Corpus, Method
from schema.records.model import Model
from schema.records.publication import Publication
from schema.records.reply import Rejected, ReplyFile
from schema.rows import ResultTable, read_rows, stand_in

R = TypeVar("R", bound=BaseModel)


@dataclass
class Catalog:
    """All entries, by id, in the order of their ids."""

    root: Path
    version: str = ""
    publications: dict[str, Publication] = field(default_factory=dict)
    models: dict[str, Model] = field(default_factory=dict)
    methods: dict[str, Method] = field(default_factory=dict)
    corpora: dict[str, Corpus] = field(default_factory=dict)
    benchmarks: dict[str, Benchmark] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)
    claims: dict[str, ClaimFile] = field(default_factory=dict)
    results: list[ResultTable] = field(default_factory=list)
    findings: dict[str, Finding] = field(default_factory=dict)
    datasets: dict[str, Suite] = field(default_factory=dict)
    audits: dict[str, Audit] = field(default_factory=dict)
    errata: list[Erratum] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)
    terms: list[TermCount] = field(default_factory=list)
    replies: dict[str, ReplyFile] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    listed_metrics: list[str] = field(default_factory=list)
    """Ids in the order of metrics.yaml, one that stands twice among them."""
    _rows: pd.DataFrame | None = None
    _names: Names | None = None

    def file(self, *parts: str) -> str:
        """A catalog file as people type it: `catalog/models/evo.yaml`."""
        return relative(self.root.joinpath(*parts), self.root.parent)

    @property
    def names(self) -> Names:
        """What entries may refer to; of the whole catalog, also where only a part was read."""
        if self._names is None:
            self._names = names_of(self)
        return self._names

    def rows(self) -> pd.DataFrame:
        """All result rows as text, with `evaluation`, `publication`, `file` and `line`."""
        if self._rows is not None:
            return self._rows
        frames = [
            table.rows.assign(
                evaluation=table.id, publication=table.publication, file=table.rows_file
            )
            for table in self.results
        ]
        self._rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
        return self._rows


FOLDERS = (
    "models",
    "methods",
    "corpora",
    "benchmarks",
    "claims",
    "results",
    "findings",
    "datasets",
    "replies",
)
LISTS = (
    "metrics.yaml", "errata.yaml", "wanted.yaml", "overlaps.yaml", "terms.yaml", "rejected.yaml",
    "references.bib",
)  # fmt: skip
BESIDE_DATASETS = {"audits": ".yaml", "runs": ".csv"}
"""Folders under datasets/: audits of the data, and every candidate and pair of our own runs."""


def catalog_files(root: Path) -> Iterator[Path]:
    """All files of the catalog in a fixed order; editors' hidden and backup files don't count."""
    for path in sorted(root.rglob("*"), key=lambda each: each.relative_to(root).as_posix()):
        parts = path.relative_to(root).parts
        if path.is_file() and not any(p.startswith(".") or p.endswith("~") for p in parts):
            yield path


def data_version(root: Path) -> str:
    """The first 16 hex digits of a SHA-256 over the names and bytes of all catalog files."""
    digest = hashlib.sha256()
    for path in catalog_files(root):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def read_catalog(
    root: Path, only: Collection[str] | None = None, names: Names | None = None
) -> tuple[Catalog, list[Problem]]:
    """Read every file of the catalog; entries with problems are left out and told of.

    `only` names files by their path inside the catalog: the rest isn't read (metrics.yaml always
    is, for the scales of values), and `names` then says what the whole catalog defines.
    """
    base = root.parent
    catalog = Catalog(root=root, _names=names)
    if not root.is_dir():
        name = relative(root, base)
        return catalog, [
            Problem(name, 0, 0, "E001", "", "no such folder", "the catalog",
                    "run this where catalog/ is, or name it with --catalog")
        ]  # fmt: skip

    def wanted(path: Path) -> bool:
        return only is None or path.relative_to(root).as_posix() in only

    problems: list[Problem] = []
    if only is None:
        catalog.version = data_version(root)
    if wanted(root / "references.bib"):
        from schema.bib_reader import read_bibliography  # its library takes long to import

        publications, problems = read_bibliography(root / "references.bib", base)
        catalog.publications = {each.citekey: each for each in publications}

    def folder(record: type[R], name: str) -> dict[str, R]:
        entries: dict[str, R] = {}
        for path in filter(wanted, sorted((root / name).glob("*.yaml"))):
            entry = read_entry(record, path, base)
            if isinstance(entry, list):
                problems.extend(entry)
            else:
                entries[path.stem] = entry
        return entries

    def listed(record: type[R], name: str) -> list[R]:
        if not wanted(root / name) and name != "metrics.yaml":
            return []
        entries, found = read_list(record, root / name, base)
        problems.extend(found)
        return entries

    catalog.models = folder(Model, "models")
    catalog.methods = folder(Method, "methods")
    catalog.corpora = folder(Corpus, "corpora")
    catalog.benchmarks = folder(Benchmark, "benchmarks")
    catalog.claims = folder(ClaimFile, "claims")
    catalog.findings = folder(Finding, "findings")
    catalog.datasets = folder(Suite, "datasets")
    catalog.audits = folder(Audit, "datasets/audits")
    metrics = listed(Metric, "metrics.yaml")
    catalog.metrics = {each.id: each for each in metrics}
    catalog.listed_metrics = [each.id for each in metrics]
    catalog.errata = listed(Erratum, "errata.yaml")
    catalog.wanted = listed(Wanted, "wanted.yaml")
    catalog.overlaps = listed(Overlap, "overlaps.yaml")
    catalog.terms = listed(TermCount, "terms.yaml")
    catalog.replies = folder(ReplyFile, "replies")
    catalog.rejected = listed(Rejected, "rejected.yaml")
    _read_results(catalog, problems, wanted)
    if only is None and problems:
        _keep_names_of_refused(catalog, problems)
    _strays(catalog, problems)
    return catalog, problems


def _keep_names_of_refused(catalog: Catalog, problems: list[Problem]) -> None:
    """A slip in one entry shouldn't make every entry that refers to it wrong as well."""
    from schema.index import entry_key, names_in, summarise

    prefix = f"{relative(catalog.root, catalog.root.parent)}/"
    keys = {entry_key(each.file.removeprefix(prefix)) for each in problems}
    index = {key: summarise(catalog.root, key) for key in sorted(keys)}
    catalog.names.add(names_in(index))


def _read_results(
    catalog: Catalog, problems: list[Problem], wanted: Callable[[Path], bool]
) -> None:
    base = catalog.root.parent
    for path in sorted((catalog.root / "results").glob("*/*.yaml")):
        if not wanted(path) and not wanted(path.with_suffix(".csv")):
            continue
        read = read_entry(Evaluation, path, base)
        if isinstance(read, list):
            problems.extend(read)
        header = stand_in(path, base) if isinstance(read, list) else read
        if header is None:
            continue
        rows_path = path.with_suffix(".csv")
        name = relative(path, base)
        if not rows_path.exists():
            problems.append(
                Problem(name, 0, 0, "E105", "", "no rows beside it", relative(rows_path, base),
                        "add the CSV file, or remove the header")
            )  # fmt: skip
            continue
        rows, found = read_rows(rows_path, base, header, name)
        problems.extend(found)
        catalog.results.append(
            ResultTable(path.parent.name, path.stem, header, name, relative(rows_path, base), rows)
        )
    for path in sorted((catalog.root / "results").glob("*/*.csv")):
        if not path.with_suffix(".yaml").exists():
            problems.append(
                Problem(relative(path, base), 0, 0, "E105", "", "no header beside it",
                        relative(path.with_suffix(".yaml"), base), "add the YAML header")
            )  # fmt: skip


def _strays(catalog: Catalog, problems: list[Problem]) -> None:
    """Files that no reader looks at: evidence that would silently not count."""
    for path in catalog_files(catalog.root):
        parts = path.relative_to(catalog.root).parts
        known = (
            (len(parts) == 1 and parts[0] in LISTS)
            or (len(parts) == 2 and parts[0] in FOLDERS and parts[0] != "results" and path.suffix == ".yaml")
            or (len(parts) == 3 and parts[0] == "results" and path.suffix in {".yaml", ".csv"})
            or (len(parts) == 3 and parts[0] == "datasets" and BESIDE_DATASETS.get(parts[1]) == path.suffix)
        )  # fmt: skip
        if not known:
            problems.append(
                Problem(relative(path, catalog.root.parent), 0, 0, "E106", "", "a file in a place "
                        "that nobody reads", "catalog/<kind>/<id>.yaml or results/<citekey>/<table>",
                        "move it there, or remove it")
            )  # fmt: skip


def load(root: Path) -> Catalog:
    """Read and check the whole catalog.

    Raises CatalogError with all problems at once when there is any error.
    """
    from schema.rules import check_catalog

    catalog, problems = read_catalog(root)
    problems += check_catalog(catalog)
    errors = [each for each in problems if each.severity is Severity.error]
    if errors:
        raise CatalogError(errors)
    return catalog
