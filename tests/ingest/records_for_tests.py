"""Files, records and checks that the tests of the import build, each with what a test wants to be different."""

import json
from collections.abc import Callable
from pathlib import Path

from codes_for_tests import CODES, PROVIDERS, RULES

from portal.ingest.checking import Checked, Checker
from portal.ingest.reading import read_records
from portal.ingest.records import Record
from portal.model.problem import Problem, Severity

Write = Callable[[str, object], Path]


def offering(**changes: object) -> dict:
    """A valid offering in the JSON shape; a value of None leaves its key out."""
    data = {"provider": "aalto", "code": "A-1", "title": {"fi": "Tekoälyn perusteet"}} | changes
    return {key: value for key, value in data.items() if value is not None}


def run(**changes: object) -> dict:
    return {"id": "r1", "start": "2027-01-12"} | changes


def check(data: dict | None = None, *, default_provider: str | None = None, **changes: object) -> Checked:
    """The outcome for one offering, valid but for the changes."""
    checker = Checker(CODES, PROVIDERS, RULES, default_provider)
    return checker.check(Record(1, offering(**changes) if data is None else data))


def check_file(path: Path, default_provider: str | None = "aalto") -> list[Checked]:
    checker = Checker(CODES, PROVIDERS, RULES, default_provider)
    return [checker.check(record) for record in read_records(path)]


def told(checked: Checked, severity: Severity) -> list[Problem]:
    return [problem for problem in checked.problems if problem.severity is severity]


def errors(checked: Checked) -> list[str]:
    """The keys or columns that have an error."""
    return [problem.column for problem in told(checked, Severity.ERROR)]


def warnings(checked: Checked) -> list[str]:
    return [problem.column for problem in told(checked, Severity.WARNING)]


def lines(*offerings: dict) -> str:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in offerings)
