"""LaTeX tables with everything that papers do to them; expected grids written by hand."""

from pathlib import Path

import pytest

from ingest.tables.grid import Table, TableTooLargeError
from ingest.tables.latex import read_file, read_text
from ingest.tables.latex_source import LatexSourceError
from ingest.tables.read import TableFileError, read_tables


def one(latex: str) -> Table:
    (table,) = read_text(latex)
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def body(rows: str, spec: str = "lcc") -> list[list[str]]:
    return texts(one(rf"\begin{{tabular}}{{{spec}}}{rows}\end{{tabular}}"))


MAIN = r"""
\newcommand{\ours}{\textsc{DeepX}\xspace}
\newcommand{\ms}[2]{#1\,{\tiny$\pm$#2}}
\newcommand{\best}[2][0]{\textbf{#2}}
\begin{table*}[t]\centering
\caption{Scores on GUE\footnote{Mean of three.} ($\uparrow$ better).}\label{tab:main}
\resizebox{\textwidth}{!}{%  a comment with } in it
\begin{tabular}{@{}ll*{3}{c}@{}}
\toprule
\multirow{2}{*}{Model} & \multirow{2}{*}{Params} & \multicolumn{2}{c}{Promoter} & \rotatebox{90}{Splice} \\
\cmidrule(lr){3-4}
 & & MCC $\uparrow$ & F1 & Acc. \\
\midrule
DNABERT-2~\citep[see][p.~3]{x} & 117M & \ms{0.85}{0.01} & \underline{0.90} & 85.1\% \\
\ours{} (large) & 500M & \best{\ms{0.91}{0.02}} & {\bf 0.93} & -- \\
\midrule
\multicolumn{5}{l}{\textit{Baselines}} \\
\multirow{2}{*}{CNN} & small & $.80_{\pm .01}$ & $0.8^{*}$ & 1\\
 & large & $\mathbf{.81}_{\pm .01}$ & $0.8^{\dagger}$ & 1\\[2pt]
\bottomrule
\end{tabular}}
\end{table*}"""


def test_a_table_as_papers_have_it() -> None:
    table = one(MAIN)
    assert (table.label, table.caption) == ("tab:main", "Scores on GUE (↑ better).")
    assert table.header_rows == 2
    assert table.footnotes == ["Mean of three."]
    assert table.warnings == []
    assert texts(table) == [
        ["Model", "Params", "Promoter", "Promoter", "Splice"],
        ["Model", "Params", "MCC ↑", "F1", "Acc."],
        ["DNABERT-2", "117M", "0.85 ± 0.01", "0.90", "85.1%"],
        ["DeepX (large)", "500M", "0.91 ± 0.02", "0.93", "–"],
        ["Baselines"] * 5,
        ["CNN", "small", ".80 ± .01", "0.8*", "1"],
        ["CNN", "large", ".81 ± .01", "0.8†", "1"],
    ]
    bold = {(r, c) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if cell.bold}
    assert bold == {(3, 2), (3, 3), (6, 2)}
    assert [cell.underline for cell in table.rows[2]] == [False, False, False, True, False]
    assert table.header_path(3) == ["Promoter", "F1"]
    assert table.section_of(4) == "Baselines"
    cell = table.to_json()["cells"][3 * 5 + 2]
    assert (cell["value"], cell["uncertainty"], cell["bold"]) == (0.91, 0.02, True)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # a multirow that reaches past its group stops at the next label
        (r"\multirow{4}{*}{A} & 1 \\ & 2 \\ \multirow{2}{*}{B} & 3 \\ & 4 \\",
         [["A", "1"], ["A", "2"], ["B", "3"], ["B", "4"]]),
        # counted from the bottom, as tables with coloured rows do
        (r" & 1 \\ & 2 \\ \multirow{-3}{*}{A} & 3 \\", [["A", "1"], ["A", "2"], ["A", "3"]]),
        # both at once, and their empty continuation
        (r"\multicolumn{2}{c}{\multirow{2}{*}{H}} & x \\ \multicolumn{2}{c}{} & y \\",
         [["H", "H", "x"], ["H", "H", "y"]]),
        (r"\multirow{2}{*}{\makecell[l]{A\\B}} & 1 \\ & 2 \\", [["A B", "1"], ["A B", "2"]]),
        (r"\multirow[c]{2}{2cm}[3pt]{A} & 1 \\ & 2 \\", [["A", "1"], ["A", "2"]]),
        # rows of different lengths are filled up
        (r"a & b & c \\ d \\", [["a", "b", "c"], ["d", "", ""]]),
        # an escaped ampersand and a verbatim percent sign are text
        (r"R\&D & 5\% \\", [["R&D", "5%"]]),
        # no rule, no line end after the last row
        (r"a & b \\ c & d", [["a", "b"], ["c", "d"]]),
        (r"\rowcolor{gray!10} a & \cellcolor{red!20}{0.9} \\", [["a", "0.9"]]),
        (r"\begin{tabular}[c]{@{}c@{}}NT\\ (500M)\end{tabular} & \shortstack{a\\b} \\",
         [["NT (500M)", "a b"]]),
        (r"\textcolor{red}{0.9} & {\color{blue} 0.8} \\", [["0.9", "0.8"]]),
        (r"$-0.12$ & $1.2\times10^{-5}$ & \num{3.4e-6} \\", [["-0.12", "1.2×10⁻⁵", "3.4 × 10⁻⁶"]]),
        (r"H3K4me$_3$ & R$^2$ & CO$_2$ \\", [["H3K4me₃", "R²", "CO₂"]]),
        (r"Schr\"odinger & {\'E}cole & Erd\H{o}s \\", [["Schrödinger", "École", "Erdős"]]),
        (r"\checkmark & \xmark & \ding{55} \\", [["✓", "✗", "✗"]]),
        (r"x\tnote{a} & y\textsuperscript{1,2} & z$^{\ddagger}$ \\", [["xᵃ", "y¹,²", "z‡"]]),
        (r"a \newline b & c\hspace{1em}d & ~e \\", [["a b", "c d", "e"]]),
        (r"\href{https://x.y/}{Name} & \url{https://x.y/} \\", [["Name", "https://x.y/"]]),
    ],
)  # fmt: skip
def test_cells(rows: str, expected: list[list[str]]) -> None:
    assert body(rows) == expected


def test_columns_that_print_a_separator_become_one() -> None:
    assert body(r"a & 0.91 & 0.02 \\ b & 0.8 & 0.1 \\", r"lr@{\,$\pm$\,}l") == [
        ["a", "0.91 ± 0.02"],
        ["b", "0.8 ± 0.1"],
    ]
    assert body(r"a & 12 & 5 \\", "lr@{.}l") == [["a", "12.5"]]
    assert body(r"a & b & c \\", r"l@{\hspace{1em}}c@{}c@{}") == [["a", "b", "c"]]


def test_bold_by_column_row_and_switch() -> None:
    table = one(r"\begin{tabular}{>{\bfseries}lcc} a & \bfseries 0.1 & 0.2 \\ \end{tabular}")
    assert [cell.bold for cell in table.rows[0]] == [True, True, False]
    table = one(
        r"\begin{tabular}{lc} \textbf{0.9} $\pm$ 0.1 & 0.9 (\textbf{best}) \\ \end{tabular}"
    )
    assert [cell.bold for cell in table.rows[0]] == [True, False]


@pytest.mark.parametrize("name", ["sidewaystable", "table*", "wraptable", "SCtable"])
def test_floats_of_any_name(name: str) -> None:
    extra = "{r}{5cm}" if name == "wraptable" else ""
    table = one(
        rf"\begin{{{name}}}{extra}\caption{{C}}\begin{{tabular}}{{l}}a\\\end{{tabular}}\end{{{name}}}"
    )
    assert table.caption == "C" and texts(table) == [["a"]]


@pytest.mark.parametrize(
    "opening",
    [r"\begin{tabularx}{\linewidth}{Xc}", r"\begin{tabular*}{\textwidth}{@{\extracolsep{\fill}}lc}",
     r"\begin{longtable}{lc}", r"\begin{tabulary}{\textwidth}{LC}", r"\begin{tabu} to \textwidth {lX}",
     r"\begin{NiceTabular}{lc}", r"\begin{tblr}{colspec={lc}}", r"\begin{supertabular}{lc}"],
)  # fmt: skip
def test_tabulars_of_any_name(opening: str) -> None:
    name = opening.split("{")[1].split("}")[0]
    assert texts(one(rf"{opening}\hline a & b \\ \hline 1 & 2 \\\hline\end{{{name}}}")) == [
        ["a", "b"],
        ["1", "2"],
    ]


def test_a_long_tables_repeated_head_and_foot_are_page_furniture() -> None:
    table = one(
        r"\begin{longtable}{lc}\caption{Long}\label{tab:l}\\ \toprule Model & MCC \\ \midrule"
        r"\endfirsthead \multicolumn{2}{c}{continued} \\ \toprule Model & MCC \\ \midrule \endhead"
        r"\midrule \multicolumn{2}{r}{next page} \\ \endfoot \bottomrule \endlastfoot "
        r"A & 0.1 \\ B & 0.2 \\ \end{longtable}"
    )
    assert (table.caption, table.label, table.header_rows) == ("Long", "tab:l", 1)
    assert texts(table) == [["Model", "MCC"], ["A", "0.1"], ["B", "0.2"]]


def test_tables_side_by_side_have_their_own_captions() -> None:
    first, second = read_text(
        r"\begin{table}\caption{Both}\begin{subtable}{.5\textwidth}\caption{Left}\label{t:l}"
        r"\begin{tabular}{lc}a & 1\\\end{tabular}\end{subtable}"
        r"\begin{minipage}{.5\textwidth}\caption{Right}\label{t:r}"
        r"\begin{tabular}{lc}b & 2\\\end{tabular}\end{minipage}\end{table}"
    )
    assert (first.caption, first.label) == ("Left", "t:l")
    assert (second.caption, second.label) == ("Right", "t:r")


def test_a_tabular_that_only_lays_out_others_is_not_a_table() -> None:
    inner = r"\begin{tabular}{lc}a & 1\\ b & 2\\ c & 3\\\end{tabular}"
    tables = read_text(
        rf"\begin{{table}}\caption{{C}}\begin{{tabular}}{{cc}}{inner} & {inner}\\\end{{tabular}}\end{{table}}"
    )
    assert [texts(t)[0] for t in tables] == [["a", "1"], ["a", "1"]]


def test_table_notes_are_kept() -> None:
    table = one(
        r"\begin{table}\begin{threeparttable}\caption{C}\begin{tabular}{l}a\tnote{1}\\\end{tabular}"
        r"\begin{tablenotes}\item[1] One. \item[2] Two.\end{tablenotes}\end{threeparttable}\end{table}"
    )
    assert table.caption == "C" and table.footnotes == ["1 One.", "2 Two."]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (r"\toprule A & B \\ \midrule x & 0.1 \\ \midrule y & 0.2 \\ \bottomrule", 1),
        (r"\hline A & B \\ \hline x & 0.1 \\ \hline y & 0.2 \\ \hline", 1),
        (r"\toprule A & B \\ \midrule & MCC \\ \midrule x & 0.1 \\ \bottomrule", 2),
        (r"A & B \\ x & 0.1 \\ y & 0.2 \\", 1),
        (r"A & B \\ & MCC \\ x & 0.1 \\", 2),
        (r"k & 1 & 5 \\ x & 0.1 & 0.2 \\", 1),  # shots over scores
        (r"x & 0.1 \\ y & 0.2 \\", 0),
        (r"\toprule A & B \\ \midrule \multicolumn{2}{c}{Group} \\ x & 0.1 \\ \bottomrule", 1),
        (r"\toprule A & B \\ \midrule x & yes \\ y & no \\ \botrule", 1),
    ],
)
def test_header_rows(rows: str, count: int) -> None:
    assert one(rf"\begin{{tabular}}{{lcc}}{rows}\end{{tabular}}").header_rows == count


def test_inputs_macros_and_conditionals_across_files(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "main.tex").write_text(
        r"\documentclass{article}\usepackage{own}\newif\ifdraft \drafttrue \draftfalse"
        "\n\\input{macros}\\begin{document}\\input{tables/t}\n\\include{missing}\\end{document}"
    )
    (tmp_path / "own.sty").write_text(
        r"\def\sd#1{$\pm$#1}\renewcommand{\footnotesize}{\footnotesize x}"
    )
    (tmp_path / "macros.tex").write_text(
        r"\newcommand{\nt}{NT\xspace}\DeclareMathOperator{\MCC}{MCC}\let\oldnt\nt"
        r"\NewDocumentCommand{\win}{O{0} m}{\textbf{#2}}\newenvironment{mytab}[1]{\begin{tabular}{#1}}{\end{tabular}}"
    )
    (tmp_path / "tables" / "t.tex").write_text(
        "\\begin{table}\\caption{C}\n\\begin{mytab}{lc}\\toprule Model & $\\MCC$ \\\\ \\midrule\n"
        "\\ifdraft wrong & 0 \\\\ \\else \\nt v2 & \\win[1]{0.9}\\sd{0.1} \\\\ \\fi\n"
        "\\iffalse gone & 1 \\\\ \\fi \\input{tables/rows} \\bottomrule\\end{mytab}\\end{table}"
    )
    (tmp_path / "tables" / "rows.tex").write_text("\\oldnt & {\\footnotesize 0.5} \\\\")
    (table,) = read_file(tmp_path / "main.tex")
    assert texts(table) == [["Model", "MCC"], ["NT v2", "0.9 ± 0.1"], ["NT", "0.5"]]
    assert table.rows[1][1].bold
    assert any("missing" in warning for warning in table.warnings)
    # the table's file alone finds the macros of the paper that inputs it
    (alone,) = read_file(tmp_path / "tables" / "t.tex", root=tmp_path)
    assert texts(alone) == texts(table)


def test_inputs_do_not_leave_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text(r"leaked & 1 \\")
    inner = tmp_path / "paper"
    inner.mkdir()
    (inner / "t.tex").write_text(r"\begin{tabular}{ll}a & b \\ \input{../secret}\end{tabular}")
    (table,) = read_file(inner / "t.tex")
    assert texts(table) == [["a", "b"]]
    assert any("outside the folder" in warning for warning in table.warnings)


def test_circles_end_with_a_message(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(r"\input{b}")
    (tmp_path / "b.tex").write_text(r"\input{a}")
    with pytest.raises(
        TableFileError, match=r"a\.tex: a\.tex inputs itself \(a\.tex -> b\.tex -> a\.tex\)"
    ):
        read_tables(tmp_path / "a.tex")
    with pytest.raises(LatexSourceError, match="expands without end"):
        read_text(r"\def\a{\b\b}\def\b{\a\a}\begin{tabular}{l}\a\\\end{tabular}")


def test_a_span_beyond_any_table_is_refused() -> None:
    with pytest.raises(TableTooLargeError, match="at most 1000 columns"):
        read_text(
            r"\begin{tabular}{l}\multicolumn{900}{c}{a} & \multicolumn{900}{c}{b} \\\end{tabular}"
        )


def test_unknown_macros_keep_what_they_say_and_are_named() -> None:
    table = one(r"\begin{tabular}{lc}\ourmodel & \hot{0.9} \\\end{tabular}")
    assert texts(table) == [["\\ourmodel", "0.9"]]
    assert table.warnings == [
        "macro \\hot is not defined in the files read",
        "macro \\ourmodel is not defined in the files read",
    ]


@pytest.mark.parametrize("cut", range(40, len(MAIN), 97))
def test_a_file_cut_off_anywhere_is_still_read(cut: int) -> None:
    for table in read_text(MAIN[:cut]):
        assert all(len(row) == table.n_columns for row in table.rows)


def test_text_that_is_not_utf8_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.tex").write_bytes("\\begin{tabular}{l}Müller\\\\\\end{tabular}".encode("cp1252"))
    assert texts(read_file(tmp_path / "t.tex")[0]) == [["Müller"]]


def test_spans_whose_covered_cells_stand_in_the_source() -> None:
    for env, rows in (
        ("tblr", r"\SetCell[r=2]{c} M & \SetCell[c=2]{c} T & \\ & a & b \\ \hline x & 1 & 2 \\"),
        ("NiceTabular", r"\Block{2-1}{M} & \Block{1-2}{T} & \\ & a & b \\ \hline x & 1 & 2 \\"),
    ):
        table = one(rf"\begin{{{env}}}{{lcc}}{rows}\end{{{env}}}")
        assert texts(table) == [["M", "T", "T"], ["M", "a", "b"], ["x", "1", "2"]]
        assert table.header_rows == 2


def test_a_spread_set_below_its_value() -> None:
    assert body(r"$\underset{\pm 0.02}{0.91}$ & $0.9\,{\scriptstyle \pm 0.1}$ \\") == [
        ["0.91 ± 0.02", "0.9 ± 0.1"]
    ]
