"""Finding, fetching, continuing and refusing files, against a real server on loopback."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from ingest.baselines import store
from ingest.baselines.registry import DataFile, DatasetError
from tests.ingest.loopback import Handler, Loopback

BODY = bytes(range(256)) * 40


def file(server: Loopback | None = None, **known: object) -> DataFile:
    base: dict[str, object] = {
        "path": "made/train.csv",
        "bytes": len(BODY),
        "sha256": hashlib.sha256(BODY).hexdigest(),
    }
    if server:
        base["url"] = f"{server.url}/train.csv"
    return DataFile.model_validate(base | known)


def ranged(handler: Handler, body: bytes = BODY, etag: str = '"one"') -> None:
    """Answer as a server that knows ranges does."""
    asked = handler.headers.get("Range")
    condition = handler.headers.get("If-Range")
    if asked is None or (condition is not None and condition != etag):
        handler.reply(200, body, "text/csv", ETag=etag)
        return
    start = int(asked.removeprefix("bytes=").rstrip("-"))
    if start >= len(body):
        handler.reply(416, b"", "text/csv", Content_Range=f"bytes */{len(body)}")
        return
    span = f"bytes {start}-{len(body) - 1}/{len(body)}"
    handler.reply(206, body[start:], "text/csv", Content_Range=span, ETag=etag)


def cut_once(at: int):
    """Send `at` bytes of a promised whole, then, when asked again, the rest."""

    def answer(handler: Handler) -> None:
        if handler.number == 1:
            handler.reply_cut(BODY[:at], len(BODY))
        else:
            ranged(handler)

    return answer


def test_fetch_verifies_and_renames(server: Loopback, tmp_path: Path) -> None:
    server.answers["/train.csv"] = ranged
    told: list[tuple[str, int, int | None]] = []
    path = store.fetch(file(server), tmp_path, lambda *what: told.append(what))
    assert path.read_bytes() == BODY
    assert told[-1] == ("made/train.csv", len(BODY), len(BODY))
    assert [p.name for p in path.parent.iterdir()] == ["train.csv"]


def test_a_broken_transfer_goes_on_where_it_ended(server: Loopback, tmp_path: Path) -> None:
    server.answers["/train.csv"] = cut_once(3000)
    path = store.fetch(file(server), tmp_path, wait_s=0)
    assert path.read_bytes() == BODY
    assert server.seen[1][1]["Range"] == "bytes=3000-"
    assert server.count("/train.csv") == 2


def test_a_part_of_an_earlier_run_is_continued(server: Loopback, tmp_path: Path) -> None:
    server.answers["/train.csv"] = ranged
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "train.csv.part").write_bytes(BODY[:5000])
    path = store.fetch(file(server), tmp_path)
    assert path.read_bytes() == BODY
    assert [h.get("Range") for _, h in server.seen] == ["bytes=5000-"]


def test_a_server_without_ranges_is_read_from_the_start(server: Loopback, tmp_path: Path) -> None:
    server.answers["/train.csv"] = lambda handler: handler.reply(200, BODY, "text/csv")
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "train.csv.part").write_bytes(b"x" * 100)
    assert store.fetch(file(server), tmp_path).read_bytes() == BODY


def test_a_file_changed_meanwhile_is_read_from_the_start(server: Loopback, tmp_path: Path) -> None:
    server.answers["/train.csv"] = lambda handler: ranged(handler, etag='"two"')
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "train.csv.part").write_bytes(b"x" * 100)
    (tmp_path / "made" / "train.csv.part.etag").write_text('"one"')
    assert store.fetch(file(server), tmp_path).read_bytes() == BODY
    assert server.seen[0][1]["If-Range"] == '"one"'


def test_a_complete_part_only_needs_checking(server: Loopback, tmp_path: Path) -> None:
    server.answers["/train.csv"] = ranged
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "train.csv.part").write_bytes(BODY)
    assert store.fetch(file(server), tmp_path).read_bytes() == BODY


def test_a_part_longer_than_the_file_starts_anew(server: Loopback, tmp_path: Path) -> None:
    server.answers["/train.csv"] = ranged
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "train.csv.part").write_bytes(BODY + b"x")
    assert store.fetch(file(server), tmp_path, wait_s=0).read_bytes() == BODY


@pytest.mark.parametrize(
    ("known", "named"),
    [
        ({"sha256": "0" * 64}, "sha256"),
        ({"bytes": len(BODY) + 1}, "bytes"),
        ({"git_blob": "0" * 40}, "git_blob"),
    ],
)
def test_another_content_is_refused_and_removed(
    server: Loopback, tmp_path: Path, known: dict[str, object], named: str
) -> None:
    server.answers["/train.csv"] = ranged
    with pytest.raises(DatasetError, match=f"B020.*{named} .*expected") as caught:
        store.fetch(file(server, **known), tmp_path)
    assert caught.value.code == "B020"
    assert list((tmp_path / "made").iterdir()) == []


def test_git_object_id_of_a_known_content() -> None:
    # `printf 'hello\n' | git hash-object --stdin` (also in the Git book, section 10.2, for
    # "test content": d670460b4b4aece5915caf5c68d12f560a9fe3e4)
    known = file(bytes="not_checked", sha256="not_checked",
                 git_blob="d670460b4b4aece5915caf5c68d12f560a9fe3e4")  # fmt: skip
    store.check(b"test content\n", known, "here")
    with pytest.raises(DatasetError, match="git_blob"):
        store.check(b"test content", known, "here")


def test_a_server_that_stays_broken_is_named_and_the_part_kept(
    server: Loopback, tmp_path: Path
) -> None:
    server.answers["/train.csv"] = lambda handler: handler.reply_cut(BODY[:10], len(BODY))
    with pytest.raises(DatasetError, match=r"B022.*after 2 tries.*continues there"):
        store.fetch(file(server), tmp_path, attempts=2, wait_s=0)
    assert (tmp_path / "made" / "train.csv.part").read_bytes()[:10] == BODY[:10]
    assert not (tmp_path / "made" / "train.csv").exists()


def test_a_busy_server_is_asked_again(server: Loopback, tmp_path: Path) -> None:
    def answer(handler: Handler) -> None:
        if handler.number < 3:
            handler.reply(503, b"busy")
        else:
            ranged(handler)

    server.answers["/train.csv"] = answer
    assert store.fetch(file(server), tmp_path, wait_s=0).read_bytes() == BODY
    assert server.count("/train.csv") == 3


def test_a_missing_file_is_not_asked_for_twice(server: Loopback, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"B022.*status 404"):
        store.fetch(file(server), tmp_path)
    assert server.count("/train.csv") == 1


def test_without_an_address_the_way_out_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"B021.*--data"):
        store.fetch(file(), tmp_path)


def test_local_files_plain_or_gzipped_are_verified(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    packed = tmp_path / "made" / "train.csv.gz"
    packed.write_bytes(gzip.compress(BODY))
    assert store.get(file(), tmp_path) == BODY
    packed.write_bytes(gzip.compress(BODY + b"x"))
    with pytest.raises(DatasetError, match=r"B020.*train\.csv\.gz"):
        store.get(file(), tmp_path)
    packed.write_bytes(b"not gzip")
    with pytest.raises(DatasetError, match=r"B020.*can't be read"):
        store.get(file(), tmp_path)
    packed.unlink()
    with pytest.raises(DatasetError, match=r"B023.*neither"):
        store.get(file(), tmp_path)


def test_fetched_once_then_kept(server: Loopback, tmp_path: Path) -> None:
    server.answers["/train.csv"] = ranged
    for _ in range(2):
        assert store.get(file(server), None, cache=tmp_path) == BODY
    assert server.count("/train.csv") == 1
