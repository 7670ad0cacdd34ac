"""Offerings from XLSX workbooks."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from portal.ingest.columns import COLUMN_BY_HEADER, Known
from portal.ingest.limits import MAX_WORKBOOK_CELLS
from portal.ingest.records import ProblemList, RecordFile
from portal.ingest.table_rows import read_rows
from portal.ingest.tables import Table, no_header, table_of
from portal.ingest.xlsx_package import damaged, elements, open_package, relations
from portal.ingest.xlsx_sheets import SharedTexts, Styles, read_sheet

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error, EOFError, LookupError, NotImplementedError,
    OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
"""What reading a damaged or hostile workbook can raise."""
_MOST_SHEETS = 20


def read_xlsx(path: Path, known: Known = COLUMN_BY_HEADER) -> RecordFile:
    """The first sheet that has a header, so that a sheet of instructions may stand before it."""
    with xlsx_table(path, known) as table:
        if table.header is None:
            raise no_header()
        return read_rows(table.header, table.below_header(), ProblemList(), MAX_WORKBOOK_CELLS)


@contextmanager
def xlsx_table(path: Path, known: Known) -> Iterator[Table]:
    """The table of a workbook, while it is open; where no sheet has a header, the first that is not empty."""
    try:
        with open_package(path) as package:
            yield _table(package, known)
    except _DAMAGE:
        raise damaged() from None


def _table(package: zipfile.ZipFile, known: Known) -> Table:
    workbook = next((part for kind, part in relations(package, "").values() if kind == "officeDocument"), "")
    parts = relations(package, workbook)
    found = elements(package, workbook, frozenset({("sheets", "sheet"), ("workbook", "workbookPr")}))
    from_1904 = any(name == "workbookPr" and values.get("date1904") in ("1", "true") for name, values in found)
    by_kind = {kind: part for kind, part in parts.values() if part in package.namelist()}
    texts = SharedTexts.read(package, by_kind.get("sharedStrings"))
    styles = Styles.read(package, by_kind.get("styles"), from_1904)
    sheets = [parts[values["id"]] for name, values in found if name == "sheet"]
    likely = None
    for _, part in [sheet for sheet in sheets if sheet[0] == "worksheet"][:_MOST_SHEETS]:
        table = table_of(lambda part=part: read_sheet(package, part, texts, styles), known)
        if table.header:
            return table
        likely = likely or (table if table.likely else None)
    return likely or Table(None, None, lambda: iter(()))
