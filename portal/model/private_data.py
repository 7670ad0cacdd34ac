"""Recognises words that look like an e-mail address, a phone number or a Finnish identity code."""

import re

_ADDRESS = re.compile(r"\S\s?@\s?\S")
_IDENTITY_CODE = re.compile(r"(?<!\d)\d{6}\s?[-+A-FU-Y]\s?\d{3}[0-9A-FHJ-NPR-Y](?![0-9A-Z])", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2})(?!\d)")
_PHONE = re.compile(r"(?<![\w.,])(\+|00|\(?0)[\d()]([ ./–-]?[\d()]){5,14}(?!\w)")
_LONG_NUMBER = re.compile(r"\d{7,}")


def looks_private(text: str) -> bool:
    """True when any part of `text` looks private. Dates and years are not; a number of seven digits or more is."""
    without_dates = _DATE.sub(" ", text)
    return bool(
        _ADDRESS.search(text)
        or _IDENTITY_CODE.search(text)
        or _PHONE.search(without_dates)
        or _LONG_NUMBER.search(without_dates)
    )
