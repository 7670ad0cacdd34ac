"""Counts signals: how many people, employers and searchers stand in each row, exactly; nothing here is published."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from portal.model.demand import CountedSignal
from portal.model.published import (
    EMPLOYERS,
    LEVELS,
    NO_FIELD,
    OTHER_LANGUAGE,
    PEOPLE,
    SEARCHES,
    WORDS,
    Cell,
    Row,
    month,
    quarter,
)
from portal.model.text import LANGUAGES

BroadField = Callable[[str | None], str | None]


@dataclass
class Tally:
    """Distinct people of one row; of employers also how many people each speaks for."""

    number: int = 0
    sizes: list[int] = field(default_factory=list)


@dataclass
class _Word:
    """All that one person (or employer) has said in one cell, taken together."""

    first: dt.date
    level: int
    confirmed: bool
    people: int


def count(signals: Iterable[CountedSignal], broad_field: BroadField) -> dict[Row, Tally]:
    """Exact numbers by row.

    In each cell a person counts once: in the quarter of their first signal there, at the highest level they gave, as
    confirmed when one of their signals is. An employer counts apart from learners, with the largest number it gave.
    Searchers are told apart within a month only, so they count by month.
    """
    words: dict[tuple[Cell, str, bool], _Word] = {}
    searchers: dict[Row, set[str]] = defaultdict(set)
    for signal in signals:
        if signal.kind == "vain":
            for cell in (*_cells(signal, broad_field), *_words(signal)):
                searchers[Row(cell, month(signal.at), SEARCHES, False)].add(signal.person)
        elif signal.level is not None:
            for cell in (*_cells(signal, broad_field), *_singles(signal)):
                _add(words, cell, signal)
    tallies: dict[Row, Tally] = defaultdict(Tally)
    for row, people in searchers.items():
        tallies[row].number = len(people)
    for (cell, _, is_employer), word in words.items():
        _count(tallies, cell, word, is_employer)
    return dict(tallies)


def _cells(signal: CountedSignal, broad_field: BroadField) -> Iterator[Cell]:
    """The cells of the four tables; in a table whose value is not stated the signal does not count."""
    language = signal.language if signal.language in (*LANGUAGES, None) else OTHER_LANGUAGE
    stated = {"region": signal.region, "scope": signal.scope, "language": language, "mode": signal.mode}
    of = broad_field(signal.field) or NO_FIELD
    return (Cell(table, of, value) for table, value in stated.items() if value is not None)


def _singles(signal: CountedSignal) -> Iterator[Cell]:
    if signal.offering_id is not None:
        yield Cell("offering", "", signal.offering_id)
    if signal.proposal_id is not None:
        yield Cell("proposal", "", signal.proposal_id)


def _words(signal: CountedSignal) -> Iterator[Cell]:
    if signal.words:
        yield Cell(WORDS, "", signal.words)


def _add(words: dict[tuple[Cell, str, bool], _Word], cell: Cell, signal: CountedSignal) -> None:
    is_employer = signal.level == "organisation"
    level = 0 if is_employer else LEVELS.index(signal.level)
    key = (cell, signal.person, is_employer)
    known = words.get(key)
    if known is None:
        words[key] = _Word(signal.at, level, signal.confirmed, signal.people)
        return
    known.first = min(known.first, signal.at)
    known.level = max(known.level, level)
    known.confirmed = known.confirmed or signal.confirmed
    known.people = max(known.people, signal.people)


def _count(tallies: dict[Row, Tally], cell: Cell, word: _Word, is_employer: bool) -> None:
    """Into the row of the cell; of a single also into its total, which knows neither quarter nor level."""
    rows = [Row(cell, quarter(word.first), EMPLOYERS if is_employer else LEVELS[word.level], word.confirmed)]
    if not cell.field:
        rows.append(Row(cell, "", EMPLOYERS if is_employer else PEOPLE, False))
    for row in rows:
        tallies[row].number += 1
        if is_employer:
            tallies[row].sizes.append(word.people)
