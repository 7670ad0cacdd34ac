"""Writes workbooks row by row; no cell of ours is ever a formula."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from portal.ingest.cleaning import without_control_characters

BAD, DOUBTFUL, HEAD, NEEDED, WANTED = "bad", "doubtful", "head", "needed", "wanted"
"""Looks of cells: to be mended, to be looked at, and headers: any, of what must be there, of what the criteria ask."""
_FILLS = {BAD: "F6D5D0", DOUBTFUL: "FBE7C3", HEAD: "ECE7DC", NEEDED: "CFE3E6", WANTED: "DDE8CF"}
_BOLD = (HEAD, NEEDED, WANTED)
_MOST_CHARACTERS = 32_767
"""The most that a cell of a workbook holds."""


class Cell(NamedTuple):
    """A value as the workbook has it, and its look."""

    value: str | int | float | Decimal | dt.date | None
    look: str = ""


@dataclass(frozen=True)
class Choice:
    """Cells of a column that take a name of another sheet's column B: column index from 0, sheet, number of names."""

    column: int
    sheet: str
    values: int


@dataclass(frozen=True)
class Sheet:
    """One sheet. frozen: a cell, the rows above which and columns before which stay in sight; widths by column."""

    name: str
    rows: Iterable[Sequence[Cell]]
    frozen: str = ""
    widths: Sequence[int] = ()
    choices: Sequence[Choice] = field(default=())


def write_workbook(target: Path, sheets: Iterable[Sheet]) -> None:
    from openpyxl import Workbook  # here, since openpyxl takes long to load
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    fills = {look: PatternFill("solid", start_color=colour) for look, colour in _FILLS.items()}
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        page.freeze_panes = sheet.frozen or None
        for index, width in enumerate(sheet.widths, start=1):
            page.column_dimensions[get_column_letter(index)].width = width
        for choice in sheet.choices:
            _offer(page, choice)
        for row in sheet.rows:
            cells = []
            for cell in row:
                value = _writable(cell.value)
                if cell.look:
                    value = WriteOnlyCell(page, value)
                    value.fill = fills[cell.look]
                    if cell.look in _BOLD:
                        value.font, value.alignment = bold, wrapped
                cells.append(value)
            page.append(cells)
    book.save(target)


def _writable(value: object) -> object:
    return without_control_characters(value)[:_MOST_CHARACTERS] if isinstance(value, str) else value


def _offer(page: object, choice: Choice) -> None:
    """A list to choose from; what is not in it can be typed all the same, since some columns take several values."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(choice.column + 1)
    offered = DataValidation(
        type="list", formula1=f"'{choice.sheet}'!$B$2:$B${choice.values + 1}", allow_blank=True, showErrorMessage=False
    )
    offered.add(f"{letter}2:{letter}1000")
    page.data_validations.append(offered)
