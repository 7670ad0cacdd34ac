"""Tables to download: one that was just made, and the templates that providers fill in."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Response
from flask_babel import gettext

from portal.web.current import language, services

MEDIA = {
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def template_file(ending: str) -> Response:
    """The empty table in the visitor's language; ending: `xlsx` or `csv`."""
    word = gettext("template")
    name = f"osaset-{word}-{language()}.{ending}"
    if ending == "csv":
        return attached(services().templates.csv(language()), "csv", name)
    return workbook(lambda target: services().templates.xlsx(language(), target), name)


def workbook(write: Callable[[Path], None], name: str) -> Response:
    """What `write` puts into an XLSX file."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "made.xlsx"
        write(target)
        return attached(target.read_bytes(), "xlsx", name)


def attached(content: object, ending: str, name: str) -> Response:
    response = Response(content, content_type=MEDIA[f".{ending}"])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
