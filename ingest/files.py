"""Files that are whole or not there: written aside, flushed, then renamed."""

import errno
import os
import tempfile
from pathlib import Path


class WriteError(OSError):
    """A file could not be written; nothing half-written is left behind."""


def write_atomic(path: Path, content: bytes | str) -> None:
    """Write ``content`` to ``path`` in one step, or not at all.

    Raises WriteError (disk full, quota, no permission) with the path and what to do. The
    temporary file goes also when the process is interrupted.
    """
    raw = content.encode("utf-8") if isinstance(content, str) else content
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(0o644)
        os.replace(temporary, path)  # noqa: PTH105 -- Path.replace hides the errno's file
        temporary = None
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        remedy = "make room and run the same command again" if full else "check the folder"
        raise WriteError(
            error.errno, f"{path} was not written ({error.strerror}); {remedy}"
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
