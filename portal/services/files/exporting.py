"""Everything that a provider has, as the files that it could send: JSON Lines, CSV and XLSX."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from portal.ingest.columns import Column
from portal.ingest.guarding import guarded
from portal.model.catalog import State
from portal.model.message import N_, Message
from portal.services.files.offering_rows import Value, as_text, exported_columns, is_carried, rows_of
from portal.services.files.wording import DELIMITERS, heading_of
from portal.services.files.workbook import HEAD, Cell, Sheet, write_workbook
from portal.services.wording import translator
from portal.store.catalog import CatalogStore
from portal.store.drafts import DraftStore

_INCOMPLETE = Message(
    N_("These offerings hold something that a table cannot. Change them in the editor, or with JSON Lines:")
)
_COMPLETE = Message(N_("This table holds everything that these offerings have."))
_SHEET = Message(N_("Notes"))


class Exporting:
    """Writes files of one provider's offerings. Importing the JSON Lines of published ones again changes nothing."""

    def __init__(self, store: CatalogStore, drafts: DraftStore) -> None:
        self._store = store
        self._drafts = drafts

    def json_lines(self, provider: str, state: State = State.PUBLISHED) -> Iterator[str]:
        for offering in self._store.of_provider(provider, state):
            yield _line(offering.to_json())

    def drafts(self, provider: str) -> Iterator[str]:
        """JSON Lines of what is being written, right or not, as it was typed; the latest first."""
        return (_line({"provider": provider} | draft.data) for draft in self._drafts.of_provider(provider))

    def csv(self, provider: str, language: str) -> Iterator[str]:
        """With a byte order mark, and the delimiter and decimal mark of the language's spreadsheet programs."""
        columns = self._columns(provider)
        decimal_mark = "." if language == "en" else ","
        text = io.StringIO()
        writer = csv.writer(text, delimiter=DELIMITERS[language])
        head: list[list[Value]] = [[heading_of(column, language) for column in columns]]
        rows = (row for offering in self._store.of_provider(provider) for row in rows_of(offering, columns, language))
        text.write("\ufeff")
        for row in chain(head, rows):
            writer.writerow([guarded(as_text(value, decimal_mark)) for value in row])
            yield text.getvalue()
            text.seek(0)
            text.truncate()

    def xlsx(self, provider: str, language: str, target: Path) -> None:
        """A second sheet names the offerings that a table cannot hold as a whole."""
        columns = self._columns(provider)
        incomplete: list[str] = []
        name = translator(language)(_SHEET.text)
        sheets = [
            Sheet("Osaset", self._rows(provider, columns, language, incomplete), "C2", [16, 32, 32, 32]),
            Sheet(name, _notes(incomplete, language), widths=[90]),
        ]
        write_workbook(target, sheets)

    def _columns(self, provider: str) -> list[Column]:
        return exported_columns(any(offering.example for offering in self._store.of_provider(provider)))

    def _rows(self, provider: str, columns: list[Column], language: str, incomplete: list[str]) -> Iterator[list[Cell]]:
        yield [Cell(heading_of(column, language), HEAD) for column in columns]
        for offering in self._store.of_provider(provider):
            if not is_carried(offering, columns):
                incomplete.append(offering.code)
            for row in rows_of(offering, columns, language):
                yield [Cell(guarded(value) if isinstance(value, str) else value) for value in row]


def _line(item: Mapping) -> str:
    return json.dumps(item, ensure_ascii=False) + "\n"


def _notes(incomplete: list[str], language: str) -> Iterator[list[Cell]]:
    """Read after the offerings were written, when it is known which are meant."""
    yield [Cell(translator(language)((_INCOMPLETE if incomplete else _COMPLETE).text))]
    for code in incomplete:
        yield [Cell(guarded(code))]
