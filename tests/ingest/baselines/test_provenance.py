"""The code's version follows what the code does, not how it is written down."""

from __future__ import annotations

from pathlib import Path

from ingest.baselines.provenance import code_digest, digest_of, versions


def test_remarks_and_layout_don_t_count_and_code_does(tmp_path: Path) -> None:
    module = tmp_path / "a.py"
    module.write_text('"""One."""\n\n\ndef f(x: int) -> int:\n    """Add."""\n    return x + 1\n')
    first = digest_of(tmp_path)
    module.write_text('"""Two."""\ndef f(x: int) -> int:  # noqa\n    "Add."\n    return (x+1)\n')
    assert digest_of(tmp_path) == first
    module.write_text('"""One."""\n\n\ndef f(x: int) -> int:\n    """Add."""\n    return x + 2\n')
    assert digest_of(tmp_path) != first
    module.rename(tmp_path / "b.py")
    assert digest_of(tmp_path) != first


def test_our_own(tmp_path: Path) -> None:
    assert len(code_digest()) == 64
    assert {"claimgap", "numpy", "scipy", "scikit-learn", "python"} <= set(versions())
