"""Finds credits in what people type: `5 op`, `1,5 sp`, `alle 5 op`, `3–5 credits`."""

import re
from decimal import Decimal
from typing import NamedTuple

_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_UNIT = r"(?:op|opintopiste\w*|sp|studiepoäng\w*|ects|ects-poäng\w*|credits?|cr|ec)(?!\w)"
_LESS = r"alle|under|less than|below|fewer than"
_AT_MOST = r"enintään|korkeintaan|max\.?|maks\.?|högst|at most|up to"
_MORE = r"yli|över|more than|over"
_AT_LEAST = r"vähintään|ainakin|minst|at least|min\.?"
_EXPRESSION = re.compile(
    rf"(?<!\w)(?:(?P<less>{_LESS})|(?P<most>{_AT_MOST})|(?P<more>{_MORE})|(?P<least>{_AT_LEAST}))?\s*"
    rf"(?<![\w.,]){_NUMBER}\s*(?:[-–—]\s*{_NUMBER}\s*)?{_UNIT}",
    re.IGNORECASE,
)


class ScopeWish(NamedTuple):
    """Bounds in tenths of a credit, inclusive, and how to tell them; `rest` is the query without the expression."""

    least: int | None
    most: int | None
    told: str
    rest: str


def find_scope(text: str) -> ScopeWish | None:
    """The first expression of credits in a query; None when there is none."""
    match = _EXPRESSION.search(text)
    if match is None:
        return None
    low = int(Decimal(match[5].replace(",", ".")) * 10)
    high = int(Decimal(match[6].replace(",", ".")) * 10) if match[6] else low
    low, high = min(low, high), max(low, high)
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    told = f"{_plain(low)}–{_plain(high)}" if low != high else _plain(low)
    if match["less"]:
        return ScopeWish(None, low - 1, f"< {told}", rest)
    if match["most"]:
        return ScopeWish(None, low, f"≤ {told}", rest)
    if match["more"]:
        return ScopeWish(low + 1, None, f"> {told}", rest)
    if match["least"]:
        return ScopeWish(low, None, f"≥ {told}", rest)
    return ScopeWish(low, high, told, rest)


def _plain(tenths: int) -> str:
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"
