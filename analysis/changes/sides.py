"""The two sides of a preview: a git ref, a catalog folder or a built file becomes a database.

Built sides are kept in build/previews/, named by their data and their code, so that the second
preview of the same two states builds nothing.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.build import build, code_version, is_current
from schema.catalog import data_version

KEPT = 8
"""Built sides kept: at 30 MB each, a few pull requests' worth."""

ROOMS = ("schema", "analysis")
Report = Callable[[str], None]


class SideError(ValueError):
    """A side that can't be had, said with what was found and what to do."""


@dataclass(frozen=True)
class Side:
    """One side: what it was asked for as, and its database."""

    name: str
    database: Path


def side(
    given: str, catalog: Path, previews: Path, same_code: bool, report: Report = lambda _: None
) -> Side:
    """The database of a .duckdb file, a catalog folder or a git ref of the catalog's repository.

    A ref is built by its own code where it has any, so that a change of the code shows in its
    preview; `same_code` builds it by the code that runs. Raises SideError, and CatalogError when a
    catalog built by the running code has problems.
    """
    path = Path(given)
    if path.suffix == ".duckdb" or path.is_file():
        if not path.is_file():
            raise SideError(f"{given}: found no such file, expected a built database; build it")
        return Side(given, path)
    if path.is_dir():
        return Side(given, folder(path, previews, report))
    return Side(given, ref(given, catalog, previews, same_code, report))


def folder(catalog: Path, previews: Path, report: Report = lambda _: None) -> Path:
    """The database of a catalog folder, built by the code that runs."""
    if not (catalog / "references.bib").exists():
        raise SideError(
            f"{catalog}: found no references.bib in it, expected a catalog's folder; name another"
        )
    beside = previews.parent / "claimgap.duckdb"
    if is_current(catalog, beside):
        return beside
    database = previews / f"{data_version(catalog)}-{code_version()}.duckdb"
    if not database.exists():
        report(f"building {catalog}")
        build(catalog, database, report)
    return _kept(database)


def ref(
    name: str, catalog: Path, previews: Path, same_code: bool, report: Report = lambda _: None
) -> Path:
    """The database of a commit of the repository that holds `catalog`."""
    top = Path(_git(catalog, "rev-parse", "--show-toplevel").strip())
    commit = _commit(top, name)
    place = catalog.resolve().relative_to(top.resolve())
    with tempfile.TemporaryDirectory(prefix="claimgap-") as temporary:
        tree = Path(temporary).resolve()
        report(f"taking {name} out of git")
        _extract(top, commit, tree)
        root = tree / place
        if not root.is_dir():
            raise SideError(f"{name}: found no {place} in that commit, expected the catalog there")
        if same_code or not all((tree / room).is_dir() for room in ROOMS):
            return folder(root, previews, report)
        version = code_version(tree)
        if version == code_version():
            return folder(root, previews, report)
        database = previews / f"{data_version(root)}-{version}.duckdb"
        if not database.exists():
            report(f"building {name} by its own code")
            previews.mkdir(parents=True, exist_ok=True)
            _build_by_its_own_code(name, tree, root, database)
    return _kept(database)


def _commit(top: Path, name: str) -> str:
    try:
        return _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options",
                    f"{name}^{{commit}}").strip()  # fmt: skip
    except SideError:
        raise SideError(
            f"{name}: found neither a file, a folder nor a commit of that name, expected a git ref, "
            "a catalog's folder or a .duckdb file; in a shallow clone fetch it first"
        ) from None


def _extract(top: Path, commit: str, into: Path) -> None:
    archive = subprocess.run(
        ["git", "-C", str(top), "archive", "--format=tar", commit],  # noqa: S607
        check=True,
        capture_output=True,
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        # Python before 3.11.4 knows no filters; what git packed needs none.
        files.extraction_filter = getattr(tarfile, "data_filter", None)
        files.extractall(into)  # noqa: S202 -- filtered by the line above


_BUILD = """
import sys
try:
    from pathlib import Path
    from analysis.build import build
    build(Path(sys.argv[1]), Path(sys.argv[2]))
except Exception as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


def _build_by_its_own_code(name: str, tree: Path, root: Path, database: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(tree), "CLAIMGAP_HOME": str(tree)}
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(root), str(database.resolve())],
        cwd=tree, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode or not database.exists():
        said = "\n".join(done.stderr.strip().splitlines()[:5]).replace(f"{tree}/", "")
        raise SideError(
            f"{name}: found that its own code couldn't build it:\n{said}\n"
            "expected a build; try --same-code, which builds both sides by the code that runs"
        )


def _git(where: Path, *arguments: str) -> str:
    try:
        return subprocess.run(
            ["git", "-C", str(where), *arguments],  # noqa: S607
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        raise SideError(
            f"{where}: found {said.strip()}, expected a git repository; give .duckdb files or "
            "catalog folders instead"
        ) from None


def _kept(database: Path) -> Path:
    """Mark a built side as just used, and drop the ones that weren't for longest."""
    os.utime(database)
    sides = sorted(database.parent.glob("*.duckdb"), key=lambda each: each.stat().st_mtime)
    for old in sides[:-KEPT]:
        old.unlink(missing_ok=True)
    return database
