"""The zip file that a workbook is: opened only after its sizes are known, read piece by piece in little memory."""

import posixpath
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from portal.ingest.limits import MAX_XLSX_BYTES, MEBIBYTE
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message

_END_RECORD = b"PK\x05\x06"
_END_RECORD_BYTES = 22
_LONGEST_COMMENT = 65_535
_LOCATOR_64 = b"PK\x06\x07"
_LOCATOR_64_BYTES = 20
_MAX_DIRECTORY_BYTES = MEBIBYTE
_MAX_SMALL_PART_BYTES = 16 * MEBIBYTE
SPARE_TAGS = 1_200_000
"""Opening and closing tags that a part may have beside those of its filled cells and texts."""
_MOST_WANTED = 70_000
"""A workbook has at most 65,490 cell styles, and fewer of everything else that is looked for."""
_PREFIX = re.compile(rb"<[\w.-]+:\w")
_MAX_TOKEN_BYTES = 4 * MEBIBYTE
_PIECE_BYTES = 64 * 1024
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those that workbooks use; others may ask for gigabytes of memory to unpack."""

Attributes = dict[str, str]


def damaged() -> UnreadableFile:
    return UnreadableFile(Message(N_("The workbook is damaged or not an XLSX file. Save it again as XLSX.")))


def open_package(path: Path) -> zipfile.ZipFile:
    """The zip file of a workbook once it has been found harmless; else UnreadableFile."""
    with path.open("rb") as file:
        start = file.read(8)
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _END_RECORD_BYTES - _LONGEST_COMMENT - _LOCATOR_64_BYTES))
        tail = file.read()
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        message = N_("The workbook has a password or is in the old XLS format. Save it as XLSX without a password.")
        raise UnreadableFile(Message(message))
    end = tail.rfind(_END_RECORD)
    if end < 0 or len(tail) < end + _END_RECORD_BYTES:
        raise damaged()
    directory_bytes = struct.unpack_from("<L", tail, end + 12)[0]
    # A longer directory would fill the memory before a single part is read; workbooks have some dozens of parts.
    if directory_bytes > _MAX_DIRECTORY_BYTES or tail[end - _LOCATOR_64_BYTES : end].startswith(_LOCATOR_64):
        raise damaged()
    package = zipfile.ZipFile(path)
    parts = package.infolist()
    if sum(part.file_size for part in parts) > MAX_XLSX_BYTES:
        package.close()
        limit = MAX_XLSX_BYTES // MEBIBYTE
        message = N_("The workbook is larger than {limit} MiB when unpacked. Send it in parts.")
        raise UnreadableFile(Message(message, {"limit": limit}))
    if any(part.flag_bits & 1 or part.compress_type not in _COMPRESSIONS for part in parts):
        package.close()
        raise damaged()
    return package


def parse(package: zipfile.ZipFile, part: str, start: Callable[[str, Attributes], None],
          end: Callable[[str], None], text: Callable[[str], None]) -> Iterator[int]:  # fmt: skip
    """Call the three functions for the elements of an XML part; gives the number of tags so far every 64 KiB.

    Names come without their namespace prefix. A document type is refused: with it go entities and outside files.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise damaged()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    fed = tags = 0
    with package.open(part) as file:
        while piece := file.read(_PIECE_BYTES):
            tags += piece.count(b"<")
            if _PREFIX.search(piece):
                # Few workbooks need this, and it costs a third of the time.
                parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
                parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
            parser.Parse(piece, False)
            fed += len(piece)
            # One endless tag or remark would be held whole in memory.
            if fed - max(parser.CurrentByteIndex, 0) > _MAX_TOKEN_BYTES:
                raise damaged()
            yield tags
        parser.Parse(b"", True)
        yield tags


def elements(package: zipfile.ZipFile, part: str, wanted: frozenset[tuple[str, str]]) -> list[tuple[str, Attributes]]:
    """Name and attributes of the wanted elements, given as (name of the parent, name), of a small part."""
    if package.getinfo(part).file_size > _MAX_SMALL_PART_BYTES:
        raise damaged()
    found: list[tuple[str, Attributes]] = []
    inside: list[str] = [""]

    def start(name: str, attributes: Attributes) -> None:
        if (inside[-1], name) in wanted:
            if len(found) >= _MOST_WANTED:
                raise damaged()
            found.append((name, {key.rpartition(":")[2]: value for key, value in attributes.items()}))
        inside.append(name)

    for tags in parse(package, part, start, lambda name: inside.pop(), lambda text: None):
        if tags > SPARE_TAGS:
            raise damaged()
    return found


def relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Kind (last word of its type) and name of the parts that a part points to, by relation id."""
    folder, name = posixpath.split(part)
    related = elements(
        package, posixpath.join(folder, "_rels", f"{name}.rels"), frozenset({("Relationships", "Relationship")})
    )
    return {
        attributes["Id"]: (
            attributes["Type"].rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/"),
        )
        for _, attributes in related
    }
