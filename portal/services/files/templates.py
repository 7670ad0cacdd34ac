"""Empty tables for providers to fill in: headers in their language, what each column means, and the codes to choose from."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from portal.ingest.columns import Column
from portal.model.codes import Codes
from portal.model.differences import name_of
from portal.model.message import N_, Message
from portal.services.files.offering_rows import exported_columns
from portal.services.files.wording import DELIMITERS, SHEETS, heading_of, hint, sheet_of
from portal.services.files.workbook import HEAD, NEEDED, WANTED, Cell, Choice, Sheet, write_workbook
from portal.services.wording import translator

_NEEDED = ("code", "title")
_ASKED = ("learning_outcomes", "ects", "assessment", "certificate_type", "quality")
"""What the POK criteria look at."""

_HELP = Message(N_("Instructions"))
_HEAD = (Message(N_("Column")), Message(N_("Meaning")), Message(N_("What to write")), Message(N_("Needed")))
_NAME = Message(N_("Name"))
_HOW = Message(N_("Fill in the first sheet, one row a run. Rows with the same code are one offering."))
_MUST, _FOR_BADGE = Message(N_("Needed")), Message(N_("Needed for the POK badge"))


class Templates:
    """Template files, the same for all providers."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes

    def csv(self, language: str) -> bytes:
        """The headers alone."""
        text = io.StringIO()
        headings = [heading_of(column, language) for column in exported_columns(False)]
        csv.writer(text, delimiter=DELIMITERS[language]).writerow(headings)
        return text.getvalue().encode("utf-8-sig")

    def xlsx(self, language: str, target: Path) -> None:
        """The table to fill in first, then the instructions, then a sheet for each list of codes."""
        columns = exported_columns(False)
        translate = translator(language)
        lists = {name: SHEETS[name].render(translate) for column in columns if (name := sheet_of(column))}
        choices = [
            Choice(index, lists[name], len(self._codes[name]))
            for index, column in enumerate(columns)
            if (name := sheet_of(column))
        ]
        head = [Cell(heading_of(column, language), _look(column)) for column in columns]
        widths = [30 if column.kind == "text" else 16 for column in columns]
        write_workbook(
            target,
            [
                Sheet("Osaset", [head], "B2", widths, choices),
                Sheet(_HELP.render(translate), _help(columns, language), widths=[32, 40, 90, 24]),
                *(Sheet(sheet, self._list(name, language), "A2", [12, 60]) for name, sheet in lists.items()),
            ],
        )

    def _list(self, name: str, language: str) -> Iterator[list[Cell]]:
        translate = translator(language)
        yield [Cell(translate("Code"), HEAD), Cell(_NAME.render(translate), HEAD)]
        for code in self._codes[name]:
            yield [Cell(code), Cell(self._codes.label(name, code, language))]


def _help(columns: list[Column], language: str) -> Iterator[list[Cell]]:
    translate = translator(language)
    yield [Cell(_HOW.render(translate))]
    yield [Cell(message.render(translate), HEAD) for message in _HEAD]
    for column in columns:
        need = {NEEDED: _MUST.render(translate), WANTED: _FOR_BADGE.render(translate)}.get(_look(column), "")
        yield [
            Cell(heading_of(column, language), _look(column)),
            Cell(name_of(column.path, translate)),
            Cell(hint(column, translate)),
            Cell(need),
        ]


def _look(column: Column) -> str:
    if column.name.startswith(_NEEDED):
        return NEEDED
    return WANTED if column.name.startswith(_ASKED) else HEAD
