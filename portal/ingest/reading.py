"""The door of the import: a file of any known format becomes records."""

from collections.abc import Callable
from pathlib import Path

from portal.ingest.csv_files import read_csv
from portal.ingest.encoding import check_size
from portal.ingest.json_files import read_json, read_json_lines
from portal.ingest.records import RecordFile
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message


def _read_xlsx(path: Path) -> RecordFile:
    from portal.ingest.xlsx_files import read_xlsx  # here, since openpyxl takes long to load

    return read_xlsx(path)


READERS: dict[str, Callable[[Path], RecordFile]] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": _read_xlsx,
}
"""Reader by the end of the file name. A new format is one new module and one line here."""


def read_records(path: Path) -> RecordFile:
    """Open a provider's file; raises UnreadableFile when it cannot be read as a whole, never anything else."""
    check_size(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        message = N_("The name {name} does not tell the format. It must end in {endings}.")
        raise UnreadableFile(Message(message, {"name": path.name, "endings": ", ".join(READERS)}))
    try:
        return reader(path)
    except OSError:
        raise UnreadableFile(Message(N_("The file {name} cannot be opened."), {"name": path.name})) from None
