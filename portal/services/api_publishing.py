"""What the systems of providers send by the API: one offering as JSON, or many as JSON Lines."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from portal.ingest.checking import Checked, Checker
from portal.ingest.findings import short
from portal.ingest.json_files import read_json_lines
from portal.ingest.json_values import json_record
from portal.ingest.records import Record
from portal.model.catalog import CatalogEntry
from portal.model.errors import Refused
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity
from portal.model.user import By
from portal.services.publishing import Faulty, Publishing
from portal.store.catalog import CatalogStore
from portal.store.saving import Outcome, Saved

MAX_LINES = 10_000
_BATCH = 100
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_NOT_UTF8 = Message(N_("The text is not in UTF-8."))
_WRITE_UTF8 = Message(N_("Send JSON in UTF-8."))
_OTHER_CODE = N_("The address has another code: {code}.")
_ONE_CODE = Message(N_("Write the code of the address, or leave it out."))
_LINES = N_("There are more than {n} lines. Send them in parts.")


class Unreadable(Faulty):
    """The body is not one offering in JSON; `problems` says where it breaks off."""


class TooManyLines(Refused):
    """More offerings at once than are taken."""

    def __init__(self) -> None:
        super().__init__(Message(_LINES, {"n": MAX_LINES}))


@dataclass(frozen=True)
class Line:
    """What became of one line. `saved` is None when it was left out or only tried; `outcome` when it was left out."""

    checked: Checked
    is_readable: bool = True
    outcome: Outcome | None = None
    saved: Saved | None = None
    refused: Refused | None = None


class ApiPublishing:
    """Reads what providers send within the limits of files, and hands it on. All of it is of one provider."""

    def __init__(self, store: CatalogStore, publishing: Publishing) -> None:
        self._store = store
        self._publishing = publishing

    def find(self, provider: str, code: str) -> CatalogEntry | None:
        """The provider's own offering with this code, in whatever state it is."""
        return self._store.find_by_code(provider, code)

    def put(
        self, provider: str, code: str, body: bytes, by: By, *, expected: int | None = None
    ) -> tuple[Saved, tuple[Problem, ...]]:
        """Publish one offering under this code, with what is to be said of it. `expected` as for `Publishing.publish`.

        Raises Refused (provider suspended), Unreadable, Faulty and Conflict.
        """
        self._publishing.refuse_suspended(provider)
        record = _record(body)
        if record.data is None:
            raise Unreadable(record.problems)
        checked = self._publishing.checker(provider).check(_with_code(record, code))
        return self._publishing.publish_checked(provider, checked, by, expected=expected), checked.problems

    def withdraw(self, provider: str, code: str, by: By, *, expected: int | None = None) -> Saved:
        """As `Publishing.withdraw`."""
        return self._publishing.withdraw(provider, code, by, expected=expected)

    def lines(self, provider: str, path: Path, by: By, *, dry_run: bool = False) -> Iterator[Line]:
        """Publish each line of a file of JSON Lines; what became of each, in order. A bad line leaves the others.

        Raises before anything is written: Refused (provider suspended), UnreadableFile and TooManyLines.
        """
        self._publishing.refuse_suspended(provider)
        records = read_json_lines(path)
        if records.total > MAX_LINES:
            raise TooManyLines
        return self._in_batches(provider, iter(records), by, dry_run)

    def _in_batches(self, provider: str, records: Iterator[Record], by: By, dry_run: bool) -> Iterator[Line]:
        checker: Checker = self._publishing.checker(provider)
        while batch := list(islice(records, _BATCH)):
            lines = [Line(checker.check(record), record.data is not None) for record in batch]
            yield from self._saved(provider, lines, by, dry_run)

    def _saved(self, provider: str, lines: list[Line], by: By, dry_run: bool) -> list[Line]:
        """The same lines with what became of them; those that are right are written together."""
        right = [line.checked for line in lines if line.checked.offering]
        try:
            if dry_run:
                items = [(checked.offering, checked.detected) for checked in right]
                done = [(outcome, None) for outcome in self._store.save(items, dry_run=True)]
            else:
                done = [(saved.outcome, saved) for saved in self._publishing.publish_all(provider, right, by)]
        except Refused as refused:  # suspended while the lines came in
            return [replace(line, refused=refused) for line in lines]
        results = iter(done)
        return [_told(line, *next(results)) if line.checked.offering else _left_out(line) for line in lines]


def _told(line: Line, outcome: Outcome, saved: Saved | None) -> Line:
    return replace(line, outcome=outcome, saved=saved)


def _left_out(line: Line) -> Line:
    """A line that says the same as an earlier one changes nothing and is no fault."""
    is_faulty = any(problem.severity is Severity.ERROR for problem in line.checked.problems)
    return line if is_faulty else replace(line, outcome=Outcome.UNCHANGED)


def _record(body: bytes) -> Record:
    try:
        text = body.decode("utf-16" if body[:2] in _UTF16 else "utf-8-sig")
    except UnicodeError:
        return Record(1, None, (Problem(Severity.ERROR, _NOT_UTF8, _WRITE_UTF8),))
    return json_record(text, 1)


def _with_code(record: Record, code: str) -> Record:
    """The record under the code of the address; naming another in it is an error."""
    given = record.data.get("code")
    problems = record.problems
    if given is not None and str(given).strip() not in ("", code):
        message = Message(_OTHER_CODE, {"code": short(code)})
        problems += (Problem(Severity.ERROR, message, _ONE_CODE, record.row, "code", short(given)),)
    return Record(record.row, record.data | {"code": code}, problems)
