"""`claimgap meta` on files as people have them, good and bad."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app

REFERENCE = Path(__file__).parents[1] / "reference" / "reference.json"
KEYS = [
    "k", "estimate", "se", "ci", "p", "tau2", "tau2_ci", "sigma2", "i2", "h2", "q", "q_df", "q_p",
    "prediction_interval", "coefficients", "robust", "method", "test", "warnings",
]  # fmt: skip
BASE = ["--effect", "y", "--variance", "v"]


@pytest.fixture(scope="module")
def cases():
    return json.loads(REFERENCE.read_text(encoding="utf-8"))


@pytest.fixture
def files(tmp_path, cases):
    """The reference's data as CSV."""
    for name in ("bcg", "nested"):
        data = cases["data"][name]
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(data)
            writer.writerows(zip(*data.values(), strict=True))
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, ["meta", *map(str, arguments)])


def result_of(*arguments):
    ran = run(*arguments, "--format", "json")
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def expected(cases, **wanted):
    return next(
        c["expect"] for c in cases["cases"] if all(c.get(n) == w for n, w in wanted.items())
    )


def write(folder, text, name="x.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


GOOD = "y,v,study\n0.1,0.01,a\n0.2,0.02,b\n0.3,0.01,c\n0.15,0.03,d\n0.05,0.02,e\n"


@pytest.mark.parametrize("method", ["fe", "dl", "pm", "ml", "reml"])
@pytest.mark.parametrize("test", ["wald", "knapp-hartung"])
def test_univariate_as_metafor_has_it(files, cases, method, test):
    got = result_of(files / "bcg.csv", *BASE, "--method", method, "--test", test)
    theirs = expected(
        cases, kind="univariate", data="bcg", method=method, test=test, moderators="none"
    )
    assert list(got) == KEYS
    for key in ("estimate", "se", "p", "tau2", "i2", "h2", "q", "q_df", "q_p"):
        assert got[key] == pytest.approx(theirs[key], rel=1e-8), key
    assert got["ci"] == pytest.approx([theirs["ci_low"], theirs["ci_high"]], rel=1e-8)
    assert (got["method"], got["test"], got["k"]) == (method, test, 13)
    if method == "fe":
        assert got["tau2_ci"] is got["prediction_interval"] is None
    else:
        assert got["tau2_ci"] == pytest.approx(theirs["tau2_ci"], rel=1e-8)
        assert got["prediction_interval"] == pytest.approx(theirs["prediction"], rel=1e-8)
    assert got["robust"] is None
    assert got["sigma2"] == []


def test_three_levels_with_cr2_and_moderators(files, cases):
    got = result_of(
        files / "nested.csv", *BASE, "--nested", "study/task/result", "--moderators",
        "size,baseline", "--robust", "cr2",
    )  # fmt: skip
    theirs = expected(
        cases,
        kind="multilevel",
        data="nested",
        method="reml",
        levels="study/task/result",
        moderators="both",
        V="diagonal",
        crossed=False,
    )
    assert got["sigma2"] == pytest.approx(theirs["sigma2"], rel=1e-4)
    rows = got["coefficients"]
    assert [row["name"] for row in rows] == ["intercept", "size", "baseline[linear]"]
    assert [row["estimate"] for row in rows] == pytest.approx(theirs["estimate"], rel=1e-6)
    assert [row["se"] for row in rows] == pytest.approx(theirs["cr2"]["se"], rel=1e-6)
    assert [row["df"] for row in rows] == pytest.approx(theirs["cr2"]["df"], rel=1e-6)
    assert set(rows[0]) == {"name", "estimate", "se", "ci", "p", "df"}
    assert got["estimate"] is None
    assert set(got["robust"]) == {"kind", "se", "df", "ci", "p"}


@pytest.mark.parametrize("kind", ["cr1", "cr2"])
def test_robust_by_the_outermost_level_or_by_cluster(files, cases, kind):
    theirs = expected(
        cases,
        kind="multilevel",
        data="nested",
        method="reml",
        levels="study/result",
        moderators="none",
        V="diagonal",
        crossed=False,
    )
    nested = [files / "nested.csv", *BASE, "--nested", "study/result", "--robust", kind]
    for got in (result_of(*nested), result_of(*nested, "--cluster", "study")):
        assert got["robust"]["kind"] == kind
        assert got["robust"]["se"] == pytest.approx(theirs[kind]["se"], rel=1e-6)
        assert got["robust"]["df"] == pytest.approx(theirs[kind]["df"], rel=1e-6)
        assert got["se"] == pytest.approx(theirs["se"], rel=1e-6)


def test_a_cluster_alone_means_cr2(files):
    path = files / "nested.csv"
    alone = result_of(path, *BASE, "--cluster", "study")
    asked = result_of(path, *BASE, "--cluster", "study", "--robust", "cr2")
    assert alone == asked
    assert alone["robust"]["kind"] == "cr2"


def test_crossed_level_and_prediction_choice(files, cases):
    theirs = expected(
        cases, kind="multilevel", data="nested", method="reml", crossed=True, moderators="none"
    )
    crossed = [files / "nested.csv", *BASE, "--nested", "study/result", "--crossed", "shared"]
    got = result_of(*crossed)
    assert got["sigma2"] == pytest.approx(theirs["sigma2"], rel=1e-3)
    wide = result_of(*crossed, "--prediction", "t(g-2)")["prediction_interval"]
    assert wide[0] < got["prediction_interval"][0] < got["prediction_interval"][1] < wide[1]


def test_level_widens_the_interval(files):
    path = files / "bcg.csv"
    low, high = result_of(path, *BASE, "--level", "0.5")["ci"]
    full = result_of(path, *BASE)["ci"]
    assert full[0] < low < high < full[1]


def test_the_table_says_the_same(files):
    ran = run(files / "nested.csv", *BASE, "--nested", "study/result", "--moderators", "size")
    assert ran.exit_code == 0, ran.output
    got = result_of(files / "nested.csv", *BASE, "--nested", "study/result", "--moderators", "size")
    assert f"{got['sigma2'][0]:.4g}" in ran.stdout
    assert f"{got['coefficients'][1]['estimate']:.4g}" in ran.stdout
    assert "sigma2 of study" in ran.stdout
    assert "note: With moderators" in ran.stdout


def test_one_effect(tmp_path):
    got = result_of(write(tmp_path, "y,v\n0.3,0.04\n"), *BASE)
    assert got["estimate"] == 0.3
    assert got["ci"] == pytest.approx([-0.091993, 0.691993], abs=1e-6)
    assert got["tau2"] is got["tau2_ci"] is got["i2"] is got["prediction_interval"] is None
    assert "one effect" in got["warnings"][0]


def test_under_four_clusters(tmp_path):
    text = "y,v,study\n0.1,0.01,a\n0.2,0.02,a\n0.3,0.01,b\n0.15,0.03,c\n"
    got = result_of(write(tmp_path, text), *BASE, "--cluster", "study")
    assert got["robust"] == {"kind": "cr2", "se": None, "df": None, "ci": None, "p": None}
    assert got["ci"] is None
    assert any("too few independent groups: 3" in w for w in got["warnings"])


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        GOOD.replace("\n", "\n\n"),
        GOOD.replace("y,v,study", '"y", v ,study'),
        GOOD.rstrip("\n"),
    ],
    ids=["CRLF", "BOM", "semicolons", "tabs", "blank lines", "quoted head", "no last newline"],
)
def test_files_as_they_come(tmp_path, text):
    plain = result_of(write(tmp_path, GOOD, "plain.csv"), *BASE)
    assert result_of(write(tmp_path, text), *BASE) == plain


BAD = {
    "empty file": (b"", ["x.csv: M103", "an empty file"]),
    "head alone": (b"y,v,study\n", ["x.csv:1:1: M103", "a head without rows"]),
    "missing column": (b"yi,v,study\n1,1,a\n", ["x.csv:1:1: M104 y:", "did you mean 'yi'?"]),
    "text": (GOOD.replace("0.02,b", "n.s.,b").encode(), ["x.csv:3:5: M105 v:", "'n.s.'"]),
    "gap": (GOOD.replace("0.3,0.01", "0.3,").encode(), ["x.csv:4:5: M107 v:", "found nothing"]),
    "decimal comma": (
        GOOD.replace(",", ";").replace("0.3;", "0,3;").encode(),
        ["x.csv:4:1: M105 y:", "with a point for the decimals"],
    ),
    "NaN": (GOOD.replace("0.3,", "nan,").encode(), ["x.csv:4:1: M105 y:", "'nan'"]),
    "infinity": (GOOD.replace("0.3,", "1e999,").encode(), ["x.csv:4:1: M105 y:", "'1e999'"]),
    "zero variance": (GOOD.replace("0.03", "0").encode(), ["x.csv:5:6: M106 v:", "'0'"]),
    "negative variance": (GOOD.replace("0.03", "-1").encode(), ["x.csv:5:6: M106 v:", "'-1'"]),
    "short row": (GOOD.replace("0.2,0.02,b", "0.2,0.02").encode(), ["x.csv:3:1: M108", "2 cells"]),
    "open quote": (GOOD.replace("0.2,", '"0.2,').encode(), ["x.csv:", "M108"]),
    "column twice": (GOOD.replace("study", "v").encode(), ["x.csv:1:1: M109 v:"]),
    "Latin-1": (GOOD.replace(",b", ",b\u00e9").encode("latin-1"), ["x.csv:3:11: M102", "0xe9"]),
    "UTF-16": (GOOD.encode("utf-16"), ["x.csv:1:1: M102", "UTF-16"]),
    "binary": (b"\x7fELF\x00\x01", ["x.csv:1:1: M102"]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_named_by_line_and_column(tmp_path, name):
    raw, wanted = BAD[name]
    ran = run(write(tmp_path, raw), *BASE)
    assert ran.exit_code == 1
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    for part in wanted:
        assert part in ran.stderr, ran.stderr
    assert "found" in ran.stderr
    assert "expected" in ran.stderr
    assert ran.stdout == ""


def test_all_problems_at_once(tmp_path):
    text = GOOD.replace("0.01,a", "x,a").replace("0.03", "-1").replace("0.05,", ",")
    ran = run(write(tmp_path, text), *BASE)
    assert [line.split(": ")[1][:4] for line in ran.stderr.splitlines()] == ["M105", "M106", "M107"]


def test_missing_file_and_folder(tmp_path):
    assert "M101" in run(tmp_path / "none.csv", *BASE).stderr
    ran = run(tmp_path, *BASE)
    assert (ran.exit_code, "M101" in ran.stderr) == (1, True)


def test_labels_with_gaps(tmp_path):
    path = write(tmp_path, GOOD.replace(",b", ",").replace(",d", ",NA"))
    ran = run(path, *BASE, "--cluster", "study")
    assert ran.exit_code == 1
    assert ":3:10: M107 study: found nothing" in ran.stderr
    assert ":5:11: M107 study: found 'NA'" in ran.stderr


def test_a_moderator_that_is_almost_numeric(tmp_path):
    text = "y,v,year\n0.1,0.01,2020\n0.2,0.02,2021\n0.3,0.01,about 2022\n0.15,0.03,2023\n"
    ran = run(write(tmp_path, text), *BASE, "--moderators", "year")
    assert ran.exit_code == 1
    assert ":4:10: M105 year: found 'about 2022'" in ran.stderr


def test_refusals_of_the_engine_name_the_file(tmp_path):
    path = write(tmp_path, "y,v,m\n0.1,0.01,5\n0.2,0.02,5\n0.3,0.01,5\n")
    ran = run(path, *BASE, "--moderators", "m")
    assert ran.exit_code == 1
    assert "x.csv: M005: " in ran.stderr
    assert run(path, *BASE, "--nested", "m").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--robust", "cr2"], "--cluster"),
        (["--method", "bayes"], "bayes"),
        (["--test", "t"], "'t'"),
        (["--level", "95"], "M008"),
        (["--nested", "study", "--method", "dl"], "M009"),
        (["--nested", "study", "--test", "knapp-hartung"], "M009"),
        (["--format", "xml"], "xml"),
        (["--frobnicate"], "frobnicate"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_exits_2(tmp_path, arguments, said):
    ran = run(write(tmp_path, GOOD), *BASE, *arguments)
    assert ran.exit_code == 2
    assert said in ran.stderr


def test_required_options(tmp_path):
    assert run(write(tmp_path, GOOD), "--effect", "y").exit_code == 2


def test_as_a_process_with_json_alone_on_standard_output(files):
    ran = subprocess.run(
        [sys.executable, "-c", "from cli import main; main()", "meta", str(files / "bcg.csv"), *BASE,
         "--format", "json"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert list(json.loads(ran.stdout)) == KEYS
