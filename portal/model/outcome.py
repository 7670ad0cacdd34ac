"""What became of a run: how many came, beside the signals there were before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """One held run. `signals`: people by level (curious, would_take_part, would_pay, organisation) when it was held.

    `employers`: organisations behind the people of the level organisation.
    """

    provider: str
    held_on: dt.date
    participants: int
    signals: Mapping[str, int]
    employers: int = 0
    proposal: str | None = None
    offering: str | None = None
    example: bool = False
