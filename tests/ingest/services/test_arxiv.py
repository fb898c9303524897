"""arXiv's Atom feed, as its API manual shows it."""

import pytest

from ingest.safe_xml import BrokenXmlError, UnsafeXmlError
from ingest.services.arxiv import address, source_address
from ingest.services.reading import MalformedResponseError
from tests.ingest.services.stamps import parse, people

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>"""
ENTRY = r"""<entry xmlns:arxiv="http://arxiv.org/schemas/atom">
 <id>http://arxiv.org/abs/2306.15006v2</id>
 <updated>2024-03-18T17:20:11Z</updated><published>2023-06-26T18:43:46Z</published>
 <title>DNABERT-2: Efficient
   Models with $k$-mers and Schr\"odinger's {\alpha}</title>
 <summary>  We show $O(n \log n)$ novel results &amp; more. They may hold.
 </summary>
 <author><name>Zhihan Zhou</name><arxiv:affiliation>NU</arxiv:affiliation></author>
 <author><name>The ENCODE Collaboration</name></author><author><name>:</name></author>
 <author><name>Paul Erd\H{o}s</name></author>
 <arxiv:doi>10.1093/BIOINFORMATICS/btab083</arxiv:doi>
 <arxiv:comment>ICLR 2024</arxiv:comment>
 <link href="http://arxiv.org/abs/2306.15006v2" rel="alternate" type="text/html"/>
 <arxiv:primary_category term="q-bio.GN"/>
</entry>"""


def feed(*entries: str) -> bytes:
    return FEED.format(entries="".join(entries)).encode()


def test_an_entry() -> None:
    (record,) = parse("arxiv", feed(ENTRY))
    assert (record.arxiv, record.doi) == ("2306.15006", "10.1093/bioinformatics/btab083")
    assert record.title == "DNABERT-2: Efficient Models with k-mers and Schrödinger's α"
    assert people(record) == [
        ("Zhou", "Zhihan", "Zhihan Zhou"),
        (None, None, "The ENCODE Collaboration"),
        ("Erdős", "Paul", "Paul Erdős"),
    ]
    assert (record.year, record.month, record.day) == (2023, 6, 26)  # of version 1
    assert record.version_of == "doi:10.1093/bioinformatics/btab083"
    assert record.versions[0]["id"] == "arxiv:2306.15006v2"
    assert record.type == "preprint" and record.updates == []


def test_old_identifiers_keep_their_archive() -> None:
    (record,) = parse("arxiv", feed("<entry><id>http://arxiv.org/abs/q-bio/0601001v1</id></entry>"))
    assert record.arxiv == "q-bio/0601001"


@pytest.mark.parametrize(
    "comment",
    ["This paper has been withdrawn by the author due to an error", "Withdrawn: see v1"],
)
def test_withdrawn_papers_say_so(comment: str) -> None:
    (record,) = parse("arxiv", feed(ENTRY.replace("ICLR 2024", comment)))
    assert [u["type"] for u in record.updates] == ["withdrawal"]


def test_errors_come_as_entries() -> None:
    entry = (
        "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_1234</id>"
        "<title>Error</title><summary>incorrect id format for 1234</summary></entry>"
    )
    with pytest.raises(MalformedResponseError, match="incorrect id format for 1234"):
        parse("arxiv", feed(entry))


def test_an_unknown_paper_gives_no_record() -> None:
    assert parse("arxiv", feed()) == []


def test_entity_bombs_are_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;">]>'
        b"<feed>&lol1;</feed>"
    )
    with pytest.raises(UnsafeXmlError, match="declares entities"):
        parse("arxiv", bomb)
    local_file = (
        b'<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed><entry>&x;</entry></feed>'
    )
    with pytest.raises(UnsafeXmlError):
        parse("arxiv", local_file)


def test_a_cut_feed_is_named_with_its_place() -> None:
    with pytest.raises(BrokenXmlError, match=r"service\.test/x:\d+:\d+: not well-formed"):
        parse("arxiv", feed(ENTRY)[:400])


def test_addresses() -> None:
    assert address("arXiv:2306.15006v2").endswith("/api/query?id_list=2306.15006v2&max_results=1")
    assert source_address("https://arxiv.org/abs/2306.15006").endswith("/e-print/2306.15006")
    with pytest.raises(ValueError, match="not an arXiv id"):
        address("10.1038/x")
