"""Files that are whole or not there, and what to do where they can't be written."""

import errno
from pathlib import Path

from schema.files import write_whole


class WriteError(OSError):
    """A file could not be written; nothing half-written is left behind."""


def write_atomic(path: Path, content: bytes | str) -> None:
    """Write ``content`` to ``path`` in one step, or not at all.

    Raises WriteError (disk full, quota, no permission) with the path and what to do. The
    temporary file goes also when the process is interrupted.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        remedy = "make room and run the same command again" if full else "check the folder"
        raise WriteError(
            error.errno, f"{path} was not written ({error.strerror}); {remedy}"
        ) from error
