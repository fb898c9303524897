"""Catalog strings as plain text: whatever they hold, they never become markup, HTML or a link."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&^=])")
# Streamlit turns `:name:`, `https://x`, `www.x` and `a@b.c` into pictures and links after the
# Markdown is read, where a backslash no longer helps: a word joiner, which has no width, does.
_LATE = re.compile(r"(:(?=\S)|@(?=\S)|(?i:www)(?=\.))")
_BREAKS = re.compile(r"\s+")


def plain(text: object) -> str:
    """A string for st.markdown and everything else that reads Markdown, shown as it is."""
    one_line = _BREAKS.sub(" ", str(text)).strip()
    late = _LATE.sub("\\1\N{WORD JOINER}", one_line)
    return _MARKUP.sub(r"\\\1", late)


def link(label: object, address: str) -> str:
    """A Markdown link with a label from the catalog; only the label where it isn't http or https."""
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return plain(label)
    return f"[{plain(label)}](<{quote(address.strip(), safe=_ADDRESS)}>)"


def page(label: object, path: str, **parameters: str) -> str:
    """A Markdown link to a page of the app."""
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in parameters.items())
    return f"[{plain(label)}]({path}{'?' + query if query else ''})"


_ADDRESS = ":/?#[]@!$&'*+,;=%~-._"
