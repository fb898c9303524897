"""The workflow files, by GitHub's own schemas and a security linter; the shell scripts, by running."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, SMALL
from tests.github.conftest import SCRIPTS

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(p for p in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml")


def run(*arguments: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(each) for each in arguments], capture_output=True, text=True, check=False, **more
    )  # type: ignore[call-overload, no-any-return]


def load(path: Path) -> dict[str, object]:
    # BaseLoader: YAML 1.1 would read the key `on` as true
    found: dict[str, object] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def against(schema: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *paths)


def test_workflows_forms_and_config_follow_githubs_schemas(tmp_path: Path) -> None:
    assert len(WORKFLOWS) == 6 and len(FORMS) == 5
    for schema, paths in (
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ):
        done = against(schema, *paths)
        assert done.returncode == 0, done.stdout
    broken = tmp_path / "broken.yml"
    broken.write_text(WORKFLOWS[0].read_text(encoding="utf-8").replace("runs-on", "run-on"))
    assert against("vendor.github-workflows", broken).returncode == 1


def test_the_security_linter_finds_nothing(tmp_path: Path) -> None:
    zizmor = Path(sys.executable).parent / "zizmor"
    done = run(zizmor, "--offline", "--no-progress", GITHUB)
    assert done.returncode == 0, done.stdout
    hostile = tmp_path / ".github" / "workflows"
    hostile.mkdir(parents=True)
    text = (GITHUB / "workflows" / "issue-draft.yml").read_text(encoding="utf-8")
    text = text.replace("run: make env", "run: echo ${{ github.event.issue.title }}")
    (hostile / "x.yml").write_text(text, encoding="utf-8")
    done = run(zizmor, "--offline", "--no-progress", hostile.parent)
    assert done.returncode != 0 and "template-injection" in done.stdout


def test_actions_are_pinned_by_commit_and_each_by_one() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for action, pin in re.findall(r"uses: (\S+)@(.+)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), (
                f"{path.name}: {action}@{pin}"
            )
            pins.setdefault(action, set()).add(pin)
    assert pins and all(len(each) == 1 for each in pins.values())


def test_contributed_code_never_meets_a_token() -> None:
    for path in WORKFLOWS:
        workflow = load(path)
        text = path.read_text(encoding="utf-8")
        assert workflow["permissions"] == {}, path.name
        assert "pull_request_target" not in text and "secrets." not in text
        jobs: dict[str, dict[str, object]] = workflow["jobs"]  # type: ignore[assignment]
        for job in jobs.values():
            assert job["permissions"], path.name
            if "pull_request" in workflow["on"]:  # type: ignore[operator]
                assert job["permissions"] == {"contents": "read"} and "github.token" not in text
        assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    comment = (GITHUB / "workflows" / "preview-comment.yml").read_text(encoding="utf-8")
    assert "make env" not in comment and ".venv" not in comment and "head_sha }}\n" in comment
    assert "ref: ${{ github.event.repository.default_branch }}" in comment


def test_the_scripts_and_commands_that_workflows_call_are_there() -> None:
    import cli

    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"\.github/scripts/([\w.]+)", text):
            assert (SCRIPTS / name).is_file(), f"{path.name}: {name}"
        for name in re.findall(r"\.venv/bin/claimgap (\w+)", text):
            assert name in cli.COMMANDS, f"{path.name}: claimgap {name}"
        for name in re.findall(r"run: make (.+)", text):
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            assert all(f"\n{each}:" in makefile for each in name.split()), f"{path.name}: {name}"
    preview, comment = (
        load(GITHUB / "workflows/preview.yml"),
        load(GITHUB / "workflows/preview-comment.yml"),
    )
    assert comment["on"]["workflow_run"]["workflows"] == [preview["name"]]  # type: ignore[index]


def test_the_labels_that_start_a_draft_are_those_of_the_forms() -> None:
    text = (GITHUB / "workflows" / "issue-draft.yml").read_text(encoding="utf-8")
    labels = {load(path)["labels"][0] for path in FORMS}  # type: ignore[index]
    assert set(re.findall(r"labels\.\*\.name, '([^']+)'", text)) == labels


def test_a_red_entry_leaves_no_code_untested() -> None:
    """GitHub skips the steps behind one that fails: whether code changed is asked before it."""
    check = load(GITHUB / "workflows" / "check.yml")
    steps = check["jobs"]["entries"]["steps"]  # type: ignore[index]
    asked = next(i for i, step in enumerate(steps) if step.get("id") == "what")
    can_fail = [i for i, step in enumerate(steps) if "claimgap check" in step.get("run", "")]
    assert len(can_fail) == 2 and asked < min(can_fail)
    assert check["jobs"]["code"]["if"].startswith("${{ !cancelled()")  # type: ignore[index]


def git(folder: Path, *arguments: str) -> None:
    clean = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = run("git", "-C", folder, "-c", "user.name=A", "-c", "user.email=a@b.example",
               *arguments, env=clean)  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changed", "code"),
    [("catalog/x.yaml", "false"), ("schema/x.py", "true"), ("catalog.py", "true")],
)
def test_whether_code_has_changed(tmp_path: Path, changed: str, code: str) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "start")
    git(tmp_path, "tag", "base")
    path = tmp_path / changed
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "change")
    for base, expected in (("base", code), ("", "true"), ("no-such-commit", "true")):
        done = run("bash", SCRIPTS / "code_changed.sh", base, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, f"code={expected}\n")


def test_a_release_is_made_of_what_was_recorded(small_database: Path, tmp_path: Path) -> None:
    """The script on a real folder: refused without a record, then whole, then the same again."""
    shutil.copytree(SMALL, tmp_path / "catalog")
    (tmp_path / "build").mkdir()
    shutil.copy(small_database, tmp_path / "build" / "claimgap.duckdb")
    claimgap = tmp_path / "claimgap"
    claimgap.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cli "$@"\n', encoding="utf-8")
    claimgap.chmod(0o755)
    environment = {
        **os.environ, "CLAIMGAP": str(claimgap), "CLAIMGAP_HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    release = ("bash", SCRIPTS / "release.sh", "v0.1.0", "https://claimgap.example")
    done = run(*release, "first", cwd=tmp_path, env=environment)
    assert done.returncode == 1 and "found no record of this release" in done.stderr
    done = run(claimgap, "export", "--out", "x", "--release", "v0.1.0", "--record",
               "--date", "2026-11-01", cwd=tmp_path, env=environment)  # fmt: skip
    assert done.returncode == 0, done.stderr
    broken = tmp_path / "docs" / "releases" / "v0.0.9.json"
    broken.write_text("{}", encoding="utf-8")
    done = run(*release, "broken", cwd=tmp_path, env=environment)
    assert done.returncode == 1 and "v0.0.9.json" in done.stderr
    assert not (tmp_path / "broken" / "notes.md").exists()
    broken.unlink()
    for folder in ("second", "third"):
        done = run(*release, folder, cwd=tmp_path, env=environment)
        assert done.returncode == 0, done.stderr
    out = tmp_path / "second"
    names = {"claimgap-v0.1.0.tar.gz", "claimgap-v0.1.0-report.tar.gz", "claimgap-v0.1.0.duckdb",
             "notes.md", "SHA256SUMS"}  # fmt: skip
    assert {path.name for path in out.iterdir()} == names
    assert run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=out).returncode == 0
    assert "no release before the first" in (out / "notes.md").read_text(encoding="utf-8")
    with tarfile.open(out / "claimgap-v0.1.0.tar.gz") as archive:
        assert {"claimgap-v0.1.0/datapackage.json", "claimgap-v0.1.0/csv/results.csv"} <= set(
            archive.getnames()
        )
    exported = [tmp_path / each / "claimgap-v0.1.0.tar.gz" for each in ("second", "third")]
    assert len({hashlib.sha256(path.read_bytes()).hexdigest() for path in exported}) == 1


def test_hooks_are_local_and_their_commands_exist() -> None:
    found = load(ROOT / ".pre-commit-config.yaml")
    (repository,) = found["repos"]  # type: ignore[misc]
    assert repository["repo"] == "local"
    import cli

    for hook in repository["hooks"]:
        program, *arguments = hook["entry"].split()
        assert (hook["language"], Path(program).parent.as_posix()) == ("system", ".venv/bin")
        assert Path(program).name in {"claimgap", "ruff"}
        if Path(program).name == "claimgap":
            assert arguments[0] in cli.COMMANDS
