"""A stamp for bodies that tests write themselves."""

import json
from typing import Any

from ingest.record import Record, Stamp
from ingest.services.registry import SERVICES


def parse(service: str, body: Any) -> list[Record]:
    """Records that a service's parser finds in a body (a dict is sent as JSON)."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return SERVICES[service].parse(raw, Stamp.of(service, "https://service.test/x", raw))


def people(record: Record) -> list[tuple[str | None, str | None, str | None]]:
    """Family, given and name of each author."""
    return [(a.family, a.given, a.name) for a in record.authors]
