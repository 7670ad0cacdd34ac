"""How people write values in the cells of a table, and the values of the JSON shape that they mean.

A cell that cannot be read stays as it is: the model then says what is wrong with it, as in every other format.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from portal.ingest.columns import Kind

_YES = frozenset({"1", "true", "kyllä", "ja", "x", "yes"})
_NO = frozenset({"0", "false", "ei", "nej", "no"})
_FREE = frozenset({"maksuton", "ilmainen", "avgiftsfri", "gratis", "free"})
_NUMBER = r"-?\d+(?:[.,]\d+)?"
_UNIT = r"(?:op|sp|ects|cr|studiepoäng|opintopistettä)?\.?"
_SCOPE = re.compile(rf"({_NUMBER}) ?(?:{_UNIT} ?[-–—] ?({_NUMBER}))? ?{_UNIT}", re.IGNORECASE)
_PRICE = re.compile(rf"(?:€|eur)? ?({_NUMBER}) ?(?:€|eur|euroa|euro|e)?(?: ?/ ?(?:hlö|pers\.?))?", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SHORT: frozenset[Kind] = frozenset({"number", "scope", "whole", "price", "day"})
_SHORT_CHARACTERS = 100
"""No number or day is longer, and reading one of a million digits would take minutes."""
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00)?")
_BLANK = r" \u00a0\u2009\u202f"
"""Blanks that stand between thousands: ordinary, no-break and thin ones."""


def value_of_cell(kind: Kind, text: str) -> object:
    """The JSON value that a cell means; the text itself where it cannot be read as its kind."""
    text = text.strip()
    if kind in _SHORT and len(text) > _SHORT_CHARACTERS:
        return text
    return _READERS[kind](text)


def decimal_of(text: str) -> Decimal | None:
    """A number with a point or comma and blanks between thousands; None when it is none."""
    digits = _without_thousands(text)
    return Decimal(digits.replace(",", ".")) if re.fullmatch(_NUMBER, digits, re.ASCII) else None


def _without_thousands(text: str) -> str:
    return re.sub(rf"(?<=\d)[{_BLANK}](?=\d{{3}}(?!\d))", "", text).strip()


def lines_of(text: str) -> list[str]:
    """Values one a line or separated by semicolons, without the bullets of a pasted list."""
    found = (line.strip().removeprefix("• ").removeprefix("- ") for line in re.split(r"[;\n\r]+", text))
    return [line for line in found if line]


def _number(text: str) -> object:
    number = decimal_of(text)
    return text if number is None else number


def _whole(text: str) -> object:
    number = decimal_of(text)
    return int(number) if number is not None and number == number.to_integral_value() else _number(text)


def _scope(text: str) -> object:
    match = _SCOPE.fullmatch(_without_thousands(text))
    if not match:
        return text
    low, high = (decimal_of(part) if part else None for part in match.groups())
    return low if high is None else {"min": low, "max": high}


def _yes_no(text: str) -> object:
    word = text.casefold()
    return True if word in _YES else False if word in _NO else text


def _price(text: str) -> object:
    if text.casefold() in _FREE:
        return {"amount": Decimal(0), "currency": "EUR"}
    match = _PRICE.fullmatch(_without_thousands(text))
    # 1.200 and 1,200 may mean one euro or a thousand: nobody's price is guessed.
    if not match or re.search(r"[.,]\d{3}$", match[1]):
        return text
    return {"amount": decimal_of(match[1]), "currency": "EUR"}


def _day(text: str) -> object:
    if match := _DAY.fullmatch(text):
        day, month, year = map(int, match.groups())
        try:
            return dt.date(year, month, day).isoformat()
        except ValueError:
            return text
    match = _MIDNIGHT.fullmatch(text)
    return match[1] if match else text


def _whole_code(text: str) -> str:
    """A code that a spreadsheet turned into a number: 5.0 → 5."""
    return re.sub(r"^(\d+)\.0+$", r"\1", text)


def _zero_filled(digits: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        code = _whole_code(text)
        return code.zfill(digits) if code.isascii() and code.isdecimal() else code

    return read


def _list(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;|\n\r]+", text) if part.strip()]


def _choices(text: str) -> list[str]:
    return [part.casefold() for part in _list(text)]


def _parts(text: str) -> list[dict]:
    """`title | ects | url`, one a line."""
    found = []
    for line in filter(str.strip, text.splitlines()):
        title, ects, url, *_ = (*(part.strip() for part in line.split("|")), "", "")
        part = {"title": title, "ects": _scope(ects), "url": url}
        found.append({key: value for key, value in part.items() if value != ""})
    return found


_READERS: dict[Kind, Callable[[str], object]] = {
    "text": str,
    "code": _whole_code,
    "number": _number,
    "scope": _scope,
    "whole": _whole,
    "yes_no": _yes_no,
    "choice": str.casefold,
    "choices": _choices,
    "list": _list,
    "lines": lines_of,
    "price": _price,
    "day": _day,
    "field": _whole_code,
    "municipality": _zero_filled(3),
    "region": _zero_filled(2),
    "parts": _parts,
}
