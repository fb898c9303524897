"""The narrow record: the few columns of a work that screening needs, from either service's words."""

import pyarrow as pa

# Raise it when a column's meaning changes: results and files of another number are made anew.
VERSION = 2
SCHEMA = pa.schema([
    ("source", pa.string()),  # openalex or crossref
    ("id", pa.string()),  # W..., or the DOI
    ("doi", pa.string()),
    ("arxiv", pa.string()),
    ("pmid", pa.string()),
    ("title", pa.string()),  # as given, markup and all
    ("title_text", pa.string()),  # folded, a space at each end
    ("first_author", pa.string()),  # last word of the family name, folded
    ("year", pa.int32()),  # null where unknown
    ("date", pa.string()),  # YYYY, YYYY-MM or YYYY-MM-DD
    ("updated", pa.string()),  # YYYY-MM-DD
    ("type", pa.string()),  # the service's word
    ("kind", pa.string()),  # published, preprint or other
    ("retracted", pa.bool_()),
    ("notice_of", pa.string()),  # DOI that this record corrects or retracts
    ("text", pa.string()),  # the abstract, folded, a space at each end
    ("file", pa.string()),  # the partition's name in the snapshot
])  # fmt: skip

# What is read of each record: as text or JSON, so that an odd type is no reason to lose it.
OPENALEX = {
    "id": "VARCHAR", "doi": "VARCHAR", "title": "VARCHAR", "display_name": "VARCHAR",
    "publication_date": "VARCHAR", "publication_year": "VARCHAR", "updated_date": "VARCHAR",
    "type": "VARCHAR", "is_retracted": "VARCHAR", "ids": "JSON", "primary_location": "JSON",
    "locations": "JSON", "authorships": "JSON", "abstract_inverted_index": "JSON",
}  # fmt: skip
CROSSREF = {
    "DOI": "VARCHAR", "type": "VARCHAR", "title": "JSON", "subtitle": "JSON", "author": "JSON",
    "published": "JSON", "published-online": "JSON", "published-print": "JSON", "posted": "JSON",
    "issued": "JSON", "deposited": "JSON", "indexed": "JSON", "abstract": "VARCHAR",
    "update-to": "JSON", "updated-by": "JSON",
}  # fmt: skip

MACROS = r"""
CREATE OR REPLACE TEMP MACRO bare_doi(t) AS
  coalesce(rtrim(regexp_extract(lower(t), '10\.[0-9]{4,9}/[^\s"<>]+'), '.,;'), '');

CREATE OR REPLACE TEMP MACRO iso_date(t) AS coalesce(regexp_extract(left(t, 10),
  '^(1[5-9]|20|21)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?'), '');

-- OpenAlex fills in 1 January where it knows the year alone
CREATE OR REPLACE TEMP MACRO known_date(d) AS
  CASE WHEN ends_with(d, '-01-01') THEN left(d, 4) ELSE d END;

-- a year outside of what a date may have is none: differences of years must not overflow
CREATE OR REPLACE TEMP MACRO known_year(y) AS CASE WHEN TRY_CAST(y AS INTEGER) BETWEEN 1500 AND 2199
  THEN TRY_CAST(y AS INTEGER) END;

-- "Family, Given" or "Given von Family Jr.": services differ in particles, not in the last word
CREATE OR REPLACE TEMP MACRO family(name) AS regexp_extract(regexp_replace(trim(folded(
  CASE WHEN contains(name, ',') THEN split_part(name, ',', 1) ELSE name END)),
  ' (jr|sr|ii|iii|iv)$', ''), '[^ ]+$');

CREATE OR REPLACE TEMP MACRO arxiv_of_doi(doi) AS
  CASE WHEN starts_with(doi, '10.48550/arxiv.') THEN regexp_replace(doi[16:], 'v[0-9]+$', '')
  ELSE '' END;

CREATE OR REPLACE TEMP MACRO arxiv_of_places(j) AS CASE WHEN contains(lower(j), 'arxiv.org') THEN
  regexp_extract(lower(j),
    'arxiv\.org/(?:abs|pdf)/([a-z-]+(?:\.[a-z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})', 1)
  ELSE '' END;

-- Crossref's [[2024, 5, 3]], as far as it goes
CREATE OR REPLACE TEMP MACRO date_parts(j) AS nullif(concat_ws('-',
  json_extract_string(j, '$."date-parts"[0][0]'),
  lpad(json_extract_string(j, '$."date-parts"[0][1]'), 2, '0'),
  lpad(json_extract_string(j, '$."date-parts"[0][2]'), 2, '0')), '');

-- word -> positions back into a text. An index that isn't one (a word twice, positions that aren't
-- numbers) still gives its words, in its own order
CREATE OR REPLACE TEMP MACRO uninverted(j) AS coalesce(array_to_string(list_transform(list_sort(
  flatten(list_transform(map_entries(TRY_CAST(j::JSON AS MAP(VARCHAR, INTEGER[]))),
    lambda e: list_transform(e.value, lambda p: {'p': p, 'w': e.key})))), lambda x: x.w), ' '), j);
"""

# Titles beyond 1,000 letters are whole abstracts in the wrong field.
_OPENALEX = r"""
SELECT 'openalex' AS source, id, doi,
  CASE WHEN arxiv_of_doi(doi) <> '' THEN arxiv_of_doi(doi)
       ELSE coalesce(arxiv_of_places(coalesce(locations, primary_location)::VARCHAR), '') END AS arxiv,
  pmid, title, title_text, coalesce(family(author), '') AS first_author,
  known_year(coalesce(nullif(left(date, 4), ''), publication_year)) AS year, date, updated,
  coalesce(type, '') AS type,
  CASE WHEN type IN ('preprint', 'posted-content') OR (
            json_extract_string(primary_location, '$.source.type') = 'repository' AND
            coalesce(json_extract_string(primary_location, '$.version'), 'submittedVersion')
              = 'submittedVersion') THEN 'preprint'
       WHEN type IN ('dataset', 'peer-review', 'erratum', 'retraction', 'editorial', 'paratext',
            'grant', 'supplementary-materials', 'software') THEN 'other'
       ELSE 'published' END AS kind,
  coalesce(lower(is_retracted) = 'true', false) AS retracted, '' AS notice_of,
  coalesce(folded(words), '  ') AS text, {file} AS file
FROM (SELECT *, plain_abstract(in_order) AS words FROM (
SELECT *, CASE WHEN abstract IS NOT NULL AND ({gate}) THEN uninverted(abstract) END AS in_order FROM (
SELECT *, folded(shown) AS title_text, lowered(abstract) AS bag FROM (
SELECT *, plain_title(title) AS shown FROM (
  SELECT coalesce(nullif(regexp_extract(id, '[Ww][0-9]+$'), ''), left(id, 200), '') AS id,
    bare_doi(coalesce(doi, json_extract_string(ids, '$.doi'))) AS doi,
    coalesce(regexp_extract(json_extract_string(ids, '$.pmid'), '([1-9][0-9]*)/?$', 1), '') AS pmid,
    left(coalesce(nullif(title, ''), display_name, ''), 1000) AS title,
    coalesce(json_extract_string(authorships, '$[0].raw_author_name'),
             json_extract_string(authorships, '$[0].author.display_name'), '') AS author,
    known_date(iso_date(publication_date)) AS date, iso_date(updated_date) AS updated,
    publication_year, type, is_retracted, primary_location, locations,
    abstract_inverted_index::VARCHAR AS abstract
  FROM {relation})))))"""
_CROSSREF = r"""
SELECT 'crossref' AS source, doi AS id, doi, arxiv_of_doi(doi) AS arxiv, '' AS pmid, title,
  title_text, coalesce(family(author), '') AS first_author,
  TRY_CAST(nullif(left(date, 4), '') AS INTEGER) AS year, date, updated,
  coalesce(type, '') AS type,
  CASE WHEN type = 'posted-content' THEN 'preprint'
       WHEN type IN ('dataset', 'peer-review', 'component', 'grant', 'database', 'journal',
            'journal-issue') THEN 'other'
       ELSE 'published' END AS kind,
  coalesce(contains(lower(updated_by), '"retraction"'), false) AS retracted, notice_of,
  coalesce(folded(words), '  ') AS text, {file} AS file
FROM (SELECT *, CASE WHEN abstract <> '' AND ({gate}) THEN plain_abstract(abstract) END AS words FROM (
SELECT *, folded(shown) AS title_text, lowered(abstract) AS bag FROM (
SELECT *, plain_title(title) AS shown FROM (
  SELECT bare_doi("DOI") AS doi,
    left(CASE WHEN sub <> '' AND main <> '' AND NOT contains(lower(main), lower(sub))
              THEN main || ': ' || sub ELSE coalesce(main, sub, '') END, 1000) AS title,
    author, iso_date(date) AS date, iso_date(updated) AS updated, type, abstract, updated_by,
    notice_of
  FROM (SELECT "DOI", type, abstract,
    json_extract_string(title, '$[0]') AS main, json_extract_string(subtitle, '$[0]') AS sub,
    coalesce(json_extract_string(author, '$[0].family'),
             json_extract_string(author, '$[0].name'), '') AS author,
    coalesce(date_parts(published), date_parts("published-online"), date_parts("published-print"),
             date_parts(posted), date_parts(issued)) AS date,
    coalesce(json_extract_string(deposited, '$."date-time"'),
             json_extract_string(indexed, '$."date-time"')) AS updated,
    "updated-by"::VARCHAR AS updated_by,
    bare_doi(json_extract_string("update-to", '$[0].DOI')) AS notice_of
  FROM {relation})))))"""
_SELECTS = {"openalex": _OPENALEX, "crossref": _CROSSREF}
COLUMNS = {"openalex": OPENALEX, "crossref": CROSSREF}


def narrow_sql(source: str, relation: str, file: str, gate: str = "true") -> str:
    """SQL of narrow records from a relation with the service's columns (OPENALEX, CROSSREF).

    ``gate`` is a condition on title_text and bag (the abstract's words in any order): where it
    fails, the abstract isn't put together and text is two spaces.
    """
    quoted = "'" + file.replace("'", "''") + "'"
    filled = _SELECTS[source].replace("{relation}", relation).replace("{file}", quoted)
    return filled.replace("{gate}", gate)
