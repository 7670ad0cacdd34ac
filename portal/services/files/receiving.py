"""Whether a sent file is what its name says, judged by its first bytes before it is kept."""

from pathlib import PurePath
from typing import BinaryIO

from portal.ingest.cleaning import without_control_characters
from portal.ingest.reading import READERS
from portal.model.errors import Rejected
from portal.model.message import N_, Message

MAX_BYTES = 20 * 1024 * 1024
FIELD = "file"
ENDINGS = tuple(ending for ending in READERS if ending not in (".ndjson", ".tsv"))
"""As the page names them."""

_ZIP, _OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
_NAMES = ", ".join(ending.removeprefix(".").upper() for ending in ENDINGS)
_MISSING = Message(N_("Choose a file."))
_EMPTY = Message(N_("The file is empty: it holds no offerings."))
_ENDING = Message(N_("The end of the name does not tell the format. We read {formats}."), {"formats": _NAMES})
TOO_LARGE = Message(N_("The file is larger than {limit} MiB. Send it in parts."), {"limit": MAX_BYTES // 2**20})
_OLD = Message(N_("The workbook has a password or is in the old XLS format. Save it as XLSX without a password."))
_WORKBOOK = Message(N_("The file is a workbook, but its name says something else. Give it a name that ends in .xlsx."))
_NO_WORKBOOK = Message(N_("The name says XLSX, but the file is no such workbook. Open it and save it as XLSX."))
_WEB_PAGE = Message(N_("The file is a web page, not a table. Open it in a spreadsheet program and save it as XLSX."))
_LONGEST_NAME = 200


def name_of(sent: str) -> str:
    """The name of a sent file without folders and what cannot be shown, its end in any case."""
    name = PurePath(without_control_characters(sent).replace("\\", "/")).name.strip()
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 10] + "…" + name[-9:]


def require_readable(name: str, stream: BinaryIO) -> None:
    """Raises Rejected with a sentence for what is surely not readable; leaves the stream at its beginning."""
    if fault := _fault(name, stream):
        raise Rejected({FIELD: fault})


def _fault(name: str, stream: BinaryIO) -> Message | None:
    if not name:
        return _MISSING
    size = stream.seek(0, 2)
    stream.seek(0)
    start = stream.read(64)
    stream.seek(0)
    suffix = PurePath(name).suffix.lower()
    if start.startswith(_OLD_OFFICE):
        return _OLD
    if suffix not in READERS:
        return _ENDING
    if not size:
        return _EMPTY
    if size > MAX_BYTES:
        return TOO_LARGE
    is_zip = start.startswith(_ZIP)
    if suffix == ".xlsx":
        return None if is_zip else _NO_WORKBOOK
    if is_zip:
        return _WORKBOOK
    if suffix in (".csv", ".tsv") and start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html")):
        return _WEB_PAGE
    return None
