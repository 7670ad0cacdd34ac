"""A signal as demand counts it: one row without a name, and what it says about time, place and subject."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

SignalKind = Literal["interest", "proposal", "vain", "unsuitable"]
SignalLevel = Literal["curious", "would_take_part", "would_pay", "organisation"]


@dataclass(frozen=True)
class CountedSignal:
    """One person's (or organisation's) word on one offering or proposal, or one search that did not help.

    person: key of who gave it, the same in all rows of one person; of searches (`vain`, `unsuitable`) the key of the
    searcher, which holds within one calendar month only, so that a searcher of two months counts as two.
    level: None for searches. people: 1, or how many an organisation speaks for. confirmed: by e-mail.
    field: ISCED-F code of 2 to 4 digits. region: code of 2 digits. language: of teaching that is asked for (ISO 639-1).
    scope: one of `lt1 1-4 5-9 10-29 30-59 60+`. What is not stated is None.
    words: normalised words of a search. at: day of the signal in Helsinki.
    example: invented; such rows come only from a store whose whole catalogue is invented.
    """

    person: str
    kind: SignalKind
    level: SignalLevel | None
    people: int
    confirmed: bool
    field: str | None
    region: str | None
    mode: str | None
    language: str | None
    scope: str | None
    offering_id: str | None
    proposal_id: str | None
    at: dt.date
    words: str | None = None
    example: bool = False
