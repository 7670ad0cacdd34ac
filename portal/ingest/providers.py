"""Providers from `providers.csv`."""

import csv
import re
from pathlib import Path

from pydantic import ValidationError

from portal.ingest.cells import value_of_cell
from portal.ingest.cleaning import without_control_characters
from portal.ingest.code_lists import UNKNOWN_CODE
from portal.ingest.csv_files import csv_rows
from portal.ingest.encoding import check_size, empty_file, table_text, too_many_rows
from portal.ingest.explaining import REMEDIES, explain
from portal.ingest.findings import short
from portal.ingest.limits import MAX_ROWS
from portal.ingest.preparing import CHECK_SPELLING
from portal.ingest.tables import UNKNOWN_COLUMN
from portal.model.codes import Codes
from portal.model.errors import UnreadableFile
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity
from portal.model.provider import Provider

_NAMES = ("name_fi", "name_sv", "name_en")
_LISTS = ("abbreviations", "aliases", "fields")
_COLUMNS = frozenset({"id", "type", *_NAMES, *_LISTS, "oid", "url", "region", "contact_email"})
_NEEDED = ("id", "type")
_DECORATIONS = frozenset({"url", "contact_email", "oid", "region"})


def read_providers(path: Path, codes: Codes) -> tuple[list[Provider], list[Problem]]:
    """The providers of a table and what was wrong with the others; raises UnreadableFile.

    An error leaves its provider out; an unusable url, contact_email, oid or region is left out alone, with a warning.
    """
    check_size(path)
    text, problems = table_text(path)
    try:
        rows = _rows(text)
    except csv.Error:
        raise _no_header() from None
    found = _Reading(codes, list(problems))
    found.add_rows(rows)
    return found.providers, found.problems


def _rows(text: str) -> list[tuple[int, list[str]]]:
    for delimiter in (",", ";", "\t"):
        rows = csv_rows(text, delimiter)
        _, header = next(rows, (1, []))
        names = [name.strip().casefold() for name in header]
        if all(name in names for name in _NEEDED):
            kept = [(1, names)]
            for number, row in rows:
                if any(cell.strip() for cell in row):
                    kept.append((number, row))
                if len(kept) > MAX_ROWS:
                    raise too_many_rows()
            return kept
    raise _no_header()


def _no_header() -> UnreadableFile:
    values = {"columns": "id, type, name_fi, name_sv, name_en"}
    return UnreadableFile(Message(N_("The first row must hold the names of the columns: {columns}."), values))


class _Reading:
    def __init__(self, codes: Codes, problems: list[Problem]) -> None:
        self._codes = codes
        self._seen: set[str] = set()
        self.providers: list[Provider] = []
        self.problems = problems

    def add_rows(self, rows: list[tuple[int, list[str]]]) -> None:
        (_, names), *others = rows
        if not others:
            raise empty_file()
        for name in names:
            if name and name not in _COLUMNS:
                self._tell(Severity.WARNING, 1, short(name), UNKNOWN_COLUMN, CHECK_SPELLING)
        for number, cells in others:
            texts = {name: without_control_characters(cell).strip() for name, cell in zip(names, cells, strict=False)}
            self._add(number, {name: text for name, text in texts.items() if text and name in _COLUMNS})

    def _add(self, number: int, texts: dict[str, str]) -> None:
        provider = self._provider(number, texts)
        if provider is None:
            return
        if provider.id in self._seen:
            message = Message(N_("This provider is already in the file. The first one counts."))
            self._tell(Severity.ERROR, number, "id", message, Message(N_("Leave one of them out.")), provider.id)
            return
        if provider.region and provider.region not in self._codes["regions"]:
            self._tell(Severity.WARNING, number, "region", UNKNOWN_CODE, REMEDIES["region"], provider.region)
        self._seen.add(provider.id)
        self.providers.append(provider)

    def _provider(self, number: int, texts: dict[str, str]) -> Provider | None:
        data: dict[str, object] = {name: text for name, text in texts.items() if name not in _NAMES}
        data["name"] = {name.removeprefix("name_"): texts[name] for name in _NAMES if name in texts}
        for name in _LISTS:
            data[name] = [part for cell in re.split(r"\|", texts.get(name, "")) if (part := cell.strip())]
        if "region" in data:
            data["region"] = value_of_cell("region", texts["region"])
        if not data["name"]:
            message, remedy = explain({"type": "missing"}, "name")
            self._tell(Severity.ERROR, number, "name_fi", message, remedy)
        try:
            provider = Provider.model_validate(data)
        except ValidationError as failed:
            provider = self._mended(number, data, texts, failed)
        return provider if data["name"] else None

    def _mended(self, number: int, data: dict, texts: dict[str, str], failed: ValidationError) -> Provider | None:
        usable = True
        for error in failed.errors(include_url=False, include_input=False):
            name = str(error["loc"][0])
            column = f"name_{error['loc'][1]}" if name == "name" else name
            if name in _DECORATIONS:
                data.pop(name)
                message, remedy = Message(N_("This value cannot be used. We left it out.")), REMEDIES.get(name)
                remedy = remedy or explain(error, name)[1]
                self._tell(Severity.WARNING, number, column, message, remedy, texts[name])
            else:
                usable = False
                message, remedy = explain(error, "provider" if name == "id" else name)
                self._tell(Severity.ERROR, number, column, message, remedy, texts.get(column, ""))
        return Provider.model_validate(data) if usable else None

    def _tell(
        self, severity: Severity, row: int, column: str, message: Message, remedy: Message, value: str = ""
    ) -> None:
        self.problems.append(Problem(severity, message, remedy, row, column, short(value)))
