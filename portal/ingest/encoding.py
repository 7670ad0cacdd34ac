"""Which encoding a file is written in, and its text."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from portal.ingest.limits import MAX_FILE_BYTES, MAX_ROWS, MEBIBYTE
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def check_size(path: Path) -> None:
    """Refuse what is not a file, cannot be opened, is empty or is over the limit, with UnreadableFile."""
    try:
        if path.is_dir():
            raise UnreadableFile(Message(N_("{name} is a folder. Give a file."), {"name": path.name}))
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    except FileNotFoundError:
        raise UnreadableFile(Message(N_("There is no file {name}."), {"name": path.name})) from None
    except (OSError, ValueError):
        raise UnreadableFile(Message(N_("The file {name} cannot be opened."), {"name": path.name})) from None
    if size == 0:
        raise empty_file()
    if size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // MEBIBYTE
        raise UnreadableFile(Message(N_("The file is larger than {limit} MiB. Send it in parts."), {"limit": limit}))


def empty_file() -> UnreadableFile:
    return UnreadableFile(Message(N_("The file is empty: it holds no offerings.")))


def too_many_rows() -> UnreadableFile:
    return UnreadableFile(Message(N_("The file holds more than {limit} rows. Send it in parts."), {"limit": MAX_ROWS}))


def json_encoding(path: Path) -> str:
    """`utf-8-sig` or `utf-16`, once the whole file has been found to be written in it; else UnreadableFile."""
    with path.open("rb") as file:
        encoding = "utf-16" if file.read(2) in _UTF16 else "utf-8-sig"
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for part in _parts(file):
                decoder.decode(part)
            decoder.decode(b"", final=True)
        except UnicodeError:
            message = Message(N_("The file is not in UTF-8 or UTF-16. Save it in UTF-8 and send it again."))
            raise UnreadableFile(message) from None
    return encoding


def table_text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a table in UTF-8, UTF-16 (with its mark) or else Windows-1252."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-16" if raw[:2] in _UTF16 else "utf-8-sig"), ()
    except UnicodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\ufffd" not in text:
        return text, ()
    message = Message(N_("Some characters could not be read."))
    remedy = Message(N_("Save the file in UTF-8 and send it again."))
    return text, (Problem(Severity.WARNING, message, remedy),)


def _parts(file: object) -> Iterator[bytes]:
    while part := file.read(MEBIBYTE):
        yield part
