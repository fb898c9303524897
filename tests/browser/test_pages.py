"""Pages in real Chromium: they render, their main control works, a deep link opens the same again."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import expect

PAGES = {
    "overview": "What genomics foundation models claim",
    "choose": "Choose",
    "models": "Models",
    "gaps": "Gaps",
    "claims": "Claims",
    "findings": "Findings",
    "compare": "Compare",
    "benchmarks": "Benchmarks",
    "run_it_yourself": "Run it yourself",
    "sql": "SQL",
    "sources": "Sources",
    "about": "About",
}
SHOWN = re.compile(r"^[\d,]+ of [\d,]+ shown$")
CHART = '[data-testid="stVegaLiteChart"] canvas, [data-testid="stVegaLiteChart"] svg'


def _counts(text: str) -> tuple[int, int]:
    shown, total = (int(n.replace(",", "")) for n in re.findall(r"[\d,]+", text))
    return shown, total


@pytest.mark.parametrize(("path", "heading"), PAGES.items())
def test_a_page_renders_without_a_fault(reader, path: str, heading: str) -> None:
    page = reader.open(path)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    reader.assert_sound()


def test_the_menu_names_every_page(reader) -> None:
    page = reader.open("")
    for name in ("Overview", *(heading for path, heading in PAGES.items() if path != "overview")):
        expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()


def test_the_front_page_counts_what_the_database_holds(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (count,) = real.execute("SELECT count(*) FROM results").fetchone()
    page = reader.open("")
    expect(page.locator('[data-testid="stMetricValue"]').nth(1)).to_have_text(f"{count:,}")


def test_the_front_page_leads_to_contradicted_claims_in_one_click(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (count,) = real.execute(
        "SELECT count(*) FROM claims WHERE others_verdict = 'contradicted'"
    ).fetchone()
    page = reader.open("")
    page.get_by_role("link", name="Claims that others contradict").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Claims")
    expect(page.get_by_text(SHOWN)).to_have_text(re.compile(rf"^{count} of "))
    assert "others=contradicted" in page.url
    reader.assert_sound()


def test_a_chart_draws_with_its_message_and_a_text_alternative(reader) -> None:
    page = reader.open("gaps")
    drawn = page.locator(CHART)
    expect(drawn.first).to_be_visible()
    box = drawn.first.bounding_box()
    assert box is not None
    assert box["width"] > 400
    assert box["height"] > 100
    expect(page.get_by_text(re.compile(r"^Models are [\d.]+ in skill")).first).to_be_visible()
    reader.assert_sound()


def test_a_switch_pools_the_rows_that_are_left_and_lands_in_the_address(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    sql = (
        "SELECT count(*) FROM gap_arms g WHERE against = 'specialist' AND (evidence_level = "
        "'peer_reviewed' OR NOT ?)"
    )
    everything, left = (real.execute(sql, [on]).fetchone()[0] for on in (False, True))
    page = reader.open("gaps?against=specialist")
    expect(page.get_by_text(SHOWN)).to_have_text(re.compile(rf" of {everything:,} shown$"))
    page.get_by_text("Peer-reviewed sources only").click()
    expect(page.get_by_text(SHOWN)).to_have_text(re.compile(rf" of {left:,} shown$"))
    assert left < everything
    assert "peer=1" in page.url
    reader.assert_sound()


def test_authors_against_others_has_its_own_address(reader) -> None:
    page = reader.open("gaps?gap=reporting")
    expect(page.get_by_text("Do two groups agree on one model?")).to_be_visible()
    reader.assert_sound()


def test_a_filter_narrows_the_models_and_lands_in_the_address(reader) -> None:
    page = reader.open("models")
    caption = page.get_by_text(SHOWN)
    everything = caption.inner_text()
    page.get_by_label("Name contains").fill("hyena")
    page.get_by_label("Name contains").press("Enter")
    expect(caption).not_to_have_text(everything)
    assert "find=hyena" in page.url
    shown, total = _counts(caption.inner_text())
    assert 0 < shown < total
    page.go_back()
    reader.settled()
    reader.assert_sound()


def test_a_link_with_every_facet_of_models_shows_what_fits_all(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    fit, total = real.execute(
        """
        SELECT count(*) FILTER (list_contains(string_split(m.modality, ', '), 'dna')
            AND m.parameters >= 1e7 AND m.parameters < 1e8 AND u.commercial = 'allowed'
            AND m.n_results_model > 0 AND m.release_year IN (2023, 2024)), count(*)
        FROM models m JOIN variant_use u USING (variant)
        """
    ).fetchone()
    assert 0 < fit < total
    page = reader.open("models?modality=dna&size=medium&use=allowed&scored=yes&year=2023,2024")
    expect(page.get_by_text(SHOWN)).to_have_text(f"{fit} of {total} shown")
    reader.assert_sound()


def test_a_deep_link_opens_one_models_results(reader, real: duckdb.DuckDBPyConnection) -> None:
    (own,) = real.execute(
        "SELECT count(*) FROM results WHERE method = 'hyenadna' AND relation = 'self'"
    ).fetchone()
    page = reader.open("models?model=hyenadna&part=results&relation=self")
    expect(page.get_by_role("heading", level=1)).to_have_text("HyenaDNA")
    expect(page.get_by_text(SHOWN).last).to_have_text(f"{own:,} of {own:,} shown")
    reader.assert_sound()


def test_a_models_facts_carry_their_sources(reader) -> None:
    page = reader.open("models?model=dnabert-2&part=facts")
    expect(page.get_by_text("Each fact with its source")).to_be_visible()
    expect(page.locator('a[href^="https://doi.org/"]').first).to_be_visible()
    reader.assert_sound()


def test_a_deep_link_opens_one_claim_in_words(reader, real: duckdb.DuckDBPyConnection) -> None:
    claim, says = real.execute(
        "SELECT claim, says FROM claims WHERE own_verdict <> 'untested' AND predicate = 'outperforms' "
        "ORDER BY claim LIMIT 1"
    ).fetchone()
    page = reader.open(f"claims?claim={claim}")
    expect(page.get_by_role("heading", level=1)).to_have_text(says)
    expect(page.get_by_text("pooled over publications, the difference must be")).to_be_visible()
    expect(page.get_by_text("The rows that decided")).to_be_visible()
    reader.assert_sound()


def test_findings_show_verdicts_or_say_that_there_are_none(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    built = real.execute(
        "SELECT count(*) FROM duckdb_views() WHERE view_name = 'findings'"
    ).fetchone()[0]
    page = reader.open("findings?finding=F12")
    if built:
        expect(page.get_by_role("heading", level=1)).to_contain_text("F12")
        expect(page.get_by_text("When it misleads.")).to_be_visible()
    else:
        expect(page.get_by_text("no verdicts on them")).to_be_visible()
    reader.assert_sound()


def test_two_methods_are_compared_in_shared_cells_only(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (pairs,) = real.execute(
        "SELECT count(*) FROM comparison WHERE (a_method, b_method) IN "
        "(('caduceus', 'hyenadna'), ('hyenadna', 'caduceus'))"
    ).fetchone()
    page = reader.open("compare?a=hyenadna&b=caduceus")
    expect(page.get_by_text(SHOWN).first).to_have_text(f"{min(pairs, 2000):,} of {pairs:,} shown")
    expect(page.get_by_text("which may not be compared")).to_be_visible()
    reader.assert_sound()


def test_missing_evidence_has_its_own_address(reader, real: duckdb.DuckDBPyConnection) -> None:
    (wanted,) = real.execute("SELECT count(*) FROM wanted").fetchone()
    page = reader.open("benchmarks")
    page.get_by_role("radio", name="Missing evidence").click()
    expect(page.get_by_text(SHOWN)).to_have_text(f"{wanted} of {wanted} shown")
    assert "part=wanted" in page.url
    reader.assert_sound()


def test_one_source_shows_what_it_contributed(reader) -> None:
    page = reader.open("sources?source=nguyen2023hyenadna")
    expect(page.get_by_text("Tables in the catalog")).to_be_visible()
    expect(page.get_by_text("Known errors")).to_be_visible()
    reader.assert_sound()


def test_a_link_with_an_unknown_model_says_so(reader) -> None:
    page = reader.open("models?model=no-such-model")
    expect(page.get_by_text("There is no model")).to_be_visible()
    reader.assert_sound()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("claims?model=no-such-model", "Model: this link says “no-such-model”, which isn't here."),
        ("choose?domain=no-such-kind", "Kind of task: this link says “no-such-kind”"),
        ("compare?methods=scgpt,no-such,geneformer", "Methods: this link says “no-such”"),
        ("benchmarks?part=no-such-part", "Part: this link says “no-such-part”"),
    ],
)
def test_a_link_to_what_is_not_here_does_not_pass_for_a_link_to_everything(
    reader, path: str, says: str
) -> None:
    page = reader.open(path)
    expect(page.get_by_text(says)).to_be_visible()
    reader.assert_sound()


def test_the_first_page_leads_from_a_kind_of_task_to_its_advice(reader) -> None:
    page = reader.open("")
    page.get_by_label("What should I use?").fill("perturbation")
    page.get_by_label("What should I use?").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose")
    assert "domain=perturbation" in page.url
    expect(page.get_by_text("Baselines and tools most often beside models here:")).to_be_visible()
    reader.assert_sound()


def test_the_first_page_leads_from_a_model_to_its_claims(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (count,) = real.execute(
        "SELECT count(*) FROM claim WHERE list_contains(methods, 'hyenadna')"
    ).fetchone()
    page = reader.open("")
    page.get_by_label("Does a claim hold?").fill("HyenaDNA")
    page.get_by_label("Does a claim hold?").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Claims")
    expect(page.get_by_text(SHOWN)).to_have_text(re.compile(rf"^{count} of "))
    reader.assert_sound()


def test_the_advice_names_the_baselines_that_stood_beside_models(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    first, rows = real.execute(
        """
        SELECT m.name, count(DISTINCT a.result) AS n FROM advice_rows a JOIN method m ON m.id = a.comparator
        WHERE a.domain = 'variant_effect' AND a.skill_difference IS NOT NULL
            AND a.against IN ('simple_baseline', 'neural_from_scratch', 'specialist')
        GROUP BY m.name ORDER BY count(DISTINCT a.work) DESC, n DESC, m.name LIMIT 1
        """
    ).fetchone()
    page = reader.open("choose?domain=variant_effect")
    named = page.locator("p", has_text="Baselines and tools most often beside models here:")
    expect(named).to_contain_text(
        re.compile(rf"{re.escape(first)} \(ahead of \d+% of {rows:,} results")
    )
    reader.assert_sound()


def test_every_row_that_decided_a_claim_is_a_dot(reader, real: duckdb.DuckDBPyConnection) -> None:
    claim, rows, own, ahead = real.execute(
        """
        SELECT claim, count(*), count(*) FILTER (side = 'own'), count(*) FILTER (side = 'own' AND points > 0)
        FROM claim_row c JOIN result r ON r.id = c.result WHERE points IS NOT NULL
        GROUP BY claim HAVING count(*) BETWEEN 20 AND 500 AND count(DISTINCT side) = 2
        ORDER BY claim LIMIT 1
        """
    ).fetchone()
    page = reader.open(f"claims?claim={claim}")
    message = page.get_by_text(re.compile(r"^[^.]+ is ahead in \d+ of \d+ of "))
    expect(message).to_contain_text(f"{ahead} of {own} of the authors' rows")
    expect(
        page.get_by_text(re.compile(rf"^{rows:,} of [\d,]+ rows shown, a dot each"))
    ).to_be_visible()
    reader.assert_sound()


def test_on_a_phone_the_flow_stands_in_one_column(reader) -> None:
    charts = '[data-testid="stVegaLiteChart"]'
    page = reader.open("sources?part=flow")
    expect(page.locator(f"{charts}:visible")).to_have_count(1)
    wide = page.locator(f"{charts}:visible").bounding_box()
    reader.page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(f"{charts}:visible")).to_have_count(1)
    drawn = page.locator(f"{charts}:visible").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide is not None
    assert wide["width"] > 600
    assert drawn[0] <= drawn[1] <= 390
    reader.assert_sound()


@pytest.mark.parametrize("path", ["", "claims", "about", "models?model=hyenadna&part=kin"])
def test_no_line_of_text_is_too_wide_to_read(reader, path: str) -> None:
    """WCAG 2.2, 1.4.8 asks for eighty letters at most; a letter of this font takes 0.43 em."""
    reader.page.set_viewport_size({"width": 1920, "height": 1080})
    page = reader.open(path)
    paragraphs = '[data-testid="stMainBlockContainer"] [data-testid="stMarkdownContainer"] p'
    # waited for: the style arrives with a part of Streamlit that it loads last
    page.wait_for_function(
        """all => { const paragraphs = [...document.querySelectorAll(all)];
            const letters = e => e.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize) / 0.43;
            return paragraphs.length > 0 && paragraphs.every(e => letters(e) <= 100); }""",
        arg=paragraphs,
    )
    reader.assert_sound()


def test_what_is_folded_away_is_drawn_when_it_is_opened(reader) -> None:
    page = reader.open("about")
    expect(page.get_by_text("Knapp").first).to_have_count(0)
    page.get_by_text("Pooling effects: the meta-analysis engine").click()
    expect(page.get_by_text("Knapp").first).to_be_visible()
    reader.assert_sound()


def test_a_link_from_another_data_version_says_that_numbers_may_have_moved(reader) -> None:
    page = reader.open("gaps?data=0000000000000000")
    expect(page.get_by_text("Numbers may have moved")).to_be_visible()
    reader.assert_sound()


def test_the_link_to_a_view_carries_its_state_and_the_data_version(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (version,) = real.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()
    page = reader.open("gaps?against=specialist")
    page.get_by_role("button", name="Link to this view").click()
    expect(
        page.get_by_text(re.compile(rf"/gaps\?against=specialist&data={version}$"))
    ).to_be_visible()
    reader.assert_sound()


def test_choosing_a_kind_of_task_changes_the_advice_and_the_address(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    domain, advice = real.execute(
        "SELECT domain, advice FROM advice WHERE domain = 'chromatin'"
    ).fetchone()
    page = reader.open(f"choose?domain={domain}")
    expect(page.get_by_role("heading", level=3).first).to_have_text(advice)
    page.get_by_role("radio", name="Commercial use").click()
    expect(
        page.get_by_text("Exactly your case").or_(page.get_by_text("Strength of evidence"))
    ).to_be_visible()
    page.wait_for_url(re.compile("licence=commercial"))
    reader.assert_sound()


def test_three_methods_are_compared_pair_by_pair_and_all_together(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (cells,) = real.execute(
        """
        SELECT count(*) FROM (
            SELECT cell FROM scored WHERE method IN ('scgpt', 'geneformer', 'scfoundation')
            GROUP BY cell HAVING count(DISTINCT method) = 3)
        """
    ).fetchone()
    assert cells
    page = reader.open("compare?methods=scgpt,geneformer,scfoundation,no-such-method")
    expect(
        page.get_by_text(f"All 3 together, in the {cells:,} cells that hold all")
    ).to_be_visible()
    expect(page.get_by_text("One pair, row by row")).to_be_visible()
    reader.assert_sound()


def test_a_chart_offers_its_data_its_sql_and_its_picture(reader, tmp_path: Path) -> None:
    page = reader.open("findings?finding=F12")
    expect(page.get_by_text(re.compile(r"^Source: claimgap, data version "))).to_be_visible()
    page.get_by_text("Data, SQL and image").click()
    for button, starts in (
        (" rows as CSV", b""),
        ("Image as SVG", b"<svg"),
        ("Image as PNG", b"\x89PNG"),
    ):
        with page.expect_download() as saving:
            page.get_by_role("button", name=button).click()
        saved = tmp_path / saving.value.suggested_filename
        saving.value.save_as(saved)
        assert saved.read_bytes().startswith(starts)
        assert saved.stat().st_size > 200
    expect(page.get_by_role("code").filter(has_text="SELECT")).to_be_visible()
    reader.assert_sound()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("sources?part=flow", "From "),
        ("sources?part=readings", "of results stand in tables that somebody read twice"),
        ("sources?part=citations", "publications have a DOI or arXiv identifier"),
        ("models?model=hyenadna&part=kin", "Nearest by build"),
        ("models?model=hyenadna&part=use", "It claims 1,000,000 bp"),
    ],
)
def test_a_part_of_a_page_has_its_own_address(reader, path: str, says: str) -> None:
    page = reader.open(path)
    expect(page.get_by_text(says).first).to_be_visible()
    reader.assert_sound()
