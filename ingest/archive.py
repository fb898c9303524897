"""E-print sources: tar, tar.gz, gzip or zip, unpacked within limits and never outside a folder."""

import gzip
import io
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ingest.files import write_atomic

MEBIBYTE = 1024 * 1024
# arXiv's own limit for a submission is 50 MB packed; figures unpack to several times that.
MAX_TOTAL = 500 * MEBIBYTE
MAX_FILE = 50 * MEBIBYTE
MAX_FILES = 5_000
# Text and bibliography is all that tables need; figures stay in the archive.
WANTED = (".tex", ".ltx", ".sty", ".cls", ".bib", ".bbl", ".csv", ".tsv", ".txt", ".xml", ".nxml")
_CHUNK = 64 * 1024


class ArchiveError(ValueError):
    """An archive that is broken, hostile or beyond the limits; the message says which."""


def _safe_name(name: str, where: str) -> PurePosixPath:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and ":" in path.parts[0]):
        raise ArchiveError(
            f"{where}: holds a file named {name!r}, which points outside its folder. The archive "
            "was not unpacked; get the source from arXiv itself."
        )
    return path


def _read_capped(stream: io.BufferedIOBase, limit: int, name: str, where: str) -> bytes:
    out = io.BytesIO()
    while chunk := stream.read(_CHUNK):
        out.write(chunk)
        if out.tell() > limit:
            raise ArchiveError(
                f"{where}: {name} unpacks to over {limit // MEBIBYTE} MiB, which no paper's text "
                "has. The archive was not unpacked."
            )
    return out.getvalue()


def members(raw: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the text files in an archive, checked as they come.

    Raises ArchiveError for broken archives, names outside the folder, links, and bombs.
    """
    try:
        if zipfile.is_zipfile(io.BytesIO(raw)):
            yield from _zip(raw, where)
        elif raw.startswith(b"PK\x03\x04"):
            raise ArchiveError(
                f"{where}: the archive is broken or cut off (a zip without its end). Fetch it again."
            )
        elif raw.startswith(b"%PDF"):
            raise ArchiveError(
                f"{where}: a PDF; its authors gave arXiv no LaTeX source. Use the JATS full text, "
                "or type the table."
            )
        else:
            yield from _tar_or_text(raw, where)
    except (
        tarfile.TarError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        gzip.BadGzipFile,
        NotImplementedError,  # a way of packing that zipfile doesn't know
        struct.error,
    ) as error:
        raise ArchiveError(
            f"{where}: the archive is broken or cut off ({error}). Fetch it again."
        ) from error


def _zip(raw: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    total = 0
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        infos = archive.infolist()
        if len(infos) > MAX_FILES:
            raise ArchiveError(
                f"{where}: holds {len(infos):,} files; at most {MAX_FILES:,} are read."
            )
        for info in infos:
            name = _safe_name(info.filename, where)
            if info.is_dir() or not str(name).lower().endswith(WANTED):
                continue
            if (info.external_attr >> 16) & 0o170000 == 0o120000:
                continue
            if info.flag_bits & 1:
                raise ArchiveError(f"{where}: {name} is encrypted.")
            with archive.open(info) as stream:
                content = _read_capped(stream, MAX_FILE, str(name), where)  # type: ignore[arg-type]
            total += len(content)
            _check_total(total, where)
            yield str(name), content


def _check_total(total: int, where: str) -> None:
    if total > MAX_TOTAL:
        raise ArchiveError(
            f"{where}: unpacks to over {MAX_TOTAL // MEBIBYTE} MiB. The archive was not unpacked."
        )


class _Counted(io.RawIOBase):
    """A stream that stops an archive from unpacking without end."""

    def __init__(self, stream: gzip.GzipFile, where: str) -> None:
        self._stream, self._where, self._total = stream, where, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._total += len(data)
        _check_total(self._total, self._where)
        buffer[: len(data)] = data
        return len(data)


def _tar_or_text(raw: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    stream: io.BufferedIOBase = io.BytesIO(raw)
    if raw.startswith(b"\x1f\x8b"):
        counted = _Counted(gzip.GzipFile(fileobj=io.BytesIO(raw)), where)
        stream = io.BufferedReader(counted, _CHUNK)  # type: ignore[type-var]
    head = stream.peek(512)[:512] if isinstance(stream, io.BufferedReader) else raw[:512]
    if head[257:262] != b"ustar":
        # A paper of one file is that file, gzipped, without an archive around it.
        content = _read_capped(stream, MAX_FILE, "the source", where)
        if b"\\" not in content[:100_000]:
            raise ArchiveError(f"{where}: neither an archive nor LaTeX. Fetch it again.")
        yield "main.tex", content
        return
    count = total = 0
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            count += 1
            if count > MAX_FILES:
                raise ArchiveError(f"{where}: holds over {MAX_FILES:,} files.")
            name = _safe_name(member.name, where)
            if not member.isfile() or not str(name).lower().endswith(WANTED):
                # Links, devices and figures: nothing that a table could be in.
                continue
            found = archive.extractfile(member)
            if found is None:
                continue
            content = _read_capped(found, MAX_FILE, str(name), where)  # type: ignore[arg-type]
            total += len(content)
            _check_total(total, where)
            yield str(name), content


def unpack(raw: bytes, folder: Path, where: str) -> list[Path]:
    """Unpack an archive's text files into ``folder``, all of them or none.

    The folder appears only when everything is in it. Raises ArchiveError, WriteError.
    """
    if folder.exists():
        raise ArchiveError(f"{folder}: already there; delete it, or name another folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        names = []
        for name, content in members(raw, where):
            target = aside / name
            if target.exists() or any(parent.is_file() for parent in target.parents):
                raise ArchiveError(f"{where}: holds {name!r} twice.")
            write_atomic(target, content)
            names.append(name)
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return [folder / name for name in names]


def main_file(folder: Path) -> Path:
    """The .tex file that the paper is compiled from: the longest one with a document class.

    Raises ArchiveError if there is none.
    """
    found = []
    for path in sorted(folder.rglob("*.tex")):
        raw = path.read_bytes()
        if b"\\documentclass" in raw or b"\\documentstyle" in raw:
            found.append((b"\\begin{document}" in raw, b"standalone" not in raw, len(raw), path))
    if not found:
        raise ArchiveError(f"{folder.name}: no .tex file with \\documentclass in it.")
    return max(found, key=lambda each: (each[:3], str(each[3])))[3]
