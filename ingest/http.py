"""HTTP for all services: polite, cached, patient, and suspicious of what comes back."""

import email.utils
import itertools
import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
import requests_cache
from requests.adapters import HTTPAdapter
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from ingest.record import Stamp

MEBIBYTE = 1024 * 1024
# Longer than this nobody waits at a terminal: the command stops, and resumes when run again.
LONGEST_WAIT = 120.0
_CHUNK = 64 * 1024


class FetchError(Exception):
    """A fetch that failed for good: what was asked, what came, what to do."""


class TransientError(FetchError):
    """A failure that may pass; ``retry_after`` is what the service asked for, in seconds."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """Keep the service's own wish beside the message."""
        super().__init__(message)
        self.retry_after = retry_after


class NotFoundError(FetchError):
    """The service answered, and doesn't know the identifier."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How one service is asked: pause between requests, largest body, attempts, time limits.

    ``interval`` is in seconds and follows each service's published request: arXiv asks for one
    request in three seconds, Semantic Scholar for one a second without a key, GitHub allows 60 an
    hour without a token (spent in bursts), the others allow several a second.
    """

    interval: float = 0.2
    max_bytes: int = 50 * MEBIBYTE
    attempts: int = 5
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 300.0
    first_wait: float = 1.0


POLICIES: dict[str, Policy] = {
    "arxiv": Policy(interval=3.0, max_bytes=100 * MEBIBYTE),
    "semanticscholar": Policy(interval=1.1),
    "github": Policy(interval=0.5),
    "biorxiv": Policy(interval=1.0),
}
BASES = {
    "crossref": "https://api.crossref.org",
    "openalex": "https://api.openalex.org",
    "arxiv": "https://export.arxiv.org",
    "europepmc": "https://www.ebi.ac.uk/europepmc/webservices/rest",
    "biorxiv": "https://api.biorxiv.org",
    "semanticscholar": "https://api.semanticscholar.org",
    "datacite": "https://api.datacite.org",
    "hf": "https://huggingface.co",
    "github": "https://api.github.com",
    "githubraw": "https://raw.githubusercontent.com",
}


def base_url(service: str) -> str:
    """A service's address; CLAIMGAP_<SERVICE>_URL names another one (a mirror, a test server)."""
    return os.environ.get(f"CLAIMGAP_{service.upper()}_URL", BASES.get(service, "")).rstrip("/")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body with where it came from. ``from_cache`` says that the network was not needed."""

    body: bytes
    content_type: str
    stamp: Stamp
    from_cache: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class _CappedAdapter(HTTPAdapter):
    """Reads bodies to the end itself: bounded in size (unpacked), in time, and complete."""

    def __init__(self, policies: Callable[[], Policy]) -> None:
        super().__init__()
        self._policy = policies

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Send, then read the body within the policy's limits."""
        policy = self._policy()
        kwargs["stream"] = True
        response = super().send(request, *args, **kwargs)
        declared = response.headers.get("Content-Length", "")
        if declared.isdigit() and int(declared) > policy.max_bytes:
            response.close()
            raise FetchError(_too_large(request.url, int(declared), policy.max_bytes))
        started = time.monotonic()
        chunks: list[bytes] = []
        size = 0
        try:
            for chunk in response.iter_content(_CHUNK):
                size += len(chunk)
                chunks.append(chunk)
                if size > policy.max_bytes:
                    raise FetchError(_too_large(request.url, size, policy.max_bytes))
                if time.monotonic() - started > policy.total_timeout:
                    raise TransientError(
                        f"{request.url}: the body took over {policy.total_timeout:g} s, and was "
                        "given up"
                    )
        except BaseException:
            response.close()
            raise
        body = b"".join(chunks)
        # The standard attribute that requests itself fills: later readers find the body read.
        response._content = body
        response._content_consumed = True  # type: ignore[attr-defined]
        return response


def _too_large(url: str | None, size: int, limit: int) -> str:
    return (
        f"{url}: the body has {size:,} bytes or more; at most {limit:,} are read. If this file is "
        "really wanted, download it by hand and give it with --from-file."
    )


def _cached_session(cache: Path) -> requests.Session:
    """A session that keeps responses in ``cache``. Raises FetchError if that can't be used."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        # A response without any freshness information is asked again after a day.
        return requests_cache.CachedSession(
            str(cache / "http.sqlite"), backend="sqlite", cache_control=True,
            expire_after=86_400, allowable_codes=(200,), allowable_methods=("GET",),
            stale_if_error=False, ignored_parameters=("mailto",),
        )  # fmt: skip
    except (sqlite3.Error, OSError) as error:
        raise FetchError(_cache_trouble(cache, error)) from error


def _cache_trouble(cache: object, error: Exception) -> str:
    return (
        f"the cache {cache} can't be used ({error}). Make room, delete it (it only saves time), or "
        "name another folder in CLAIMGAP_CACHE."
    )


class Fetcher:
    """One session over all services, with an on-disk cache that revalidates by ETag and date."""

    def __init__(
        self,
        cache: Path | None,
        *,
        policies: Mapping[str, Policy] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``cache`` is the cache's folder, or None for none; ``sleep`` waits between requests."""
        self._policies = dict(POLICIES if policies is None else policies)
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._lock = threading.Lock()
        self._service = "default"
        if cache is None:
            self._session: requests.Session = requests.Session()
        else:
            self._session = _cached_session(cache)
        self._session.max_redirects = 5
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _CappedAdapter(self._current))
        contact = os.environ.get("CLAIMGAP_MAILTO", "")
        self._session.headers["User-Agent"] = "claimgap/0.1" + (
            f" (mailto:{contact})" if contact else ""
        )

    def __enter__(self) -> "Fetcher":
        """Use as a context manager to close connections and cache."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close connections and cache."""
        self.close()

    def close(self) -> None:
        """Close connections and cache."""
        self._session.close()

    def _current(self) -> Policy:
        return self.policy(self._service)

    def policy(self, service: str) -> Policy:
        """How a service is asked."""
        return self._policies.get(service, self._policies.get("default", Policy()))

    def get(
        self,
        service: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        accept: tuple[str, ...] = ("json",),
        headers: Mapping[str, str] | None = None,
    ) -> Fetched:
        """GET a body whose content type contains one of ``accept`` (empty: any).

        Raises NotFoundError (404, 410), TransientError after the last attempt, and FetchError for
        everything that waiting doesn't cure.
        """
        policy = self.policy(service)
        jitter = wait_exponential_jitter(
            multiplier=policy.first_wait, max=60, jitter=policy.first_wait
        )

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.retry_after if isinstance(error, TransientError) else None
            return max(asked or 0.0, jitter(state))

        retrying = Retrying(
            retry=retry_if_exception_type(TransientError),
            stop=stop_after_attempt(policy.attempts),
            wait=wait,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._once, service, url, dict(params or {}), accept, dict(headers or {}))

    def _once(
        self, service: str, url: str, params: dict[str, str], accept: tuple[str, ...],
        headers: dict[str, str],
    ) -> Fetched:  # fmt: skip
        policy = self.policy(service)
        self._pause(service, policy)
        with self._lock:
            self._service = service
            try:
                response = self._session.get(
                    url, params=params, headers=headers,
                    timeout=(policy.connect_timeout, policy.read_timeout),
                )  # fmt: skip
            except sqlite3.Error as error:
                raise FetchError(_cache_trouble("on disk", error)) from error
            except requests.TooManyRedirects as error:
                raise FetchError(
                    f"{url}: more than {self._session.max_redirects} redirects. The address may "
                    "have moved; check it in a browser."
                ) from error
            except requests.Timeout as error:
                raise TransientError(
                    f"{url}: no answer within {policy.read_timeout:g} s. Try again later."
                ) from error
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
                raise TransientError(f"{url}: {_connection(error)}") from error
            except requests.exceptions.ContentDecodingError as error:
                raise TransientError(
                    f"{url}: the packed body can't be unpacked; cut off?"
                ) from error
            except requests.RequestException as error:
                raise FetchError(f"{url}: {error}") from error
        self._check_redirects(response)
        self._check_status(response, service)
        self._check_type(response, accept)
        final = str(response.url)
        created = getattr(response, "created_at", None)
        cached = bool(getattr(response, "from_cache", False))
        moment = created.replace(tzinfo=UTC) if cached and isinstance(created, datetime) else None
        body = response.content
        return Fetched(
            body, response.headers.get("Content-Type", ""),
            Stamp.of(service, _public(final), body, moment), cached, dict(response.headers),
        )  # fmt: skip

    def _pause(self, service: str, policy: Policy) -> None:
        now = time.monotonic()
        wait = self._last.get(service, -1e9) + policy.interval - now
        if wait > 0:
            self._sleep(wait)
        self._last[service] = time.monotonic()

    @staticmethod
    def _check_redirects(response: requests.Response) -> None:
        hops = [*(r.url for r in response.history), response.url]
        for before, after in itertools.pairwise(hops):
            if before.startswith("https:") and not after.startswith("https:"):
                raise FetchError(
                    f"{before}: redirected to {after}, which is not encrypted: refused."
                )

    @staticmethod
    def _check_status(response: requests.Response, service: str) -> None:
        status = response.status_code
        url = _public(str(response.url))
        if status in (404, 410):
            raise NotFoundError(
                f"{url}: {service} doesn't know it ({status}). Check the identifier's spelling, or "
                "whether it is another service's."
            )
        if status == 429 or status >= 500:
            asked = retry_after(response.headers.get("Retry-After"))
            if asked is not None and asked > LONGEST_WAIT:
                raise FetchError(
                    f"{url}: {service} asks to wait {asked:.0f} s ({status}). Run the same command "
                    "again after that; what was fetched is kept."
                )
            why = "too many requests" if status == 429 else "the service is failing"
            raise TransientError(f"{url}: {why} ({status}). Try again later.", asked)
        if status in (401, 403):
            raise FetchError(
                f"{url}: access refused ({status}). The item may be gated or private; save it from "
                "a browser and give it with --from-file."
            )
        if status >= 400:
            raise FetchError(f"{url}: the request was refused ({status}). Check the identifier.")

    @staticmethod
    def _check_type(response: requests.Response, accept: tuple[str, ...]) -> None:
        kind = response.headers.get("Content-Type", "").lower()
        if not accept or not kind or any(word in kind for word in accept):
            return
        shown = kind.partition(";")[0]
        raise FetchError(
            f"{_public(str(response.url))}: found content type {shown!r}, expected "
            f"{' or '.join(accept)}. It may be a login or error page; open it in a browser."
        )


def _public(url: str) -> str:
    """An address without the contact that politeness adds."""
    return re.sub(r"([?&])mailto=[^&]*&?", r"\1", url).rstrip("?&")


def _connection(error: Exception) -> str:
    text = str(error)
    if "IncompleteRead" in text or "incomplete" in text.lower() or "ended prematurely" in text:
        return "the body was cut off before its end. Try again later."
    if "timed out" in text.lower():
        return "no answer in time. Try again later."
    if "Name or service" in text or "NameResolution" in text or "resolve" in text.lower():
        return "no such host, or no network. Work offline with --from-file."
    return "the connection failed. Try again later, or work offline with --from-file."


def retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header, given as seconds or as an HTTP date."""
    if not value:
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?", value.strip()):
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
