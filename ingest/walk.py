"""Every file beneath a folder, behind links too, and a word on what can't be looked at."""

import os
from collections.abc import Iterator
from pathlib import Path


def files_beneath(
    root: Path, endings: tuple[str, ...], unread: dict[str, str], *, without: Path | None = None,
    hidden: tuple[str, ...] = (".",),
) -> Iterator[Path]:  # fmt: skip
    """Files of a folder whose path there has no part beginning with one of ``hidden``.

    Each folder is visited once, under its own name before that of a link to it. ``unread`` gets the
    names, relative to the root, of folders that can't be opened, of files with one of ``endings``
    (lower case) that lead nowhere, and of names that aren't UTF-8. ``without`` is left out.
    """

    def closed(error: OSError) -> None:
        name = Path(error.filename).relative_to(root).as_posix()
        unread[_plain(name)] = f"a folder that can't be read ({error.strerror})"

    seen = {without.resolve()} if without else set()
    linked = [root]
    while linked:
        for place, folders, names in os.walk(linked.pop(0), onerror=closed):
            folder = Path(place)
            if folder.resolve() in seen:
                folders.clear()
                continue
            seen.add(folder.resolve())
            folders[:] = sorted(name for name in folders if not name.startswith(hidden))
            linked += [folder / name for name in folders if (folder / name).is_symlink()]
            for path in [folder / name for name in names if not name.startswith(hidden)]:
                name = path.relative_to(root).as_posix()
                if _plain(name) != name:
                    unread[_plain(name)] = "a name that isn't UTF-8; rename it"
                elif os.path.isfile(path):  # noqa: PTH113 -- false where Path raises
                    yield path
                elif name.lower().endswith(endings):
                    unread[name] = _why(path)


def _plain(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


def _why(path: Path) -> str:
    try:
        path.stat()
    except OSError as error:
        what = "a link that leads to no file" if path.is_symlink() else "can't be read"
        return f"{what} ({error.strerror})"
    return "no regular file"
