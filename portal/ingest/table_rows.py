"""Rows of a table gathered into records: rows with the same provider and code are one offering."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portal.ingest.cells import value_of_cell
from portal.ingest.columns import Column
from portal.ingest.encoding import empty_file, too_many_rows
from portal.ingest.findings import short
from portal.ingest.guarding import unguarded
from portal.ingest.limits import MAX_CELLS, MAX_ROWS, MAX_TABLE_TEXT_BYTES
from portal.ingest.records import ProblemList, Record, RecordFile
from portal.ingest.tables import Header, Place, Row, too_much_text, without_trailing_blanks
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity
from portal.model.text import MAX_CHARACTERS

_MOST_RUNS = 10_001
"""One more than an offering may have, so that the check refuses it."""


def read_rows(header: Header, rows: Iterator[Row], problems: ProblemList, max_cells: int = MAX_CELLS) -> RecordFile:
    """The offerings of the rows below a header, in the order of their first rows."""
    table = _Table(header.places(problems))
    rows_read = cells_read = 0
    for number, cells in without_trailing_blanks(rows):
        rows_read += bool(cells)
        cells_read += len(cells)
        if rows_read > MAX_ROWS:
            raise too_many_rows()
        if cells_read > max_cells:
            raise UnreadableFile(Message(N_("The table has more than {limit} cells."), {"limit": max_cells}))
        table.add(number, cells, problems)
    if not table.groups:
        raise empty_file()
    groups = list(table.groups.values())
    return RecordFile(len(groups), problems.told(None), lambda: (table.record(group) for group in groups))


def record_of(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Record:
    """The record that these rows of one offering would be read as, each with a cell for every column."""
    table = _Table(tuple(Place(column, index, column.name) for index, column in enumerate(columns)))
    for number, cells in enumerate(rows, start=2):
        table.add(number, list(cells), ProblemList())
    return table.record(next(iter(table.groups.values())))


@dataclass
class _Table:
    """Rows packed as JSON text: five million small texts would take ten times the memory."""

    places: tuple[Place, ...]
    packed: list[tuple[int, bytes]] = field(default_factory=list)
    groups: dict[tuple[str, str] | int, list[int]] = field(default_factory=dict)
    size: int = 0

    def add(self, number: int, cells: list[str | None], problems: ProblemList) -> None:
        known = [cells[place.index] if place.index < len(cells) else "" for place in self.places]
        for place, cell in zip(self.places, known, strict=True):
            if cell is None:
                message = Message(N_("The formula in this cell has no result. We read the cell as empty."))
                remedy = Message(N_("Replace the formula by its value."))
                problems.add(Problem(Severity.WARNING, message, remedy, number, place.header))
        texts = [unguarded((cell or "").strip()) for cell in known]
        if not any(texts):
            return
        row = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
        self.size += len(row)
        if self.size > MAX_TABLE_TEXT_BYTES:
            raise too_much_text()
        self.groups.setdefault(self._identity(number, texts), []).append(len(self.packed))
        self.packed.append((number, row))

    def record(self, group: list[int]) -> Record:
        """The offering of a group: its facts from the first row, a run from each."""
        building = _Building(self.places, self.packed[group[0]][0])
        for index in group:
            number, row = self.packed[index]
            building.add_row(number, json.loads(row))
        return building.record()

    def _identity(self, number: int, texts: list[str]) -> tuple[str, str] | int:
        """Provider and code; a row without a code stands alone."""
        found = {place.column.name: text for place, text in zip(self.places, texts, strict=True)}
        code = str(value_of_cell("code", found["code"]))
        return (found.get("provider", ""), code) if code else number


class _Building:
    """One offering while its rows are read."""

    def __init__(self, places: tuple[Place, ...], row: int) -> None:
        self._places = places
        self._row = row
        self._first: list[str] = []
        self._data: dict = {}
        self._runs: list[dict] = []
        self._problems = ProblemList()
        self._columns: dict[str, tuple[int, str]] = {}

    def add_row(self, number: int, texts: list[str]) -> None:
        texts = [self._within_limit(number, place, text) for place, text in zip(self._places, texts, strict=True)]
        if not self._first:
            self._first = texts
            self._add_facts(number)
        else:
            self._compare(number, texts)
        self._add_run(number, texts)

    def record(self) -> Record:
        if self._runs:
            self._data["runs"] = self._runs
        return Record(self._row, self._data, self._problems.told(self._row), self._columns)

    def _within_limit(self, number: int, place: Place, text: str) -> str:
        if len(text) <= MAX_CHARACTERS:
            return text
        message = Message(N_("The text is longer than {limit} characters."), {"limit": MAX_CHARACTERS})
        self._tell(Severity.ERROR, message, Message(N_("Shorten the text.")), number, place, text)
        return ""

    def _add_facts(self, number: int) -> None:
        for place, text in zip(self._places, self._first, strict=True):
            column = place.column
            if column.of_run:
                continue
            self._columns[column.path] = (number, place.header)
            self._columns.setdefault(column.path.partition(".")[0], (number, place.header))
            if text:
                self._put(column.path, column.kind, text)
        for part in self._data.get("stackable", {}).get("part_of", ()):
            # A part has one title; it is in the language of the offering's first title.
            if "title" in part:
                part["title"] = {next(iter(self._data.get("title", ())), "fi"): part["title"]}

    def _put(self, path: str, kind: str, text: str) -> None:
        value = value_of_cell(kind, text)
        *folders, name = path.split(".")
        if kind == "lines":
            texts = self._data.setdefault(folders[0], [])
            texts.extend({} for _ in range(len(value) - len(texts)))
            for by_language, line in zip(texts, value, strict=False):
                by_language[name] = line
            return
        place = self._data
        for folder in folders:
            place = place.setdefault(folder, {})
        place[name] = value

    def _compare(self, number: int, texts: list[str]) -> None:
        for place, first, text in zip(self._places, self._first, texts, strict=True):
            if text and text != first and not place.column.of_run:
                message = N_("Row {row} of the same offering has another value. That one counts.")
                remedy = Message(N_("Write the same value in every row of the offering, or leave it empty."))
                self._tell(Severity.WARNING, Message(message, {"row": self._row}), remedy, number, place, text)

    def _add_run(self, number: int, texts: list[str]) -> None:
        places = [(place, text) for place, text in zip(self._places, texts, strict=True) if place.column.of_run]
        if len(self._runs) >= _MOST_RUNS or not any(text for _, text in places):
            return
        path = f"runs[{len(self._runs)}]"
        self._columns[path] = (number, places[0][0].header)
        run = {}
        for place, text in places:
            key = place.column.path.removeprefix("runs.")
            if text or key == "id":
                self._columns[f"{path}.{key}"] = (number, place.header)
            if text:
                run[key] = value_of_cell(place.column.kind, text)
        self._runs.append(run)

    def _tell(
        self, severity: Severity, message: Message, remedy: Message, number: int, place: Place, text: str
    ) -> None:
        self._problems.add(Problem(severity, message, remedy, number, place.header, short(text)))
