"""What a check found, kept as lines of JSON beside the file, so that a page reads no more than it shows."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType

from portal.ingest.checking import Checked
from portal.model.differences import Difference, differences
from portal.model.message import Message
from portal.model.problem import Problem, Severity, shown
from portal.store.saving import Outcome

KINDS = ("errors", "warnings", "changed", "new", "withdrawn", "infos")
MAX_LINES = 100_000
"""Of each kind; what is more is only counted."""
_KIND_OF = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}
_UNMET = "unmet.json"
_ROWS_NAMED = 12
_MAX_DIFFERENCES = 100
_MAX_CHARACTERS = 600


@dataclass(frozen=True)
class Item:
    """An offering that is new or changes. differences: none for a new one; `more`: how many are not listed."""

    code: str
    title: Mapping[str, str]
    row: int | str
    differences: tuple[Difference, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Unmet:
    """A criterion that offerings do not meet: so many, of which some stand in these rows (lines, places)."""

    message: Message
    remedy: Message
    number: int
    rows: tuple[int | str, ...]


class ReportWriter:
    """Takes what an import tells of each record. `counts` has the number of lines by kind, of offerings by outcome."""

    def __init__(self, folder: Path) -> None:
        self.counts: Counter[str] = Counter()
        self._folder = folder
        self._open = ExitStack()
        self._unmet: dict[str, dict] = {}

    def __enter__(self) -> "ReportWriter":
        self._files = {
            kind: self._open.enter_context(_path(self._folder, kind).open("w", encoding="utf-8")) for kind in KINDS
        }
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()
        most = sorted(self._unmet.values(), key=lambda item: -item["number"])
        (self._folder / _UNMET).write_text(json.dumps(most, ensure_ascii=False), encoding="utf-8")

    def observe(self, checked: Checked, outcome: Outcome | None, stored: Mapping | None) -> None:
        """The observer of an import."""
        for problem in checked.problems:
            self.add_problem(problem)
        if outcome in (Outcome.NEW, Outcome.CHANGED):
            data = checked.offering.to_json()
            found = differences(stored, data) if stored is not None and outcome is Outcome.CHANGED else []
            self._add(
                str(outcome),
                {
                    "code": checked.offering.code,
                    "title": data["title"],
                    "row": checked.row,
                    "differences": [
                        [item.path, _short(item.before), _short(item.after)] for item in found[:_MAX_DIFFERENCES]
                    ],
                    "more": max(0, len(found) - _MAX_DIFFERENCES),
                },
            )

    def add_problem(self, problem: Problem) -> None:
        if problem.severity is Severity.INFO:
            self._count_unmet(problem)
        self._add(
            _KIND_OF[problem.severity],
            {
                "row": problem.row,
                "column": problem.column,
                "value": shown(problem.value),
                "message": _message(problem.message),
                "remedy": _message(problem.remedy),
                "offering": problem.offering,
            },
        )

    def _count_unmet(self, problem: Problem) -> None:
        told = {"message": _message(problem.message), "remedy": _message(problem.remedy), "number": 0, "rows": []}
        item = self._unmet.setdefault(problem.message.text, told)
        item["number"] += 1
        if len(item["rows"]) < _ROWS_NAMED and problem.row is not None:
            item["rows"].append(problem.row)

    def add_withdrawn(self, code: str) -> None:
        self._add("withdrawn", {"code": code})

    def _add(self, kind: str, line: dict) -> None:
        self.counts[kind] += 1
        if self.counts[kind] <= MAX_LINES:
            self._files[kind].write(json.dumps(line, ensure_ascii=False, default=str) + "\n")


class Report:
    """Reads what was written, a page at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def problems(self, kind: str, start: int = 0, number: int | None = None) -> Iterator[Problem]:
        """Errors, warnings or infos from the one at `start`."""
        severity = next(severity for severity, name in _KIND_OF.items() if name == kind)
        for line in self._lines(kind, start, number):
            yield Problem(
                severity, Message(**line["message"]), Message(**line["remedy"]), line["row"], line["column"],
                line["value"], line["offering"],
            )  # fmt: skip

    def items(self, kind: str, start: int = 0, number: int | None = None) -> Iterator[Item]:
        """New or changed offerings."""
        for line in self._lines(kind, start, number):
            found = tuple(Difference(*parts) for parts in line["differences"])
            yield Item(line["code"], line["title"], line["row"], found, line["more"])

    def unmet(self) -> list[Unmet]:
        """What the infos say, each criterion once, the most missed first."""
        path = self._folder / _UNMET
        return [
            Unmet(Message(**item["message"]), Message(**item["remedy"]), item["number"], tuple(item["rows"]))
            for item in (json.loads(path.read_text(encoding="utf-8")) if path.exists() else ())
        ]

    def withdrawn(self, start: int = 0, number: int | None = None) -> list[str]:
        return [line["code"] for line in self._lines("withdrawn", start, number)]

    def _lines(self, kind: str, start: int, number: int | None) -> Iterator[dict]:
        path = _path(self._folder, kind)
        if not path.exists():
            return
        with path.open(encoding="utf-8") as file:
            for line in islice(file, start, None if number is None else start + number):
                yield json.loads(line)


def _path(folder: Path, kind: str) -> Path:
    return folder / f"{kind}.jsonl"


def _message(message: Message) -> dict:
    return {"text": message.text, "values": dict(message.values)}


def _short(value: object) -> object:
    return value[: _MAX_CHARACTERS - 1] + "…" if isinstance(value, str) and len(value) > _MAX_CHARACTERS else value
