"""Finds credits in what people type: `5 op`, `1,5 sp`, `alle 5 op`, `3–5 credits`."""

import re
from decimal import Decimal
from typing import NamedTuple

_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_UNIT = r"(?:op(?::\w+)?|opintopiste\w*|sp|studiepoäng\w*|ects[ -](?:credits?|points?|poäng)|ects|credits?(?: points?)?|cr|ec)(?!\w)"
_TO = r"\s*(?:[-–—]|to|and|till|och|ja)\s*"
_ABOUT = r"(?:noin|n\.|about|circa|ca\.?|cirka|ungefär|between|mellan)\s+"
_LESS = r"alle|under|mindre än|less than|below|fewer than"
_AT_MOST = r"ei yli|enintään|korkeintaan|max\.?|maks\.?|högst|upp till|at most|up to|no more than|not more than"
_MORE = r"yli|över|mer än|more than|over"
_AT_LEAST = r"vähintään|ainakin|minst|at least|min\.?|no less than"
_EXPRESSION = re.compile(
    rf"(?<!\w)(?:(?P<most>{_AT_MOST})|(?P<less>{_LESS})|(?P<least>{_AT_LEAST})|(?P<more>{_MORE}))?\s*(?:{_ABOUT})?"
    rf"(?<![\w.,])(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?[\s-]*{_UNIT}",
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
    low = int(Decimal(match["low"].replace(",", ".")) * 10)
    high = int(Decimal(match["high"].replace(",", ".")) * 10) if match["high"] else low
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
