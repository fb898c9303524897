"""What a stopped run leaves for the next: one result a partition, whole or not there."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.files import WriteError, write_atomic
from ingest.screening.errors import ScreeningError
from ingest.screening.gzip_blocks import Aside


@dataclass(slots=True)
class Result:
    """What one partition gave: of ``records`` that were read, each was screened or set aside.

    ``aside`` entries whose number of records isn't known count none: then the partition is
    damaged, and ``records`` is what could be seen of it.
    """

    name: str
    form: str
    bytes: int
    records: int
    screened: int
    selected: int
    aside: list[Aside] = field(default_factory=list)


class State:
    """A folder of results by partition key: KEY.parquet (rows), then KEY.json (counts)."""

    def __init__(self, folder: Path) -> None:
        """Make the folder. Raises ScreeningError if that can't be."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ScreeningError(
                f"{folder}: can't be made ({error.strerror}); name another folder with --out"
            ) from error

    def rows(self, key: str) -> Path:
        """Where a partition's selected rows are."""
        return self.folder / f"{key}.parquet"

    def load(self, key: str) -> Result | None:
        """The result under a key; None if there is none, or if half of it is gone."""
        said = self.folder / f"{key}.json"
        if not said.is_file() or not self.rows(key).is_file():
            return None
        try:
            data: dict[str, Any] = json.loads(said.read_text("utf-8"))
            data["aside"] = [Aside(**entry) for entry in data["aside"]]
            found = Result(**data)
            whole = pq.read_metadata(self.rows(key)).num_rows == found.selected
        except (ValueError, TypeError, KeyError, OSError, pa.ArrowException):
            return None
        return found if whole else None

    def save(self, key: str, result: Result, rows: pa.Table, again: bool = False) -> None:
        """Write rows, then counts. Raises WriteError; what is half-written is no result.

        With ``again`` only the rows: this run goes on with them, the next one tries anew.
        """
        write_table(self.rows(key), rows)
        if again:
            return
        write_atomic(self.folder / f"{key}.json", json.dumps(asdict(result)))

    def drop(self, key: str) -> None:
        """Forget a result."""
        (self.folder / f"{key}.json").unlink(missing_ok=True)


def readable(path: Path) -> bool:
    """Whether all of a Parquet file's rows can be read."""
    try:
        with pq.ParquetFile(path) as file:
            for _ in file.iter_batches():
                pass
        return True
    except (OSError, pa.ArrowException):
        return False


def write_table(path: Path, table: pa.Table) -> None:
    """Write Parquet aside, then rename. Raises WriteError (disk full, no permission)."""
    with parquet_writer(path, table.schema) as writer:
        writer.write_table(table)


@contextmanager
def parquet_writer(path: Path, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    """A Parquet file that is there only when it is whole. Raises WriteError."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(aside, schema, compression="zstd") as writer:
            yield writer
        with aside.open("rb") as handle:
            os.fsync(handle.fileno())
        aside.replace(path)
    except OSError as error:
        if isinstance(error, WriteError):
            raise
        raise WriteError(
            error.errno or 0, f"{path} was not written ({error.strerror or error}); make room or check the "
            "folder, and run the same command again: what is done is kept",
        ) from error  # fmt: skip
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep a second run out of a folder. Raises ScreeningError if one is at work there."""
    try:
        import fcntl
    except ImportError:  # Windows: two runs in one folder are the user's to avoid
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    handle: IO[str]
    try:
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise ScreeningError(
            f"{folder}: can't be written ({error.strerror}); name another folder with --out"
        ) from error
    with lock as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ScreeningError(
                f"{folder}: another run is at work there; wait for it, or name another --out"
            ) from error
        yield
