"""Every fault of a service, by a real server on loopback."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from ingest.http import Fetcher, FetchError, NotFoundError, Policy, TransientError, retry_after
from tests.ingest.loopback import Loopback

QUICK = {"default": Policy(interval=0, attempts=3, first_wait=0.01)}
# For a server that never answers. Elsewhere a busy machine must not pass for one.
IMPATIENT = {"default": Policy(interval=0, attempts=3, first_wait=0.01, read_timeout=0.3)}


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> Fetcher:
    return Fetcher(None, policies=QUICK, sleep=waits.append)


def test_a_body_comes_with_its_stamp(server: Loopback, fetcher: Fetcher) -> None:
    server.answers["/x"] = lambda h: h.reply(200, b'{"a": 1}')
    found = fetcher.get("crossref", f"{server.url}/x", params={"mailto": "me@example.org"})
    assert found.body == b'{"a": 1}'
    # sha256sum of the eight bytes {"a": 1}
    assert found.stamp.sha256 == "f9d86028c6e0d64e225186f96acb69338b2c59764df79162107f5c4bb34d1310"
    assert found.stamp.service == "crossref"
    assert found.stamp.url == f"{server.url}/x"  # the contact is nobody's business later


def test_polite_headers_name_the_tool_and_the_contact(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMGAP_MAILTO", "curator@example.org")
    server.answers["/x"] = lambda h: h.reply(200, b"{}")
    Fetcher(None, policies=QUICK).get("crossref", f"{server.url}/x")
    assert server.seen[0][1]["User-Agent"] == "claimgap/0.1 (mailto:curator@example.org)"


def test_too_many_requests_waits_as_long_as_asked(
    server: Loopback, fetcher: Fetcher, waits: list[float]
) -> None:
    server.answers["/x"] = lambda h: (
        h.reply(429, b"{}", Retry_After="7") if h.number == 1 else h.reply(200, b"{}")
    )
    assert fetcher.get("s", f"{server.url}/x").body == b"{}"
    assert len(waits) == 1 and waits[0] >= 7


def test_retry_after_may_be_a_date() -> None:
    moment = datetime.now(UTC) + timedelta(seconds=60)
    assert retry_after(format_datetime(moment, usegmt=True)) == pytest.approx(60, abs=2)
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0  # RFC 9110, section 10.2.3's example
    assert retry_after("soon") is None
    assert retry_after(None) is None


def test_a_wait_beyond_patience_says_when_to_come_back(
    server: Loopback, fetcher: Fetcher, waits: list[float]
) -> None:
    server.answers["/x"] = lambda h: h.reply(503, b"{}", Retry_After="3600")
    with pytest.raises(FetchError, match=r"asks to wait 3600 s.*what was fetched is kept"):
        fetcher.get("s", f"{server.url}/x")
    assert waits == [] and server.count("/x") == 1


def test_a_failing_service_is_tried_again_then_named(
    server: Loopback, fetcher: Fetcher, waits: list[float]
) -> None:
    server.answers["/x"] = lambda h: h.reply(502, b"{}")
    with pytest.raises(TransientError, match=r"/x: the service is failing \(502\)"):
        fetcher.get("s", f"{server.url}/x")
    assert server.count("/x") == 3
    assert len(waits) == 2 and waits[1] > 0


def test_backoff_grows_and_has_jitter(server: Loopback) -> None:
    server.answers["/x"] = lambda h: h.reply(500)
    runs = []
    for _ in range(2):
        waits: list[float] = []
        policies = {"default": Policy(interval=0, attempts=5, first_wait=1.0)}
        with pytest.raises(TransientError):
            Fetcher(None, policies=policies, sleep=waits.append).get("s", f"{server.url}/x")
        runs.append(waits)
    # exponential 1, 2, 4, 8 with up to a second of jitter each
    for waits in runs:
        assert all(2**i <= wait <= 2**i + 1 for i, wait in enumerate(waits))
    assert runs[0] != runs[1]


def test_a_silent_server_times_out(server: Loopback, waits: list[float]) -> None:
    server.answers["/x"] = lambda h: h.wait()
    with pytest.raises(TransientError, match=r"/x: no answer"):
        Fetcher(None, policies=IMPATIENT, sleep=waits.append).get("s", f"{server.url}/x")
    assert len(waits) == 2


def test_a_dripping_body_ends_at_the_total_limit(server: Loopback) -> None:
    def drip(h):
        h.send_response(200)
        h.send_header("Content-Type", "application/json")
        h.send_header("Content-Length", "1000000")
        h.end_headers()
        for _ in range(500):
            if h.server.release.wait(0.01):
                return
            h.wfile.write(b" " * 70_000)

    server.answers["/x"] = drip
    slow = {"default": Policy(interval=0, attempts=1, read_timeout=5, total_timeout=0.0)}
    with pytest.raises(TransientError, match="the body took over 0 s"):
        Fetcher(None, policies=slow).get("s", f"{server.url}/x")


def test_a_body_cut_off_is_noticed_and_fetched_again(server: Loopback, fetcher: Fetcher) -> None:
    server.answers["/x"] = lambda h: (
        h.reply_cut(b'{"title": "A half', 500) if h.number < 3 else h.reply(200, b'{"whole": 1}')
    )
    assert fetcher.get("s", f"{server.url}/x").body == b'{"whole": 1}'
    assert server.count("/x") == 3


def test_a_body_always_cut_off_is_an_error(server: Loopback, fetcher: Fetcher) -> None:
    server.answers["/x"] = lambda h: h.reply_cut(b'{"title": "A half', 500)
    with pytest.raises(TransientError, match="cut off before its end"):
        fetcher.get("s", f"{server.url}/x")


def test_a_cut_gzip_body_is_an_error(server: Loopback, fetcher: Fetcher) -> None:
    server.answers["/x"] = lambda h: h.reply_gzip(b'{"a": "' + bytes(range(256)) * 99 + b'"}', 40)
    found = None
    try:
        found = fetcher.get("s", f"{server.url}/x")
    except TransientError:
        return
    # Some decoders hand out what they could unpack; then the JSON reader must refuse it.
    from ingest.services.reading import MalformedResponseError, read_json

    with pytest.raises(MalformedResponseError):
        read_json(found.body, "x")


def test_a_broken_connection_is_tried_again(server: Loopback, fetcher: Fetcher) -> None:
    server.answers["/x"] = lambda h: h.reset() if h.number == 1 else h.reply(200, b"{}")
    assert fetcher.get("s", f"{server.url}/x").body == b"{}"


def test_nobody_listening_says_how_to_work_offline(fetcher: Fetcher) -> None:
    with pytest.raises(TransientError, match="offline with --from-file"):
        fetcher.get("s", "http://127.0.0.1:9/x")


def test_a_huge_body_is_refused_by_its_length_without_reading(server: Loopback) -> None:
    server.answers["/x"] = lambda h: h.reply_cut(b"", 10**12)
    small = {"default": Policy(interval=0, attempts=1, max_bytes=1000)}
    with pytest.raises(FetchError, match=r"1,000,000,000,000 bytes or more; at most 1,000"):
        Fetcher(None, policies=small).get("s", f"{server.url}/x")


def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(server: Loopback) -> None:
    server.answers["/x"] = lambda h: h.reply_gzip(b" " * 5_000_000)
    small = {"default": Policy(interval=0, attempts=1, max_bytes=100_000)}
    with pytest.raises(FetchError, match="at most 100,000 are read"):
        Fetcher(None, policies=small).get("s", f"{server.url}/x")


def test_html_where_json_was_expected_is_named(server: Loopback, fetcher: Fetcher) -> None:
    server.answers["/x"] = lambda h: h.reply(
        200, b"<html>log in</html>", "text/html; charset=utf-8"
    )
    with pytest.raises(FetchError, match=r"found content type 'text/html', expected json"):
        fetcher.get("s", f"{server.url}/x")


def test_redirects_are_followed_but_not_for_ever(server: Loopback, fetcher: Fetcher) -> None:
    server.answers["/old"] = lambda h: h.reply(301, b"", Location="/new")
    server.answers["/new"] = lambda h: h.reply(200, b'{"moved": true}')
    found = fetcher.get("s", f"{server.url}/old")
    assert found.body == b'{"moved": true}' and found.stamp.url == f"{server.url}/new"
    server.answers["/round"] = lambda h: h.reply(302, b"", Location="/round")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetcher.get("s", f"{server.url}/round")


def test_unknown_identifiers_are_not_tried_again(server: Loopback, fetcher: Fetcher) -> None:
    with pytest.raises(NotFoundError, match="doesn't know it"):
        fetcher.get("s", f"{server.url}/missing")
    assert server.count("/missing") == 1


def test_gated_items_say_what_to_do(server: Loopback, fetcher: Fetcher) -> None:
    server.answers["/x"] = lambda h: h.reply(401, b"{}")
    with pytest.raises(FetchError, match="gated or private"):
        fetcher.get("s", f"{server.url}/x")


def test_requests_to_one_service_keep_their_distance(server: Loopback, waits: list[float]) -> None:
    server.answers["/x"] = lambda h: h.reply(200, b"{}")
    slow = {"arxiv": Policy(interval=3.0), "default": Policy(interval=0)}
    fetcher = Fetcher(None, policies=slow, sleep=waits.append)
    fetcher.get("arxiv", f"{server.url}/x?1")
    fetcher.get("arxiv", f"{server.url}/x?2")
    fetcher.get("other", f"{server.url}/x?3")
    assert len(waits) == 1 and 2.5 < waits[0] <= 3.0


def test_the_cache_answers_while_fresh_and_revalidates_after(
    server: Loopback, tmp_path: Path
) -> None:
    def answer(h):
        if h.headers.get("If-None-Match") == '"v1"':
            h.send_response(304)
            h.send_header("ETag", '"v1"')
            h.end_headers()
        else:
            h.reply(200, b'{"v": 1}', ETag='"v1"', Cache_Control="no-cache")

    server.answers["/tagged"] = answer
    server.answers["/fresh"] = lambda h: h.reply(200, b"{}", Cache_Control="max-age=600")
    with Fetcher(tmp_path, policies=QUICK) as fetcher:
        assert not fetcher.get("s", f"{server.url}/fresh").from_cache
        assert fetcher.get("s", f"{server.url}/fresh").from_cache
        assert server.count("/fresh") == 1
        first = fetcher.get("s", f"{server.url}/tagged")
        second = fetcher.get("s", f"{server.url}/tagged")
    assert server.count("/tagged") == 2  # asked again, with the validator
    assert server.seen[-1][1].get("If-None-Match") == '"v1"'
    assert first.body == second.body == b'{"v": 1}'


def test_errors_are_not_cached(server: Loopback, tmp_path: Path) -> None:
    server.answers["/x"] = lambda h: h.reply(404) if h.number == 1 else h.reply(200, b"{}")
    with Fetcher(tmp_path, policies=QUICK) as fetcher:
        with pytest.raises(NotFoundError):
            fetcher.get("s", f"{server.url}/x")
        assert fetcher.get("s", f"{server.url}/x").body == b"{}"


def test_the_cache_survives_a_process(server: Loopback, tmp_path: Path) -> None:
    server.answers["/x"] = lambda h: h.reply(200, b"{}", Cache_Control="max-age=600")
    with Fetcher(tmp_path, policies=QUICK) as fetcher:
        fetcher.get("s", f"{server.url}/x")
    with sqlite3.connect(tmp_path / "http.sqlite") as db:
        assert db.execute("select count(*) from responses").fetchone() == (1,)
    with Fetcher(tmp_path, policies=QUICK) as fetcher:
        assert fetcher.get("s", f"{server.url}/x").from_cache


def test_a_cache_that_cannot_be_used_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "http.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(
        FetchError, match=r"delete it \(it only saves time\), or name another folder"
    ):
        Fetcher(tmp_path, policies=QUICK).get("s", "http://127.0.0.1:9/x")
    with pytest.raises(FetchError, match="can't be used"):
        Fetcher(tmp_path / "http.sqlite" / "folder", policies=QUICK)


def test_a_cache_without_room_costs_nothing_but_time(server: Loopback, tmp_path: Path) -> None:
    """The kernel's limit on file size stands in for a full disk, as in test_files."""
    server.answers["/x"] = lambda h: h.reply(
        200, b'"' + b"x" * 3_000_000 + b'"', Cache_Control="max-age=600"
    )
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from ingest.http import Fetcher, Policy\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "fetcher = Fetcher(Path(sys.argv[2]), policies={'default': Policy(interval=0)})\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "print(len(fetcher.get('s', sys.argv[1]).body))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, f"{server.url}/x", str(tmp_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "3000002\n"
    with Fetcher(tmp_path, policies=QUICK) as fetcher:  # and the cache is whole afterwards
        assert not fetcher.get("s", f"{server.url}/x").from_cache
        assert fetcher.get("s", f"{server.url}/x").from_cache
