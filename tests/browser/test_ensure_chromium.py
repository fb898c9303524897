"""The script that fetches a browser, on machines made of a few fake commands."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("ensure_chromium.sh")
INSTALLS = """#!/bin/sh
echo "$@" >> "$LOG"
case "$*" in *install*) printf '#!/bin/sh\\n' > "$BIN/chromium"; chmod +x "$BIN/chromium";; esac
"""
FAILS = '#!/bin/sh\necho "$@" >> "$LOG"\necho "E: no network" >&2\nexit 100\n'


def ensure(
    folder: Path, commands: dict[str, str], ci: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the script where only the basic tools and `commands` (name: script) are on the PATH."""
    for tool in ("bash", "sh", "env", "timeout", "tail", "cat", "true", "chmod"):
        (folder / tool).symlink_to(shutil.which(tool) or tool)
    for name, text in commands.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return subprocess.run(
        ["bash", str(SCRIPT)],
        env={"PATH": str(folder), "BIN": str(folder), "LOG": str(folder / "log"), "CI": ci},
        capture_output=True,
        text=True,
        timeout=60,
    )


ROOT = {"id": "#!/bin/sh\necho 0\n"}
USER = {"id": "#!/bin/sh\necho 1000\n", "sudo": "#!/bin/sh\nexit 1\n"}


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_says_nothing_when_there_is_one(tmp_path: Path, name: str) -> None:
    done = ensure(tmp_path, {name: "#!/bin/sh\n", "apt-get": FAILS}, ci="true")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "log").exists()


def test_installs_it_on_debian(tmp_path: Path) -> None:
    done = ensure(tmp_path, {"apt-get": INSTALLS, **ROOT}, ci="true")
    assert (done.returncode, done.stderr) == (0, "")
    update, install = (tmp_path / "log").read_text().splitlines()
    assert update.endswith("update")
    assert install.endswith("install -y --no-install-recommends chromium")


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_says_what_to_install_where_it_may_not(tmp_path: Path, ci: str, status: int) -> None:
    done = ensure(tmp_path, {"apt-get": INSTALLS, **USER}, ci)
    assert (done.returncode, done.stdout) == (status, "")
    assert "apt-get install chromium" in done.stderr
    assert not (tmp_path / "log").exists()


def test_says_why_apt_failed(tmp_path: Path) -> None:
    done = ensure(tmp_path, {"apt-get": FAILS, **ROOT}, ci="true")
    assert done.returncode == 1
    assert "E: no network" in done.stderr
    assert "apt-get install chromium" in done.stderr


def test_needs_no_debian(tmp_path: Path) -> None:
    done = ensure(tmp_path, {**ROOT}, ci="true")
    assert done.returncode == 1
    assert "dnf install chromium" in done.stderr
