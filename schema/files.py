"""Files and folders that are whole or not there: written under another name, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write bytes, or text as UTF-8 with its line ends as they are, in one step or not at all.

    Keeps the permissions of a file that is there. The temporary file goes also when the process is
    interrupted. Raises OSError where the disk doesn't let it.
    """
    raw = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())  # a name that stands for a whole file, also after a power cut
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def put_folder(draft: Path, folder: Path) -> None:
    """Put a finished folder in the place of another, of which nothing is kept, or of none.

    What was there steps aside first and comes back when the new one can't take its place, or
    somebody presses Ctrl-C. Both must lie on one disk. Raises OSError.
    """
    if not folder.exists():
        draft.rename(folder)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    old = aside / folder.name
    try:
        folder.rename(old)
        draft.rename(folder)
    except BaseException:
        if not folder.exists():
            old.rename(folder)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
