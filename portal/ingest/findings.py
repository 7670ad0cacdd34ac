"""What is found out about one record, each finding told at the cell or key it came from."""

import re

from portal.ingest.cleaning import without_control_characters
from portal.ingest.records import ProblemList, Record
from portal.model.message import Message
from portal.model.problem import Problem, Severity, shown

_LOOKED_AT = 400


def short(value: object) -> str:
    """A value as a report shows it, without control characters and half surrogates."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return shown(without_control_characters(str(value)[:_LOOKED_AT]))


def written(keys: tuple[str | int, ...]) -> str:
    """A key path as people read it: ("runs", 0, "start") → `runs[0].start`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{short(key)}" for key in keys)
    return text.removeprefix(".")


def without_indexes(path: str) -> str:
    """`runs[0].start` → `runs.start`."""
    return re.sub(r"\[\d+\]", "", path)


class Findings:
    """Problems of one record; paths of JSON become cells where the record came from a table."""

    def __init__(self, record: Record, identity: str) -> None:
        self.identity = identity
        self._record = record
        self._problems = ProblemList()
        for problem in record.problems:
            self._problems.add(problem)

    @property
    def from_table(self) -> bool:
        return bool(self._record.columns)

    @property
    def has_error(self) -> bool:
        return self._problems.has_error

    def told(self) -> tuple[Problem, ...]:
        return self._problems.told(self._record.row)

    def add(self, severity: Severity, path: str, message: Message, remedy: Message, value: object = "") -> None:
        row, column = self.place(path)
        self._problems.add(Problem(severity, message, remedy, row, column, short(value), self.identity))

    def error(self, path: str, message: Message, remedy: Message, value: object = "") -> None:
        self.add(Severity.ERROR, path, message, remedy, value)

    def warn(self, path: str, message: Message, remedy: Message, value: object = "") -> None:
        self.add(Severity.WARNING, path, message, remedy, value)

    def place(self, path: str) -> tuple[int | str, str]:
        """Row and column (or key path) that a path is told at; the nearest whole where the part has no cell."""
        columns = self._record.columns
        if not columns:
            return self._record.row, path
        wanted = path
        while wanted:
            for candidate in (wanted, without_indexes(wanted)):
                if candidate in columns:
                    return columns[candidate]
            wanted = re.sub(r"(\[\d+\]|\.[^.\[]*|^[^.\[]+)$", "", wanted)
        return self._record.row, path
