"""The ingest, review and watch commands as a person runs them, against loopback or saved files."""

import json
import os
import signal
import subprocess
import sys
import tarfile
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from commands import ingest as ingest_command
from commands.ingest import EXAMPLES
from commands.ingest import app as ingest
from commands.watch import app as watch
from ingest.http import Policy
from ingest.services.registry import SERVICES, Service
from tests.ingest.loopback import Loopback, loopback

RUN = CliRunner()
WORK = {"message": {"DOI": "10.1234/kmers", "type": "journal-article", "title": ["On k-mers"],
                    "author": [{"family": "Doe", "given": "Jane"}],
                    "published": {"date-parts": [[2024, 3]]}, "container-title": ["J. Tests"]}}  # fmt: skip


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("CLAIMGAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(
        "ingest.http.POLICIES", {"default": Policy(interval=0, attempts=2, first_wait=0.01)}
    )
    with loopback() as running:
        for name in (
            "CROSSREF",
            "OPENALEX",
            "EUROPEPMC",
            "ARXIV",
            "HF",
            "GITHUB",
            "GITHUBRAW",
            "BIORXIV",
        ):
            monkeypatch.setenv(f"CLAIMGAP_{name}_URL", running.url)
        yield running


def saved(tmp_path: Path, name: str, body: object) -> Path:
    path = tmp_path / name
    path.write_text(body if isinstance(body, str) else json.dumps(body))
    return path


def test_every_service_has_its_command_and_example() -> None:
    shown = RUN.invoke(ingest, ["--help"])
    for name in ("table", "crossref", "openalex", "arxiv", "europepmc", "biorxiv",
                 "semanticscholar", "datacite", "hf", "github", "bib", "doi", "source"):  # fmt: skip
        assert name in shown.output


def test_a_record_over_the_network(server: Loopback) -> None:
    server.answers["/works/10.1234%2Fkmers"] = lambda h: h.reply(200, json.dumps(WORK).encode())
    done = RUN.invoke(ingest, ["crossref", "10.1234/kmers", "--format", "json"])
    assert done.exit_code == 0, done.output
    (record,) = json.loads(done.stdout)
    assert (record["doi"], record["title"], record["year"], record["day"]) == (
        "10.1234/kmers", "On k-mers", 2024, None,
    )  # fmt: skip
    assert record["provenance"]["title"]["url"] == f"{server.url}/works/10.1234%2Fkmers"


def test_the_same_offline(tmp_path: Path) -> None:
    path = saved(tmp_path, "saved.json", WORK)
    done = RUN.invoke(ingest, ["crossref", "--from-file", str(path), "--format", "json"])
    assert json.loads(done.stdout)[0]["venue"] == "J. Tests"


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (["crossref"], "nothing to read", 2),
        (["doi"], "nothing to read", 2),
        (["hf"], "nothing to read", 2),
        (["github", "--facts"], "nothing to read", 2),
        (["crossref", "nonsense"], "is not a DOI", 1),
        (["arxiv", "nonsense"], "is not an arXiv id", 1),
        (["table", "missing.tex"], "no such file", 1),
        (["crossref", "--from-file", "missing.json"], "missing.json", 1),
        (["doi", "--from-file", "x.json"], "expected SERVICE=FILE", 2),
    ],
)
def test_bad_input_is_one_line_and_no_traceback(
    arguments: list[str], message: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMGAP_CACHE", str(tmp_path))  # a home may be nowhere
    done = RUN.invoke(ingest, arguments)
    assert done.exit_code == code
    assert message in done.stderr and "Traceback" not in done.output


@pytest.mark.parametrize(
    "service", [s for s in SERVICES.values() if s.name not in ("hf", "github")]
)
def test_the_example_of_each_service_is_one_that_it_takes(service: Service) -> None:
    said = RUN.invoke(ingest, [service.name, "--help"]).output
    identifier = EXAMPLES.get(service.name, "10.1038/s41592-024-02523-z")
    assert f"Example: claimgap ingest {service.name} {identifier}" in " ".join(said.split())
    if service.address is not None:
        assert service.address(identifier).startswith("http")  # raises for what it doesn't take


def test_an_unknown_doi_over_the_network_is_told(server: Loopback) -> None:
    done = RUN.invoke(ingest, ["crossref", "10.1234/none"])
    assert done.exit_code == 1 and "doesn't know it (404)" in done.stderr


def test_tables_as_the_issue_asks(tmp_path: Path) -> None:
    (tmp_path / "body.tex").write_text(r"A & $0.91 \pm 0.02$ & \textbf{3} \\")
    (tmp_path / "t.tex").write_text(
        r"\begin{table}\caption{C}\label{tab:x}\begin{tabular}{lcc}\toprule"
        "\n\\multirow{2}{*}{Model} & \\multicolumn{2}{c}{Task} \\\\\n & m & n \\\\ \\midrule\n"
        "\\input{body}\n\\bottomrule\\end{tabular}\\end{table}"
    )
    done = RUN.invoke(ingest, ["table", str(tmp_path / "t.tex"), "--format", "json"])
    (table,) = json.loads(done.stdout)
    assert {k: table[k] for k in ("label", "caption", "n_rows", "n_columns", "header_rows")} == {
        "label": "tab:x", "caption": "C", "n_rows": 3, "n_columns": 3, "header_rows": 2,
    }  # fmt: skip
    cell = next(c for c in table["cells"] if (c["row"], c["column"]) == (2, 1))
    assert {k: cell[k] for k in ("text", "value", "uncertainty", "bold")} == {
        "text": "0.91 ± 0.02", "value": 0.91, "uncertainty": 0.02, "bold": False,
    }  # fmt: skip
    assert next(c for c in table["cells"] if (c["row"], c["column"]) == (1, 0))["text"] == "Model"
    assert len(table["cells"]) == 9
    human = RUN.invoke(ingest, ["table", str(tmp_path / "t.tex")])
    assert "0.91 ± 0.02" in human.output


def test_json_rows_are_a_table_too(tmp_path: Path) -> None:
    path = saved(tmp_path, "r.json", [{"model": "A", "scores": {"mcc": 0.5}}, {"model": "B"}])
    done = RUN.invoke(ingest, ["table", str(path), "--format", "json"])
    texts = [c["text"] for c in json.loads(done.stdout)[0]["cells"]]
    assert texts == ["model", "scores.mcc", "A", "0.5", "B", ""]


def test_one_work_from_several_saved_services(tmp_path: Path) -> None:
    one = saved(tmp_path, "cr.json", WORK)
    other = saved(tmp_path, "oa.json", {"doi": "https://doi.org/10.1234/KMERS", "title": "On k-mers",
                                        "publication_year": 2025, "type": "article"})  # fmt: skip
    done = RUN.invoke(
        ingest, ["doi", "--from-file", f"crossref={one}", "--from-file", f"openalex={other}",
                 "--format", "json"],
    )  # fmt: skip
    (work,) = json.loads(done.stdout)
    said = work["versions"][0]["conflicts"]["year"]
    assert [(o["service"], o["value"]) for o in said] == [("crossref", 2024), ("openalex", 2025)]
    human = RUN.invoke(
        ingest, ["doi", "--from-file", f"crossref={one}", "--from-file", f"openalex={other}"]
    )
    assert "sources disagree on year" in human.output


def test_a_service_that_fails_does_not_stop_the_others(server: Loopback) -> None:
    server.answers["/works/10.1234%2Fkmers"] = lambda h: h.reply(200, json.dumps(WORK).encode())
    done = RUN.invoke(ingest, ["doi", "10.1234/kmers", "--format", "json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)[0]["versions"][0]["sources"] == ["crossref"]
    assert "note: openalex" in done.stderr


def test_model_facts_from_saved_bodies_and_from_the_network(
    server: Loopback, tmp_path: Path
) -> None:
    info = {"id": "a/m", "tags": ["license:mit"], "createdAt": "2025-01-02T00:00:00Z"}
    config = saved(tmp_path, "config.json", {"architectures": ["XForMaskedLM"], "hidden_size": 8})
    done = RUN.invoke(ingest, ["hf", "--from-file", str(saved(tmp_path, "info.json", info)),
                               "--config", str(config), "--facts", "--format", "json"])  # fmt: skip
    facts = json.loads(done.stdout)[0]["facts"]
    assert (facts["hidden_size"]["value"], facts["licence"]["value"]) == (8, "mit")
    server.answers["/api/models/a/m"] = lambda h: h.reply(200, json.dumps(info).encode())
    server.answers["/a/m/resolve/main/config.json"] = lambda h: h.reply(
        200, config.read_bytes(), "text/plain"
    )
    done = RUN.invoke(ingest, ["hf", "a/m", "--facts", "--format", "json"])
    assert json.loads(done.stdout)[0]["facts"]["hidden_size"]["value"] == 8, done.output


def test_saved_bodies_of_a_model_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    info = saved(tmp_path, "a.json", {"id": "a/m", "tags": ["license:mit"]})
    config = saved(tmp_path, "b.json", {"architectures": ["XForMaskedLM"], "hidden_size": 8})
    card = tmp_path / "c.md"
    card.write_text("---\nlicense: apache-2.0\n---\n# A model\n", "utf-8")

    def hf(*files: Path, facts: bool = True) -> Any:
        arguments = [a for f in files for a in ("--from-file", str(f))]
        return RUN.invoke(
            ingest, ["hf", *arguments, *(["--facts"] if facts else []), "--format", "json"]
        )

    # A configuration alone can only give facts, asked for or not.
    facts = json.loads(hf(config, facts=False).stdout)[0]["facts"]
    assert facts["hidden_size"]["value"] == 8
    facts = json.loads(hf(card, config, info).stdout)[0]
    assert facts["facts"]["hidden_size"]["value"] == 8
    assert "licence: mit in the model info, apache-2.0 in the card" in facts["notes"]
    # Records come of the info only, whatever lies beside it.
    records = json.loads(hf(config, info, facts=False).stdout)
    assert [r["title"] for r in records] == ["a/m"]
    twice = hf(config, saved(tmp_path, "d.json", {"hidden_size": 9}))
    assert twice.exit_code == 1
    assert "a second config of one model" in twice.stderr


def test_repository_facts_follow_the_link_to_the_first_commit(server: Loopback) -> None:
    def commits(h):
        day = "2020-01-01" if "page=9" in h.path else "2025-01-01"
        body = json.dumps([{"commit": {"committer": {"date": f"{day}T00:00:00Z"}}}]).encode()
        h.reply(200, body, Link=f'<{server.url}/repos/a/b/commits?page=9>; rel="last"')

    server.answers |= {
        "/repos/a/b": lambda h: h.reply(200, b'{"full_name": "a/b", "archived": true}'),
        "/repos/a/b/commits": commits,
        "/repos/a/b/releases": lambda h: h.reply(200, b"[]"),
    }
    done = RUN.invoke(ingest, ["github", "a/b", "--facts", "--format", "json"])
    facts = json.loads(done.stdout)[0]["facts"]
    assert {k: f["value"] for k, f in facts.items()} == {
        "archived": True, "last_commit": "2025-01-01", "first_commit": "2020-01-01",
    }  # fmt: skip


def test_a_source_archive_leads_to_its_tables(server: Loopback, tmp_path: Path) -> None:
    paper = (
        b"\\documentclass{article}\\begin{document}\\begin{tabular}{ll}A & 1\\\\B & 2\\end{tabular}"
    )
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as made:
        head = tarfile.TarInfo("ms.tex")
        head.size = len(paper)
        made.addfile(head, BytesIO(paper))
    server.answers["/e-print/2306.15006"] = lambda h: h.reply(
        200, out.getvalue(), "application/gzip"
    )
    done = RUN.invoke(ingest, ["source", "2306.15006", "--to", str(tmp_path / "src")])
    assert done.exit_code == 0 and "ms.tex" in done.stdout, done.output
    done = RUN.invoke(ingest, ["table", str(tmp_path / "src" / "ms.tex"), "--format", "json"])
    assert json.loads(done.stdout)[0]["n_rows"] == 2
    (tmp_path / "e.tar.gz").write_bytes(out.getvalue())
    done = RUN.invoke(ingest, ["table", str(tmp_path / "e.tar.gz"), "--format", "json"])
    assert json.loads(done.stdout)[0]["n_rows"] == 2
    (tmp_path / "cut.tgz").write_bytes(out.getvalue()[:50])
    done = RUN.invoke(ingest, ["table", str(tmp_path / "cut.tgz")])
    assert done.exit_code == 1 and "broken or cut off" in done.stderr


def test_one_file_of_a_repository_with_its_checksum(server: Loopback, tmp_path: Path) -> None:
    server.answers["/a/b/v1.0/results/t%20x.csv"] = lambda h: h.reply(200, b"x,1\n", "text/plain")
    done = RUN.invoke(
        ingest, ["file", "github:a/b@v1.0:results/t x.csv", "--to", str(tmp_path / "t.csv")]
    )
    assert (tmp_path / "t.csv").read_bytes() == b"x,1\n", done.output
    # printf 'x,1\\n' | sha256sum
    assert "c70aa381191a9a81846a5180b91f09043fb10307d68f7b76483439b8cafa9000" in done.stdout
    assert "repository: a/b@v1.0, path: results/t x.csv" in done.stdout
    wrong = RUN.invoke(ingest, ["file", "a/b", "--to", str(tmp_path / "u")])
    assert wrong.exit_code == 1 and "expected github:OWNER/NAME@COMMIT:PATH" in wrong.stderr


def test_drafts_are_written_and_not_overwritten(tmp_path: Path) -> None:
    path = saved(tmp_path, "saved.json", WORK)
    arguments = ["crossref", "--from-file", str(path), "--out", str(tmp_path / "drafts")]
    done = RUN.invoke(ingest, arguments)
    assert "next: claimgap review" in done.stderr
    assert (tmp_path / "drafts" / "doe2024mers" / "draft.yaml").is_file()
    again = RUN.invoke(ingest, arguments)
    assert again.exit_code == 1 and "a draft of that name is there" in again.stderr


def claimgap(*arguments: str, **env: str) -> list[str]:
    return [sys.executable, "-c", "from cli import main; main()", *arguments]


def test_ctrl_c_in_a_watch_keeps_what_came_and_goes_on(tmp_path: Path) -> None:
    """A real process and a real SIGINT while page two is under way; then the same command again."""
    reached = threading.Event()
    queries = saved(
        tmp_path, "q.yaml", "queries:\n  - {id: q, service: openalex, why: w, search: s}\n"
    )
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    (catalog / "references.bib").write_text(
        "@article{doe2020toy, title = {Genomic foundation models}, author = {Doe, J}, year = {2020}, "
        "journal = {J}, evidencelevel = {peer_reviewed}, role = {model}, verified = {test}}\n"
    )
    with loopback() as server:
        hold = True

        def works(h):
            if "cursor=c2" in h.path and hold:
                reached.set()
                h.wait()
                return
            last = "cursor=c2" in h.path
            body = {"meta": {"next_cursor": None if last else "c2"}, "results": [
                {"title": f"Genomic models {last}", "doi": f"10.1234/{last}".lower(),
                 "publication_date": "2026-10-10"}]}  # fmt: skip
            h.reply(200, json.dumps(body).encode(), Cache_Control="no-store")

        server.answers["/works"] = works
        env = {
            **os.environ,
            "CLAIMGAP_OPENALEX_URL": server.url,
            "CLAIMGAP_CACHE": str(tmp_path / "c"),
        }
        command = claimgap("watch", "--since", "2026-10-01", "--queries", str(queries),
                           "--no-updates", "--catalog", str(catalog),
                           "--ledger", str(tmp_path / "screening"))  # fmt: skip
        process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        assert reached.wait(300)  # a busy machine takes its time to import what is needed
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 130
        assert b"run the same command again" in errors and b"Traceback" not in errors
        assert not (tmp_path / "screening").exists()
        hold = False
        server.release.set()
        first_asked = server.count("/works")
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        assert server.count("/works") == first_asked + 1  # page one was kept, only two was asked
    ledger = (tmp_path / "screening" / "ledger.csv").read_text()
    assert "10.1234/false" in ledger and "10.1234/true" in ledger


def test_watch_decides_and_counts_from_saved_pages(tmp_path: Path) -> None:
    page = saved(tmp_path, "p.json", {"results": [
        {"title": "A genomic model", "doi": "10.1234/g", "publication_date": "2026-10-10"},
        {"title": "An older genomic model", "doi": "10.1234/o", "publication_date": "2020-10-10"},
    ]})  # fmt: skip
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    (catalog / "references.bib").write_text(
        "@article{doe2020toy, title = {Genomic foundation models}, author = {Doe, J}, year = {2020}, "
        "journal = {J}, evidencelevel = {peer_reviewed}, role = {model}, verified = {test}}\n"
    )
    ledger = ["--ledger", str(tmp_path / "s")]
    done = RUN.invoke(watch, ["--since", "2026-10-01", "--from-file", f"openalex={page}",
                              "--catalog", str(catalog), *ledger, "--format", "json"])  # fmt: skip
    assert done.exit_code == 0, done.output
    assert [c["id"] for c in json.loads(done.stdout)["candidates"]] == ["doi:10.1234/g"]
    refused = RUN.invoke(watch, ["decide", "doi:10.1234/g", "exclude", "--by", "Ada", *ledger])
    assert refused.exit_code == 1 and "needs its reason" in refused.stderr
    RUN.invoke(
        watch, ["decide", "doi:10.1234/g", "exclude", "--by", "Ada", "--reason", "review", *ledger]
    )
    counts = RUN.invoke(watch, ["counts", "--format", "json", *ledger])
    assert json.loads(counts.stdout)["excluded_by_reason"] == {"review": 1}


def test_the_commands_know_every_service() -> None:
    assert {c.name for c in ingest_command.app.registered_commands} >= set(ingest_command.SERVICES)
