"""Nothing that a service sends may crash a parser; saved responses read as fresh ones."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.record import FIELDS, Record, Stamp
from ingest.safe_xml import BrokenXmlError, UnsafeXmlError
from ingest.services.reading import MalformedResponseError
from ingest.services.registry import SERVICES, from_file
from tests.ingest.services.stamps import parse

JSON_SERVICES = sorted(set(SERVICES) - {"arxiv", "bib"})
KEYS = st.sampled_from(
    [
        "DOI",
        "doi",
        "title",
        "titles",
        "author",
        "authors",
        "authorships",
        "author_position",
        "name",
        "given",
        "family",
        "ORCID",
        "id",
        "message",
        "items",
        "results",
        "resultList",
        "result",
        "data",
        "attributes",
        "creators",
        "nameIdentifiers",
        "collection",
        "abstract",
        "abstract_inverted_index",
        "relation",
        "is-preprint-of",
        "date-parts",
        "issued",
        "published",
        "publication_date",
        "primary_location",
        "source",
        "locations",
        "externalIds",
        "ids",
        "pmid",
        "version",
        "versionNumber",
        "journalInfo",
        "pubTypeList",
        "pubType",
        "commentCorrectionList",
        "commentCorrection",
        "type",
        "reference",
        "full_name",
        "owner",
        "login",
        "created_at",
        "createdAt",
        "tags",
        "modelId",
        "sha",
        "updated-by",
        "updated",
        "types",
        "dates",
        "relatedIdentifiers",
        "relationType",
        "authorList",
        "authorString",
        "collectiveName",
        "lastName",
    ]
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 3000), st.floats(allow_nan=False), st.text(max_size=12),
    st.sampled_from(["10.1234/a", "2024-13-45", "2024", "<i>x</i>", "$x$", "{", "&amp;", "arXiv:1234.56789"]),
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@pytest.mark.parametrize("service", JSON_SERVICES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=TREES)
def test_no_shape_of_json_crashes_a_parser(service: str, tree: object) -> None:
    for record in parse(service, tree):
        assert isinstance(record, Record)
        printed = json.loads(json.dumps(record.to_json()))
        assert set(printed) == {*FIELDS, "provenance"}
        assert record.day is None or record.month is not None


@pytest.mark.parametrize("service", sorted(SERVICES))
@settings(max_examples=40, deadline=None)
@given(raw=st.binary(max_size=200))
def test_no_bytes_crash_a_parser(service: str, raw: bytes) -> None:
    stamp = Stamp.of(service, "x", raw)
    try:
        SERVICES[service].parse(raw, stamp)
    except (MalformedResponseError, BrokenXmlError, UnsafeXmlError) as error:
        assert str(error)


def test_the_record_has_exactly_the_documented_keys() -> None:
    assert list(Record().to_json()) == [
        "doi", "arxiv", "pmid", "title", "authors", "year", "month", "day", "venue", "type",
        "version_of", "versions", "updates", "abstract_terms", "url", "provenance",
    ]  # fmt: skip


def save(tmp_path: Path, body: object) -> Path:
    path = tmp_path / "saved.json"
    path.write_text(json.dumps(body))
    return path


def test_a_saved_response_is_stamped_with_its_address_and_time(tmp_path: Path) -> None:
    path = save(tmp_path, {"message": {"DOI": "10.1234/A", "title": ["T"]}})
    (record,) = from_file(SERVICES["crossref"], path, ["https://doi.org/10.1234/a"])
    stamp = record.provenance["title"]
    assert stamp["url"] == "https://api.crossref.org/works/10.1234%2Fa"
    assert stamp["time"].endswith("Z") and len(stamp["sha256"]) == 64


def test_the_wrong_saved_response_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, {"message": {"DOI": "10.1234/A", "title": ["T"]}})
    with pytest.raises(MalformedResponseError, match=r"holds doi:10\.1234/a; expected 10\.1234/b"):
        from_file(SERVICES["crossref"], path, ["10.1234/b"])


def test_a_cut_file_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_text('{"message": {"DOI": "10.12')
    with pytest.raises(MalformedResponseError, match=r"cut\.json:1:\d+: found .*, expected JSON"):
        from_file(SERVICES["crossref"], path)


def test_a_login_page_saved_as_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text("<!doctype html><html>")
    with pytest.raises(MalformedResponseError, match="found an HTML page"):
        from_file(SERVICES["hf"], path)
