"""Text, names, identifiers and term counts: expected forms by hand or from the standards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import identifiers, names
from ingest.lexicon import count_terms, load
from ingest.text import clean_text, invert_abstract


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<i>In silico</i> H<sub>2</sub>O", "In silico H₂O"),
        ("R&amp;amp;D &amp;lt;i&amp;gt;x&amp;lt;/i&amp;gt;", "R&D x"),
        ("p &lt; 0.05 and x<y", "p < 0.05 and x<y"),
        ("<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."),
        ("costs $5 and $10", "costs $5 and $10"),
        ("at $\\alpha$ and $10^{-3}$", "at α and 10⁻³"),
        ("soft\u00adhyphen and ﬁne\x07", "softhyphen and fine"),
        ("  two\n lines ", "two lines"),
        ("<mml:math><mml:msub><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msub></mml:math>", "x₂"),
        ("Schr\\\"odinger", "Schrödinger"),
        ("", None), (None, None), (3, None), ("<p> </p>", None),
    ],
)  # fmt: skip
def test_clean_text(raw: object, clean: str | None) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (r"{DNA}-{BERT}: \emph{k}-mers \& more", "DNA-BERT: k-mers & more"),
        (r"Erd{\H{o}}s and \'Ecole~x", "Erdős and École x"),
        (r"$\beta$-VAE {a lost brace", "β-VAE a lost brace"),
        (r"100\% of \textsc{NT}", "100% of NT"),
    ],
)
def test_clean_latex(raw: str, clean: str) -> None:
    assert clean_text(raw, latex=True) == clean


@given(st.text(max_size=80), st.booleans())
def test_no_text_crashes_and_tags_are_gone(raw: str, latex: bool) -> None:
    found = clean_text(raw, latex=latex)
    assert found is None or found == found.strip()


def test_inverted_abstracts() -> None:
    assert invert_abstract({"b": [1], "a": [0, 2]}) == "a b a"
    assert invert_abstract({"a": ["0"], "b": None, "c": [-1, True, 5], 3: [0]}) == "c"
    assert invert_abstract([]) is None and invert_abstract({}) is None


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("https://doi.org/10.1038/S41592-024-02523-Z", "10.1038/s41592-024-02523-z"),
        ("doi:10.1101/2023.01.11.523679.", "10.1101/2023.01.11.523679"),
        ("(see 10.1016/S0140-6736(05)67889-0)", "10.1016/s0140-6736(05)67889-0"),
        ("https://doi.org/10.1000%2Fxyz", "10.1000/xyz"),
        ("no doi", None), (None, None),
    ],
)  # fmt: skip
def test_dois(raw: object, bare: str | None) -> None:
    assert identifiers.doi(raw) == bare


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("arXiv:2306.15006v2", ("2306.15006", 2)),
        ("http://arxiv.org/abs/2306.15006", ("2306.15006", None)),
        ("https://arxiv.org/pdf/2306.15006v1.pdf", ("2306.15006", 1)),
        ("10.48550/arXiv.2306.15006", ("2306.15006", None)),
        ("q-bio/0601001v1", ("q-bio/0601001", 1)),
        ("math.GT/0309136", ("math.GT/0309136", None)),
        ("10.1038/nature", None), ("", None),
    ],
)  # fmt: skip
def test_arxiv_identifiers(raw: str, found: tuple[str, int | None] | None) -> None:
    assert identifiers.arxiv_version(raw) == found


def test_orcids_have_their_check_digit() -> None:
    # Both are ORCID's own examples (support.orcid.org, structure of the ORCID identifier).
    assert identifiers.orcid("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097"
    assert identifiers.orcid("0000000218250097") == "0000-0002-1825-0097"
    assert identifiers.orcid("0000-0001-5109-3700") == "0000-0001-5109-3700"
    assert identifiers.orcid("0000-0002-1694-233X") == "0000-0002-1694-233X"
    assert identifiers.orcid("0000-0002-1825-0098") is None


@pytest.mark.parametrize(
    ("display", "family", "given"),
    [
        ("Bernardo P. de Almeida", "de Almeida", "Bernardo P."),
        ("Laurens van der Maaten", "van der Maaten", "Laurens"),
        ("Beethoven, Ludwig van", "Beethoven", "Ludwig van"),
        ("Martin Luther King Jr.", "King Jr.", "Martin Luther"),
        ("King, Jr., Martin Luther", "King Jr.", "Martin Luther"),
        ("Plato", "Plato", None),
        ("Van Nguyen", "Nguyen", "Van"),
    ],
)
def test_display_names(display: str, family: str, given: str | None) -> None:
    author = names.from_display(display)
    assert author is not None and (author.family, author.given) == (family, given)


@pytest.mark.parametrize(
    "name", ["GTEx Consortium", "The ENCODE Project Consortium", "Google DeepMind Team"]
)
def test_groups_are_not_people(name: str) -> None:
    author = names.from_display(name)
    assert author is not None and author.family is None and author.name == name


def test_terms_are_counted_as_words_with_their_forms() -> None:
    counts = count_terms(
        "A Novel, robust model", "Robustly ground-breaking; novelists may may not. Mayor."
    )
    assert counts is not None
    assert counts["terms"] == {
        "promotional": {"groundbreaking": 1, "novel": 1, "robust": 2},
        "hedging": {"may": 2},
    }
    # A, Novel, robust, model / Robustly, ground-breaking, novelists, may, may, not, Mayor
    assert (counts["words"], counts["promotional"], counts["hedging"]) == (11, 4, 2)
    assert count_terms(None, None) is None
    assert count_terms("A title", None)["abstract"] is False  # type: ignore[index]


def test_every_term_has_a_source_and_one_meaning() -> None:
    from importlib.resources import files

    import yaml

    raw = yaml.safe_load((files("ingest") / "data" / "lexicon.yaml").read_text("utf-8"))
    for kind in ("promotional", "hedging"):
        forms = [f for e in raw[kind] for f in (e["term"], *e["forms"])]
        assert len(forms) == len(set(forms))
        assert {e["source"] for e in raw[kind]} <= set(raw["sources"])
    assert not set(load().promotional) & set(load().hedging)
