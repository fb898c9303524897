"""E-print archives, well-meaning and hostile."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from ingest import archive
from ingest.archive import ArchiveError, main_file, members, unpack

PAPER = b"\\documentclass{article}\\begin{document}x\\end{document}"


def tar(files: dict[str, bytes], *, gz: bool = True, link: str | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz" if gz else "w") as made:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
        if link:
            info = tarfile.TarInfo("passwd.tex")
            info.type, info.linkname = tarfile.SYMTYPE, link
            made.addfile(info)
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        tar({"main.tex": PAPER, "tables/t.tex": b"\\hline", "fig.pdf": b"%PDF"}),
        tar({"main.tex": PAPER, "tables/t.tex": b"\\hline", "fig.pdf": b"%PDF"}, gz=False),
        zipped({"main.tex": PAPER, "tables/t.tex": b"\\hline", "fig.pdf": b"%PDF"}),
    ],
    ids=["tar.gz", "tar", "zip"],
)
def test_text_files_come_out_and_figures_stay(raw: bytes, tmp_path: Path) -> None:
    paths = unpack(raw, tmp_path / "e", "e-print")
    assert sorted(p.relative_to(tmp_path).as_posix() for p in paths) == [
        "e/main.tex",
        "e/tables/t.tex",
    ]
    assert main_file(tmp_path / "e").name == "main.tex"
    assert [p.name for p in tmp_path.iterdir()] == ["e"]


def test_a_single_gzipped_file_is_the_paper(tmp_path: Path) -> None:
    unpack(gzip.compress(PAPER), tmp_path / "e", "2306.15006")
    assert (tmp_path / "e" / "main.tex").read_bytes() == PAPER


@pytest.mark.parametrize(
    "name", ["../evil.tex", "/etc/evil.tex", "a/../../evil.tex", "..\\evil.tex"]
)
@pytest.mark.parametrize("pack", [tar, zipped], ids=["tar", "zip"])
def test_paths_outside_the_folder_unpack_nothing(name: str, pack, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="points outside its folder"):
        unpack(pack({"main.tex": PAPER, name: b"\\evil"}), tmp_path / "in" / "e", "e-print")
    assert list((tmp_path / "in").iterdir()) == []
    assert not (tmp_path / "evil.tex").exists()


def test_links_are_not_followed(tmp_path: Path) -> None:
    raw = tar({"main.tex": PAPER}, link="/etc/passwd")
    assert [p.name for p in unpack(raw, tmp_path / "e", "e-print")] == ["main.tex"]


def test_a_file_that_unpacks_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_FILE", 1_000_000)
    bomb = b"\\" + b" " * 5_000_000
    for raw in (tar({"a.tex": bomb}), zipped({"a.tex": bomb}), gzip.compress(bomb)):
        assert len(raw) < 50_000
        with pytest.raises(ArchiveError, match="which no paper's text has"):
            unpack(raw, tmp_path / "e", "e-print")
    assert list(tmp_path.iterdir()) == []


def test_many_small_files_that_add_up_are_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 1_000_000)
    files = {f"{i}.tex": b" " * 100_000 for i in range(20)}
    for raw in (tar(files), zipped(files)):
        with pytest.raises(ArchiveError, match="unpacks to over"):
            unpack(raw, tmp_path / "e", "e-print")
    # The same weight in a figure, which is skipped but still has to be unpacked to get past it.
    with pytest.raises(ArchiveError, match="unpacks to over"):
        list(members(tar({"fig.pdf": b" " * 3_000_000, "a.tex": PAPER}), "e-print"))
    assert list(tmp_path.iterdir()) == []


def test_too_many_files_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_FILES", 10)
    files = {f"{i}.tex": b"" for i in range(11)}
    for raw in (tar(files), zipped(files)):
        with pytest.raises(ArchiveError, match="files"):
            list(members(raw, "e-print"))


@pytest.mark.parametrize("keep", [5, 60, 120])
def test_a_cut_archive_is_named_and_leaves_nothing(keep: int, tmp_path: Path) -> None:
    raw = tar({"main.tex": PAPER * 50})[:keep]
    with pytest.raises(ArchiveError):
        unpack(raw, tmp_path / "e", "e-print")
    assert list(tmp_path.iterdir()) == []


def test_a_stored_zip_without_its_end_is_no_text(tmp_path: Path) -> None:
    """Its bytes hold the paper's LaTeX as it is, and much else."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        made.writestr("main.tex", PAPER)
    with pytest.raises(ArchiveError, match=r"x\.zip: the archive is broken or cut off"):
        unpack(out.getvalue()[:-40], tmp_path / "e", "x.zip")


def test_a_pdf_only_paper_says_so() -> None:
    with pytest.raises(ArchiveError, match="no LaTeX source"):
        list(members(b"%PDF-1.5 ...", "2306.15006"))


def test_the_compiled_file_wins_over_standalone_figures(tmp_path: Path) -> None:
    (tmp_path / "a_fig.tex").write_bytes(
        b"\\documentclass{standalone}\\begin{document}" + b"x" * 999
    )
    (tmp_path / "paper.tex").write_bytes(PAPER)
    assert main_file(tmp_path).name == "paper.tex"


def test_a_way_of_packing_that_nobody_knows_is_told() -> None:
    raw = bytearray(zipped({"a.tex": rb"\documentclass{article}"}))
    for head in (raw.index(b"PK\x03\x04") + 8, raw.index(b"PK\x01\x02") + 10):
        raw[head : head + 2] = (99).to_bytes(2, "little")  # AES, in the list of APPNOTE.TXT 4.4.5
    with pytest.raises(ArchiveError, match="broken or cut off"):
        list(members(bytes(raw), "x.zip"))
