"""The door of the import: a file of any known format becomes records."""

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from portal.ingest.columns import Known, known_with
from portal.ingest.csv_files import csv_table, read_csv, unreadable_table
from portal.ingest.encoding import check_size, table_text
from portal.ingest.json_files import read_json, read_json_lines
from portal.ingest.records import RecordFile
from portal.ingest.tables import Table
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message


def _read_xlsx(path: Path, known: Known) -> RecordFile:
    from portal.ingest.xlsx_files import read_xlsx  # here, since openpyxl takes long to load

    return read_xlsx(path, known)


READERS: dict[str, Callable[[Path, Known], RecordFile]] = {
    ".jsonl": lambda path, known: read_json_lines(path),
    ".ndjson": lambda path, known: read_json_lines(path),
    ".json": lambda path, known: read_json(path),
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": _read_xlsx,
}
"""Reader by the end of the file name. A new format is one new module and one line here."""

TABLES = (".csv", ".tsv", ".xlsx")


def read_records(path: Path, own: Mapping[str, str] = MappingProxyType({})) -> RecordFile:
    """Open a provider's file; raises UnreadableFile when it cannot be read as a whole, never anything else.

    own: what headers of the provider's own mean (`known_with`).
    """
    check_size(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        message = N_("The name {name} does not tell the format. It must end in {endings}.")
        raise UnreadableFile(Message(message, {"name": path.name, "endings": ", ".join(READERS)}))
    try:
        return reader(path, known_with(own))
    except OSError:
        raise UnreadableFile(Message(N_("The file {name} cannot be opened."), {"name": path.name})) from None


@contextmanager
def open_table(path: Path, own: Mapping[str, str] = MappingProxyType({})) -> Iterator[Table]:
    """A table file as it stands, while it is open; raises UnreadableFile, also while its rows are read."""
    check_size(path)
    if path.suffix.lower() == ".xlsx":
        from portal.ingest.xlsx_files import xlsx_table  # here, since openpyxl takes long to load

        with xlsx_table(path, known_with(own)) as table:
            yield table
        return
    try:
        yield csv_table(table_text(path)[0], known_with(own))
    except csv.Error:
        raise unreadable_table() from None
