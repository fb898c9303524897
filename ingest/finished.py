"""Futures as they end, in a way that Ctrl-C can't break."""

from __future__ import annotations

from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Finished(Generic[T]):
    """Tells which of the watched futures have ended.

    concurrent.futures.wait takes the locks of all its futures one after another. Ctrl-C between two
    of them leaves the first one taken: its worker then waits for ever, and the program's end for it.
    """

    def __init__(self) -> None:
        """Watch nothing yet."""
        self._ended: SimpleQueue[Future[T]] = SimpleQueue()

    def watch(self, future: Future[T]) -> Future[T]:
        """Have a future told of when it ends; gives it back."""
        future.add_done_callback(self._ended.put)
        return future

    def next(self, timeout: float) -> list[Future[T]]:
        """Those that ended since the last call, after `timeout` seconds at most; maybe none."""
        try:
            found = [self._ended.get(timeout=timeout)]
        except Empty:
            return []
        while not self._ended.empty():
            found.append(self._ended.get())
        return found
