"""Counts what the catalogue offers in each cell of demand: offerings, seats still open, the next first day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.model.codes import Codes
from portal.model.offering import Offering, Run
from portal.model.published import NO_FIELD, OTHER_LANGUAGE, Cell, Supply
from portal.model.text import LANGUAGES


@dataclass
class _Sum:
    offerings: int = 0
    seats: int = 0
    next_start: dt.date | None = None


def supply(offerings: Iterable[Offering], codes: Codes, today: dt.date, seats_unknown: int) -> tuple[Supply, ...]:
    """The supply by cell. An offering counts in every cell that one of its runs or its scope lies in, unless it has
    ended; seats are those of runs that one can still join, `seats_unknown` where a run does not state them."""
    sums: dict[Cell, _Sum] = defaultdict(_Sum)
    for offering in offerings:
        if offering.has_ended(today):
            continue
        open_runs = [run for run in offering.runs if run.days.can_be_joined(today)]
        for cell in set(_cells(offering, offering.runs_that_count(today), codes)):
            sums[cell].offerings += 1
        for run in open_runs:
            for cell in set(_cells(offering, [run], codes)):
                _add(sums[cell], run, today, seats_unknown)
    return tuple(Supply(cell, s.offerings, s.seats, s.next_start) for cell, s in sorted(sums.items()))


def _cells(offering: Offering, runs: Iterable[Run], codes: Codes) -> Iterator[Cell]:
    field = codes.broad_field(offering.field) or NO_FIELD
    runs = list(runs) or [Run(id="-")]
    for run in runs:
        if region := codes.region_of(run):
            yield Cell("region", field, region)
        if run.mode:
            yield Cell("mode", field, run.mode)
        for language in run.languages or offering.languages:
            yield Cell("language", field, language if language in LANGUAGES else OTHER_LANGUAGE)
    for band in offering.ects.bands() if offering.ects else ():
        yield Cell("scope", field, band)


def _add(total: _Sum, run: Run, today: dt.date, seats_unknown: int) -> None:
    total.seats += seats_unknown if run.seats is None else run.seats
    if run.start and run.start >= today and (total.next_start is None or run.start < total.next_start):
        total.next_start = run.start
