"""Benchmark files: found below --data, or fetched once; refused when they aren't the right ones."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import requests
from tenacity import (
    RetryError,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)
from tenacity import Retrying as _Retrying
from urllib3.exceptions import HTTPError

from ingest.baselines.readers import content
from ingest.baselines.registry import DataFile, DatasetError

Progress = Callable[[str, int, int | None], None]
"""Called with the file's path, bytes so far, and bytes in all where the server says so."""

_CHUNK = 1 << 18
_TIMEOUT_S = (10, 60)  # connect, and between two chunks


class _TransientError(Exception):
    """The transfer broke or the server was busy: worth another try."""


def default_cache() -> Path:
    """Where fetched files are kept: $CLAIMGAP_CACHE, else ~/.cache/claimgap."""
    named = os.environ.get("CLAIMGAP_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "claimgap"


def find_local(file: DataFile, folder: Path) -> Path | None:
    """The file or its gzipped copy below `folder`."""
    plain = folder / file.path
    for candidate in (plain, plain.with_name(plain.name + ".gz")):
        if candidate.is_file():
            return candidate
    return None


def check(raw: bytes, file: DataFile, where: str) -> None:
    """Compare content with the registry's size and checksums.

    Raises DatasetError (B020) naming each that differs. What is not_checked is not compared.
    """
    found = {
        "bytes": str(len(raw)),
        "sha256": hashlib.sha256(raw).hexdigest(),
        # git names a file by the SHA-1 of this header and its content
        "git_blob": hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest(),
    }
    wrong = [
        f"{key} {found[key]}, expected {expected}"
        for key in found
        if (expected := str(getattr(file, key))) not in ("not_checked", found[key])
    ]
    if wrong:
        raise DatasetError(
            "B020",
            f"{where} is not the registered {file.path}: found " + "; ".join(wrong) + ". "
            "Remove it and fetch it again, or correct the registry if the publisher changed it",
        )


def fetch(
    file: DataFile,
    folder: Path,
    progress: Progress | None = None,
    session: requests.Session | None = None,
    attempts: int = 5,
    wait_s: float = 1.0,
) -> Path:
    """Fetch a file into `folder`, continuing a broken transfer, and verify it before it counts.

    The content grows in <name>.part and is renamed once its checksums are right. Raises
    DatasetError: B021 without a URL, B022 when the server can't be reached or refuses, B020 when
    what came isn't the registered file (it is then removed).
    """
    if file.url == "not_checked":
        raise DatasetError(
            "B021",
            f"{file.path} has no address in the registry; put it below a folder yourself and "
            "name that with --data",
        )
    target = folder / file.path
    part = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    client = session or requests.Session()
    retrying = _Retrying(
        retry=retry_if_exception_type(_TransientError),
        stop=stop_after_attempt(attempts),
        wait=wait_exponential_jitter(multiplier=wait_s, max=30 * wait_s, jitter=wait_s),
    )
    try:
        for attempt in retrying:
            with attempt:
                _transfer(client, file.url, part, file, progress)
    except RetryError as error:
        cause = error.last_attempt.exception()
        raise DatasetError(
            "B022",
            f"{file.url} could not be fetched after {attempts} tries ({cause}); what came is kept "
            f"in {part.name}, so the next try continues there",
        ) from cause
    try:
        check(part.read_bytes(), file, f"what {file.url} sent")
    except DatasetError:
        _forget(part)
        raise
    part.replace(target)
    _etag_file(part).unlink(missing_ok=True)
    return target


def _etag_file(part: Path) -> Path:
    return part.with_name(part.name + ".etag")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _etag_file(part).unlink(missing_ok=True)


def _transfer(
    client: requests.Session, url: str, part: Path, file: DataFile, progress: Progress | None
) -> None:
    have = part.stat().st_size if part.exists() else 0
    # the registry's sizes are those of the plain file, so no compression on the way
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
        if _etag_file(part).exists():
            headers["If-Range"] = _etag_file(part).read_text("utf-8")
    try:
        with client.get(url, headers=headers, stream=True, timeout=_TIMEOUT_S) as answer:
            if answer.status_code == 416:  # nothing after what we have: complete, or not this file
                if have and have == file.bytes:
                    return
                _forget(part)
                raise _TransientError("the part on disk doesn't fit what the server has")
            if answer.status_code in (408, 425, 429) or answer.status_code >= 500:
                raise _TransientError(f"status {answer.status_code}")
            if answer.status_code not in (200, 206):
                raise DatasetError("B022", f"{url} answered with status {answer.status_code}")
            start = _range_start(answer.headers.get("Content-Range", ""))
            resumed = answer.status_code == 206 and start == have
            if answer.status_code == 206 and not resumed:
                _forget(part)
                raise _TransientError(f"asked for bytes from {have}, got them from {start}")
            _write(answer, part, have if resumed else 0, file.path, progress)
    except (requests.RequestException, HTTPError, OSError) as error:
        raise _TransientError(str(error)) from error


def _write(
    answer: requests.Response, part: Path, have: int, name: str, progress: Progress | None
) -> None:
    if etag := answer.headers.get("ETag"):
        _etag_file(part).write_text(etag, "utf-8")
    length = answer.headers.get("Content-Length")
    total = have + int(length) if length and length.isdigit() else None
    with part.open("ab" if have else "wb") as out:
        # read1, since iter_content drops what it has of a chunk when the transfer breaks
        while chunk := answer.raw.read1(_CHUNK):
            out.write(chunk)
            have += len(chunk)
            if progress:
                progress(name, have, total)
    if total is not None and have < total:
        raise _TransientError(f"the transfer ended after {have} of {total} bytes")


def _range_start(header: str) -> int | None:
    # Content-Range: bytes 100-199/200
    unit, _, rest = header.partition(" ")
    start = rest.partition("-")[0]
    return int(start) if unit == "bytes" and start.isdigit() else None


def get(
    file: DataFile, data: Path | None, cache: Path | None = None, progress: Progress | None = None
) -> bytes:
    """Verified content of a file, from `data` when given, else from the cache or its URL.

    Raises DatasetError: B023 when `data` doesn't hold it, and those of `check` and `fetch`.
    """
    folder = data or (cache or default_cache()) / "datasets"
    local = find_local(file, folder)
    if local is None and data is not None:
        raise DatasetError(
            "B023", f"{data} holds neither {file.path} nor {file.path}.gz; see `baseline list`"
        )
    path = local or fetch(file, folder, progress)
    try:
        raw = content(path)
    except (OSError, EOFError) as error:
        raise DatasetError("B020", f"{path} can't be read: {error}") from error
    check(raw, file, str(path))
    return raw
