"""Writes published demand as a flat table, CSV or XLSX; no cell can be taken for a formula."""

import csv
import io
from collections.abc import Callable, Iterator

from portal.model.published import EMPLOYERS, Build, Cell

COLUMNS = (
    "table", "field", "field_name", "value", "value_name", "period", "measure", "confirmed", "at_least", "next_start",
)  # fmt: skip
"""One row a figure. at_least: of people, employers, the seats they ask for, searchers; of supply the number itself."""

CellNames = Callable[[Cell], tuple[str, str]]
"""Names of a cell's field and value in the reader's language."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(build: Build, names: CellNames) -> Iterator[tuple[object, ...]]:
    """Every published figure and all of the supply, in the order of COLUMNS."""
    for figure in build.figures:
        row = figure.row
        place = _place(row.cell, names)
        confirmed = "yes" if row.confirmed else "no"
        yield (*place, row.period, row.measure, confirmed, figure.number, "")
        if row.measure == EMPLOYERS:
            yield (*place, row.period, "seats_asked_for", confirmed, figure.seats, "")
    for supply in build.supplies:
        place = _place(supply.cell, names)
        start = supply.next_start.isoformat() if supply.next_start else ""
        yield (*place, "", "offerings", "", supply.offerings, start)
        yield (*place, "", "seats_offered", "", supply.seats, start)


def to_csv(build: Build, names: CellNames) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read the letters right; comma, CRLF."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(value) for value in row] for row in rows(build, names))
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(build: Build, names: CellNames, title: str) -> bytes:
    """A workbook of one sheet."""
    from openpyxl import Workbook  # here, since openpyxl takes long to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    for row in rows(build, names):
        sheet.append([harmless(value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def harmless(value: object) -> object:
    """A text that a spreadsheet might calculate gets an apostrophe before it; words of searches are anybody's."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _place(cell: Cell, names: CellNames) -> tuple[str, ...]:
    field, value = names(cell)
    return cell.table, cell.field, field, cell.value, value
