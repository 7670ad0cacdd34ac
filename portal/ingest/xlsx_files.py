"""Offerings from XLSX workbooks."""

import struct
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from portal.ingest.limits import MAX_WORKBOOK_CELLS
from portal.ingest.records import ProblemList, RecordFile
from portal.ingest.table_rows import read_rows
from portal.ingest.tables import find_header, no_header
from portal.ingest.xlsx_package import damaged, elements, open_package, relations
from portal.ingest.xlsx_sheets import SharedTexts, Styles, read_sheet

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error, EOFError, LookupError, NotImplementedError,
    OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
"""What reading a damaged or hostile workbook can raise."""
_MOST_SHEETS = 20


def read_xlsx(path: Path) -> RecordFile:
    """The first sheet that has a header, so that a sheet of instructions may stand before it."""
    try:
        with open_package(path) as package:
            return _read(package)
    except _DAMAGE:
        raise damaged() from None


def _read(package: zipfile.ZipFile) -> RecordFile:
    workbook = next((part for kind, part in relations(package, "").values() if kind == "officeDocument"), "")
    parts = relations(package, workbook)
    found = elements(package, workbook, frozenset({("sheets", "sheet"), ("workbook", "workbookPr")}))
    from_1904 = any(name == "workbookPr" and values.get("date1904") in ("1", "true") for name, values in found)
    by_kind = {kind: part for kind, part in parts.values() if part in package.namelist()}
    texts = SharedTexts.read(package, by_kind.get("sharedStrings"))
    styles = Styles.read(package, by_kind.get("styles"), from_1904)
    sheets = [parts[values["id"]] for name, values in found if name == "sheet"]
    for _, part in [sheet for sheet in sheets if sheet[0] == "worksheet"][:_MOST_SHEETS]:
        rows = read_sheet(package, part, texts, styles)
        header = find_header(rows)
        if header:
            return read_rows(header, rows, ProblemList(), MAX_WORKBOOK_CELLS)
    raise no_header()
