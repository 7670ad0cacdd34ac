"""An offering as rows of a table: the facts and the first run in the first row, each further run in one of its own."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import ValidationError

from portal.ingest.columns import COLUMN_BY_NAME, Column
from portal.ingest.table_rows import record_of
from portal.model.offering import Offering

Value = str | int | float | dt.date | None
_ON_EVERY_ROW = ("code", "title_fi", "title_sv", "title_en")
_YES_NO = {"fi": ("kyllä", "ei"), "sv": ("ja", "nej"), "en": ("yes", "no")}


def rows_of(offering: Offering, columns: Sequence[Column], language: str) -> list[list[Value]]:
    """A list of rows with a value for each column; None for an empty cell. Words are in `language`."""
    data = offering.to_json()
    runs = data.get("runs") or [{}]
    return [
        [_value(column, data, run, language) if is_first or _repeats(column) else None for column in columns]
        for is_first, run in zip([True] + [False] * len(runs), runs, strict=False)
    ]


def is_carried(offering: Offering, columns: Sequence[Column]) -> bool:
    """Whether the same offering would be read from its rows; a table cannot hold everything that JSON can."""
    rows = [[as_text(value) for value in row] for row in rows_of(offering, columns, "en")]
    data = record_of(columns, rows).data | {"provider": offering.provider}
    try:
        return Offering.model_validate(data) == offering
    except ValidationError:
        return False


def as_text(value: Value, decimal_mark: str = ".") -> str:
    """As a text table writes it."""
    if isinstance(value, float):
        return f"{Decimal(str(value)):f}".replace(".", decimal_mark)
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)


def exported_columns(with_example: bool) -> list[Column]:
    """All but the provider, which is the sender; that an offering is an example, only where one is."""
    left_out = {"provider"} if with_example else {"provider", "example"}
    return [column for name, column in COLUMN_BY_NAME.items() if name not in left_out]


def _repeats(column: Column) -> bool:
    return column.of_run or column.name in _ON_EVERY_ROW


def _value(column: Column, data: Mapping, run: Mapping, language: str) -> Value:
    path = column.path.removeprefix("runs.")
    found: object = run if column.of_run else data
    if column.kind == "lines":
        name, _, text_language = path.partition(".")
        return "\n".join(text[text_language] for text in found.get(name, ()) if text_language in text) or None
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return None if found in (None, [], "") else _written(column, found, language)


def _written(column: Column, value: object, language: str) -> Value:
    match column.kind:
        case "yes_no":
            if not value and column.name in ("koski", "example"):
                return None  # an offering always has these, and no is what an empty cell means
            return _YES_NO[language][0 if value else 1]
        case "choices" | "list":
            return ", ".join(value)
        case "scope":
            return f"{value['min']}–{value['max']}" if isinstance(value, Mapping) else value
        case "price":
            amount, currency = value["amount"], value.get("currency", "EUR")
            return amount if currency == "EUR" else f"{amount} {currency}"
        case "day":
            return dt.date.fromisoformat(value)
        case "parts":
            return "\n".join(_part(part) for part in value)
    return value


def _part(part: Mapping) -> str:
    ects = part.get("ects", "")
    ects = f"{ects['min']}–{ects['max']}" if isinstance(ects, Mapping) else ects
    return f"{next(iter(part['title'].values()))} | {ects} | {part.get('url', '')}"
