"""What someone says of an offering that exists: how much they want it, and what would suit them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.model.codes import Codes
from portal.model.form import Fields
from portal.model.message import N_, Message

MAX_PEOPLE = 10_000


class Level(StrEnum):
    """How much is promised; an organisation speaks for some of its people."""

    CURIOUS = "curious"
    WOULD_TAKE_PART = "would_take_part"
    WOULD_PAY = "would_pay"
    ORGANISATION = "organisation"


LEVEL_LABELS = {
    Level.CURIOUS: Message(N_("I am curious")),
    Level.WOULD_TAKE_PART: Message(N_("I would take part")),
    Level.WOULD_PAY: Message(N_("I would take part and pay")),
    Level.ORGANISATION: Message(N_("For people at my workplace")),
}

_REVERSED = Message(N_("The latest start is before the earliest start."))


@dataclass(frozen=True)
class Interest:
    """One signal. `people` is 1 but for an organisation. Region and mode are codes; days bound the wished start."""

    level: Level
    people: int = 1
    region: str | None = None
    mode: str | None = None
    start_from: dt.date | None = None
    start_by: dt.date | None = None


@dataclass(frozen=True)
class Sender:
    """Who sends a form: the key that the browser holds ("" before the first act), and the language of the page."""

    browser: str = ""
    language: str = "fi"


@dataclass(frozen=True)
class Recorded:
    """What became of a form; the same for the same form key, however often it is sent.

    subject: id of the offering or proposal. browser: the key that the browser is to hold from now on (a cookie).
    replaced: an earlier signal of this person was replaced. confirm: a link was sent to the address that was given.
    withdraw_token: for a link by which the signal can be taken back (see `Links.withdraw`).
    repeated: this form had been answered before, and nothing was written now.
    """

    subject: str
    browser: str
    level: Level
    replaced: bool = False
    confirm: bool = False
    withdraw_token: str = ""
    repeated: bool = False


def read_interest(sent: Mapping[str, str], codes: Codes, today: dt.date) -> tuple[Interest, str]:
    """The signal and the e-mail address ("" for none) of a form with the fields level, people, region, mode,
    start_from, start_by and email; raises Rejected."""
    fields = Fields(sent, today)
    level, people = read_level(fields)
    interest = Interest(
        level=level or Level.CURIOUS,
        people=people,
        region=fields.choice("region", codes["regions"]),
        mode=fields.choice("mode", codes["modes"]),
        start_from=fields.day("start_from"),
        start_by=fields.day("start_by"),
    )
    if interest.start_from and interest.start_by and interest.start_by < interest.start_from:
        fields.errors.setdefault("start_by", _REVERSED)
    email = fields.email()
    fields.done()
    return interest, email


def read_level(fields: Fields) -> tuple[Level | None, int]:
    """The level and for how many people it is said."""
    chosen = fields.choice("level", list(Level), needed=True)
    if chosen != Level.ORGANISATION:
        return (Level(chosen) if chosen else None), 1
    return Level.ORGANISATION, fields.number("people", 1, MAX_PEOPLE, needed=True) or 1
