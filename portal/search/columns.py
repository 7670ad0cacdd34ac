"""The arrays of a generation as searches ask them: which rows have a value, which values some rows have, in what order.

Documents are rows 0 … n-1; runs are rows of their own that point to their document.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from portal.search.facets import FACETS
from portal.search.table import Pairs, Table, key_hash

_AT_ANY_TIME, _NOT_KNOWN, _ENDED = 1_000_000, 2_000_000, 3_000_000
"""Places after every stated start, when offerings are ordered by it."""
_MASKS_KEPT = 256
_WORD = 64


class Slices:
    """Items that belong to rows and stand together: those of row r are numbers `offsets[r]` to `offsets[r + 1]`."""

    def __init__(self, rows: np.ndarray, size: int) -> None:
        self.offsets = np.searchsorted(rows, np.arange(size + 1)).astype(np.int64)

    def of(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Numbers of the items of the rows, and for each the place of its row in `rows`."""
        if len(rows) == len(self.offsets) - 1:  # all of them
            lengths = np.diff(self.offsets)
            return np.arange(self.offsets[-1]), np.repeat(np.arange(len(rows)), lengths)
        begins = self.offsets[rows]
        lengths = self.offsets[rows + 1] - begins
        places = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        return np.arange(len(places)) + (begins - before)[places], places


class Values:
    """The values of one facet, by row and by value."""

    def __init__(self, pairs: Pairs, size: int) -> None:
        self.pairs = pairs
        self._size = size
        self._numbers = {value: number for number, value in enumerate(pairs.values)}
        self._mask = lru_cache(maxsize=_MASKS_KEPT)(self._make_mask)

    @cached_property
    def _slices(self) -> Slices:
        return Slices(self.pairs.rows, self._size)

    def mask(self, chosen: Iterable[str]) -> np.ndarray:
        """Which rows have any of the chosen values; not to be written to."""
        masks = [self._mask(self._numbers[value]) for value in dict.fromkeys(chosen) if value in self._numbers]
        if not masks:
            return np.zeros(self._size, dtype=bool)
        return masks[0] if len(masks) == 1 else np.logical_or.reduce(masks)

    def count_owners(self, rows: np.ndarray, owners: np.ndarray, number: int) -> dict[str, int]:
        """Value → how many owners of the rows have it on one of them; owners are numbered below `number`."""
        items, places = self._slices.of(rows)
        owned = np.zeros((len(self._numbers), number), dtype=bool)
        owned[self.pairs.codes[items], owners[places]] = True
        return _stated(self.pairs.values, np.count_nonzero(owned, axis=1))

    def _make_mask(self, code: int) -> np.ndarray:
        mask = np.zeros(self._size, dtype=bool)
        mask[self.pairs.rows[self.pairs.codes == code]] = True
        return mask


class Bits:
    """Which documents have each value of all facets, one bit each: so many are counted as fast as few."""

    def __init__(self, facets: Mapping[str, Pairs], size: int) -> None:
        self._size = size
        having = (self._having(pairs) for pairs in facets.values())
        self._bits = np.concatenate([np.packbits(rows, axis=1).view(np.uint64) for rows in having])
        ends = np.cumsum([len(pairs.values) for pairs in facets.values()]).tolist()
        self._facets = {
            name: (pairs.values, slice(end - len(pairs.values), end))
            for (name, pairs), end in zip(facets.items(), ends, strict=True)
        }

    def count(self, rows: np.ndarray) -> dict[str, dict[str, int]]:
        """Facet → value → how many of the rows have it."""
        numbers = self._numbers(rows, slice(None))
        return {name: _stated(values, numbers[part]) for name, (values, part) in self._facets.items()}

    def count_one(self, name: str, rows: np.ndarray) -> dict[str, int]:
        """The same of one facet."""
        values, part = self._facets[name]
        return _stated(values, self._numbers(rows, part))

    def _numbers(self, rows: np.ndarray, part: slice) -> np.ndarray:
        wanted = np.zeros(self._padded(), dtype=bool)
        wanted[rows] = True
        both = np.bitwise_count(self._bits[part] & np.packbits(wanted).view(np.uint64))
        return both.sum(axis=1, dtype=np.int32)

    def _having(self, pairs: Pairs) -> np.ndarray:
        having = np.zeros((len(pairs.values), self._padded()), dtype=bool)
        having[pairs.codes, pairs.rows] = True
        return having

    def _padded(self) -> int:
        return (self._size // _WORD + 1) * _WORD


@dataclass(frozen=True)
class Day:
    """What depends on the day: which runs count, the values of day facets, and how soon each document can be begun.

    `bits`: all facets by document, those of runs as any run has them that counts.
    """

    counts: np.ndarray
    facets: Mapping[str, Values]
    bits: Bits
    start_order: np.ndarray


class Columns:
    """The arrays of one generation; immutable but for what is worked out when first asked for."""

    def __init__(self, table: Table, sort_titles: Callable[[], Mapping[str, tuple[str, ...]]] | None = None) -> None:
        self._table = table
        self._sort_titles = sort_titles or (lambda: table.sort_titles)
        self.ids = table.ids
        self.size = table.size
        self.ects = table.ects
        self.created = table.created
        self.run_document = table.run_document
        self.every_row = np.arange(self.size, dtype=np.int32)
        self.runs = Slices(table.run_document, self.size)
        self.facets = {name: Values(pairs, self.size) for name, pairs in table.facets.items()}
        self.run_facets = {name: Values(pairs, len(self.run_document)) for name, pairs in table.run_facets.items()}
        self._languages = Values(table.languages, self.size)
        self._has_mode = lru_cache(maxsize=8)(self._make_has_mode)
        self.day = lru_cache(maxsize=2)(self._make_day)
        self.title_order = lru_cache(maxsize=3)(self._make_title_order)

    @cached_property
    def id_order(self) -> np.ndarray:
        """The place of each document when ids are sorted."""
        return _places(np.argsort(np.array(self.ids, dtype=object), kind="stable"))

    def titled(self, title: str) -> np.ndarray:
        """Rows with the title, which is given as its words in lower case."""
        return _find(self._table.titles, title)

    def coded(self, key: str) -> np.ndarray:
        """Rows whose code has the key (`code_key`)."""
        return _find(self._table.codes, key)

    def has_language(self, language: str) -> np.ndarray:
        """Which documents have texts in the language."""
        return self._languages.mask((language,))

    def has_mode(self, mode: str) -> np.ndarray:
        """Which documents have a run in the mode."""
        return self._has_mode(mode)

    def in_scope(self, least: int | None, most: int | None, rows: np.ndarray) -> np.ndarray:
        """Which of the rows have a scope (tenths of a credit) that overlaps the bounds; one not stated fits only none."""
        mask = np.ones(len(rows), dtype=bool)
        if least is not None or most is not None:
            low, high = self.ects[rows].T
            mask &= (high > 0) & (high >= (least or 0))
            if most is not None:
                mask &= low <= most
        return mask

    def _make_has_mode(self, mode: str) -> np.ndarray:
        mask = np.zeros(self.size, dtype=bool)
        mask[self.run_document[self.run_facets["mode"].mask((mode,))]] = True
        return mask

    def _make_title_order(self, language: str) -> np.ndarray:
        titles = self._sort_titles()[language]
        return _places(np.array(sorted(range(self.size), key=lambda row: (titles[row], self.ids[row])), dtype=np.int64))

    def _make_day(self, today: dt.date) -> Day:
        days, documents = self._table.days, self.run_document
        going_on = ~days.have_ended(today)
        any_going_on = np.zeros(self.size, dtype=bool)
        any_going_on[documents[going_on]] = True
        soonest = np.full(self.size, _ENDED, dtype=np.int32)
        np.minimum.at(soonest, documents, self._days_until_start(today))
        counts = going_on | ~any_going_on[documents]
        facets = {f.name: _day_values(f.on_days(days, today)) for f in FACETS if f.on_days}
        return Day(
            counts=counts,
            facets=facets,
            bits=self._make_bits(counts, facets),
            start_order=np.where(any_going_on | ~self._table.has_runs, soonest, _ENDED),
        )

    def _make_bits(self, counts: np.ndarray, day_facets: Mapping[str, Values]) -> Bits:
        owners = np.where(counts, self.run_document, -1)
        by_run = {name: values.pairs.taken(owners) for name, values in (self.run_facets | day_facets).items()}
        return Bits({name: values.pairs for name, values in self.facets.items()} | by_run, self.size)

    def _days_until_start(self, today: dt.date) -> np.ndarray:
        days = self._table.days
        start, day = days.dates[:, 0], today.toordinal()
        later = np.where(days.self_paced, _AT_ANY_TIME, _NOT_KNOWN)
        return np.where(days.have_ended(today), _ENDED, np.where(start >= day, start - day, later))


def _places(order: np.ndarray) -> np.ndarray:
    """The place of each row in an order of rows."""
    places = np.empty(len(order), dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places


def _stated(values: Iterable[str], counts: np.ndarray) -> dict[str, int]:
    """Value → count, without those that nothing has."""
    return {value: count for value, count in zip(values, counts.tolist(), strict=True) if count}


def _find(hashes_and_rows: tuple[np.ndarray, np.ndarray], text: str) -> np.ndarray:
    hashes, rows = hashes_and_rows
    wanted = np.uint64(key_hash(text))
    return rows[np.searchsorted(hashes, wanted, "left") : np.searchsorted(hashes, wanted, "right")]


def _day_values(masks: Mapping[str, np.ndarray]) -> Values:
    table = np.stack(list(masks.values()), axis=1)
    rows, codes = np.nonzero(table)
    return Values(Pairs(rows.astype(np.int32), codes.astype(np.int32), tuple(masks)), len(table))
