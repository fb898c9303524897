"""A wrong address leads on: what was probably meant stands first."""

from __future__ import annotations

from views.parts.missing import nearest

KNOWN = {"hyenadna": "HyenaDNA", "hybridna": "HybriDNA", "nt-v1": "Nucleotide Transformer v1", "evo-2": "Evo 2"}  # fmt: skip


def test_capitals_and_a_missing_letter_do_not_count() -> None:
    assert nearest("HyenaDNA", KNOWN)[0] == "hyenadna"
    assert nearest("hyendna", KNOWN)[0] == "hyenadna"


def test_a_name_leads_to_its_id() -> None:
    assert nearest("nucleotide transformer", KNOWN) == ["nt-v1"]


def test_what_is_like_nothing_leads_nowhere() -> None:
    assert nearest("<img src=x onerror=alert(1)>", KNOWN) == []
    assert nearest("", KNOWN) == []
    assert nearest("z" * 100_000, KNOWN) == []
