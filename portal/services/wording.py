"""Says things outside of a web request, for the command line, reports and mails: our sentences, days and money."""

import datetime as dt
from collections.abc import Callable
from functools import cache

from babel.dates import format_date
from babel.support import Translations

from portal import resources

_NO_BREAK = "\u00a0"


@cache
def translator(language: str) -> Callable[[str], str]:
    """The gettext function of an interface language; English is the source and comes back as it is."""
    if language == "en":
        return str
    return Translations.load(resources.folder("translations"), [language]).gettext


def day(value: dt.date, language: str) -> str:
    """12.1.2027 (fi, sv), 12 January 2027 (en)."""
    return format_date(value, "d MMMM y" if language == "en" else "d.M.y", locale=language)


def money(cents: int, language: str) -> str:
    """75 € (fi, sv), €75 (en); cents only where there are some."""
    whole, rest = divmod(cents, 100)
    if language == "en":
        return f"€{whole:,}" + (f".{rest:02}" if rest else "")
    return f"{whole:,}".replace(",", _NO_BREAK) + (f",{rest:02}" if rest else "") + f"{_NO_BREAK}€"
