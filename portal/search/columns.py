"""All documents of a generation as arrays, so that filters and facet counts take microseconds a facet.

Documents are rows 0 … n-1; runs are rows of their own that point to their document. Each facet is a list of pairs
(row, value), on documents or on runs.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from portal.model.collation import sort_key
from portal.model.days import RunDays
from portal.search.analysis.tokens import words
from portal.search.document import Document, IndexRun
from portal.search.facets import FACETS


def code_key(code: str) -> str:
    """A provider's code as people may type it: `HY-TA-0101` is `hyta0101`; empty when it is too plain to be one."""
    key = "".join(letter for letter in code.casefold() if letter.isalnum())
    return key if len(key) >= 4 and any(letter.isdigit() for letter in key) else ""


_AT_ANY_TIME, _NOT_KNOWN, _ENDED = 1_000_000, 2_000_000, 3_000_000
"""Places after every stated start, when offerings are ordered by it."""


@dataclass(frozen=True)
class Pairs:
    """The values of one facet: row `rows[i]` has the value `values[codes[i]]`."""

    rows: np.ndarray
    codes: np.ndarray
    values: tuple[str, ...]

    def mask(self, chosen: Iterable[str], size: int) -> np.ndarray:
        """Which of `size` rows have any of the chosen values."""
        wanted = np.array([value in set(chosen) for value in self.values], dtype=bool)
        mask = np.zeros(size, dtype=bool)
        if wanted.any():
            mask[self.rows[wanted[self.codes]]] = True
        return mask


def make_pairs(values_by_row: Sequence[Iterable[str]]) -> Pairs:
    numbers: dict[str, int] = {}
    rows, codes = [], []
    for row, values in enumerate(values_by_row):
        for value in set(values):
            rows.append(row)
            codes.append(numbers.setdefault(value, len(numbers)))
    return Pairs(np.array(rows, dtype=np.int32), np.array(codes, dtype=np.int32), tuple(numbers))


def _rows_by(pairs: Iterable[tuple[str, int]]) -> dict[str, np.ndarray]:
    rows: dict[str, list[int]] = {}
    for key, row in pairs:
        if key:
            rows.setdefault(key, []).append(row)
    return {key: np.array(numbers, dtype=np.int32) for key, numbers in rows.items()}


@dataclass(frozen=True)
class Day:
    """What depends on the day: which runs count, the values of day facets, and how soon each document can be begun."""

    counts: np.ndarray
    facets: Mapping[str, Pairs]
    start_order: np.ndarray


class Columns:
    """The arrays of one generation; immutable but for what is worked out once a day."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.ids = [document.id for document in documents]
        self.size = len(documents)
        self.ects = np.array([document.ects for document in documents], dtype=np.int32).reshape(-1, 2)
        self.created = np.array([document.created for document in documents], dtype=np.float64)
        self.has_runs = np.array([document.has_runs for document in documents], dtype=bool)
        self._titles = [document.titles for document in documents]
        self._languages = make_pairs([document.languages for document in documents])
        self._codes = [code_key(document.code) for document in documents]
        runs: list[IndexRun] = [run for document in documents for run in document.runs]
        self._days: list[RunDays] = [run.days for run in runs]
        lengths = [len(document.runs) for document in documents]
        self.run_document = np.repeat(np.arange(self.size, dtype=np.int32), lengths)
        self._first_run = (
            np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64) if documents else np.zeros(0, np.int64)
        )
        self.facets = {f.name: make_pairs([d.facets[f.name] for d in documents]) for f in FACETS if f.of_offering}
        self.run_facets = {f.name: make_pairs([run.facets[f.name] for run in runs]) for f in FACETS if f.of_run}
        self._language_masks = lru_cache(maxsize=8)(lambda language: self._languages.mask((language,), self.size))
        self._day = lru_cache(maxsize=2)(self._make_day)
        self._title_order = lru_cache(maxsize=3)(self._make_title_order)

    @cached_property
    def id_order(self) -> np.ndarray:
        """The place of each document when ids are sorted."""
        order = np.empty(self.size, dtype=np.int32)
        order[np.argsort(np.array(self.ids, dtype=object), kind="stable")] = np.arange(self.size, dtype=np.int32)
        return order

    @cached_property
    def rows_by_title(self) -> dict[str, np.ndarray]:
        """Rows by title, as its words in lower case."""
        return _rows_by(
            (" ".join(words(title)), row) for row, titles in enumerate(self._titles) for title in set(titles.values())
        )

    @cached_property
    def rows_by_code(self) -> dict[str, np.ndarray]:
        return _rows_by((code, row) for row, code in enumerate(self._codes))

    def has_language(self, language: str) -> np.ndarray:
        """Which documents have texts in the language."""
        return self._language_masks(language)

    def has_mode(self, mode: str) -> np.ndarray:
        """Which documents have a run in the mode."""
        return self.documents_of(self.run_facets["mode"].mask((mode,), len(self.run_document)))

    def in_scope(self, least: int | None, most: int | None) -> np.ndarray:
        """Which documents' scope (tenths of a credit) overlaps the bounds; a scope not stated fits only no bounds."""
        low, high = self.ects[:, 0], self.ects[:, 1]
        mask = np.ones(self.size, dtype=bool)
        if least is not None or most is not None:
            mask &= (high > 0) & (high >= (least or 0))
        return mask if most is None else mask & (low <= most)

    def day(self, today: dt.date) -> Day:
        return self._day(today)

    def title_order(self, language: str) -> np.ndarray:
        """The place of each document when titles are sorted for readers of `language`."""
        return self._title_order(language)

    def documents_of(self, runs: np.ndarray) -> np.ndarray:
        """Which documents have at least one of the marked runs."""
        return np.logical_or.reduceat(runs, self._first_run) if self.size else np.zeros(0, dtype=bool)

    def _make_title_order(self, language: str) -> np.ndarray:
        rows = sorted(
            range(self.size), key=lambda row: (sort_key(self._titles[row][language], language), self.ids[row])
        )
        order = np.empty(self.size, dtype=np.int32)
        order[rows] = np.arange(self.size, dtype=np.int32)
        return order

    def _make_day(self, today: dt.date) -> Day:
        going_on = np.array([not days.have_ended(today) for days in self._days], dtype=bool)
        any_going_on = self.documents_of(going_on)
        starts = np.array([_days_until_start(days, today) for days in self._days], dtype=np.int32)
        soonest = np.minimum.reduceat(starts, self._first_run) if self.size else np.zeros(0, np.int32)
        return Day(
            counts=going_on | ~any_going_on[self.run_document],
            facets={
                f.name: make_pairs([tuple(f.on_day(days, today)) for days in self._days]) for f in FACETS if f.on_day
            },
            start_order=np.where(any_going_on | ~self.has_runs, soonest, _ENDED),
        )


def _days_until_start(days: RunDays, today: dt.date) -> int:
    if days.have_ended(today):
        return _ENDED
    if days.start is not None and days.start >= today:
        return (days.start - today).days
    return _AT_ANY_TIME if days.self_paced else _NOT_KNOWN
