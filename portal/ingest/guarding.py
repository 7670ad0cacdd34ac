"""Texts that a spreadsheet program would calculate: written with an apostrophe before them, and read without it."""

import re

_CALCULATED = re.compile(r"'*[=+\-@\t\r\n]")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


def guarded(text: str) -> str:
    """The text as a cell may hold it. Numbers stay as they are; one more apostrophe keeps those that are there."""
    return f"'{text}" if _CALCULATED.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _CALCULATED.match(text) else text
