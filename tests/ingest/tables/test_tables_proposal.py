"""What numbers may mean; the vocabulary is the toy catalog's."""

import pytest

from ingest.tables.latex import read_text
from ingest.tables.proposal import Proposal, propose
from ingest.tables.vocabulary import Names, Vocabulary, catalog_names, common_names
from tests.ingest.toy_catalog import make


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    return catalog_names(make(tmp_path_factory.mktemp("toy") / "catalog"))


def proposal(rows: str, names: Names, caption: str = "") -> Proposal:
    float_ = rf"\begin{{table}}\caption{{{caption}}}\begin{{tabular}}{{lcccc}}{rows}\end{{tabular}}\end{{table}}"
    (table,) = read_text(float_)
    return propose(table, names)


def meanings(found: Proposal) -> list[tuple[str | None, str | None, str | None, float]]:
    return [(r.method.id, r.task.id, r.metric.id, r.value) for r in found.results]


def test_methods_in_rows_and_in_columns_mean_the_same(names: Names) -> None:
    rows = proposal(r"\toprule Model & Promoters & Splicing \\ \midrule Toy & 0.1 & 0.2 \\ \bottomrule",
                    names, "MCC")  # fmt: skip
    columns = proposal(r"\toprule Task & Toy \\ \midrule Promoters & 0.1 \\ Splicing & 0.2 \\ \bottomrule",
                       names, "MCC")  # fmt: skip
    assert (rows.methods_in, columns.methods_in) == ("rows", "columns")
    expected = [("toy", "bench/promoters", "mcc", 0.1), ("toy", "bench/splicing", "mcc", 0.2)]
    assert meanings(rows) == meanings(columns) == expected
    assert {r.metric.found_in for r in rows.results} == {"caption"}


def test_metrics_above_tasks_and_below_them(names: Names) -> None:
    found = proposal(
        r"\toprule Model & \multicolumn{2}{c}{Promoters} \\ & MCC $\uparrow$ & Params \\ \midrule "
        r"Toy & 0.1 & 110 \\ \bottomrule", names,
    )  # fmt: skip
    assert meanings(found) == [("toy", "bench/promoters", "mcc", 0.1)]  # parameters are no score
    assert (found.results[0].higher_is_better, found.results[0].direction_from) == (
        True, "arrow in the header",
    )  # fmt: skip


def test_a_metric_in_brackets_leaves_the_task(names: Names) -> None:
    (result,) = proposal(
        r"\toprule Model & Promoters (MCC) \\ \midrule Toy & 0.1 \\ \bottomrule", names
    ).results
    assert (result.task.printed, result.metric.printed) == ("Promoters", "MCC")


def test_long_tables_take_roles_from_their_heads(names: Names) -> None:
    found = proposal(
        r"\toprule Dataset & Model & MCC \\ \midrule Promoters & Toy & 0.1 \\ \bottomrule", names
    )
    assert meanings(found) == [("toy", "bench/promoters", "mcc", 0.1)]


def test_the_same_methods_under_each_group_make_the_groups_tasks(names: Names) -> None:
    found = proposal(
        r"\toprule & & MCC \\ \midrule \multirow{2}{*}{Promoters} & Toy & 0.1 \\ & CNN & 0.2 \\ "
        r"\multirow{2}{*}{Splicing} & Toy & 0.3 \\ & CNN & 0.4 \\ \bottomrule", names,
    )  # fmt: skip
    assert [(r.method.printed, r.task.printed) for r in found.results] == [
        ("Toy", "Promoters"), ("CNN", "Promoters"), ("Toy", "Splicing"), ("CNN", "Splicing"),
    ]  # fmt: skip


def test_sections_of_tasks_count_and_sections_of_methods_do_not(names: Names) -> None:
    tasks = proposal(
        r"\toprule Model & MCC \\ \midrule \multicolumn{2}{c}{Promoters} \\ Toy & 0.1 \\ "
        r"\multicolumn{2}{c}{Splicing} \\ Toy & 0.2 \\ \bottomrule", names,
    )  # fmt: skip
    assert [r.task.id for r in tasks.results] == ["bench/promoters", "bench/splicing"]
    methods = proposal(
        r"\toprule Model & Promoters \\ \midrule \multicolumn{2}{c}{Pretrained models} \\ Toy & 0.1 \\ "
        r"\multicolumn{2}{c}{Baselines} \\ CNN & 0.2 \\ \bottomrule", names,
    )  # fmt: skip
    assert [r.task.printed for r in methods.results] == ["Promoters", "Promoters"]


def test_bold_that_is_not_best_is_told(names: Names) -> None:
    rows = r"\toprule Model & MCC \\ \midrule Toy & \textbf{0.1} \\ CNN & 0.2 \\ SVM & 0.3 \\ \bottomrule"
    assert proposal(rows, names).checks == ["all, MCC: bold is not on the highest"]
    assert proposal(rows.replace("0.1", "0.9"), names).checks == []


def test_changes_and_ranks_are_no_scores(names: Names) -> None:
    found = proposal(
        r"\toprule Model & MCC & $\Delta$ & Rank \\ \midrule Toy & 0.5 & 0.1 & 1 \\ Decrease & 0.2 & 0 & 2 \\ \bottomrule",
        names,
    )  # fmt: skip
    assert [r.value for r in found.results] == [0.5]


def test_averages_are_marked(names: Names) -> None:
    found = proposal(
        r"\toprule Model & Promoters & Avg. \\ \midrule Toy & 0.1 & 0.2 \\ \bottomrule", names
    )
    assert [r.is_mean for r in found.results] == [False, True]


def test_near_names_are_offered_and_numbers_keep_apart() -> None:
    known = Vocabulary()
    known.add("dnabert", ["DNABERT"])
    known.add("dnabert-2", ["DNABERT-2", "DNABERT2"])
    known.add("nt", ["Nucleotide Transformer", "NT"])
    assert [c.id for c in known.match("DNABERT-2 (ours)")] == ["dnabert-2"]
    assert known.match("dnabert 2")[0].confidence == 1
    assert known.match("DNABERT-3") == [] or known.match("DNABERT-3")[0].confidence < 0.85
    assert known.match("Nucleotide Transfomer")[0].id == "nt"
    assert 0.85 < known.match("Nucleotide Transfomer")[0].confidence < 1
    assert known.match("0.91") == [] and known.match("") == []


def test_a_name_of_two_entries_is_sure_of_neither() -> None:
    known = Vocabulary()
    known.add("a/promoter", ["Promoter"])
    known.add("b/promoter", ["Promoter"])
    assert [(c.id, c.confidence) for c in known.match("promoter")] == [
        ("a/promoter", 0.5),
        ("b/promoter", 0.5),
    ]


def test_without_a_catalog_metrics_are_still_known() -> None:
    found = proposal(
        r"\toprule Model & AUROC & MSE \\ \midrule A & 0.9 & 1.2 \\ \bottomrule", common_names()
    )
    assert [(r.metric.id, r.higher_is_better) for r in found.results] == [
        ("auroc", True),
        ("mse", False),
    ]
