"""Clean Unicode out of what services call text: HTML, MathML, JATS, LaTeX, escaped twice."""

import html
import re
import unicodedata

from lxml import html as lxml_html

from ingest.tables.latex_text import clean as clean_latex
from ingest.tables.markup_text import inline

_TAGS = (
    "i|b|em|strong|sup|sub|scp|sc|u|p|br|span|div|title|sec|italic|bold|underline|monospace|"
    "list|list-item|ul|ol|li|tt|a|xref|ext-link|inline-formula|disp-formula|alternatives|tex-math|"
    "math|mi|mn|mo|mrow|msup|msub|msubsup|mtext|mfrac|msqrt|mover|munder|mspace|mstyle|semantics|"
    "annotation|annotation-xml|mfenced|h[1-6]|label|abstract|small|font|code|named-content|"
    "styled-content|strike|roman|sans-serif|article-title|section|jats|body|html"
)
_TAG = re.compile(rf"<(?!/?(?:{_TAGS})(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_HAS_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_PREFIX = re.compile(r"<(/?)(?:jats|mml|m|ns\d+|xhtml):", re.IGNORECASE)
_HEADING = re.compile(
    r"<(?:title|h\d)[^>]*>\s*(?:abstract|summary)\s*</(?:title|h\d)>", re.IGNORECASE
)
_LATEX_MATH = re.compile(r"(?<!\\)\$[^$\n]{1,200}(?<!\\)\$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\u00ad]")
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})


def clean_text(raw: object, *, latex: bool = False) -> str | None:
    """One line of Unicode (NFC) without markup; None for what is empty or no text.

    ``latex`` is for sources that write LaTeX throughout (BibTeX, arXiv). Elsewhere only what
    stands between dollar signs and unmistakable commands are read as LaTeX, so that a price
    stays a price.
    """
    if not isinstance(raw, str):
        return None
    text = _CONTROL.sub("", raw).translate(_LIGATURES)
    for _ in range(3):
        # Escaped once, or once too often (&amp;lt;i&amp;gt;): both are seen in Crossref.
        unescaped = html.unescape(text) if re.search(r"&(?:#\w+|[A-Za-z]\w*);", text) else text
        if unescaped == text:
            break
        text = unescaped
    if _HAS_TAG.search(_PREFIX.sub(r"<\1", text)):
        text = _without_tags(text)
    if latex:
        text = clean_latex(_braces_balanced(text))
    elif _LATEX_MATH.search(text):
        text = _LATEX_MATH.sub(_math, text)
    if not latex and re.search(r"\\[a-z]{2,}\{|\\['\"`^~]\{?[A-Za-z]", text):
        text = clean_latex(_braces_balanced(text.replace("%", "\\%").replace("&", "\\&")))
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    return text or None


def _math(match: re.Match[str]) -> str:
    body = match.group(0)
    return clean_latex(body) if re.search(r"[\\^_{]|^\$[A-Za-z]\$$", body) else body


def _braces_balanced(text: str) -> str:
    """Text whose braces pair up, or without any: one lost brace must not eat a title's rest."""
    depth = 0
    for match in re.finditer(r"(?<!\\)[{}]", text):
        depth += 1 if match.group(0) == "{" else -1
        if depth < 0:
            break
    return text if depth == 0 else re.sub(r"(?<!\\)[{}]", "", text)


def _without_tags(text: str) -> str:
    plain = _HEADING.sub("", _PREFIX.sub(r"<\1", text))
    plain = _TAG.sub("&lt;", plain)
    # MathML is often given twice, as markup and as TeX; the markup is read.
    plain = re.sub(r"(?s)<annotation.*?</annotation(?:-xml)?>", "", plain)
    plain = re.sub(r"<title([^>]*)>", r"<p\1>", plain).replace("</title>", "</p>")
    root = lxml_html.fragment_fromstring(plain, create_parent="div")
    return inline(root).text


def invert_abstract(index: object) -> str | None:
    """Plain words of OpenAlex's abstract_inverted_index, in order; None if there are none.

    Positions that clash, repeat or aren't numbers are skipped, so that a broken index gives a
    shorter text instead of a crash.
    """
    if not isinstance(index, dict):
        return None
    words: dict[int, str] = {}
    for word, positions in index.items():
        if not isinstance(word, str) or not isinstance(positions, list):
            continue
        for position in positions:
            if isinstance(position, int) and not isinstance(position, bool) and position >= 0:
                words.setdefault(position, word)
    return clean_text(" ".join(words[p] for p in sorted(words))) if words else None


def match_key(text: str | None) -> str:
    """Letters and digits of a title in lower case without accents, for comparing."""
    if not text:
        return ""
    spread = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9α-ω]+", " ", spread).strip()
