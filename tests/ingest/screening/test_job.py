"""Whole screenings: what is planted is found, nothing is lost, narrow and raw agree."""

import csv
import gzip
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks.screening_snapshot import Maker
from ingest.screening import job
from ingest.screening.errors import ScreeningError
from ingest.screening.ledger import STATUSES
from ingest.screening.state import alone
from tests.ingest.screening.odd_names import ODD, write_odd_names


def rows(out: Path) -> list[dict[str, object]]:
    return pq.read_table(out / "ledger.parquet").to_pylist()


@pytest.fixture(scope="module")
def screened(made, small_catalog, tmp_path_factory: pytest.TempPathFactory):
    from rich.console import Console

    from ingest.screening.progress import Meter
    from ingest.watch.ledger import Ledger

    out = tmp_path_factory.mktemp("screened")
    done = job.screen(made.folder, out, small_catalog, Ledger(out / "none"), meter=Meter(Console(quiet=True)))  # fmt: skip
    return out, done


def test_every_planted_work_is_found_once_and_no_other(made, screened) -> None:
    out, done = screened
    works: dict[str, set[str]] = {}
    for row in rows(out):
        works.setdefault(str(row["work"]), set()).add(str(row["id"]))
    assert sorted(map(sorted, works.values())) == sorted(
        sorted(set(ids)) for ids in made.planted.topical.values()
    )
    assert done.counts["candidates"] == len(made.planted.topical)
    retracted = {str(r["id"]) for r in rows(out) if r["retracted"]}
    assert retracted == set(made.planted.retracted)


def test_the_counts_are_those_of_the_snapshot(made, screened) -> None:
    out, done = screened
    counts = json.loads((out / "counts.json").read_text())
    assert counts == done.counts
    assert counts["records_in"] == made.planted.records == counts["records_screened"]
    assert counts["records_set_aside"] == counts["places_set_aside"] == 0
    found = rows(out)
    planted = sum(len(ids) for ids in made.planted.topical.values())
    assert counts["identified"] == len(found) == planted
    assert counts["candidates"] + counts["versions_tied"] + counts["duplicates_removed"] == planted
    for query, count in counts["identified_by_query"].items():
        assert count == sum(query in str(r["queries"]).split() for r in found)


def test_each_row_says_its_reason_and_the_best_comes_first(screened) -> None:
    found = rows(screened[0])
    assert {r["status"] for r in found} <= set(STATUSES)
    candidates = [r for r in found if r["status"] == "candidate"]
    scores = [r["score"] for r in candidates]
    assert scores == sorted(scores, reverse=True)
    for row in found:
        if row["status"] == "candidate":
            assert str(row["reason"]).removeprefix("RETRACTED; ").startswith("found by ")
        assert "<i>" not in str(row["title"]) and "&" not in str(row["title"])
    assert not any("abstract" in name for name in found[0])


def test_narrow_first_gives_the_same_ledger(made, screened, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    converted = job.convert(made.folder, tmp_path / "narrow", meter=quiet)
    assert converted.counts["records_converted"] == made.planted.records
    assert len(list((tmp_path / "narrow").glob("*.parquet"))) == 6
    job.screen(tmp_path / "narrow", tmp_path / "out", small_catalog, no_ledger, meter=quiet)
    assert rows(tmp_path / "out") == rows(screened[0])


def test_damage_is_told_in_both_ways_of_reading(made, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    spoilt = Path(shutil.copytree(made.folder, tmp_path / "spoilt"))
    files = sorted(spoilt.rglob("*.gz"))
    files[0].write_bytes(files[0].read_bytes()[:-20_000])
    text = gzip.decompress(files[1].read_bytes()).splitlines()
    text[10:11] = [b"{garbage", b'{"id": "W1", "title": "\xff"}']
    files[1].write_bytes(gzip.compress(b"\n".join(text)))
    files[2].write_bytes(b"nothing of the kind")
    (spoilt / "note.json").write_text("{}")
    direct = job.screen(spoilt, tmp_path / "direct", small_catalog, no_ledger, meter=quiet)
    job.convert(spoilt, tmp_path / "narrow", meter=quiet)
    over = job.screen(tmp_path / "narrow", tmp_path / "over", small_catalog, no_ledger, meter=quiet)
    assert rows(tmp_path / "direct") == rows(tmp_path / "over")
    with (tmp_path / "direct" / "set_aside.csv").open() as handle:
        told = list(csv.DictReader(handle))
    names = [f.relative_to(spoilt).as_posix() for f in files[:3]]
    assert {t["file"] for t in told} == {*names, "note.json"}
    lines = [(t["line"], t["reason"][:8]) for t in told if t["file"] == names[1] and t["line"]]
    assert lines == [("11", "not JSON"), ("12", "not UTF-")]
    # the manifest knew how many there were
    assert any("the manifest promises 1,000" in t["reason"] for t in told if t["file"] == names[0])
    counts = direct.counts
    assert counts["records_in"] == counts["records_screened"] + counts["records_set_aside"]
    assert counts["records_set_aside"] == over.counts["records_set_aside"] >= 2
    assert counts["partitions_damaged"] == 4
    told_over = (tmp_path / "over" / "set_aside.csv").read_text()
    assert "not UTF-8" in told_over and "cut off" in told_over


def test_crossref_beside_openalex_is_one_literature(small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    maker, folder = Maker(1), tmp_path / "both"
    folder.mkdir()
    title = "A genomic foundation model of yeast"
    line = maker.openalex(title, None, "Jane Doe", "2024-05-06", doi="10.1234/x")[1]
    (folder / "a.gz").write_bytes(gzip.compress(line.encode()))
    items = [
        maker.crossref(title, None, "Jane Doe", 2024, "10.1234/X"),
        maker.crossref(title.upper(), None, "J. Doe", 2023, "10.1101/y", "posted-content"),
        maker.crossref("Something else", None, "Jane Doe", 2023, "10.1101/z"),
    ]
    (folder / "b.json.gz").write_bytes(gzip.compress(json.dumps({"items": items}).encode()))
    job.screen(folder, tmp_path / "out", small_catalog, no_ledger, meter=quiet)
    assert [(r["status"], r["work"], r["source"]) for r in rows(tmp_path / "out")] == [
        ("candidate", "doi:10.1234/x", "openalex"), ("version", "doi:10.1234/x", "crossref"),
        ("duplicate", "doi:10.1234/x", "crossref"),
    ]  # fmt: skip


def test_catalogued_works_are_known_and_their_retractions_news(small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    publication = next(p for _, p in sorted(small_catalog.publications.items()) if p.doi)
    maker = Maker(1)
    records = [
        maker.openalex("A genomic foundation model", None, "A B", "2024-05-06", doi=publication.doi)[1],
        maker.openalex("Retracted", None, "A B", "2024-05-06", doi=publication.doi, retracted=True)[1],
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(records))
    done = job.screen(tmp_path / "a.jsonl", tmp_path / "out", small_catalog, no_ledger, meter=quiet)
    found = rows(tmp_path / "out")
    assert sorted(str(r["status"]) for r in found) == ["known", "update"]
    assert all(r["known"] == publication.citekey for r in found)
    assert f"retracted; known as {publication.citekey}" in {r["reason"] for r in found}
    assert done.counts["candidates"] == 0 and done.counts["known_removed"] == 1


def test_the_ledger_is_the_same_in_chunks_of_any_size(made, screened, small_catalog, no_ledger, quiet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("ingest.screening.ledger._CHUNK", 7)
    out = Path(shutil.copytree(screened[0], tmp_path / "out"))
    (out / "ledger.parquet").unlink()
    job.screen(made.folder, out, small_catalog, no_ledger, meter=quiet)
    assert (out / "ledger.parquet").read_bytes() == (screened[0] / "ledger.parquet").read_bytes()


def test_a_low_score_is_kept_and_marked(made, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    done = job.screen(
        made.folder, tmp_path / "out", small_catalog, no_ledger, least=2.0, meter=quiet
    )
    assert done.counts["candidates"] == 0
    assert done.counts["low_score"] == len(made.planted.topical)


def test_since_leaves_old_partitions_unread(made, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    done = job.screen(made.folder, tmp_path / "out", small_catalog, no_ledger, since="2026-06-01",
                      by="updated", meter=quiet)  # fmt: skip
    assert done.counts["partitions_skipped"] == 5 and done.counts["partitions"] == 1
    with pytest.raises(ScreeningError, match="no partition was updated on 2027"):
        job.screen(made.folder, tmp_path / "out", small_catalog, no_ledger, since="2027-01-01",
                   by="updated", meter=quiet)  # fmt: skip


def test_a_changed_question_is_asked_anew_and_the_same_one_not(made, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    out = tmp_path / "out"
    job.screen(made.folder, out, small_catalog, no_ledger, meter=quiet)
    kept = {p.name: p.stat().st_mtime_ns for p in (out / ".screen").glob("*.json")}
    assert len(kept) == 6
    job.screen(made.folder, out, small_catalog, no_ledger, meter=quiet)
    assert {p.name: p.stat().st_mtime_ns for p in (out / ".screen").glob("*.json")} == kept
    job.screen(made.folder, out, small_catalog, no_ledger, since="2023-01-01", by="published", meter=quiet)  # fmt: skip
    assert len(list((out / ".screen").glob("*.json"))) == 12
    dates = {str(r["date"]) for r in rows(out)}
    assert dates and all(d >= "2023" for d in dates)


def test_names_that_mean_something_to_an_engine_mean_themselves(small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    folder = write_odd_names(tmp_path / "in [1] {a,b} *")
    job.screen(folder, tmp_path / "out [1] ?", small_catalog, no_ledger, meter=quiet)
    assert sorted(r["file"] for r in rows(tmp_path / "out [1] ?")) == sorted(ODD)
    narrow = tmp_path / "narrow {x}"
    job.convert(folder, narrow, meter=quiet)
    assert len(list(narrow.glob("*.parquet"))) == len(ODD)
    job.screen(narrow, tmp_path / "over", small_catalog, no_ledger, meter=quiet)
    assert rows(tmp_path / "over") == rows(tmp_path / "out [1] ?")


def test_a_file_that_cannot_be_read_is_set_aside_and_tried_again(small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    folder, out = write_odd_names(tmp_path / "in"), tmp_path / "out"
    late = folder / "late.gz"
    # this process's memory: it opens, and reading its beginning is an input/output error
    late.symlink_to("/proc/self/mem")
    done = job.screen(folder, out, small_catalog, no_ledger, meter=quiet)
    assert len(rows(out)) == len(ODD) and done.counts["places_set_aside"] == 1
    assert "late.gz,,0,0,set aside whole: can't be read" in (out / "set_aside.csv").read_text()
    kept = len(list((out / ".screen").glob("*.json")))
    assert kept == len(ODD)
    late.unlink()
    late.write_bytes(gzip.compress(Maker(9).openalex("A genomic foundation model of late", None, "A B", "2024-05-06")[1].encode()))  # fmt: skip
    assert job.screen(folder, out, small_catalog, no_ledger, meter=quiet).counts["places_set_aside"] == 0  # fmt: skip
    assert len(rows(out)) == len(ODD) + 1


def test_a_result_that_is_no_more_whole_is_made_anew(made, screened, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    out = Path(shutil.copytree(screened[0], tmp_path / "out"))
    first, second = sorted((out / ".screen").glob("*.parquet"))[:2]
    first.write_bytes(first.read_bytes()[:-9])
    second.write_bytes(b"")
    job.screen(made.folder, out, small_catalog, no_ledger, meter=quiet)
    assert rows(out) == rows(screened[0])


def test_a_result_damaged_behind_its_footer_is_told_and_made_anew(made, screened, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    out = Path(shutil.copytree(screened[0], tmp_path / "out"))
    spoilt = max((out / ".screen").glob("*.parquet"), key=lambda p: p.stat().st_size)
    raw = bytearray(spoilt.read_bytes())
    raw[4:2_000] = b"\xff" * 1_996
    spoilt.write_bytes(raw)
    with pytest.raises(
        ScreeningError, match=r"results of 1 partitions.* run the same command again"
    ):
        job.screen(made.folder, out, small_catalog, no_ledger, meter=quiet)
    job.screen(made.folder, out, small_catalog, no_ledger, meter=quiet)
    assert rows(out) == rows(screened[0])


def test_narrow_files_are_those_of_the_snapshot_that_is_converted(small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    """One folder for two snapshots of the same names, and back to the first."""
    narrow = tmp_path / "narrow"
    for letter, seed in (("a", 1), ("b", 2)):
        (tmp_path / letter).mkdir()
        for name in ("part_000.gz", f"only_{letter}.gz"):
            line = Maker(seed).openalex(f"A genomic foundation model of {letter}", None, "A B", "2024-05-06")[1]  # fmt: skip
            (tmp_path / letter / name).write_bytes(gzip.compress(line.encode()))
    for letter in ("a", "b", "a"):
        done = job.convert(tmp_path / letter, narrow, meter=quiet)
        (made_of,) = [p for p in narrow.glob("*.parquet") if "part_000" in p.name]
        assert pq.read_table(made_of)["title"].to_pylist() == [f"A genomic foundation model of {letter}"]  # fmt: skip
    assert any("only_b" in note and "remove what is out of date" in note for note in done.notes)


def test_years_that_no_work_has_are_unknown(small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    years = [2_147_483_647, -2_147_483_648, 0, "2024.0", 10**20, None, 2024]
    records = [{"id": f"https://openalex.org/W{n}", "title": "A genomic foundation model of yeast", "publication_year": year,
                "authorships": [{"raw_author_name": "A B"}]} for n, year in enumerate(years)]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    job.screen(tmp_path / "a.jsonl", tmp_path / "out", small_catalog, no_ledger, meter=quiet)
    found = {str(r["id"]): r["year"] for r in rows(tmp_path / "out")}
    assert found == {"W0": None, "W1": None, "W2": None, "W3": 2024, "W4": None, "W5": None, "W6": 2024}  # fmt: skip


def test_results_that_lie_in_the_snapshot_are_no_part_of_it(small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    folder = write_odd_names(tmp_path / "in")
    for _ in range(2):
        done = job.convert(folder, folder / "narrow", meter=quiet)
        assert done.counts["records_in"] == len(ODD)
    with pytest.raises(ScreeningError, match="is the snapshot itself"):
        job.screen(folder, folder, small_catalog, no_ledger, meter=quiet)


def test_a_second_run_in_the_same_folder_is_refused(made, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    with alone(tmp_path / "out" / ".screen"), pytest.raises(ScreeningError, match="another run"):
        job.screen(made.folder, tmp_path / "out", small_catalog, no_ledger, meter=quiet)
