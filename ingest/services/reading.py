"""Reading what services send: nothing is where it should be, and nothing may crash."""

import json
from typing import Any


class MalformedResponseError(ValueError):
    """A response that is not what the service documents; the message says where."""


def read_json(raw: bytes, where: str) -> Any:
    """JSON of a body. Raises MalformedResponseError with line and column."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode(
            "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252", "replace"
        )
    if not text.strip():
        raise MalformedResponseError(f"{where}: an empty body, expected JSON. Fetch it again.")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        begin = text.lstrip()[:1]
        found = "an HTML page" if begin == "<" else f"{error.msg}"
        raise MalformedResponseError(
            f"{where}:{error.lineno}:{error.colno}: found {found}, expected JSON. The body may be "
            "cut off or come from a login or error page; fetch it again."
        ) from error
    except RecursionError as error:
        raise MalformedResponseError(f"{where}: JSON nested too deep to be a record.") from error


def dig(value: Any, *path: str | int) -> Any:
    """What stands at a path of keys and indexes; None as soon as anything is missing."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            usable = isinstance(value, list) and -len(value) <= step < len(value)
            value = value[step] if usable else None
        if value is None:
            return None
    return value


def texts(value: Any) -> list[str]:
    """The non-empty strings of a list, or of one string."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, str) and item.strip()]


def first_text(*values: Any) -> str | None:
    """The first of the values that is, or holds, a non-empty string."""
    for value in values:
        found = texts(value)
        if found:
            return found[0].strip()
    return None


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, or of one object."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def integer(value: Any) -> int | None:
    """A whole number, also when it comes as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.strip().lstrip("-").isdigit():
        return int(value)
    return None
