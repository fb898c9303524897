"""A file's bytes block by block, unpacked as far as they can be, with what stopped it."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from ingest.screening.errors import UnreadableError

_READ = 1 << 20
# What a broken step unpacked is looked for again byte by byte, so steps are short.
_STEP = 64 << 10


@dataclass(frozen=True, slots=True)
class Aside:
    """Something set aside: where it is, why, and how many records it is known to be.

    ``line`` counts from 1 (0 where there are none), ``offset`` is the byte in the unpacked file
    (for a broken packing: in the packed one).
    """

    file: str
    line: int
    offset: int
    reason: str
    records: int
    excerpt: str = ""


@dataclass(slots=True)
class Tally:
    """What came out of a partition: records read (whole or not), and what was set aside."""

    read: int = 0
    aside: list[Aside] = field(default_factory=list)
    unreadable: bool = False  # the system's failing, not the file's: worth another try


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read bytes of. Raises UnreadableError where the system fails, early or late."""
    try:
        with path.open("rb") as handle:
            yield handle
    except OSError as error:
        raise UnreadableError(f"can't be read ({error.strerror or error})") from error


def blocks(path: Path, trouble: Callable[[Aside], object]) -> Iterator[bytes]:
    """Unpacked blocks of a gzip file (of one or several members) or of a plain one.

    Broken packing ends the blocks; ``trouble`` is told, with the place in the packed file. The
    checksum of each member is compared. Raises UnreadableError.
    """

    def tell(offset: int, reason: str) -> None:
        trouble(Aside(path.name, 0, offset, reason, 0))

    with opened(path) as handle:
        if path.suffix.lower() != ".gz":
            while block := handle.read(_READ):
                yield block
            return
        packed = handle.read(_READ)
        if not packed:
            tell(0, "an empty file, expected gzip")
            return
        if not packed.startswith(b"\x1f\x8b"):
            tell(0, f"not gzip: begins with {packed[:8]!r}")
            return
        unpacker, read = zlib.decompressobj(31), len(packed)
        while True:
            before = unpacker.copy()
            try:
                block = unpacker.decompress(packed, _STEP)
            except zlib.error as error:
                yield _rescued(before, packed)
                tell(read, f"broken gzip ({error}); what came before it was read")
                return
            if block:
                yield block
            packed = unpacker.unconsumed_tail
            if unpacker.eof:
                packed = unpacker.unused_data or handle.read(_READ)
                read += 0 if unpacker.unused_data else len(packed)
                if len(packed) < 2:
                    more = handle.read(_READ)
                    packed, read = packed + more, read + len(more)
                if not packed.strip(b"\0"):
                    return
                if not packed.startswith(b"\x1f\x8b"):
                    tell(read - len(packed), "bytes behind the end of the gzip data")
                    return
                unpacker = zlib.decompressobj(31)
            elif not packed:
                packed = handle.read(_READ)
                read += len(packed)
                if not packed:
                    tell(read, "gzip cut off before its end; what is there was read")
                    return


def _rescued(unpacker: Any, packed: bytes) -> bytes:
    """The bytes of a step up to the very byte at which it failed."""
    found = bytearray()
    while True:
        try:
            byte = unpacker.decompress(packed, 1)
        except zlib.error:
            return bytes(found)
        if not byte and not unpacker.unconsumed_tail:
            return bytes(found)
        found += byte
        packed = unpacker.unconsumed_tail
