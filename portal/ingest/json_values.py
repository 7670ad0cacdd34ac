"""One offering from its JSON text, within limits and without ever failing."""

import json
from collections import Counter
from decimal import Decimal, InvalidOperation

from portal.ingest.cleaning import without_control_characters
from portal.ingest.limits import MAX_DEPTH, MAX_OFFERING_CHARACTERS, MAX_OFFERING_VALUES, MEBIBYTE
from portal.ingest.records import Record
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity, shown

_SPLIT = Message(N_("Split it into several offerings or shorten its texts."))
_SHOWN_OF_A_ROW = 400
_REPEATED_TOLD = 20


class _Refused(ValueError):
    """A number that JSON does not know (NaN, Infinity)."""


def json_record(text: str, row: int | str) -> Record:
    """The record of one JSON value; text that is not one offering becomes a record with an error."""
    if len(text) > MAX_OFFERING_CHARACTERS:
        return too_long(row)
    if sum(map(text.count, "[{,")) > MAX_OFFERING_VALUES:
        values = {"limit": MAX_OFFERING_VALUES}
        return _left_out(row, N_("The offering holds more than {limit} values."), values, _SPLIT)
    repeated: list[str] = []
    try:
        data = json.loads(
            text,
            parse_float=_decimal,
            parse_constant=_refuse,
            object_pairs_hook=lambda pairs: _object(pairs, repeated),
        )
    except _Refused as refused:
        message, remedy = N_("{value} is not a number."), Message(N_("Write a number, for example 2 or 1.5."))
        return _left_out(row, message, {"value": str(refused)}, remedy, text)
    except json.JSONDecodeError as error:
        message = N_("This is not whole JSON: it breaks off at character {position}.")
        remedy = Message(N_("Check the commas, quotation marks and brackets near that place."))
        return _left_out(row, message, {"position": error.pos + 1}, remedy, text[max(0, error.pos - 40) :])
    except (ValueError, ArithmeticError):
        message, remedy = N_("A number is too long to be read."), Message(N_("Write a number, for example 2 or 1.5."))
        return _left_out(row, message, {}, remedy, text)
    except RecursionError:
        return _too_deep(row)
    if not isinstance(data, dict):
        remedy = Message(N_("Write each offering as an object, for example {example}."), {"example": EXAMPLE})
        return _left_out(row, N_("This is not an offering."), {}, remedy, text)
    if depth_exceeds(data, MAX_DEPTH):
        return _too_deep(row)
    return Record(row, data, tuple(_repeated(key, row) for key in repeated[:_REPEATED_TOLD]))


EXAMPLE = '{"code": "A-1", "title": {"fi": "Tekoälyn perusteet"}}'


def too_long(row: int | str) -> Record:
    """The record of an offering that is over the limit of one offering."""
    values = {"limit": MAX_OFFERING_CHARACTERS // MEBIBYTE}
    return _left_out(row, N_("The offering is larger than {limit} MiB."), values, _SPLIT)


def depth_exceeds(value: object, limit: int) -> bool:
    """True when objects and lists are nested deeper than `limit` (an offering without any inside has depth 1)."""
    level: list[object] = [value]
    for _ in range(limit):
        level = [part for outer in level for part in (outer.values() if isinstance(outer, dict) else outer)
                 if isinstance(part, dict | list)]  # fmt: skip
        if not level:
            return False
    return True


def _too_deep(row: int | str) -> Record:
    remedy = Message(N_("Write the offering without lists inside lists."))
    return _left_out(row, N_("The offering is nested deeper than {limit} levels."), {"limit": MAX_DEPTH}, remedy)


def _left_out(row: int | str, text: str, values: dict, remedy: Message, value: str = "") -> Record:
    short = shown(without_control_characters(value[:_SHOWN_OF_A_ROW]))
    return Record(row, None, (Problem(Severity.ERROR, Message(text, values), remedy, row, value=short),))


def _repeated(key: str, row: int | str) -> Problem:
    message = Message(N_("The key appears twice in the same object. The last one counts."))
    return Problem(Severity.WARNING, message, Message(N_("Write each key once.")), row, key)


def _object(pairs: list[tuple[str, object]], repeated: list[str]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
        repeated.extend(shown(without_control_characters(key[:_SHOWN_OF_A_ROW])) for key in twice[:_REPEATED_TOLD])
    return found


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _Refused(shown(text)) from None


def _refuse(text: str) -> None:
    raise _Refused(text)
