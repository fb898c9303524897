"""Strings from the catalog or from a link stay text: no markup, no HTML, no link, no picture."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from views.parts import safe

HOSTILE = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked=1'>",
    "[click](javascript:window.hacked=1)",
    "![picture](https://example.org/x.png)",
    "**bold** _italic_ ~~gone~~ `code`",
    "# a heading",
    ":red[coloured] :material/delete: :tada:",
    "https://example.org/a www.example.org someone@example.org",
    "$x^2$ $$y$$",
    "<a href='https://example.org'>here</a>",
    "&lt;b&gt; &#60;script&#62;",
    "one | two\n--- | ---\n1 | 2",
]


@pytest.mark.parametrize("page_and_key", ["models?model", "claims?claim", "sources?source"])
def test_a_hostile_link_is_shown_as_it_is_written(reader, page_and_key: str) -> None:
    text = " ; ".join(HOSTILE)
    page = reader.open(f"{page_and_key}={quote(text)}")
    box = page.locator('[data-testid="stAlert"]').last
    expect(box).to_contain_text("There is no")
    seen = box.inner_text().replace("\N{WORD JOINER}", "")
    for each in HOSTILE:
        assert " ".join(each.split()) in " ".join(seen.split()), each
    inside = "a, img, script, strong, em, del, code, h1, h2, table, .katex, span[style*='color']"
    assert box.locator('[data-testid="stMarkdownContainer"]').locator(inside).count() == 0
    assert page.evaluate("window.hacked") is None
    reader.assert_sound()


def test_only_web_addresses_become_links() -> None:
    assert safe.link("x", "javascript:alert(1)") == "x"
    assert safe.link("x", "data:text/html,<b>") == "x"
    assert safe.link("a]b", "https://e.org/p(1)>") == "[a\\]b](<https://e.org/p%281%29%3E>)"
