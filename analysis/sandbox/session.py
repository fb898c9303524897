"""The parent's side of the sandbox: start the child, ask, and end it when it takes too much."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from analysis.sandbox.limits import Limits
from analysis.sandbox.result import Column, QueryError, QueryResult, decode

# Isolated (-I): no PYTHON* variables, no folder of the user's on the path but our own code's.
BOOT = (
    "import sys; sys.path.append(sys.argv.pop(1)); from analysis.sandbox.child import main; main()"
)
CODE = Path(__file__).resolve().parents[2]
START_SECONDS = 60  # a start takes 0.2 s; this only ends a wait on a machine that is stuck
# After these the child may be gone, or hold memory that it can't give back.
FATAL = {"Q010", "Q011", "Q012"}


def run_query(database: Path, sql: str, limits: Limits | None = None) -> QueryResult:
    """Run one SELECT on the built file in a process of its own.

    Raises QueryError, with a code of CODES, for whatever goes wrong.
    """
    with SandboxSession(database, limits) as session:
        return session.run(sql)


class SandboxSession:
    """A warm child for many queries: as safe as run_query, and 0.2 s sooner.

    Each query has a fresh connection; after any limit the child is ended and made anew, and also
    when the database file was rebuilt. Threads may share a session: they take turns.
    """

    def __init__(self, database: Path, limits: Limits | None = None) -> None:
        """Name the database and the limits; the child starts with the first query."""
        self.database, self.limits = Path(database), limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._opened: tuple[int, ...] = ()
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        """Use it as a context manager, so that the child ends with the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the child."""
        self.close()

    def close(self) -> None:
        """End the child, if there is one. The session can still be used: it starts another."""
        with self._turn:
            self._end()

    def run(self, sql: str) -> QueryResult:
        """Run one SELECT. Raises QueryError."""
        self._check_text(sql)
        with self._turn:
            try:
                begun = time.monotonic()
                self._start()
                return self._ask(sql, begun)
            except QueryError:
                raise
            except BaseException:  # half an answer may be in the pipe: no other query may read it
                self._end()
                raise

    def _check_text(self, sql: str) -> None:
        longest = self.limits.max_sql_characters
        if len(sql) > longest:
            raise QueryError(
                "Q006", f"The statement has {len(sql):,} characters; {longest:,} are allowed."
            )
        odd = next((c for c in sql if not (c.isprintable() or c.isspace()) or c == "\0"), None)
        if odd is not None:
            raise QueryError("Q006", f"Remove the invisible character U+{ord(odd):04X} first.")

    def _ask(self, sql: str, begun: float) -> QueryResult:
        child = self._child
        assert child is not None and child.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # the missing answer tells the same
            child.stdin.write(json.dumps(sql).encode() + b"\n")
            child.stdin.flush()
        reply = self._reply(self.limits.max_seconds)
        total: int | None = len(reply["rows"])
        if reply["cut"]:
            left = self.limits.max_seconds - (time.monotonic() - begun)
            try:
                total = self._reply(min(left, self.limits.max_count_seconds))["total"]
            except QueryError:  # the rows are good; only their number stays unknown
                self._end()
                total = None
        return QueryResult(
            columns=tuple(Column(*column) for column in reply["columns"]),
            rows=reply["rows"],
            cut=reply["cut"],
            total=total,
            elapsed=time.monotonic() - begun,
        )

    def _reply(self, seconds: float) -> dict[str, Any]:
        """Read the child's next line, or say why there is none."""
        child = self._child
        assert child is not None and child.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(max(seconds, 0), end)
        timer.start()
        try:
            # Twice the limit is more than an honest child ever sends.
            line = child.stdout.readline(2 * self.limits.max_bytes + 1_000_000)
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            status = self._end()
            raise self._ended(late.is_set(), status)
        try:
            reply = decode(line)
        except QueryError:
            self._end()
            raise
        if "error" in reply:
            if reply["error"] in FATAL:
                self._end()
            raise self._explain(reply["error"], reply["message"])
        return reply

    def _ended(self, late: bool, status: int) -> QueryError:
        if late or status == -signal.SIGXCPU:
            return self._explain("Q010", "")
        if status == -signal.SIGKILL:  # not ours: the kernel's, when the machine is out of memory
            return self._explain("Q011", "")
        return QueryError(
            "Q012",
            f"The query ended its process (status {status}), and only that. Make the query simpler.",
        )

    def _explain(self, code: str, message: str) -> QueryError:
        limits = self.limits
        own = {
            "Q007": "The statement is nested too deeply (max_expression_depth "
            f"{limits.max_expression_depth}): make it flatter.",
            "Q010": f"Stopped after {limits.max_seconds:g} s (max_seconds). "
            "Filter earlier, join on more columns, or aggregate.",
            "Q011": f"It needs more memory than it may have (max_memory_mb {limits.max_memory_mb}, "
            f"max_process_mb {limits.max_process_mb}). "
            "Select fewer columns, filter earlier, or aggregate.",
        }
        return QueryError(code, own.get(code, message))

    def _start(self) -> None:
        """Have a child that has opened the database as it is now."""
        try:
            stat = self.database.stat()
        except OSError:
            raise QueryError(
                "Q020", f"There is no database at {self.database}: run `claimgap build` first."
            ) from None
        now = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if self._child is not None and self._child.poll() is None and self._opened == now:
            return
        self._end()
        if os.name != "posix":
            raise QueryError("Q022", "The sandbox needs Linux or macOS; on Windows, use WSL.")
        # The folder goes as soon as the child has opened the copy: nothing is left behind, and
        # the child's own folder is empty.
        arguments = [self.database.name, json.dumps(asdict(self.limits))]
        with (
            tempfile.TemporaryDirectory(prefix="claimgap-") as folder,
            (Path(folder) / "errors.txt").open("w+b") as errors,
        ):
            _copy(self.database, Path(folder) / self.database.name)
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-c", BOOT, str(CODE), *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=folder,
                env={"LANG": "C.UTF-8"},
                start_new_session=True,  # Ctrl-C is the parent's to handle
            )
            try:
                self._reply(START_SECONDS)
            except QueryError as error:
                self._end()
                if error.code not in FATAL:
                    raise
                errors.seek(0)
                last = errors.read().decode(errors="replace").strip().rpartition("\n")[2]
                raise QueryError(
                    "Q022", f"The sandbox didn't start: {last or error.message}"
                ) from None
        self._opened = now

    def _end(self) -> int:
        """End the child and give its exit status; 0 when there is none."""
        child, self._child = self._child, None
        if child is None:
            return 0
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        try:
            # A child whose pipes are closed ends by itself: its own reason is worth a moment.
            status = child.wait(0.2)
        except subprocess.TimeoutExpired:
            child.kill()
            status = child.wait()
        return status


def _copy(source: Path, target: Path) -> None:
    """Copy a file; free of cost where the file system can share blocks (btrfs, XFS).

    Not a hard link: through one, opening for writing could still empty the original.
    """
    try:
        with source.open("rb") as reader, target.open("wb") as writer:
            while os.copy_file_range(reader.fileno(), writer.fileno(), 1 << 30):
                pass
    except (AttributeError, OSError):  # not Linux, or a file system without it
        shutil.copyfile(source, target)
    target.chmod(0o400)
