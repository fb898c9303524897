"""Checking a part of the catalog: the entries that are named, and what they touch.

The named files are typed and ruled on in full. Of all other entries only the names they define
and use are looked at (schema/index.py): where a name that a named file should define is missing,
those that use it are read too, and only that is told of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sized
from dataclasses import dataclass
from pathlib import Path

from schema.catalog import Catalog, catalog_files, read_catalog
from schema.index import Index, dangling, entry_key, names_in, read_index
from schema.problems import Problem, shown

Lines = Mapping[str, Collection[range]]

_OF_THE_WHOLE = "E00"
"""How codes begin that say that a file can't be read at all."""


@dataclass(frozen=True)
class Report:
    """What a check of a part found, and how much it had to read for it."""

    problems: list[Problem]
    checked: list[str]
    """Files that were named, by their path inside the catalog."""
    touched: list[str]
    """Other entries that were read in full since they use a name that is missing."""
    typed: int
    """Entries turned into records; the rest of the catalog was only looked up."""


def check_part(
    root: Path, named: Iterable[str], cache: Path | None = None, changed: Lines | None = None
) -> Report:
    """Check the files `named` (paths inside the catalog; deleted ones too) and what they touch.

    `changed` may say which lines (from 1) of a file that holds many entries are new: problems of
    its other entries aren't told.
    """
    from schema.rules import check_catalog

    focus = _with_their_pair(named)
    index = read_index(root, cache)
    names = names_in(index)
    missing = {
        key: lost
        for key, found in dangling(index, names).items()
        if key not in focus
        and (lost := {name for kind, name in found if _owned(kind, name, focus)})
    }
    off_scale = _out_of_scale(root, index) - focus if "metrics.yaml" in focus else set()
    touched = {*missing, *off_scale}
    only = {file for key in {*focus, *touched} for file in (key, _rows(key))}
    if _any(focus, "datasets/"):  # audits are held against registered files
        only |= {name for name in files_under(root, root / "datasets") if name.endswith(".yaml")}
    catalog, problems = read_catalog(root, only, names)
    problems += check_catalog(catalog)
    told = []
    for problem in sorted(set(problems)):
        key = entry_key(problem.file.removeprefix(f"{root.name}/"))
        if key in focus:
            told += [problem] if _is_new(problem, key, root, changed) else []
        elif _concerns(problem, missing.get(key, set())) or (
            problem.code == "E121" and key in off_scale
        ):
            told.append(problem)
    return Report(told, sorted(focus), sorted(touched), _count(catalog))


def files_under(root: Path, path: Path) -> list[str]:
    """The catalog's files at or below `path`, by their path inside the catalog."""
    inside = path.resolve().relative_to(root.resolve()).as_posix()
    every = [each.relative_to(root).as_posix() for each in catalog_files(root)]
    below = "" if inside == "." else f"{inside}/"
    return [name for name in every if name == inside or name.startswith(below)]


def _with_their_pair(named: Iterable[str]) -> set[str]:
    return {key for name in named for key in {name, entry_key(name)}}


def _rows(key: str) -> str:
    return key.removesuffix(".yaml") + ".csv" if key.startswith("results/") else key


def _owned(kind: str, name: str, focus: set[str]) -> bool:
    """Whether one of the files in focus is where `name` would be defined."""

    def has(*files: str) -> bool:
        return any(file in focus for file in files)

    if kind == "scored":
        return has(f"models/{name}.yaml", f"methods/{name}.yaml")
    if kind == "variants":
        model = name.partition(" ")[0]
        return has(f"models/{model}.yaml") if model else _any(focus, "models/")
    if kind in ("tasks", "benchmarks"):
        return has(f"benchmarks/{name.partition('/')[0]}.yaml")
    if kind == "claims":
        return _any(focus, "claims/")
    if kind == "decided":
        return has(f"findings/{name}.yaml") or _any(focus, "claims/")
    one_file = {"metrics": "metrics.yaml", "publications": "references.bib"}
    each = {"corpora": f"corpora/{name}.yaml", "evaluations": f"results/{name}.yaml"}
    if kind == "datasets":
        return _any(focus, "benchmarks/")
    return has((one_file | each)[kind])


def _any(focus: set[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in focus)


def _out_of_scale(root: Path, index: Index) -> set[str]:
    """Tables with values that metrics.yaml, as it stands now, doesn't allow."""
    catalog, _ = read_catalog(root, only=())
    outside: set[str] = set()
    for key, summary in index.items():
        for metric, (low, high) in summary.ranges.items():
            known = catalog.metrics.get(metric)
            lower = known.lower if known and isinstance(known.lower, float) else low
            upper = known.upper if known and isinstance(known.upper, float) else high
            if low < lower or high > upper:
                outside.add(key)
    return outside


def _concerns(problem: Problem, missing: set[str]) -> bool:
    """Whether a problem of an entry that wasn't named is due to one that was."""
    words = {shown(word) for name in missing for word in (name, name.partition(" ")[2])}
    return any(problem.found.startswith(word) for word in words)


def _is_new(problem: Problem, key: str, root: Path, changed: Lines | None) -> bool:
    """Whether a problem stands in an entry whose lines changed, where a file holds many."""
    if changed is None or key not in changed or "/" in key or not problem.line:
        return True
    if problem.code.startswith(_OF_THE_WHOLE):
        return True  # the parser gives up far from the slip, and all entries are lost with it
    path = root / key
    if not path.exists():
        return True
    opening = "@" if key.endswith(".bib") else "- "
    first, last = problem.line, problem.line
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    while first > 1 and not lines[first - 1].startswith(opening):
        first -= 1
    while last < len(lines) and not lines[last].startswith(opening):
        last += 1
    return any(span.start <= last and span.stop > first for span in changed[key])


def _count(catalog: Catalog) -> int:
    groups: tuple[Sized, ...] = (
        catalog.models, catalog.methods, catalog.corpora, catalog.benchmarks, catalog.claims,
        catalog.findings, catalog.datasets, catalog.audits, catalog.results,
    )  # fmt: skip
    return sum(len(group) for group in groups)
