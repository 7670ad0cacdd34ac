"""Offerings from tables of comma-, semicolon- or tab-separated values."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from portal.ingest.columns import COLUMN_BY_HEADER, Known
from portal.ingest.encoding import table_text, too_many_rows
from portal.ingest.limits import LAST_ROW, MAX_FILE_BYTES
from portal.ingest.records import ProblemList, RecordFile
from portal.ingest.table_rows import read_rows
from portal.ingest.tables import Row, Table, no_header, table_of
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity

_DELIMITERS = (",", ";", "\t")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")


def read_csv(path: Path, known: Known = COLUMN_BY_HEADER) -> RecordFile:
    """A table with a header; the delimiter is the one with which most columns of the header are known."""
    text, found = table_text(path)
    problems = ProblemList()
    for problem in found:
        problems.add(problem)
    if text.count('"') % 2:
        message = Message(N_("A quotation mark is opened and not closed. Rows after it may have run together."))
        problems.add(Problem(Severity.WARNING, message, Message(N_("Check that quotation marks stand in pairs."))))
    try:
        table = csv_table(text, known)
        if table.header is None:
            raise no_header()
        return read_rows(table.header, table.below_header(), problems)
    except csv.Error:
        raise unreadable_table() from None


def csv_table(text: str, known: Known) -> Table:
    """May raise csv.Error, also while its rows are read."""
    tables = [table_of(lambda mark=mark: csv_rows(text, mark), known, mark) for mark in _DELIMITERS]
    return max(tables, key=_fitness)


def _fitness(table: Table) -> tuple[int, int]:
    """Columns of a header that we know, else filled cells of what may be one."""
    known = len(table.header.places(ProblemList())) if table.header else 0
    return known, sum(map(bool, table.likely.names)) if table.likely else 0


def unreadable_table() -> UnreadableFile:
    return UnreadableFile(Message(N_("The table cannot be read. Save it again as CSV in UTF-8, or as XLSX.")))


def csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Row number and cells of every row that is not blank; may raise csv.Error on the way."""
    # The module's own limit would end the file at a long cell; ours leaves out one offering.
    csv.field_size_limit(MAX_FILE_BYTES)
    lines = (match[0] for match in _LINE.finditer(text))
    for number, row in enumerate(csv.reader(lines, delimiter=delimiter, strict=False), start=1):
        if number > LAST_ROW:
            raise too_many_rows()
        if row:
            yield number, row
