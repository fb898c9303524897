"""Files and folders are whole or not there; what was there before comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.files import put_folder, write_whole


def made(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "a").write_text(text, encoding="utf-8")
    return folder


def test_text_and_bytes_are_written_with_their_own_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "deep é" / "a.txt"
    write_whole(path, "é\r\n")
    assert path.read_bytes() == b"\xc3\xa9\r\n"
    path.chmod(0o600)
    write_whole(path, b"\xff")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"\xff", 0o600)
    assert [each.name for each in path.parent.iterdir()] == ["a.txt"]


def test_text_that_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \udce9")
    assert path.read_text("utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put_folder(made(tmp_path / "one", "1"), out)
    put_folder(made(tmp_path / "two", "2"), out)
    assert (out / "a").read_text("utf-8") == "2"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("trouble", [OSError, KeyboardInterrupt])
def test_the_old_folder_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: type[BaseException]
) -> None:
    out, draft = made(tmp_path / "out", "old"), made(tmp_path / "draft", "new")
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self == draft:
            raise trouble
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(trouble):
        put_folder(draft, out)
    assert (out / "a").read_text("utf-8") == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["draft", "out"]
