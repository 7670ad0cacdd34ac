"""One offering as it stood in a provider's file, before it is checked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.ingest.limits import MAX_PROBLEMS
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity


@dataclass(frozen=True)
class Record:
    """One offering of a file, unchecked.

    row: 1-based with the header as row 1 (tables), line number (JSON Lines) or index path (`offerings[3]`, `[3]`).
    data: the offering in its JSON shape; None when the row could not be read.
    problems: found while reading; an error among them means that the offering is left out.
    columns: for tables, the cell that a JSON path came from (`runs[0].start` → (4, "alkaa")).
    """

    row: int | str
    data: dict | None
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordFile:
    """The records of one file, read anew at every iteration.

    total: how many records an iteration gives. problems: about the file itself, such as unknown columns.
    """

    total: int | None
    problems: tuple[Problem, ...]
    read: Callable[[], Iterator[Record]]

    def __iter__(self) -> Iterator[Record]:
        return self.read()


class ProblemList:
    """Problems in the order found; past a limit they are only counted, so that no file can fill the memory."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._untold = 0
        self.has_error = False

    def __len__(self) -> int:
        return len(self._problems)

    def add(self, problem: Problem) -> None:
        self.has_error = self.has_error or problem.severity is Severity.ERROR
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(problem)
        else:
            self._untold += 1

    def told(self, row: int | str | None) -> tuple[Problem, ...]:
        """All of them, ended by one that says how many were not told; an error when one of those may be an error."""
        if not self._untold:
            return tuple(self._problems)
        severity = Severity.ERROR if self.has_error else Severity.WARNING
        message = Message(N_("There are {number} more problems here."), {"number": self._untold})
        remedy = Message(N_("Mend these first and send the file again."))
        return (*self._problems, Problem(severity, message, remedy, row))
