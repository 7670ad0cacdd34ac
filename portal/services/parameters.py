"""Reads search parameters, from an address or a command line, into one query; what cannot be read becomes a notice."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from portal.model.message import N_, Message
from portal.model.problem import shown
from portal.model.query import MAX_CHARACTERS, MAX_PAGE_SIZE, PAGE_SIZE, SORTS, SearchQuery
from portal.search.facets import BY_NAME, Labels

_UNKNOWN_FILTER = N_("We did not know the filter: {x}. We left it out.")
_MAX_PAGE = 10_000
_MAX_VALUES = 100
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


def clean_text(text: str) -> str:
    """What a visitor typed, as one line of ordinary characters, at most 200."""
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", text)).split())[:MAX_CHARACTERS].strip()


def read_query(
    pairs: Iterable[tuple[str, str]], labels: Labels, *, default_size: int = PAGE_SIZE
) -> tuple[SearchQuery, list[Message]]:
    """The query and a notice for each value that was not understood. Unknown parameters are ignored."""
    filters: dict[str, list[str]] = {}
    single: dict[str, str] = {}
    notices: list[Message] = []
    for name, value in pairs:
        value = _CONTROL.sub("", value).strip()
        if name in BY_NAME:
            _choose(filters, name, value, labels, notices)
        elif value:
            single.setdefault(name, value)
    bounds = {name: _credits(name, single.get(name), notices) for name in ("ects_min", "ects_max")}
    query = SearchQuery(
        text=clean_text(single.get("q", "")),
        filters={name: tuple(values) for name, values in filters.items()},
        sort=_one_of("sort", single.get("sort", "relevance"), SORTS, notices),
        page=_number("page", single.get("page"), 1, _MAX_PAGE, notices),
        size=_number("size", single.get("size"), default_size, MAX_PAGE_SIZE, notices),
        language=labels.language,
        literal=single.get("literal") == "1",
        **bounds,
    )
    if len(single.get("q", "")) > MAX_CHARACTERS:
        notices.append(Message(N_("Your search was long. We used the first ten words.")))
    return query, notices


def _choose(filters: dict[str, list[str]], name: str, value: str, labels: Labels, notices: list[Message]) -> None:
    facet = BY_NAME[name]
    chosen = filters.get(name, [])
    if not value or value in chosen or (facet.is_flag and value == "0"):
        return
    if len(chosen) < _MAX_VALUES and facet.knows(value, labels):
        filters.setdefault(name, []).append(value)
    else:
        _note(notices, f"{name}={value}")


def _credits(name: str, value: str | None, notices: list[Message]) -> Decimal | None:
    if value is None:
        return None
    try:
        number = Decimal(value.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= 10_000:
        _note(notices, f"{name}={value}")
        return None
    return number


def _one_of(name: str, value: str, known: Iterable[str], notices: list[Message]) -> str:
    if value in known:
        return value
    _note(notices, f"{name}={value}")
    return "relevance"


def _number(name: str, value: str | None, default: int, largest: int, notices: list[Message]) -> int:
    if value is None:
        return default
    if re.fullmatch(r"[0-9]{1,9}", value) and 1 <= int(value) <= largest:
        return int(value)
    _note(notices, f"{name}={value}")
    return default


def _note(notices: list[Message], text: str) -> None:
    notice = Message(_UNKNOWN_FILTER, {"x": shown(text)})
    if notice not in notices and len(notices) < 5:
        notices.append(notice)
