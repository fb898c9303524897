"""What each file of the catalog defines and what it refers to, without typing the entry.

`claimgap check PATHS` types the named files only; of the rest it needs no more than this. A file's
summary is kept under the SHA-256 of its bytes, so that it can't be out of date.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schema.catalog import LISTS
from schema.files import write_whole
from schema.names import Names
from schema.problems import Problem
from schema.records.evaluation import BUILT_IN_DEFAULTS
from schema.yaml_reader import parse_yaml, read_text

_ENTRY = re.compile(r"^@\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)
_VERSION_OF = re.compile(r"^\s*versionof\s*=\s*[{\"]([^}\"]+)", re.MULTILINE | re.IGNORECASE)
_UNKNOWN = {"not_reported", "not_applicable", "not_checked", ""}
_PERCENT = 100.0


_FOLDERS = ("models", "methods", "corpora", "benchmarks", "claims", "findings", "datasets",
            "replies")  # fmt: skip


@dataclass
class Summary:
    """Names that one entry defines and uses, by kind; value ranges of a table by metric."""

    defines: dict[str, list[str]] = field(default_factory=dict)
    uses: dict[str, list[str]] = field(default_factory=dict)
    ranges: dict[str, list[float]] = field(default_factory=dict)

    def define(self, kind: str, names: Any) -> None:
        """Add names that the entry gives."""
        _add(self.defines, kind, names)

    def use(self, kind: str, names: Any) -> None:
        """Add names that the entry refers to."""
        _add(self.uses, kind, names)


def _add(to: dict[str, list[str]], kind: str, names: Any) -> None:
    found = [names] if isinstance(names, str) else names if isinstance(names, list) else []
    known = to.setdefault(kind, [])
    known += [n for n in found if isinstance(n, str) and n not in known and n not in _UNKNOWN]


Index = dict[str, Summary]
"""By path inside the catalog; a result table is one entry under its header's path."""


def entry_key(name: str) -> str:
    """Under which key a file stands in the index: rows stand with their header."""
    in_table = name.startswith("results/") and name.endswith(".csv")
    return name.removesuffix(".csv") + ".yaml" if in_table else name


def read_index(root: Path, cache: Path | None = None) -> Index:
    """Summaries of all entries; those that `cache` knows by their bytes aren't parsed again.

    Never raises: what can't be read defines its file's name and uses nothing.
    """
    kept = _load(cache)
    fresh: dict[str, dict[str, Any]] = {}
    index: Index = {}
    for key, files in _entries(root):
        raw = [_bytes(path) for path in files]
        digest = hashlib.sha256(key.encode())
        for each in raw:
            digest.update(hashlib.sha256(each).digest())
        known = digest.hexdigest()[:32]
        stored = kept.get(known)
        if stored is None:
            stored = vars(summarise(root, key))
        fresh[known] = stored
        index[key] = Summary(**stored)
    if cache is not None and fresh.keys() != kept.keys():
        _save(cache, fresh)
    return index


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:  # the reader of the entry says why
        return b""


def _entries(root: Path) -> Iterator[tuple[str, list[Path]]]:
    for folder in _FOLDERS:
        for path in sorted((root / folder).glob("*.yaml")):
            yield f"{folder}/{path.name}", [path]
    for path in sorted((root / "results").glob("*/*.yaml")):
        key = path.relative_to(root).as_posix()
        yield key, [path, path.with_suffix(".csv")]
    for name in LISTS:
        if (root / name).exists():
            yield name, [root / name]


def summarise(root: Path, key: str) -> Summary:
    """One entry's summary, from its file or files."""
    found = Summary()
    text = read_text(root / key, root)
    folder, stem = key.split("/", maxsplit=1)[0], Path(key).stem
    own = _OWN.get(folder)
    if own:
        found.define(own, stem)
    elif folder == "results":
        found.define("evaluations", key.removeprefix("results/").removesuffix(".yaml"))
    if isinstance(text, Problem):
        return found
    if key == "references.bib":
        found.define("publications", _ENTRY.findall(text))
        found.use("publications", _VERSION_OF.findall(text))
        return found
    node = parse_yaml(text, key)
    if isinstance(node, Problem):
        return found
    if folder == "results":
        _table(found, node, root / key)
    else:
        _READ.get(folder, _nothing)(found, node, stem)
    return found


_OWN = {"models": "models", "methods": "methods", "corpora": "corpora",
        "benchmarks": "benchmarks", "findings": "findings"}  # fmt: skip


def _get(node: Any, *keys: str) -> Any:
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def _items(node: Any) -> Iterator[dict[str, Any]]:
    yield from (each for each in node if isinstance(each, dict)) if isinstance(node, list) else ()


def _nothing(found: Summary, node: Any, stem: str) -> None:
    """A kind that refers to nothing."""


def _cited(found: Summary, node: Any) -> None:
    found.use("publications", _get(node, "publications"))
    sources = _get(node, "sources")
    for source in sources.values() if isinstance(sources, dict) else ():
        found.use("publications", _get(source, "cite"))


def _method(found: Summary, node: Any, stem: str) -> None:
    _cited(found, node)
    found.use("scored", _get(node, "architecture_of"))
    variants = list(_items(_get(node, "variants")))
    found.define("variants", [f"{stem} {v.get('id')}" for v in variants])
    for each in (node, *variants):
        found.use("corpora", _get(each, "corpora", "value"))


def _corpus(found: Summary, node: Any, stem: str) -> None:
    _cited(found, node)


def _benchmark(found: Summary, node: Any, stem: str) -> None:
    _cited(found, node)
    for task in _items(_get(node, "tasks")):
        found.define("tasks", f"{stem}/{task.get('id')}")
        found.define("datasets", task.get("dataset"))
        found.use("metrics", task.get("metrics"))
        chance = _get(task, "chance")
        found.use("metrics", list(chance) if isinstance(chance, dict) else [])


def _claims(found: Summary, node: Any, stem: str) -> None:
    found.use("publications", stem)
    for claim in _items(_get(node, "claims")):
        found.define("claims", claim.get("id"))
        found.use("scored", claim.get("method"))
        for who in ("subject", "rivals"):
            for key in ("methods", "not_methods", "configurations"):
                named = _get(claim, "predicate", who, key)
                found.use("scored", list(named) if isinstance(named, dict) else named)
            for key in ("variants", "not_variants"):
                named = _get(claim, "predicate", who, key)
                found.use("variants", [f" {v}" for v in named] if isinstance(named, list) else [])
        for key in ("benchmarks", "tasks", "metrics", "evaluations"):
            found.use(key, _get(claim, "predicate", "scope", key))


def _dataset(found: Summary, node: Any, stem: str) -> None:
    for task in _items(_get(node, "tasks")):
        found.use("tasks", f"{_get(node, 'benchmark')}/{task.get('catalog_task')}")
        found.use("metrics", task.get("metric"))


def _reply(found: Summary, node: Any, stem: str) -> None:
    found.use("claims", stem)


def _rejected(found: Summary, node: Any, stem: str) -> None:
    found.use("publications", [str(each.get("publication")) for each in _items(node)])


def _errata(found: Summary, node: Any, stem: str) -> None:
    for each in _items(node):
        found.use("publications", each.get("source"))
        found.use("evaluations", each.get("evaluation"))


def _wanted(found: Summary, node: Any, stem: str) -> None:
    for each in _items(node):
        found.use("publications", each.get("publication"))
        found.use("decided", each.get("would_decide"))


def _overlaps(found: Summary, node: Any, stem: str) -> None:
    for each in _items(node):
        for kind, key in (
            ("corpora", "corpus"),
            ("datasets", "dataset"),
            ("benchmarks", "benchmark"),
        ):
            found.use(kind, each.get(key))
        found.use("publications", _get(each, "source", "cite"))


def _terms(found: Summary, node: Any, stem: str) -> None:
    found.use("publications", [str(each.get("publication")) for each in _items(node)])


def _metrics(found: Summary, node: Any, stem: str) -> None:
    found.define("metrics", [str(each.get("id")) for each in _items(node)])


_READ = {
    "models": _method,
    "methods": _method,
    "corpora": _corpus,
    "benchmarks": _benchmark,
    "claims": _claims,
    "datasets": _dataset,
    "replies": _reply,
    "errata.yaml": _errata,
    "rejected.yaml": _rejected,
    "wanted.yaml": _wanted,
    "overlaps.yaml": _overlaps,
    "terms.yaml": _terms,
    "metrics.yaml": _metrics,
}


def _table(found: Summary, node: Any, header: Path) -> None:
    found.use("publications", _get(node, "source", "cite"))
    for task in _items(_get(node, "own_run", "tasks")):
        found.use("metrics", task.get("selected_by"))
    path = header.with_suffix(".csv")
    text = read_text(path, header.parent) if path.exists() else ""
    if isinstance(text, Problem) or not text:
        return
    said = _get(node, "defaults")
    defaults = {**BUILT_IN_DEFAULTS, **(said if isinstance(said, dict) else {})}
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return
    head = [cell.strip() for cell in rows[0]] if rows else []
    width = len(head)
    whole = [row for row in rows[1:] if len(row) == width]

    def column(name: str) -> list[str]:
        filler = str(defaults.get(name, ""))
        if name not in head:
            return [filler] * len(whole)
        at = head.index(name)
        return [row[at].strip() or filler for row in whole]

    method, variant, metric = column("method"), column("variant"), column("metric")
    found.use("scored", sorted(set(method)))
    found.use("tasks", sorted(set(column("task"))))
    found.use("metrics", sorted(set(metric)))
    found.use("publications", sorted(set(column("quoted_from"))))
    pairs = set(zip(method, variant, strict=True))
    found.use("variants", sorted(f"{m} {v}" for m, v in pairs if v not in _UNKNOWN))
    scores = zip(metric, column("unit"), column("status"), column("value"), strict=True)
    for name, unit, value in {(m, u, v) for m, u, status, v in scores if status == "ok"}:
        _range(found, name, unit, value)
    found.ranges = dict(sorted(found.ranges.items()))


def _range(found: Summary, metric: str, unit: str, value: str) -> None:
    try:
        number = float(value) / (_PERCENT if unit == "percent" else 1)
    except ValueError:
        return
    low, high = found.ranges.get(metric, [number, number])
    found.ranges[metric] = [min(low, number), max(high, number)]


def names_in(index: Index) -> Names:
    """The names that the whole catalog gives, by its index."""

    def all_of(kind: str) -> list[str]:
        return list(dict.fromkeys(n for s in index.values() for n in s.defines.get(kind, ())))

    variants: dict[str, list[str]] = {model: [] for model in all_of("models")}
    for pair in all_of("variants"):
        model, _, variant = pair.partition(" ")
        if model in variants:
            variants[model].append(variant)
    return Names(
        variants=variants,
        **{kind: all_of(kind) for kind in Names.__dataclass_fields__ if kind != "variants"},
    )


def _version() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]


def _load(cache: Path | None) -> dict[str, dict[str, Any]]:
    if cache is None:
        return {}
    try:
        stored = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict) or stored.get("version") != _version():
        return {}
    entries = stored.get("entries")
    return entries if isinstance(entries, dict) else {}


def _save(cache: Path, entries: dict[str, dict[str, Any]]) -> None:
    text = json.dumps({"version": _version(), "entries": entries}, ensure_ascii=False)
    try:
        write_whole(cache, text)
    except OSError:
        return  # a cache that can't be written (a read-only disk) only costs time


def dangling(index: Index, names: Names) -> dict[str, list[tuple[str, str]]]:
    """What entries use and nobody defines: (kind, name) by entry; variants as `model variant`."""
    plain = ("corpora", "benchmarks", "tasks", "datasets", "metrics", "publications", "evaluations")
    known: dict[str, set[str]] = {kind: set(getattr(names, kind)) for kind in plain}
    known["scored"] = set(names.scored)
    known["claims"] = set(names.claims)
    known["decided"] = {*names.findings, *names.claims}
    known["variants"] = {f"{m} {v}" for m, every in names.variants.items() for v in every}
    known["variants"] |= {f" {v}" for every in names.variants.values() for v in every}
    return {
        key: missing
        for key, summary in index.items()
        if (
            missing := [
                (k, n) for k, used in summary.uses.items() for n in used if n not in known[k]
            ]
        )
    }
