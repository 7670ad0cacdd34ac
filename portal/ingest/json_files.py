"""Offerings from JSON and JSON Lines files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from portal.ingest.encoding import empty_file, json_encoding, too_many_rows
from portal.ingest.findings import short
from portal.ingest.json_values import EXAMPLE, json_record, too_long
from portal.ingest.limits import MAX_OFFERING_CHARACTERS, MAX_ROWS
from portal.ingest.preparing import CHECK_SPELLING, UNKNOWN_KEY
from portal.ingest.records import ProblemList, Record, RecordFile
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity


def read_json_lines(path: Path) -> RecordFile:
    """One offering a line; blank lines are skipped; a line that cannot be read becomes a record with an error."""
    encoding = json_encoding(path)
    total = 0
    for _ in _lines(path, encoding):
        total += 1
        if total > MAX_ROWS:
            raise too_many_rows()
    if not total:
        raise empty_file()

    def records() -> Iterator[Record]:
        for number, line in _lines(path, encoding):
            yield too_long(number) if line is None else json_record(line, number)

    return RecordFile(total, (), records)


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, str | None]]:
    """Number and text of every line that is not blank; None for the text of a line over the limit."""
    with path.open(encoding=encoding, newline="\n") as file:
        number = 0
        while line := file.readline(MAX_OFFERING_CHARACTERS + 2):
            number += 1
            if len(line) > MAX_OFFERING_CHARACTERS + 1 and not line.endswith("\n"):
                yield number, None
                while line and not line.endswith("\n"):
                    line = file.readline(MAX_OFFERING_CHARACTERS)
            elif not line.isspace():
                yield number, line.strip()


def read_json(path: Path) -> RecordFile:
    """`{"offerings": [...]}` or a bare list; an offering that cannot be read becomes a record with an error."""
    text = path.read_bytes().decode(json_encoding(path)).encode()
    prefix, spans, problems = _Splitter(text).split()
    if not spans:
        raise empty_file()

    def records() -> Iterator[Record]:
        for index, (start, end) in enumerate(spans):
            row = f"{prefix}[{index}]"
            # A character has four bytes at most: what is longer than that need not be decoded to be refused.
            is_long = end - start > 4 * MAX_OFFERING_CHARACTERS
            yield too_long(row) if is_long else json_record(text[start:end].decode(), row)

    return RecordFile(len(spans), problems, records)


_MOST_OTHER_KEYS = 1_000
_DEEPEST = 1_000
"""Brackets within brackets; an offering has five."""
_BLANK = re.compile(rb"[ \t\r\n]*+")
_SCALAR = re.compile(rb"[^\s,\[\]{}:\"]++")
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_STRUCTURE = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["\[\]{}]', re.DOTALL)
"""Whole strings, brackets, and a lone quotation mark where a string never ends."""


class _Splitter:
    """Finds where each offering of a JSON text begins and ends: each is read alone, a broken one harms no other."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._at = 0
        self._problems = ProblemList()

    def split(self) -> tuple[str, list[tuple[int, int]], tuple[Problem, ...]]:
        """The name of the list ("" or "offerings"), (start, end) of each of its values, and problems of the file."""
        first = self._next()
        if first == b"[":
            prefix, spans = "", self._list()
        elif first == b"{":
            prefix, spans = "offerings", self._offerings_of_object()
        else:
            raise self._wrong_shape()
        if self._next():
            raise self._broken()
        return prefix, spans, self._problems.told(None)

    def _list(self) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        self._at += 1
        if self._next() == b"]":
            self._at += 1
            return spans
        while True:
            spans.append(self._value())
            if len(spans) > MAX_ROWS:
                raise too_many_rows()
            if self._separator(b"]"):
                return spans

    def _offerings_of_object(self) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] | None = None
        others = 0
        self._at += 1
        done = self._next() == b"}"
        while not done:
            key = self._key()
            if key == "offerings" and spans is None and self._next() == b"[":
                spans = self._list()
            else:
                self._next()
                self._value()
                self._problems.add(_unknown_key(key))
                others += 1
                if others > _MOST_OTHER_KEYS:
                    raise self._wrong_shape()
            done = self._separator(b"}")
        if spans is None:
            raise self._wrong_shape()
        return spans

    def _key(self) -> str:
        self._next()
        match = _STRING.match(self._text, self._at)
        if not match:
            raise self._broken()
        self._at = match.end()
        if self._next() != b":":
            raise self._broken()
        self._at += 1
        try:
            return str(json.loads(match[0]))
        except ValueError:
            raise self._broken() from None

    def _separator(self, closing: bytes) -> bool:
        """Step over a comma (False) or the closing bracket (True)."""
        found = self._next()
        if found not in (b",", closing):
            raise self._broken()
        self._at += 1
        return found == closing

    def _value(self) -> tuple[int, int]:
        """Step over one value, whatever it is; brackets are only counted, its own reader judges them."""
        self._next()
        start = self._at
        if self._text[start : start + 1] not in (b"[", b"{"):
            match = _STRING.match(self._text, start) or _SCALAR.match(self._text, start)
            if not match:
                raise self._broken()
            self._at = match.end()
            return start, self._at
        depth = 0
        for match in _STRUCTURE.finditer(self._text, start):
            found = match[0]
            if found in (b"[", b"{"):
                depth += 1
                if depth > _DEEPEST:
                    raise UnreadableFile(Message(N_("The file has lists within lists without end.")))
            elif found in (b"]", b"}"):
                depth -= 1
                if depth == 0:
                    self._at = match.end()
                    return start, self._at
            elif found == b'"':
                break
        raise self._broken()

    def _next(self) -> bytes:
        """Skip blanks; the byte that follows, empty at the end."""
        self._at = _BLANK.match(self._text, self._at).end()
        return self._text[self._at : self._at + 1]

    def _broken(self) -> UnreadableFile:
        line = self._text.count(b"\n", 0, self._at) + 1
        message = N_("The file is not whole JSON: it breaks off after line {line}. Check its commas and brackets.")
        return UnreadableFile(Message(message, {"line": line}))

    def _wrong_shape(self) -> UnreadableFile:
        message = N_("A JSON file holds a list of offerings, for example {example}.")
        return UnreadableFile(Message(message, {"example": f'{{"offerings": [{EXAMPLE}]}}'}))


def _unknown_key(key: str) -> Problem:
    return Problem(Severity.WARNING, UNKNOWN_KEY, CHECK_SPELLING, column=short(key))
