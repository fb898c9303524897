"""The tables of a whole folder of papers: files side by side in processes, or as a Spark job.

Each paper's tables become one JSON file of the shape that `claimgap ingest table FILE --format json`
prints. A file that can't be read, takes too long or takes its process down is told and left behind;
the others go on. What is done is not done again.
"""

import csv
import errno
import hashlib
import io
import json
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from glob import escape
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from ingest.files import WriteError, write_atomic
from ingest.finished import Finished
from ingest.safe_xml import BrokenXmlError, UnsafeXmlError
from ingest.tables.read import ARCHIVES, TableFileError, read_tables
from ingest.walk import files_beneath

# Full texts and e-prints; a folder of papers holds figures, PDFs and lists beside them.
_SUFFIXES = (".xml", ".nxml", ".jats", *ARCHIVES)
# The slowest of the papers measured takes a few seconds; a minute is a reader gone astray.
SECONDS = 60
# Grace for a reader deaf to its alarm (a long step in C), before its process is ended.
GRACE_SECONDS = 30
_VERSION = 1
_END = 64 << 10


@dataclass(frozen=True, slots=True)
class Paper:
    """One file's outcome. ``error`` is empty where all went well."""

    name: str
    key: str
    tables: int = 0
    error: str = ""
    kept: bool = False


class _TooLongError(Exception):
    pass


def papers(root: Path, unread: dict[str, str] | None = None) -> list[Path]:
    """The full texts and archives of a folder and what is beneath it, in order of names.

    ``unread`` is told of what can't be looked at, and why.
    """
    found = files_beneath(root, _SUFFIXES, {} if unread is None else unread)
    return sorted(path for path in found if path.name.lower().endswith(_SUFFIXES))


def read_one(path: str, root: str, out: str, seconds: int = SECONDS) -> Paper:
    """Read one paper's tables and write them as JSON; every failing is in the answer.

    Raises WriteError only: where nothing can be written, no other paper can be either.
    """
    name = Path(path).relative_to(root).as_posix()
    try:
        key = _key(Path(path), name)
        target = json_file(Path(out), name)
        if (kept := _kept(target, key)) is not None:
            return Paper(name, key, kept, kept=True)
        with _limit(seconds):
            printed = [table.to_json() for table in read_tables(Path(path))]
        said = {"file": name, "key": key, "tables": printed}
        write_atomic(target, json.dumps(said, ensure_ascii=False) + "\n")
        return Paper(name, key, len(printed))
    except WriteError as error:
        if error.errno == errno.ENAMETOOLONG:
            return Paper(name, "", error="its name is too long to put .json behind it; rename it")
        raise
    except _TooLongError:
        return Paper(name, "", error=f"not read within {seconds} s; read it alone to wait for it")
    except (
        TableFileError,
        BrokenXmlError,
        UnsafeXmlError,
        ValueError,
        OSError,
        MemoryError,
    ) as error:
        return Paper(name, "", error=str(error) or type(error).__name__)
    except Exception as error:  # a reader's own mistake must not end a run over a million papers
        return Paper(name, "", error=f"the reader failed: {type(error).__name__}: {error}")


def json_file(out: Path, name: str) -> Path:
    """Where a paper's tables are."""
    return out / f"{name}.json"


def _key(path: Path, name: str) -> str:
    stat = path.stat()
    said = f"{_VERSION}\0{name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode()
    # Both ends: a file that is exchanged without a new time is told from the old one.
    with path.open("rb") as handle:
        said += handle.read(_END)
        handle.seek(max(0, stat.st_size - _END))
        said += handle.read(_END)
    return hashlib.sha256(said).hexdigest()[:16]


def _kept(target: Path, key: str) -> int | None:
    try:
        said = json.loads(target.read_text("utf-8"))
        return len(said["tables"]) if said["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def _limit(seconds: int) -> Iterator[None]:
    """End what takes too long. Only a process's main thread has such an alarm; elsewhere none."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _no_interrupt() -> None:
    """Ctrl-C is the parent's to handle: it stops the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def read_folder(
    root: Path, out: Path, workers: int, done: Callable[[Paper], object], seconds: int = SECONDS,
    *, reader: Callable[[str, str, str, int], Paper] = read_one, grace: int = GRACE_SECONDS,
) -> list[Paper]:  # fmt: skip
    """Read all papers of a folder in ``workers`` processes; ``done`` is told of each.

    A paper that takes its process down is tried once more alone, and then left behind; one whose
    ``reader`` isn't back ``grace`` after its time loses its process. Raises WriteError, and
    KeyboardInterrupt after the processes have ended.
    """
    found: list[Paper] = []

    def tell(paper: Paper) -> None:
        found.append(paper)
        done(paper)

    unread: dict[str, str] = {}
    left = [str(path) for path in papers(root, unread)]
    for name, why in sorted(unread.items()):
        tell(Paper(name, "", error=why))
    read = _Reading(root, out, tell, seconds, reader, grace)
    while left:
        suspects, left = read.pool(left, workers)
        for path in suspects:
            if read.pool([path], 1)[0]:
                read.leave(path, "takes the reading process down")
    return sorted(found, key=lambda p: p.name)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One folder's papers on their way through processes."""

    root: Path
    out: Path
    tell: Callable[[Paper], None]
    seconds: int
    reader: Callable[[str, str, str, int], Paper]
    grace: int

    def leave(self, path: str, why: str) -> None:
        """Tell of a paper that no process could."""
        self.tell(Paper(Path(path).relative_to(self.root).as_posix(), "", error=why))

    def pool(self, paths: Sequence[str], workers: int) -> tuple[list[str], list[str]]:
        """Read paths in one pool. If it breaks: those under way, one of which broke it, and the rest."""
        queue = list(reversed(paths))
        running: dict[Future[Paper], tuple[str, float]] = {}
        ended: Finished[Paper] = Finished()
        # Spawned, not forked: threads of the parent (progress, Arrow) don't survive a fork whole.
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _no_interrupt)
        try:
            while queue or running:
                # No more than there are workers: what is submitted is also under way.
                while queue and len(running) < workers:
                    submitted = pool.submit(self.reader, queue[-1], str(self.root), str(self.out), self.seconds)  # fmt: skip
                    future = ended.watch(submitted)
                    running[future] = (queue.pop(), time.monotonic())
                for future in ended.next(timeout=1.0):
                    self.tell(future.result())
                    del running[future]
                late = time.monotonic() - self.seconds - self.grace
                deaf = [future for future, (_, since) in running.items() if since < late]
                if deaf:
                    self._end(pool, running)
                    for future in deaf:
                        self.leave(running.pop(future)[0], f"not read within {self.seconds} s, and its process had to be ended")  # fmt: skip
                    return [], [*[path for path, _ in running.values()], *reversed(queue)]
        except BrokenProcessPool:
            self._end(pool, running)
            return [path for path, _ in running.values()], list(reversed(queue))
        except BaseException:
            self._end(pool, running)
            raise
        pool.shutdown()
        return [], []

    def _end(self, pool: ProcessPoolExecutor, running: dict[Future[Paper], tuple[str, float]]) -> None:  # fmt: skip
        """End a pool's processes at once, and remove what they had half-written."""
        processes = list((pool._processes or {}).values())  # a shut-down pool has forgotten them
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        for process in processes:
            process.join()
        for path, _ in running.values():
            target = json_file(self.out, Path(path).relative_to(self.root).as_posix())
            for half in target.parent.glob(f".{escape(target.name)}.*"):
                half.unlink(missing_ok=True)


def read_on_spark(
    root: Path,
    out: Path,
    master: str | None,
    done: Callable[[Paper], object],
    seconds: int = SECONDS,
) -> list[Paper]:
    """The same function over the same papers, as one Spark job whose nodes see both folders."""
    from ingest.screening.spark import session

    unread: dict[str, str] = {}
    paths = [(str(path),) for path in papers(root, unread)]
    base, place = str(root), str(out)

    def task(rows: Iterator[object]) -> Iterator[object]:
        import pyarrow as pa

        for batch in rows:
            for path in batch.column(0).to_pylist():  # type: ignore[attr-defined]
                paper = read_one(path, base, place, seconds)
                said = json.dumps([paper.name, paper.key, paper.tables, paper.error, paper.kept])
                yield pa.record_batch([pa.array([said])], ["paper"])

    found = [Paper(name, "", error=why) for name, why in sorted(unread.items())]
    for paper in found:
        done(paper)
    with session(master) as spark:
        frame = spark.createDataFrame(paths, "path string")
        # Papers differ a hundredfold in length: many small parts keep all nodes busy to the end.
        parts = max(1, min(len(paths), 4 * spark.sparkContext.defaultParallelism))
        for row in frame.repartition(parts).mapInArrow(task, "paper string").toLocalIterator():
            paper = Paper(*json.loads(row["paper"]))
            found.append(paper)
            done(paper)
    return sorted(found, key=lambda p: p.name)


def write_errors(out: Path, found: Sequence[Paper]) -> None:
    """errors.csv: the papers that gave no tables, and why. Raises WriteError."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("file", "error"))
    writer.writerows((p.name, p.error) for p in found if p.error)
    write_atomic(out / "errors.csv", text.getvalue())
