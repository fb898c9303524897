"""Numbers as tables print them. Expected readings are by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.tables.values import read_value


@pytest.mark.parametrize(
    ("text", "value", "uncertainty"),
    [
        ("0.862", 0.862, None), (".862", 0.862, None), ("−0.12", -0.12, None), ("+0.3", 0.3, None),
        ("1,234", 1234, None), ("86.2%", 86.2, None), ("1e-5", 1e-5, None),
        ("1.2 × 10⁻⁵", 1.2e-5, None), ("1.2×10^-5", 1.2e-5, None),
        ("0.862 ± 0.003", 0.862, 0.003), ("82.3±0.4%", 82.3, 0.4), ("0.62 (±0.01)", 0.62, 0.01),
        ("0.9 +/- 0.1", 0.9, 0.1), ("(1.2 ± 0.1) × 10⁻³", 1.2e-3, 1e-4),
        ("0.86 (0.02)", 0.86, 0.02), ("0.86 (SD 0.02)", 0.86, 0.02), ("0.912(3)", 0.912, 0.003),
        ("0.9123(12)", 0.9123, 0.0012), ("0.91_0.02", 0.91, 0.02),
        ("0.91*", 0.91, None), ("0.91 †", 0.91, None), ("0.912¹", 0.912, None), ("↑1.92", 1.92, None),
        ("0.85 (+2.1)", 0.85, None), ("0.85 ↑2.1", 0.85, None), ("0.91 (3)", 0.91, None),
        ("0.91 +0.02 -0.03", 0.91, None), ("(0.91)", 0.91, None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float, uncertainty: float | None) -> None:
    found = read_value(text)
    assert found.value == pytest.approx(value, rel=1e-12)
    if uncertainty is None:
        assert found.uncertainty is None
    else:
        assert found.uncertainty == pytest.approx(uncertainty, rel=1e-12)


@pytest.mark.parametrize(
    "text", ["0.91 [0.88, 0.93]", "0.91 (0.88–0.93)", "0.91 (95% CI: 0.88 to 0.93)"]
)
def test_intervals_are_no_spread(text: str) -> None:
    found = read_value(text)
    assert (found.value, found.uncertainty, found.interval) == (0.91, None, (0.88, 0.93))


@pytest.mark.parametrize(
    "text",
    ["", "-", "–", "N/A", "OOM", "110M", "10 kb", "12-layer", "3D CNN", "<0.001", ">0.99", "0.9 / 0.8",
     "2023-05-01", "1:30", "1st", "$3.16", "12.2 (3.1) [4]", "0.1–0.5", "5-736", "NT-500M"],
)  # fmt: skip
def test_words_bounds_ranges_and_pairs_are_no_numbers(text: str) -> None:
    assert read_value(text).value is None


def test_digits_stay_as_printed() -> None:
    found = read_value("0.860 ± 0.010")
    assert (found.printed, found.uncertainty_printed) == ("0.860", "0.010")


@given(st.text(max_size=40))
def test_no_text_crashes(text: str) -> None:
    read_value(text)
