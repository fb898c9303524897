"""What can be read of a damaged partition, line by line, with what can't be told one by one."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.screening.gzip_blocks import Aside, Tally, blocks
from ingest.screening.narrow import COLUMNS, narrow_sql
from ingest.screening.reader import LARGEST_OBJECT, columns_of, without_empty

# Unpacked bytes looked at in one go.
_BLOCK = 16 << 20
# No record is longer; binary data without line ends is.
_LONGEST_LINE = 256 << 20
_EXCERPT = 60
_ITEMS = re.compile(r'\{\s*"items"\s*:\s*\[')
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    offset: int
    text: str


@dataclass(slots=True)
class Salvage:
    """One damaged partition, read through the same JSON parser and SQL as undamaged ones.

    So a good record is the same record wherever it stands. ``tally`` is told what isn't whole.
    """

    connection: duckdb.DuckDBPyConnection
    path: Path
    name: str
    form: str
    source: str
    gate: str
    tally: Tally

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Narrow records of what is whole, in order."""
        if self.form in ("parquet", "narrow"):
            yield from self._row_groups()
        else:
            for group in self._items() if self.form == "items" else self._lines():
                yield from self._narrow(self._valid(group))

    def _tell(
        self, line: int, offset: int, reason: str, records: int = 0, excerpt: bytes = b""
    ) -> None:
        """Set aside; the excerpt is enough to find the place, too little to copy a work."""
        shown = excerpt[:_EXCERPT].decode("utf-8", "replace")
        shown = "".join(c if c.isprintable() else "�" for c in shown)
        self.tally.aside.append(Aside(self.name, line, offset, reason, records, shown))

    def _lines(self) -> Iterator[list[_Line]]:
        """Lines of a file in groups of some MB. A last line that the damage cut is set aside."""
        number, offset, gathered, damage = 0, 0, bytearray(), len(self.tally.aside)
        looked = 0  # bytes at the beginning of ``gathered`` without a line's end
        skipped = 0  # bytes of an endless line that were thrown away
        for block in blocks(self.path, self._broken):
            gathered += block
            if len(gathered) < _BLOCK:
                continue
            end = gathered.rfind(b"\n", looked) + 1
            passed = bool(end and skipped)
            if passed:
                end = gathered.find(b"\n", looked) + 1
                number, offset, skipped = number + 1, offset + skipped + end, 0
            elif end:
                group, number, offset = self._split(bytes(gathered[:end]), number, offset)
                yield group
            elif skipped or len(gathered) > _LONGEST_LINE:
                if not skipped:
                    self._too_long(number + 1, offset, gathered)
                skipped, end = skipped + len(gathered), len(gathered)
            del gathered[:end]
            looked = 0 if passed else len(gathered)
        if skipped:
            first, line_end, gathered = gathered.partition(b"\n")
            number, offset = number + 1, offset + skipped + len(first) + len(line_end)
        whole, rest = bytes(gathered), b""
        if any(not entry.line for entry in self.tally.aside[damage:]):
            whole, newline, rest = whole.rpartition(b"\n")
            whole += newline
        group, number, offset = self._split(whole, number, offset)
        yield group
        if rest.strip():
            self.tally.read += 1
            self._tell(number + 1, offset, "a record cut off by the damage", 1, rest)

    def _too_long(self, line: int, offset: int, begun: bytearray) -> None:
        self.tally.read += 1
        much = f"a line of over {_LONGEST_LINE >> 20} MiB, longer than any record"
        self._tell(line, offset, much, 1, bytes(begun[:_EXCERPT]))

    def _broken(self, found: Aside) -> None:
        self.tally.aside.append(replace(found, file=self.name))

    def _split(self, raw: bytes, number: int, offset: int) -> tuple[list[_Line], int, int]:
        found = []
        pieces = raw.split(b"\n")
        if pieces and not pieces[-1]:
            pieces.pop()
        for piece in pieces:
            number += 1
            bare = piece.removeprefix(b"\xef\xbb\xbf") if number == 1 else piece
            if bare.strip():
                self.tally.read += 1
                try:
                    found.append(_Line(number, offset, bare.decode("utf-8")))
                except UnicodeDecodeError as error:
                    where = f"byte {error.start + 1} of the line: {bare[error.start]:#04x}"
                    self._tell(number, offset, f"not UTF-8 ({where})", 1, piece)
            offset += len(piece) + 1
        return found, number, offset

    def _items(self) -> Iterator[list[_Line]]:
        """Items of one {"items": [...]} file, up to the first that is broken."""
        raw = bytearray()
        for block in blocks(self.path, self._broken):
            raw += block
            if len(raw) > LARGEST_OBJECT:
                much = f"one JSON object of over {LARGEST_OBJECT >> 20} MiB; cut it into lines"
                self._tell(0, 0, much)
                return
        text = raw.decode("utf-8", "surrogateescape")
        decoder, place, number = json.JSONDecoder(), text.find("[") + 1, 0
        group: list[_Line] = []
        while place < len(text):
            if text[place] == "]":
                # members of gzip put together: one object behind another
                more = _ITEMS.search(text, place)
                place = more.end() if more else len(text)
                continue
            if text[place].isspace() or text[place] == ",":
                place += 1
                continue
            number += 1
            self.tally.read += 1
            try:
                end = _item_end(decoder, text, place)
            except ValueError as error:
                why = (
                    f"item {number} is broken ({error}); it and the rest of the file are set aside"
                )
                self._tell(
                    0, place, why, 1, text[place : place + _EXCERPT].encode("utf-8", "replace")
                )
                break
            piece, at, place = text[place:end], place, end
            if any("\udc80" <= c <= "\udcff" for c in piece):
                self._tell(0, at, f"item {number} is not UTF-8", 1)
            else:
                group.append(_Line(0, at, piece))
        yield group

    def _valid(self, lines: list[_Line]) -> list[_Line]:
        """The lines that DuckDB's parser takes for JSON objects."""
        if not lines:
            return []
        self._register(lines)
        try:
            rows = self.connection.execute(
                "SELECT CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE false END "
                "FROM lines"
            ).fetchall()
        except duckdb.OutOfMemoryException:
            return [line for half in self._halves(lines) for line in self._valid(half)]
        finally:
            self.connection.unregister("lines")
        good = []
        for line, (valid,) in zip(lines, rows, strict=True):
            if valid:
                good.append(line)
            else:
                self._tell(line.number, line.offset, _reason(line.text), 1, line.text[:_EXCERPT].encode("utf-8", "replace"))  # fmt: skip
        return good

    def _halves(self, lines: list[_Line]) -> Sequence[list[_Line]]:
        """Fewer lines at once for the memory there is; one that is too long alone is set aside."""
        if len(lines) > 1:
            middle = len(lines) // 2
            return lines[:middle], lines[middle:]
        (line,) = lines
        much = f"a record of {len(line.text) >> 20} MiB needs more memory; raise --memory, the next run tries again"  # fmt: skip
        self._tell(line.number, line.offset, much, 1, line.text[:_EXCERPT].encode())
        self.tally.unreadable = True
        return ()

    def _register(self, lines: list[_Line]) -> None:
        texts = pa.table({"line": pa.array([line.text for line in lines], pa.string())})
        self.connection.register("lines", texts)

    def _narrow(self, lines: list[_Line]) -> Iterator[pa.RecordBatch]:
        """Narrow records of valid lines. If they fail together, each half is tried alone."""
        if not lines:
            return
        structure = json.dumps(COLUMNS[self.source]).replace("'", "''")
        relation = f"(SELECT unnest(json_transform(line, '{structure}')) FROM lines)"
        self._register(lines)
        try:
            query = narrow_sql(self.source, relation, self.name, self.gate)
            found = self.connection.sql(query).to_arrow_table()
        except duckdb.OutOfMemoryException:
            for half in self._halves(lines):
                yield from self._narrow(half)
            return
        except duckdb.Error as error:
            if len(lines) == 1:
                why = str(error).splitlines()[0][:200]
                self._tell(
                    lines[0].number, lines[0].offset, why, 1, lines[0].text[:_EXCERPT].encode()
                )
                return
            middle = len(lines) // 2
            yield from self._narrow(lines[:middle])
            yield from self._narrow(lines[middle:])
            return
        finally:
            self.connection.unregister("lines")
        if found.num_rows != len(lines):
            raise AssertionError(f"{self.name}: {len(lines)} lines gave {found.num_rows} records")
        batch = found.combine_chunks().to_batches()[0]
        yield without_empty(
            batch, lambda row: (lines[row].number, lines[row].offset), self.name, self.tally
        )

    def _row_groups(self) -> Iterator[pa.RecordBatch]:
        """Records of a Parquet file's row groups; a broken group is set aside whole."""
        with pq.ParquetFile(self.path) as file:
            for number in range(file.num_row_groups):
                rows = file.metadata.row_group(number).num_rows
                self.tally.read += rows
                try:
                    self.connection.register("row_group", file.read_row_group(number))
                    query = "SELECT * FROM row_group"
                    if self.form == "parquet":
                        relation = columns_of(self.connection, "row_group", self.source)
                        query = narrow_sql(self.source, relation, self.name, self.gate)
                    found = self.connection.sql(query).to_arrow_table()
                except (OSError, pa.ArrowException, duckdb.Error) as error:
                    why = f"row group {number} can't be read: {str(error).splitlines()[0][:160]}"
                    self._tell(0, 0, why, rows)
                    continue
                for batch in found.to_batches():
                    yield without_empty(batch, lambda row: (0, 0), self.name, self.tally)


def _item_end(decoder: json.JSONDecoder, text: str, place: int) -> int:
    """Where an item ends. Raises ValueError if it is broken."""
    try:
        return decoder.raw_decode(text, place)[1]
    except RecursionError:
        # too deep for Python's parser; the brackets say where it ends, DuckDB's whether it is whole
        depth = 0
        for found in _BRACKETS.finditer(text, place):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
            if depth == 0:
                return found.end()
        raise ValueError("nested deep, and cut off") from None


def _reason(text: str) -> str:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return f"not JSON: {error.msg} (column {error.colno})"
    except RecursionError:
        return "JSON nested too deep to be a record"
    if isinstance(value, dict):
        return "not JSON: half of a surrogate pair, or a number or name that JSON doesn't have"
    return f"JSON, but no object: {type(value).__name__}"
