"""The partitions of a snapshot: which files of a folder hold works, and in which form."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ingest.screening.errors import ScreeningError, UnreadableError
from ingest.screening.gzip_blocks import Aside, blocks, opened
from ingest.screening.narrow import SCHEMA, VERSION
from ingest.walk import files_beneath

_SUFFIXES = (".gz", ".json", ".jsonl", ".ndjson", ".parquet")
# OpenAlex publishes its other entities beside the works, in folders of the same form.
_PARTITION = re.compile(r"(?:^|/)(\w+)/updated_date=\d{4}-\d\d-\d\d/")
_FORMAT = re.compile(r"(?:^|/)(jsonl|parquet)/works/")
_ITEMS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"items"\s*:\s*\[')
_HEAD = 1 << 20
_OPENALEX_KEYS = {"authorships", "display_name", "abstract_inverted_index", "publication_year"}


@dataclass(frozen=True, slots=True)
class Partition:
    """One file of a snapshot. ``promised`` is the manifest's number of records, if it has one."""

    path: Path
    name: str  # relative to the snapshot, with forward slashes
    size: int
    mtime_ns: int
    promised: int | None = None

    def key(self, version: str) -> str:
        """Names the result of this very file under one version of the questions.

        The sha256 covers name, size, time of change, and the file's first and last MiB: a file
        that is exchanged without a new time is still told from the old one, without reading 330 GB
        twice.
        """
        try:
            with opened(self.path) as handle:
                ends = handle.read(_HEAD)
                handle.seek(max(0, self.size - _HEAD))
                ends += handle.read(_HEAD)
        except UnreadableError:
            ends = b""  # reading it says so too
        said = f"{self.name}\0{self.size}\0{self.mtime_ns}\0{self.promised}\0{version}\0".encode(
            "utf-8", "surrogateescape"
        )
        return hashlib.sha256(said + ends).hexdigest()[:32]


@dataclass(slots=True)
class Snapshot:
    """Partitions in order of their names, and what was found beside them."""

    root: Path
    partitions: list[Partition]
    ignored: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # named by the manifest, not there
    unread: dict[str, str] = field(default_factory=dict)  # what can't be looked into, and why
    notes: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of all partitions, as they lie on disk."""
        return sum(p.size for p in self.partitions)

    @property
    def promised(self) -> int | None:
        """Records of all partitions by the manifest; None if it doesn't say it of each."""
        counts = [p.promised for p in self.partitions]
        return sum(c for c in counts if c is not None) if counts and None not in counts else None


def open_snapshot(root: Path, out: Path | None = None) -> Snapshot:
    """Find the partitions of a file or folder. Raises ScreeningError if there are none.

    ``out``, where results go, is no part of the snapshot if it lies in it.
    """
    if not root.exists():
        raise ScreeningError(f"{root}: no such file or folder; give an unpacked snapshot")
    if out and out.resolve() == root.resolve():
        raise ScreeningError(f"{out}: is the snapshot itself; name another folder with --out")
    base = root if root.is_dir() else root.parent
    found = Snapshot(root, [])
    files = [root]
    if root.is_dir():
        hidden = (".", "_")
        files = sorted(files_beneath(root, _SUFFIXES, found.unread, without=out, hidden=hidden))
    works = []
    for path in files:
        name = path.relative_to(base).as_posix()
        entity = _PARTITION.search(f"{path.absolute().as_posix()}")
        if path.name.startswith("manifest"):
            continue
        if (
            not path.name.lower().endswith(_SUFFIXES)
            or path.name.lower().endswith(".csv.gz")  # merged_ids/, which lies beside the works
            or (entity and entity.group(1) != "works")
        ):
            found.ignored.append(name)
            continue
        works.append((path, name))
    works = _one_format(works, found)
    counts = _manifest(files, {_format(path) for path, _ in works})
    for path, name in works:
        try:
            stat = path.stat()
        except OSError as error:
            found.unread[name] = f"can't be read ({error.strerror})"
            continue
        tail = _tail(path.absolute().as_posix())
        found.partitions.append(
            Partition(path, name, stat.st_size, stat.st_mtime_ns, counts.pop(tail, None))
        )
    found.missing = sorted(counts)
    if not found.partitions and found.unread:
        told = "; ".join(f"{name}: {why}" for name, why in sorted(found.unread.items())[:5])
        raise ScreeningError(f"{root}: nothing in it can be read ({told})")
    if not found.partitions:
        raise ScreeningError(
            f"{root}: holds no partitions of works. Expected OpenAlex's works/updated_date=.../*.gz, "
            "Crossref's *.json.gz or *.jsonl.gz, or Parquet made from either (a .tar must be "
            "unpacked first)"
        )
    return found


def _format(path: Path) -> str:
    """jsonl or parquet, the folder of OpenAlex's snapshot that a file is in, if it is in one."""
    found = _FORMAT.search(path.absolute().as_posix())
    return found[1] if found else ""


def _one_format(works: list[tuple[Path, str]], found: Snapshot) -> list[tuple[Path, str]]:
    """OpenAlex's snapshot since 2026 holds the same works as JSON lines and as Parquet."""
    both = {form: [w for w in works if _format(w[0]) == form] for form in ("jsonl", "parquet")}
    if not (both["jsonl"] and both["parquet"]):
        return works
    found.notes.append(
        "jsonl/ and parquet/ hold the same works: jsonl/ is read; name the other folder to read it"
    )
    skipped = {w[1] for w in both["parquet"]}
    found.ignored += sorted(skipped)
    return [w for w in works if w[1] not in skipped]


def _tail(name: str) -> str:
    """updated_date=.../part_000.gz: what a manifest's address and a local path share."""
    return "/".join(name.split("/")[-2:])


def _manifest(files: list[Path], read: set[str]) -> dict[str, int]:
    """What the manifests promise of works, in the formats that are read, by tail of the name."""
    counts: dict[str, int] = {}
    for path in files:
        if path.name not in ("manifest", "manifest.json"):
            continue
        try:
            data: Any = json.loads(path.read_bytes())
        except (ValueError, OSError):
            continue
        for entry in data.get("entries", []) if isinstance(data, dict) else []:
            url, meta = entry.get("url"), entry.get("meta")
            count = meta.get("record_count") if isinstance(meta, dict) else None
            if not isinstance(url, str) or "/works/" not in url:
                continue
            form = _FORMAT.search(url)
            if isinstance(count, int) and (form is None or form[1] in read):
                counts[_tail(url)] = count
    return counts


def form_of(path: Path) -> tuple[str, str]:
    """Form (lines, items, parquet, narrow or unknown) and source (openalex, crossref or "").

    For an unknown form the second word says what was found. A damaged beginning is looked past:
    the first line that is a work decides.
    """
    if path.name.lower().endswith(".parquet"):
        return _parquet(path)
    head = b""
    trouble: list[Aside] = []
    for block in blocks(path, trouble.append):
        head += block
        if len(head) >= _HEAD:
            break
    if not head.strip() and not trouble:
        return "lines", "openalex"  # an empty partition holds no works, of whichever source
    if _ITEMS.match(head):
        return "items", "crossref"
    for line in head.split(b"\n")[:1000]:
        if source := _source(line):
            return "lines", source
    if _PARTITION.search(path.absolute().as_posix()):
        return "lines", "openalex"
    found = trouble[0].reason if trouble and not head.strip() else "no work in its first lines"
    return "unknown", found


def _source(line: bytes) -> str:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        # A line longer than what was read of it.
        record = None if len(line) < _HEAD else {}
        if b'"abstract_inverted_index"' in line or b'"https://openalex.org/W' in line:
            return "openalex" if record is not None else ""
        return "crossref" if record is not None and b'"DOI"' in line else ""
    if not isinstance(record, dict):
        return ""
    if "DOI" in record:
        return "crossref"
    known = _OPENALEX_KEYS & record.keys() or "openalex.org" in str(record.get("id"))
    return "openalex" if known else ""


def _parquet(path: Path) -> tuple[str, str]:
    try:
        footer = pq.read_metadata(path)
    except (OSError, ValueError) as error:
        return "unknown", f"not a readable Parquet file ({str(error).splitlines()[0]})"
    schema = footer.schema.to_arrow_schema()
    if set(SCHEMA.names) <= set(schema.names):
        made = (footer.metadata or {}).get(b"claimgap.narrow", b"").decode()
        if made != str(VERSION):
            return "unknown", (
                f"narrow Parquet of version {made or 'unknown'}, expected {VERSION}; make it anew "
                "with claimgap screen convert"
            )
        return "narrow", ""
    if "DOI" in schema.names:
        return "parquet", "crossref"
    if _OPENALEX_KEYS & set(schema.names):
        return "parquet", "openalex"
    return "unknown", f"Parquet without works: columns {', '.join(schema.names[:8])}"
