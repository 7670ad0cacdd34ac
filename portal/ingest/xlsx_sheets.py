"""The texts and rows of a workbook, as a table of texts."""

import zipfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from portal.ingest.limits import MAX_COLUMNS, MAX_TABLE_TEXT_BYTES, MAX_WORKBOOK_CELLS
from portal.ingest.tables import Row, too_much_text, too_wide
from portal.ingest.xlsx_package import SPARE_TAGS, Attributes, damaged, elements, parse

_TAGS_OF_A_VALUE = 8
_MOST_CHARACTERS = 200_000
"""A text is read no further: the limit of a field is lower."""


@dataclass(frozen=True)
class Styles:
    """Which cell styles show their number as a day, and the day from which days are counted."""

    is_day: Sequence[bool]
    epoch: object

    @classmethod
    def read(cls, package: zipfile.ZipFile, part: str | None, from_1904: bool) -> "Styles":
        epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
        if part is None:
            return cls((), epoch)
        formats = dict(BUILTIN_FORMATS)
        ids: list[int] = []
        for name, attributes in elements(package, part, frozenset({("numFmts", "numFmt"), ("cellXfs", "xf")})):
            number = int(attributes.get("numFmtId", 0))
            if name == "numFmt":
                formats[number] = attributes.get("formatCode", "")[:1000]
            else:
                ids.append(number)
        days = {number for number in set(ids) if is_date_format(formats.get(number, ""))}
        return cls([number in days for number in ids], epoch)


class SharedTexts:
    """The texts that cells point to by number, kept end to end: a list of them would take far more memory."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._ends = array("Q", [0])
        self.filled = 0

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise IndexError(number)
        return self._text[self._ends[number] : self._ends[number + 1]].decode()

    def add(self, text: str) -> None:
        self._text += text.encode()
        self._ends.append(len(self._text))
        self.filled += bool(text)
        if len(self._text) > MAX_TABLE_TEXT_BYTES or self.filled > MAX_WORKBOOK_CELLS:
            raise too_much_text()

    @classmethod
    def read(cls, package: zipfile.ZipFile, part: str | None) -> "SharedTexts":
        texts = cls()
        if part is None:
            return texts
        collected = _Collected()

        def end(name: str) -> None:
            collected.end(name)
            if name == "si":
                texts.add(collected.take())

        for tags in parse(package, part, collected.start, end, collected.add):
            if tags > SPARE_TAGS + _TAGS_OF_A_VALUE * texts.filled:
                raise damaged()
        return texts


class _Collected:
    """The text of `<t>` and `<v>` elements, save how it is pronounced (`<rPh>`), up to a limit."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._collecting = False
        self._spoken = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "rPh":
            self._spoken = True
        elif name in ("t", "v"):
            self._collecting = not self._spoken

    def end(self, name: str) -> None:
        if name == "rPh":
            self._spoken = False
        elif name in ("t", "v"):
            self._collecting = False

    def add(self, text: str) -> None:
        if self._collecting and self._length < _MOST_CHARACTERS:
            self._pieces.append(text)
            self._length += len(text)

    def take(self) -> str:
        text = "".join(self._pieces)
        self._pieces, self._length = [], 0
        return text


class _Cell(NamedTuple):
    kind: str
    style: str
    raw: str
    is_formula: bool


class _SheetReader:
    """Rows of a sheet while its XML goes by; empty cells and rows leave nothing behind."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, dict[int, _Cell]]] = []
        self.filled = 0
        self._row = 0
        self._cells: dict[int, _Cell] = {}
        self._column = -1
        self._attributes: Attributes = {}
        self._is_formula = False
        self._collected = _Collected()
        self.add = self._collected.add

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._column = _column_of(attributes.get("r", ""), self._column + 1)
            self._attributes = attributes
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = -1
        elif name == "f":
            self._is_formula = True
        else:
            self._collected.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "c":
            raw = self._collected.take()
            if raw or self._is_formula:
                if self._column >= MAX_COLUMNS:
                    raise too_wide()
                kind, style = self._attributes.get("t", "n"), self._attributes.get("s", "0")
                self._cells[self._column] = _Cell(kind, style, raw, self._is_formula)
                self._is_formula = False
                self.filled += 1
        elif name == "row":
            if self._cells:
                self.rows.append((self._row, self._cells))
                self._cells = {}
        else:
            self._collected.end(name)


def read_sheet(package: zipfile.ZipFile, part: str, texts: SharedTexts, styles: Styles) -> Iterator[Row]:
    """The rows of a sheet that hold something, each cell as text; None for a formula or error without a value."""
    reader = _SheetReader()
    for tags in parse(package, part, reader.start, reader.end, reader.add):
        if tags > SPARE_TAGS + _TAGS_OF_A_VALUE * reader.filled:
            raise damaged()
        for number, cells in reader.rows:
            yield (
                number,
                [_text_of(cells[column], texts, styles) if column in cells else "" for column in range(max(cells) + 1)],
            )
        reader.rows.clear()


def _column_of(reference: str, following: int) -> int:
    """`C7` → 2; a cell without a reference follows the one before."""
    return _index_of(reference.rstrip("0123456789")) if reference else following


@lru_cache(maxsize=MAX_COLUMNS)
def _index_of(letters: str) -> int:
    return column_index_from_string(letters) - 1


def _text_of(cell: _Cell, texts: SharedTexts, styles: Styles) -> str | None:
    if cell.kind == "e" or (cell.is_formula and not cell.raw and cell.kind != "str"):
        return None
    if cell.kind == "s":
        return texts[int(cell.raw)]
    return _number_text(cell, styles) if cell.kind == "n" else cell.raw


def _number_text(cell: _Cell, styles: Styles) -> str:
    try:
        style = int(cell.style)
        is_day = 0 <= style < len(styles.is_day) and styles.is_day[style]
        if cell.raw.isdigit() and not is_day:
            return cell.raw
        number = float(cell.raw)
        if is_day:
            return from_excel(number, styles.epoch).date().isoformat()
    except (ValueError, OverflowError, AttributeError, TypeError):
        return cell.raw
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.12g}"
