"""Which code and which libraries made a number."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path


@lru_cache(maxsize=1)
def code_digest() -> str:
    """SHA-256 over this package's source: the version of the code, wherever it runs."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(here.rglob("*.py")):
        digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """What a score may depend on beside our code."""
    found = {p: version(p) for p in ("claimgap", "numpy", "scipy", "scikit-learn")}
    return {**found, "python": platform.python_version(), "machine": platform.machine()}
