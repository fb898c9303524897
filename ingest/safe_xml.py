"""XML from strangers: entity bombs and external entities are refused before lxml reads it."""

import html
import re
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring as defused_fromstring
from lxml import etree

_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_FIRST_TAG = re.compile(rb"<[A-Za-z][\w:.-]*")
_PREFIXES = {
    b"xlink": b"http://www.w3.org/1999/xlink",
    b"mml": b"http://www.w3.org/1998/Math/MathML",
    b"oasis": b"http://www.niso.org/standards/z39-96/ns/oasis-exchange/table",
    b"ali": b"http://www.niso.org/schemas/ali/1.0/",
    b"jats": b"http://www.ncbi.nlm.nih.gov/JATS1",
}
MAX_BYTES = 200 * 1024 * 1024


class UnsafeXmlError(ValueError):
    """The document declares entities or reaches outside itself."""


class BrokenXmlError(ValueError):
    """The document is not well-formed; the message has line and column."""


def parse_xml(raw: bytes, where: str) -> etree._Element:
    """Parse XML without following anything it declares.

    Named HTML entities, which JATS takes from its DTD, are replaced beforehand; a DTD that the
    document only names is not loaded. Raises UnsafeXmlError and BrokenXmlError, each naming
    ``where``.
    """
    if len(raw) > MAX_BYTES:
        raise BrokenXmlError(
            f"{where}: {len(raw):,} bytes of XML; at most {MAX_BYTES:,} are read. "
            "Give the article's own file, not a dump."
        )
    plain = _NAMED.sub(_spell_out, raw) if _is_ascii_compatible(raw) else raw
    plain = _declare_prefixes(plain)
    try:
        defused_fromstring(plain, forbid_dtd=False, forbid_entities=True, forbid_external=False)
    except DefusedXmlException as error:
        raise UnsafeXmlError(
            f"{where}: the XML declares entities of its own ({type(error).__name__}), which can "
            "blow up memory or read local files. It was not read; get the file from the publisher."
        ) from error
    except ParseError as error:
        line, column = error.position
        raise BrokenXmlError(
            f"{where}:{line}:{column + 1}: not well-formed XML ({str(error).split(':')[0]}). "
            "The file may be cut off; fetch it again."
        ) from error
    except (LookupError, ValueError) as error:
        raise BrokenXmlError(f"{where}: its encoding can't be read ({error}).") from error
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(plain, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise BrokenXmlError(f"{where}:{line}:{column}: {error.msg}") from error


def _declare_prefixes(raw: bytes) -> bytes:
    """Pieces cut out of an article lose the declarations that stood on its root."""
    start = _FIRST_TAG.search(raw)
    if start is None:
        return raw
    missing = b"".join(
        b' xmlns:%s="%s"' % (prefix, uri)
        for prefix, uri in _PREFIXES.items()
        if prefix + b":" in raw and b"xmlns:" + prefix not in raw
    )
    return raw[: start.end()] + missing + raw[start.end() :] if missing else raw


def _is_ascii_compatible(raw: bytes) -> bool:
    return not raw.startswith((b"\xff\xfe", b"\xfe\xff"))


def _spell_out(match: re.Match[bytes]) -> bytes:
    name = match.group(1).decode("ascii")
    if name in _XML_ENTITIES:
        return match.group(0)
    text = html.unescape(f"&{name};")
    if text == f"&{name};":
        return match.group(0)
    return "".join(f"&#{ord(char)};" for char in text).encode("ascii")


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for what is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
