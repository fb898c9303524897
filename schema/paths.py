"""Where the catalog and the built database are, when nobody says."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The folder that holds catalog/: $CLAIMGAP_HOME, else here, else where claimgap's code is."""
    named = os.environ.get("CLAIMGAP_HOME")
    if named:
        return Path(named)
    here = Path.cwd()
    return here if (here / "catalog").is_dir() else Path(__file__).resolve().parent.parent


def default_catalog() -> Path:
    """The catalog to read when the command line names none."""
    return home() / "catalog"


def default_database() -> Path:
    """The built file to read or write when the command line names none."""
    return home() / "build" / "claimgap.duckdb"
