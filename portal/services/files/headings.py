"""The headers of a sent table with an example from below each, so that its sender can say what they mean."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from portal.ingest.columns import plain_header
from portal.ingest.findings import short
from portal.ingest.reading import TABLES, open_table
from portal.model.errors import UnreadableFile

MAX_HEADER = 200
"""Characters of a plain header; a longer one is a sentence, and its meaning is not remembered."""
_LOOKED_AT = 50


@dataclass(frozen=True)
class Heading:
    """One column of a table. plain: its header as it is remembered; example: the first value below it; column: what we
    take it for, "" for nothing; is_known: False when nobody has said what it means."""

    plain: str
    text: str
    example: str
    column: str
    is_known: bool


def note_headings(path: Path, folder: Path, own: Mapping[str, str]) -> None:
    """Keep the headers of a table beside it; none where no row looks like a header."""
    place = _place(folder)
    place.unlink(missing_ok=True)
    if path.suffix not in TABLES:
        return
    try:
        found = _read(path, own)
    except UnreadableFile:
        return  # the check tells why
    place.write_text(json.dumps([vars(heading) for heading in found], ensure_ascii=False), encoding="utf-8")


def noted_headings(folder: Path) -> list[Heading]:
    """In the order of the file; none for a file that is no table or has no header."""
    place = _place(folder)
    return [Heading(**line) for line in json.loads(place.read_text(encoding="utf-8"))] if place.exists() else []


def _read(path: Path, own: Mapping[str, str]) -> list[Heading]:
    with open_table(path, own) as table:
        header = table.header or table.likely
        if header is None:
            return []
        rows = [cells for number, cells in islice(table.rows(), _LOOKED_AT) if number > header.row]
    found: dict[str, Heading] = {}
    for index, text in enumerate(header.names):
        plain = plain_header(text)
        if plain and len(plain) <= MAX_HEADER:
            example = next((cells[index] for cells in rows if index < len(cells) and cells[index]), "")
            column = header.known.get(plain)
            heading = Heading(plain, short(text), short(example), column.name if column else "", plain in header.known)
            found.setdefault(plain, heading)
    return list(found.values())


def _place(folder: Path) -> Path:
    return folder / "headings.json"
