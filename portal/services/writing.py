"""Takes the small writes of many requests into one transaction, so that they share one wait for the disk."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from portal.store.database import Transaction

T = TypeVar("T")
Write = Callable[[Transaction], object]
Together = Callable[[Sequence[Write]], list[object]]


@dataclass
class _Waiting:
    write: Write
    done: bool = False
    result: object = None


class GroupCommit:
    """Runs writes. Whoever finds nobody writing takes along all that wait by then; the others get their answers.

    `together` runs writes in one transaction and answers with a result or an exception for each (`Database.together`).
    """

    def __init__(self, together: Together, most: int = 200) -> None:
        self._together = together
        self._most = most
        self._changed = threading.Condition()
        self._waiting: list[_Waiting] = []
        self._is_busy = False

    def do(self, write: Callable[[Transaction], T]) -> T:
        """The result of `write` once it is on the disk; raises what it raised, and then nothing of it was written."""
        mine = _Waiting(write)
        with self._changed:
            self._waiting.append(mine)
        while batch := self._take(mine):
            self._write(batch)
        if isinstance(mine.result, BaseException):
            raise mine.result
        return mine.result

    def _take(self, mine: _Waiting) -> list[_Waiting]:
        """Those to write now, once nobody else writes; none when `mine` was written meanwhile."""
        with self._changed:
            while self._is_busy and not mine.done:
                self._changed.wait()
            if mine.done:
                return []
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            self._is_busy = True
            return batch

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            results = self._together([item.write for item in batch])
        except BaseException as error:  # the transaction as a whole failed, and so did everyone in it
            results = [error] * len(batch)
        with self._changed:
            for item, result in zip(batch, results, strict=True):
                item.result, item.done = result, True
            self._is_busy = False
            self._changed.notify_all()
