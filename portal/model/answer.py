"""What a provider answers to a wish, as its forms send it."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from portal.model.form import Fields
from portal.model.message import N_, Message
from portal.model.proposal import Commitment

MAX_GROUP = 10_000
MAX_REASON = 1000

_START = Message(N_("Enter the first day as 12.1.2027."))
_PRICE = Message(N_("Enter a price in euros, for example 75 or 75,50."))
_SMALLER = Message(N_("The largest group is not smaller than the smallest."))
_REASON = Message(N_("Say why, in a sentence that followers may read."))
_NOT_YET = Message(N_("Enter a day that has come already."))
_MOST_CENTS = 100_000_000


def read_commitment(sent: Mapping[str, str], provider: str, today: dt.date) -> Commitment:
    """From the fields start, price, min_group, max_group and offering (an id, "" for none yet); raises Rejected."""
    fields = Fields(sent, today)
    start = fields.day("start")
    if start is None:
        fields.errors.setdefault("start", _START)
    price = _cents(fields, sent.get("price", ""))
    smallest = fields.number("min_group", 1, MAX_GROUP, needed=True)
    largest = fields.number("max_group", 1, MAX_GROUP)
    if smallest and largest and largest < smallest:
        fields.errors["max_group"] = _SMALLER
    fields.done()
    return Commitment(provider, start, smallest, largest, sent.get("offering", "").strip() or None, price)


def read_reason(sent: Mapping[str, str], today: dt.date, *, needed: bool = True) -> str:
    """From the field reason; raises Rejected."""
    fields = Fields(sent, today)
    reason = fields.text("reason", MAX_REASON)
    if needed and not reason:
        fields.errors["reason"] = _REASON
    fields.done()
    return reason


def read_held(sent: Mapping[str, str], today: dt.date) -> tuple[int, dt.date]:
    """Participants and the day, from the fields participants and held_on (today where it is left empty); raises
    Rejected."""
    fields = Fields(sent, dt.date.min)
    participants = fields.number("participants", 0, MAX_GROUP, needed=True)
    day = fields.day("held_on") or today
    if day > today:
        fields.errors["held_on"] = _NOT_YET
    fields.done()
    return participants or 0, day


def _cents(fields: Fields, written: str) -> int | None:
    """75, 75,50 or 75.50, with or without a euro sign; 0 is free, nothing is not known."""
    value = "".join(written.replace("€", "").split())
    if not value:
        return None
    if re.fullmatch(r"[0-9]{1,7}([.,][0-9]{1,2})?", value):
        cents = int(Decimal(value.replace(",", ".")) * 100)
        if cents <= _MOST_CENTS:
            return cents
    fields.errors["price"] = _PRICE
    return None
