"""What a process is said to have cost, against processes of known size."""

import sys

import pytest

from benchmarks import process_cost

MB = 1 << 20


def python(code: str) -> process_cost.ProcessCost:
    return process_cost.run([sys.executable, "-I", "-S", "-c", code])


def test_a_small_child_of_a_large_parent_is_small() -> None:
    """The memory of the one who measures isn't counted: what ru_maxrss of a vforked child does."""
    held = b"x" * (300 * MB)
    assert python("pass").peak_mb < 100
    assert len(held) == 300 * MB


@pytest.mark.parametrize(
    "code",
    [
        "held = b'x' * (300 << 20)",
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', \"held = b'x' * (300 << 20)\"])",
    ],
    ids=["its own", "of its child"],
)
def test_what_a_process_held_is_its_peak(code: str) -> None:
    assert 300 < python(code).peak_mb < 400


def test_status_and_words_come_back() -> None:
    cost = python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert (cost.status, cost.printed, cost.errors) == (3, "out\n", "err\n")
    assert cost.cpu_s > 0


def test_a_command_that_is_not_there_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="didn't start"):
        process_cost.run(["/nowhere/at/all"])
