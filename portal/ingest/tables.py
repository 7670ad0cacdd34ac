"""The header of a table: where it is, and which of its columns we know."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from portal.ingest.cleaning import without_control_characters
from portal.ingest.columns import COLUMN_BY_HEADER, Column, Known, plain_header
from portal.ingest.findings import short
from portal.ingest.limits import HEADER_WITHIN_ROWS, MAX_COLUMNS, MAX_TABLE_TEXT_BYTES, MEBIBYTE
from portal.ingest.preparing import CHECK_SPELLING
from portal.ingest.records import ProblemList
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity

UNKNOWN_COLUMN = Message(N_("We do not know this column and left it out."))
_LONGEST_NAME = 1_000
"""Characters of a cell that are looked at, where it is to be a column's name."""

Row = tuple[int, list[str | None]]
"""Row number, 1-based, and the texts of its cells; None for a formula that has no result."""


@dataclass(frozen=True)
class Place:
    """Where a known column stands: its index in the rows, and its header as the file writes it."""

    column: Column
    index: int
    header: str


@dataclass(frozen=True)
class Header:
    """The header row of a table. row: its number; names: its cells as written; known: what they may mean."""

    row: int
    names: tuple[str, ...]
    known: Known

    def places(self, problems: ProblemList) -> tuple[Place, ...]:
        """The known columns in the order of the file; unknown and repeated ones are told."""
        places: dict[str, Place] = {}
        for index, name in enumerate(self.names):
            header = plain_header(name)
            column = self.known.get(header)
            if column is None:
                if name and header not in self.known:
                    problems.add(Problem(Severity.WARNING, UNKNOWN_COLUMN, CHECK_SPELLING, self.row, short(name)))
            elif column.name in places:
                message = Message(N_("The column appears twice. The first one counts."))
                remedy = Message(N_("Leave one of them out."))
                problems.add(Problem(Severity.WARNING, message, remedy, self.row, short(name)))
            else:
                places[column.name] = Place(column, index, short(name))
        return tuple(places.values())


@dataclass(frozen=True)
class Table:
    """A table as it stands in a file. header: None where no row has the columns that are needed; likely: the row that
    then looks most like one. rows: every row that is not blank, anew at each call. delimiter: of a text table."""

    header: Header | None
    likely: Header | None
    rows: Callable[[], Iterator[Row]]
    delimiter: str = ""

    def below_header(self) -> Iterator[Row]:
        return (row for row in self.rows() if self.header and row[0] > self.header.row)


def table_of(rows: Callable[[], Iterator[Row]], known: Known, delimiter: str = "") -> Table:
    """Finds the header; reads no row beyond it, and 20 rows where there is none."""
    header = find_header(rows(), known)
    return Table(header, header or _likely_header(rows(), known), rows, delimiter)


def find_header(rows: Iterable[Row], known: Known = COLUMN_BY_HEADER) -> Header | None:
    """The first of the first 20 rows that has `code` and a title column; reads no row beyond it."""
    for number, names in _first_rows(rows):
        found = {column.name for name in names if (column := known.get(plain_header(name)))}
        if "code" in found and any(name.startswith("title_") for name in found):
            return Header(number, names, known)
    return None


def _likely_header(rows: Iterable[Row], known: Known) -> Header | None:
    """The one of the first 20 rows in which most cells are filled."""
    number, names = max(_first_rows(rows), key=lambda row: sum(map(bool, row[1])), default=(0, ()))
    return Header(number, names, known) if sum(map(bool, names)) > 1 else None


def _first_rows(rows: Iterable[Row]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for _, (number, cells) in zip(range(HEADER_WITHIN_ROWS), rows, strict=False):
        yield number, tuple(map(_name_in, cells[: MAX_COLUMNS + 1]))


def _name_in(cell: str | None) -> str:
    return without_control_characters((cell or "")[:_LONGEST_NAME]).strip()


def no_header() -> UnreadableFile:
    message = N_("No header was found in the first {rows} rows. A table needs the columns {columns}.")
    values = {"rows": HEADER_WITHIN_ROWS, "columns": "code, title_fi / title_sv / title_en"}
    return UnreadableFile(Message(message, values))


def too_wide() -> UnreadableFile:
    return UnreadableFile(Message(N_("The table has more than {limit} columns."), {"limit": MAX_COLUMNS}))


def too_much_text() -> UnreadableFile:
    message = N_("The table holds more than {limit} MiB of text. Send it in parts.")
    return UnreadableFile(Message(message, {"limit": MAX_TABLE_TEXT_BYTES // MEBIBYTE}))


def without_trailing_blanks(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows without the empty cells at their end, which spreadsheet programs write; refuses what is too wide then."""
    for number, cells in rows:
        width = len(cells)
        while width and cells[width - 1] is not None and not cells[width - 1].strip():
            width -= 1
        if width > MAX_COLUMNS:
            raise too_wide()
        yield number, cells[:width]
