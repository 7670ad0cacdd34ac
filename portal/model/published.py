"""Demand as everybody may see it: figures that were rounded and thinned once, and the supply beside them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

STEP = 5
"""Every published figure is a multiple of this."""

LEVELS = ("curious", "would_take_part", "would_pay")
EMPLOYERS, SEARCHES, PEOPLE = "employers", "searches", "people"
MEASURES = (*LEVELS, EMPLOYERS, SEARCHES)
TABLES = ("region", "scope", "language", "mode")
"""Each is a table of field × this."""

SINGLES = ("offering", "proposal")
WORDS = "words"
NO_FIELD = "99"
OTHER_LANGUAGE = "other"


class Cell(NamedTuple):
    """One place in a table. Of single offerings, proposals and words `field` is empty and `value` is the id."""

    table: str
    field: str
    value: str


class Row(NamedTuple):
    """What one figure counts: disjoint groups of people, since nobody stands in two rows of a cell.

    period: a quarter (`2026-Q4`), for searches a month (`2026-11`), for singles empty. measure: one of MEASURES, for
    singles `people` or `employers`. confirmed: by e-mail.
    """

    cell: Cell
    period: str
    measure: str
    confirmed: bool


@dataclass(frozen=True)
class Figure:
    """At least so many people, employers or searchers; a multiple of 5 and never 0: what is under the limit has no row.

    seats: of employers, how many people they speak for, at least; else 0.
    """

    row: Row
    number: int
    seats: int = 0


@dataclass(frozen=True)
class Supply:
    """What the catalogue offers in a cell: offerings that have not ended, seats still open, next first day."""

    cell: Cell
    offerings: int
    seats: int
    next_start: dt.date | None = None


@dataclass(frozen=True)
class Beta:
    """A belief about a share: as if `yes` of `yes + no` people had come."""

    yes: float
    no: float

    @property
    def mean(self) -> float:
        return self.yes / (self.yes + self.no)

    @property
    def deviation(self) -> float:
        return (self.mean * (1 - self.mean) / (self.yes + self.no + 1)) ** 0.5


@dataclass(frozen=True)
class Beliefs:
    """What share of each level comes, and how alike the people of one group are (0: not at all, 1: all or none).

    outcomes: how many held runs have been learnt from.
    """

    shares: Mapping[str, Beta]
    spread: float
    outcomes: int = 0


@dataclass(frozen=True)
class Funnel:
    """What became of wishes: how many providers took up, how many were held, at least how many people took part."""

    wishes: int = 0
    taken_up: int = 0
    held: int = 0
    participants: int = 0


@dataclass(frozen=True)
class Build:
    """One counting of everything. minimum: figures under it are not shown. example: all of it is invented."""

    built_at: dt.datetime
    minimum: int
    beliefs: Beliefs
    figures: tuple[Figure, ...] = ()
    supplies: tuple[Supply, ...] = ()
    funnel: Funnel = Funnel()
    example: bool = False
    number: int = 0


def quarter(day: dt.date) -> str:
    """`2026-Q4`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def month(day: dt.date) -> str:
    """`2026-11`."""
    return f"{day.year}-{day.month:02}"


def quarter_of(period: str) -> str:
    """The quarter of a quarter or of a month."""
    year, _, rest = period.partition("-")
    return period if rest.startswith("Q") else f"{year}-Q{(int(rest) + 2) // 3}"
