"""JATS, HTML, delimited text and Markdown."""

from pathlib import Path

import pytest

from ingest.tables import delimited, html, jats, markdown
from ingest.tables.delimited import NotATableError
from ingest.tables.grid import Table
from ingest.tables.read import TableFileError, read_tables, sniff


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


JATS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2//EN" "JATS-archivearticle1.dtd">
<article xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink"><body>
<table-wrap id="pone-t001"><object-id>10.1/x</object-id><label>Table 1</label>
<caption><title>Scores with &alpha;</title><p>AUROC&nbsp;of&#x2009;all.</p></caption>
<alternatives><graphic xlink:href="x.tif"/><table><colgroup span="1"><col/></colgroup>
<thead><tr><th rowspan="2">Model<xref ref-type="table-fn" rid="fn1"><sup>a</sup></xref></th><th colspan="2">GUE</th></tr>
<tr><th><italic>R</italic><sup>2</sup></th><th>F<sub>1</sub></th></tr></thead>
<tbody><tr><td rowspan="2">NT</td><td><bold>0.91</bold> &#177; 0.02</td><td><underline>0.8</underline></td></tr>
<tr><td><inline-formula><mml:math><mml:mrow><mml:mn>0.7</mml:mn><mml:mo>&#177;</mml:mo><mml:mn>0.1</mml:mn></mml:mrow></mml:math></inline-formula></td>
<td>2<break/>lines</td></tr>
<tr><td colspan="3"><italic>Baselines</italic></td></tr>
<tr><td>CNN</td><td>1.0 &#215; 10<sup>&#8722;3</sup></td><td/></tr></tbody></table></alternatives>
<table-wrap-foot><fn id="fn1"><label>a</label><p>A note.</p></fn></table-wrap-foot></table-wrap>
<table-wrap id="t2"><label>Table 2</label><oasis:table xmlns:oasis="http://www.niso.org/standards/z39-96/ns/oasis-exchange/table"><oasis:tgroup cols="3">
<oasis:colspec colname="c1"/><oasis:colspec colname="c2"/><oasis:colspec colname="c3"/>
<oasis:thead><oasis:row><oasis:entry morerows="1">M</oasis:entry><oasis:entry namest="c2" nameend="c3">Tasks</oasis:entry></oasis:row>
<oasis:row><oasis:entry>a</oasis:entry><oasis:entry>b</oasis:entry></oasis:row></oasis:thead>
<oasis:tbody><oasis:row><oasis:entry>X</oasis:entry><oasis:entry>1</oasis:entry><oasis:entry>2</oasis:entry></oasis:row></oasis:tbody>
</oasis:tgroup></oasis:table></table-wrap></body></article>"""


def test_jats_in_both_table_models() -> None:
    first, second = jats.read_bytes(JATS.encode(), "a.xml")
    assert (first.label, first.caption) == ("Table 1", "Scores with α AUROC of all.")
    assert first.header_rows == 2 and first.footnotes == ["a A note."]
    assert texts(first) == [
        ["Modelᵃ", "GUE", "GUE"],
        ["Modelᵃ", "R²", "F₁"],
        ["NT", "0.91 ± 0.02", "0.8"],
        ["NT", "0.7 ± 0.1", "2 lines"],
        ["Baselines", "Baselines", "Baselines"],
        ["CNN", "1.0 × 10⁻³", ""],
    ]
    assert first.rows[2][1].bold and not first.rows[2][2].bold and first.rows[2][2].underline
    assert first.rows[5][1].reading.value == pytest.approx(1e-3)
    assert texts(second) == [["M", "Tasks", "Tasks"], ["M", "a", "b"], ["X", "1", "2"]]
    assert second.header_rows == 2


def test_an_entity_bomb_is_refused_and_nothing_is_read(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">' + "".join(
        f'<!ENTITY x{i} "{"&x;" if i == 0 else f"&x{i - 1};"}{"&x;" * 9}">' for i in range(9)
    ) + "]><article>&x8;</article>"  # fmt: skip
    path = tmp_path / "bomb.xml"
    path.write_text(bomb)
    with pytest.raises(TableFileError, match=r"bomb\.xml: the XML declares entities"):
        read_tables(path)


def test_a_cut_file_is_named_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_text(JATS[:900])
    with pytest.raises(TableFileError, match=r"cut\.xml:\d+:\d+: not well-formed"):
        read_tables(path)


def test_html_with_broken_nesting_and_latexml_classes() -> None:
    page = """<html><head><meta charset="utf-8"></head><body>
    <figure class="ltx_table" id="S4.T1"><figcaption class="ltx_caption"><span>Table 1: </span>Main.</figcaption>
    <table class="ltx_tabular"><tr><th rowspan=2>Model<th colspan=2>Task<tr><th>a</th><th>b
    <tr><td>X<td class="ltx_td"><span class="ltx_text ltx_font_bold">0.9</span><td style="font-weight: 700">0.8</table></figure>
    <table><tr><td><table><tr><td>p</td><td>q</td></tr><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table></td></tr></table>"""
    first, second = html.read_bytes(page)
    assert (first.label, first.caption, first.header_rows) == ("Table 1", "Main.", 2)
    assert texts(first) == [["Model", "Task", "Task"], ["Model", "a", "b"], ["X", "0.9", "0.8"]]
    assert [cell.bold for cell in first.rows[2]] == [False, True, True]
    assert texts(second)[0] == ["p", "q"]  # the outer table only lays the inner one out


def test_a_data_frame_of_a_notebook() -> None:
    frame = """<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th>
    <th>mcc</th></tr><tr><th>model</th><th></th></tr></thead><tbody><tr><th>A</th><td>0.5</td></tr></tbody></table>"""
    (table,) = html.read_bytes(frame)
    assert table.header_rows == 2 and texts(table)[2] == ["A", "0.5"]


@pytest.mark.parametrize(
    "span", ["colspan=1000000000", "colspan=-3", "colspan=x", "rowspan=99999999"]
)
def test_spans_beyond_reason_are_tamed(span: str) -> None:
    (table,) = html.read_bytes(f"<table><tr><td {span}>a<td>b</tr><tr><td>c</tr></table>".replace(
        "1000000000", "900"))  # fmt: skip
    assert table.n_columns <= 1000 and len(table.rows) <= 2


def test_csv_in_the_wild(tmp_path: Path) -> None:
    cases = {
        "a.csv": (b"# made on Monday\nModel,MCC\n\"Doe, J\",0.9\n", [["Model", "MCC"], ["Doe, J", "0.9"]]),
        "b.csv": ("Model;MCC\nÉ;0,9\n".encode("cp1252"), [["Model", "MCC"], ["É", "0,9"]]),
        "c.tsv": ("Model\tMCC\nA, B\t0.9\n".encode("utf-16"), [["Model", "MCC"], ["A, B", "0.9"]]),
        "d.csv": ("\ufeffModel,MCC\r\n\"two\nlines\",1\r\n\r\n".encode(), [["Model", "MCC"], ["two\nlines", "1"]]),
    }  # fmt: skip
    for name, (raw, expected) in cases.items():
        (tmp_path / name).write_bytes(raw)
        (table,) = read_tables(tmp_path / name)
        assert texts(table) == expected and table.header_rows == 1, name


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"PK\x03\x04\x00\x00 a spreadsheet"])
def test_files_without_rows_say_so(raw: bytes) -> None:
    with pytest.raises(NotATableError):
        delimited.read_text(delimited.decode(raw, "x.csv"), "x.csv")


def test_markdown_tables_and_what_is_not_one() -> None:
    text = r"""
# Model zoo

Table 2. Scores

| Model | MCC | F1 \| F2 |
|:------|:---:|---:|
| **[DNABERT](https://x.y)** | **0.91** ± 0.02 | `a|b` |
| plain | 0.8 | $0.7 \pm 0.1$<br>x |
| short |

```
| not | a table |
|---|---|
| 1 | 2 |
```
just | a | line
"""
    (table,) = markdown.read_text(text)
    assert (table.label, table.caption) == ("Table 2", "Table 2. Scores")
    assert texts(table)[0] == ["Model", "MCC", "F1 | F2"]
    assert texts(table)[2] == ["plain", "0.8", "0.7 ± 0.1 x"]
    assert texts(table)[3] == ["short", "", ""]
    assert [cell.bold for cell in table.rows[1][:2]] == [True, True]


def test_formats_are_told_by_content_where_the_ending_says_nothing(tmp_path: Path) -> None:
    for text, kind in (("<html><table>", "html"), ("<?xml version='1.0'?><article/>", "jats"),
                       ("\\begin{tabular}{l}", "latex"), ("a\tb\n", "tsv"), ("a,b\n", "csv"),
                       ("\n|a|b|\n|--|--|\n", "markdown")):  # fmt: skip
        path = tmp_path / "file"
        path.write_text(text)
        assert sniff(path) == kind


def test_latexml_tables_of_spans_and_bold_formulas() -> None:
    page = """<figure id="S1.T2"><figcaption>Table 2: C</figcaption><div><p><span class="ltx_text">
    <span class="ltx_tabular ltx_align_middle"><span class="ltx_thead">
    <span class="ltx_tr"><span class="ltx_td ltx_th ltx_rowspan ltx_rowspan_2">M</span><span class="ltx_td ltx_th ltx_colspan ltx_colspan_2">T</span></span>
    <span class="ltx_tr"><span class="ltx_td ltx_th">a</span><span class="ltx_td ltx_th">b</span></span></span>
    <span class="ltx_tbody"><span class="ltx_tr"><span class="ltx_td">X</span><span class="ltx_td"><math><semantics><mrow><mn>𝟎.𝟗𝟏</mn><mo>±</mo><mn>𝟎.𝟎𝟐</mn></mrow>
    <annotation encoding="application/x-tex">x</annotation></semantics></math></span><span class="ltx_td">0.8</span></span></span></span></span></p></div></figure>"""
    (table,) = html.read_bytes(page)
    assert (table.label, table.header_rows) == ("Table 2", 2)
    assert texts(table) == [["M", "T", "T"], ["M", "a", "b"], ["X", "0.91 ± 0.02", "0.8"]]
    assert [cell.bold for cell in table.rows[2]] == [False, True, False]


def test_a_file_beyond_reading_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "dump.csv"
    with path.open("wb") as handle:
        handle.truncate(300 * 1024 * 1024)  # sparse: takes no room
    with pytest.raises(TableFileError, match=r"dump\.csv: 314,572,800 bytes; at most 209,715,200"):
        read_tables(path)
