"""Answers of the database, kept for all readers until they take more room than they may.

Bounded by bytes and not by number: at ten times today's rows one answer is a kilobyte and another thirty
megabytes, and 256 of the latter would be the machine.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import pandas as pd

ROOM = 256_000_000
"""Bytes: an eighth of the two gigabytes that the app may take."""


class Answers:
    """The answers last asked for, least recent first out."""

    def __init__(self, room: int = ROOM) -> None:
        """Keep up to `room` bytes."""
        self.room, self.used = room, 0
        self._kept: OrderedDict[Hashable, tuple[pd.DataFrame, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The answer under `key`, asked for if it isn't kept.

        What comes back shares its cells with what is kept, into which nobody can write: pandas copies
        them on the first write. Two who ask for the same at once may both ask; neither waits.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0].copy(deep=False)
        answer = ask()
        size = int(answer.memory_usage(deep=True).sum())
        with self._lock:
            if key not in self._kept and size <= self.room:
                self._kept[key] = (answer, size)
                self.used += size
                while self.used > self.room:
                    _, (_, freed) = self._kept.popitem(last=False)
                    self.used -= freed
        return answer.copy(deep=False)
