"""Reads what a form sent, one named value at a time, and keeps a sentence for each that cannot be used."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Mapping

from portal.model.errors import Rejected
from portal.model.message import N_, Message
from portal.model.offering import EMAIL_PATTERN
from portal.model.private_data import looks_private

CHOOSE = Message(N_("Choose one of the options."))
MISSING = Message(N_("Write a few words, for example beekeeping."))
PRIVATE = Message(
    N_("Leave e-mail addresses, phone numbers and identity codes out of this text. Others may see it later.")
)
_TOO_LONG = N_("Write at most {n} characters.")
_NUMBER = N_("Enter a whole number from {low} to {high}.")
_DAY = Message(N_("Enter the date as 12.1.2027."))
_PAST = Message(N_("Choose a day that is still to come."))
_EMAIL = Message(N_("Enter the e-mail as name@example.fi."))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]+")
_LONGEST_ADDRESS = 254


class Fields:
    """The values of one form by name. Each reader answers None (or "") for what is not stated or cannot be used."""

    def __init__(self, sent: Mapping[str, str], today: dt.date) -> None:
        self._sent = sent
        self._today = today
        self.errors: dict[str, Message] = {}

    def text(self, name: str, limit: int, *, needed: bool = False, lines: bool = False, private: bool = False) -> str:
        """Cleaned text of at most `limit` characters; `lines` keeps line breaks, `private` allows contact details."""
        raw = _CONTROL.sub(" ", unicodedata.normalize("NFC", self._sent.get(name, "")))
        value = (
            "\n".join(" ".join(line.split()) for line in raw.splitlines()).strip() if lines else " ".join(raw.split())
        )
        if needed and not value:
            self.errors[name] = MISSING
        elif len(value) > limit:
            self.errors[name] = Message(_TOO_LONG, {"n": limit})
        elif not private and looks_private(value):
            self.errors[name] = PRIVATE
        return value

    def choice(self, name: str, allowed: Collection[str], *, needed: bool = False) -> str | None:
        value = self._sent.get(name, "").strip()
        if value in allowed:
            return value
        if value or needed:
            self.errors[name] = CHOOSE
        return None

    def number(self, name: str, low: int, high: int, *, needed: bool = False) -> int | None:
        value = "".join(self._sent.get(name, "").split())
        if not value and not needed:
            return None
        if re.fullmatch(r"[0-9]{1,9}", value) and low <= int(value) <= high:
            return int(value)
        self.errors[name] = Message(_NUMBER, {"low": low, "high": high})
        return None

    def day(self, name: str) -> dt.date | None:
        """A day from today on, as 12.1.2027 or 2027-01-12."""
        value = self._sent.get(name, "").strip()
        if not value:
            return None
        day = _day(value)
        if day is None:
            self.errors[name] = _DAY
        elif day < self._today:
            self.errors[name] = _PAST
        return day

    def email(self, name: str = "email", *, needed: bool = False) -> str:
        value = self._sent.get(name, "").strip()
        if (value or needed) and not is_address(value):
            self.errors[name] = _EMAIL
        return value

    def flag(self, name: str) -> bool:
        return self._sent.get(name, "").strip() in ("1", "on", "yes")

    def done(self) -> None:
        """Raises Rejected when anything could not be used."""
        if self.errors:
            raise Rejected(self.errors)


def is_address(value: str) -> bool:
    """True for an address that mail can be sent to as it is written: ASCII, one @, a dot in the domain."""
    return (
        len(value) <= _LONGEST_ADDRESS
        and value.isascii()
        and bool(re.fullmatch(EMAIL_PATTERN, value))
        and bool(re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", value))
    )


def _day(value: str) -> dt.date | None:
    if parts := re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})", value):
        day, month, year = map(int, parts.groups())
    elif parts := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value):
        year, month, day = map(int, parts.groups())
    else:
        return None
    try:
        return dt.date(year, month, day) if 1950 <= year <= 2150 else None
    except ValueError:
        return None
