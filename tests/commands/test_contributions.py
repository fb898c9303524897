"""Contributions as newcomers make them, each checked once by the real command.

Each names the place, the code, what was found, what was expected and what to do; and nothing else
is wrong, so that nobody is told of an error that isn't theirs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from tests.conftest import ROOT

HEADER = """title: A third look at the toys
source: {cite: cole2025check, locator: Table 3, read: by_hand}
defaults: {split: test, protocol: fine_tune, unit: fraction}
contributors: [{name: Ada Lovelace, orcid: 0000-0002-1825-0097, role: extracted}]
"""
ROWS = "row,method,variant,task,metric,value\n1,alpha,alpha-1,toys/one,accuracy,0.862\n2,gc-content,not_applicable,toys/one,accuracy,0.701\n"
MODEL = """id: gamma
name: Gamma
family: gamma
modality: [dna]
publications: [abel2024alpha]
summary: A made-up model.
sources:
  paper: {cite: abel2024alpha, locator: Section 1, read: by_hand}
architecture: {value: hyena, source: paper}
variants:
  - {id: gamma-1, name: Gamma 1}
"""
WORK = """@article{zed2025gamma,
  title = {Gamma},
  author = {Zed, Zoe},
  year = {2025},
  journal = {Journal of Fixtures},
  doi = {10.9999/gamma},
  evidencelevel = {peer_reviewed},
  role = {model},
  verified = {made up for tests},
}
"""
TABLE = "results/cole2025check/table-3"


def check(catalog: Path, *paths: str, shape: str = "json") -> tuple[int, list[dict], str]:
    """`claimgap check PATHS`: exit code, problems, what people read."""
    arguments = [*(str(catalog / p) for p in paths), "--catalog", str(catalog), "--format", shape]
    done = CliRunner().invoke(app, ["check", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    problems = json.loads(done.stdout) if shape == "json" else []
    return done.exit_code, problems, done.output


def table(catalog: Path, rows: str | bytes = ROWS, header: str = HEADER) -> None:
    raw = rows if isinstance(rows, bytes) else rows.encode()
    (catalog / f"{TABLE}.yaml").write_text(header, encoding="utf-8")
    (catalog / f"{TABLE}.csv").write_bytes(raw)


def model(catalog: Path, text: str = MODEL, name: str = "models/gamma.yaml") -> None:
    (catalog / name).parent.mkdir(exist_ok=True)
    (catalog / name).write_text(text, encoding="utf-8")


def work(catalog: Path, text: str) -> None:
    path = catalog / "references.bib"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")


def test_good_contributions_pass_and_say_so(catalog_copy: Path) -> None:
    table(catalog_copy)
    model(catalog_copy)
    work(catalog_copy, WORK)
    code, _, said = check(
        catalog_copy, f"{TABLE}.csv", "models/gamma.yaml", "references.bib", shape="text"
    )
    assert (code, said.strip()) == (
        0,
        f"no problems in 4 files: models/gamma.yaml, references.bib, {TABLE}.csv, {TABLE}.yaml",
    )


@dataclass(frozen=True)
class Slip:
    """What somebody does, and what they must be told: where, and the words of the message."""

    name: str
    file: str
    place: tuple[int, int] | None
    code: str
    found: str
    expected: str
    remedy: str


SLIPS = [
    Slip("bad id", f"{TABLE}.csv", (2, 3), "E112", "'Alpha', which isn't in the catalog",
         "a method of the catalog", "did you mean 'alpha'?"),
    Slip("unknown metric", f"{TABLE}.csv", (2, 26), "E112", "'acuracy', which isn't in the catalog",
         "a metric of the catalog", "did you mean 'accuracy'?"),
    Slip("unit slip", f"{TABLE}.csv", (2, 35), "E121", "86.2 (fraction)", "accuracy between 0 and 1",
         "is it a percentage? then unit is percent"),
    Slip("duplicate row", f"{TABLE}.csv", (4, 3), "E113", "the same conditions as on line 2",
         "one value for them", "say what differs under configuration or setting, or flag it duplicate"),
    Slip("value out of range", f"{TABLE}.csv", (2, 35), "E121", "-0.2 (fraction)",
         "accuracy between 0 and 1", "check the value and the metric"),
    Slip("missing source", "models/gamma.yaml", (9, 1), "E022", "nothing", "the key 'source'",
         "add it (not_reported where the source doesn't say)"),
    Slip("source that isn't listed", "models/gamma.yaml", (9, 30), "E202",
         "'papper', which isn't in the catalog", "a key under `sources:` of this file",
         "did you mean 'paper'?"),
    Slip("wrong DOI", "references.bib", (0, 1), "E014", "'https://doi.org/10.9999/gamma'",
         "a DOI without its resolver, such as 10.1038/s41592-024-02523-z",
         "did you mean '10.9999/gamma'?"),
    Slip("DOI of another work", "references.bib", (0, 1), "E207",
         "'10.9999/alpha', which abel2024alpha has too", "each work once",
         "cite the entry that is there, or correct the identifier"),
    Slip("broken YAML", "models/gamma.yaml", (5, 2), "E003",
         "did not find expected ',' or ']' while parsing a flow sequence, begun on line 4",
         "well-formed YAML", "check indentation, quotes and colons around this place"),
    Slip("tab", "models/gamma.yaml", (8, 1), "E007", "a tab", "indentation by spaces",
         "replace each tab by two spaces"),
    Slip("duplicate key", "models/gamma.yaml", (3, 1), "E004",
         "the key 'name' a second time (first on line 2)", "each key once", "keep one of the two"),
    Slip("merge marker", "models/gamma.yaml", (1, 1), "E008", "the merge marker '<<<<<<<'",
         "one version of the text",
         "finish the merge: keep what is right of the two sides, delete the marker lines"),
    Slip("wrong encoding", f"{TABLE}.csv", (2, 44), "E002", "the byte 0xe9", "UTF-8 text",
         "save the file with the encoding UTF-8 (in Excel: 'CSV UTF-8')"),
    Slip("UTF-16", f"{TABLE}.csv", (1, 1), "E002", "UTF-16 text", "UTF-8 text",
         "save the file with the encoding UTF-8 (in Excel: 'CSV UTF-8')"),
    Slip("byte-order mark", f"{TABLE}.csv", (1, 1), "E006", "a byte-order mark before the first character",
         "UTF-8 text without it", f"remove it with `claimgap fmt catalog/{TABLE}.csv`"),
    Slip("folder of another kind", "methods/gamma.yaml", (1, 1), "E107", "what looks like a model",
         "a method in this folder", "move the file to catalog/models/gamma.yaml"),
    Slip("folder nobody reads", "model/gamma.yaml", None, "E106", "a file in a place that nobody reads",
         "catalog/<kind>/<id>.yaml or results/<citekey>/<table>", "move it there, or remove it"),
    Slip("wrong ORCID", "models/gamma.yaml", (12, 28), "E217", "'0000-0002-1825-0079'",
         "an ORCID iD; these fifteen digits would end in 0",
         "copy it anew from the profile of Ada on orcid.org"),
]  # fmt: skip


def make(name: str, catalog: Path) -> None:
    """Do what the slip called `name` is about."""
    match name:
        case "bad id":
            table(catalog, ROWS.replace("1,alpha,", "1,Alpha,"))
        case "unknown metric":
            table(catalog, ROWS.replace("accuracy,0.862", "acuracy,0.862"))
        case "unit slip":
            table(catalog, ROWS.replace("0.862", "86.2"))
        case "duplicate row":
            table(catalog, ROWS + "3,alpha,alpha-1,toys/one,accuracy,0.870\n")
        case "value out of range":
            table(catalog, ROWS.replace("0.862", "-0.2"))
        case "missing source":
            model(catalog, MODEL.replace("{value: hyena, source: paper}", "{value: hyena}"))
        case "source that isn't listed":
            model(catalog, MODEL.replace("hyena, source: paper", "hyena, source: papper"))
        case "wrong DOI":
            work(catalog, WORK.replace("{10.9999", "{https://doi.org/10.9999"))
        case "DOI of another work":
            work(catalog, WORK.replace("10.9999/gamma", "10.9999/Alpha"))
        case "broken YAML":
            model(catalog, MODEL.replace("[dna]", "[dna\nx: y"))
        case "tab":
            model(catalog, MODEL.replace("  paper:", "\tpaper:"))
        case "duplicate key":
            model(catalog, MODEL.replace("name: Gamma\n", "name: Gamma\nname: Gama\n"))
        case "merge marker":
            model(catalog, f"<<<<<<< HEAD\n{MODEL}=======\n{MODEL}>>>>>>> work\n")
        case "wrong encoding":
            latin = ROWS.replace("value\n", "value,note\n").replace("0.862", "0.862,caf\xe9")
            table(catalog, latin.replace("0.701", "0.701,").encode("latin-1"))
        case "UTF-16":
            table(catalog, ROWS.encode("utf-16"))
        case "byte-order mark":
            table(catalog, b"\xef\xbb\xbf" + ROWS.encode())
        case "folder of another kind":
            model(catalog, name="methods/gamma.yaml")
        case "folder nobody reads":
            model(catalog, name="model/gamma.yaml")
        case "wrong ORCID":
            who = "contributors: [{name: Ada, orcid: 0000-0002-1825-0079, role: extracted}]\n"
            model(catalog, MODEL + who)
        case _:
            raise AssertionError(name)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_told_with_all_that_a_person_needs(catalog_copy: Path, slip: Slip) -> None:
    make(slip.name, catalog_copy)
    code, problems, _ = check(catalog_copy, slip.file)
    assert code == 1
    (problem,) = problems
    place = (problem["line"], problem["column"]) if "line" in problem else None
    if slip.file == "references.bib":
        lines = (catalog_copy / slip.file).read_text(encoding="utf-8").splitlines()
        last_doi = max(i for i, line in enumerate(lines, 1) if line.startswith("  doi ="))
        slip = Slip(**{**vars(slip), "place": (last_doi, 1)})
    told = Slip(slip.name, problem["file"].removeprefix("catalog/"), place, problem["code"],
                problem["found"], problem["expected"], problem["remedy"])  # fmt: skip
    assert told == slip


def test_two_slips_in_two_files_are_told_in_one_run(catalog_copy: Path) -> None:
    table(catalog_copy, ROWS.replace("0.862", "86.2").replace("2,gc-content", "2,gc-contents"))
    model(catalog_copy, MODEL.replace("[dna]", "[dnaa]"))
    code, _, said = check(catalog_copy, TABLE + ".yaml", "models/gamma.yaml", shape="text")
    assert code == 1
    lines = said.strip().splitlines()
    assert [line.split(": ")[1].split()[0] for line in lines[:-1]] == ["E021", "E121", "E112"]
    assert lines[0].startswith("catalog/models/gamma.yaml:4:12: E021 modality.0: found 'dnaa'")
    assert lines[-1] == "3 problems; docs/rules/ explains each code"


def test_every_code_that_a_newcomer_may_meet_has_its_page() -> None:
    from schema.rule_pages import pages

    made = pages()
    assert {f"{slip.code}.md" for slip in SLIPS} <= made.keys()


def git(home: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", "-C", str(home), *identity, *arguments], check=True, capture_output=True)


def test_a_pull_request_is_red_by_its_own_entries_only(catalog_copy: Path) -> None:
    home = catalog_copy.parent
    broken = catalog_copy / "models" / "beta.yaml"
    broken.write_text(broken.read_text("utf-8").replace("[dna]", "[dnaa]"), encoding="utf-8")
    git(home, "init", "-q", "-b", "main")
    git(home, "add", "catalog")
    git(home, "commit", "-q", "-m", "main, with somebody else's slip")
    git(home, "checkout", "-q", "-b", "work")
    table(catalog_copy)
    command = [sys.executable, "-m", "cli", "check", "--changed", "main", "--catalog", str(catalog_copy),
               "--format", "github"]  # fmt: skip

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    green = run()
    assert green.returncode == 0, green.stdout + green.stderr
    table(catalog_copy, ROWS.replace("0.862", "86.2"))
    red = run()
    assert red.returncode == 1
    assert red.stdout == (
        f"::error file=catalog/{TABLE}.csv,line=2,col=35,title=E121::value: found 86.2 (fraction), "
        "expected accuracy between 0 and 1; is it a percentage? then unit is percent\n"
    )
