"""The search engine in production: Whoosh keeps dictionary and postings on disk; arrays answer."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from cachetools import LRUCache

from portal.search.blocks import Block
from portal.search.columns import Columns
from portal.search.counting import Selection, first
from portal.search.document import Document
from portal.search.engine import RELATED, IndexMissing, Position, Request, Result
from portal.search.generations import Current, Generations
from portal.search.lexicon import Lexicon
from portal.search.scoring import Found, Scored, score
from portal.search.table import join
from portal.search.writing import Writing

_SHORT = 16 * 1024
"""Bytes of a short posting list. To read a list anew costs much the same whether it is short or long, so the many short
ones have a cache of their own, from which a long one pushes none of them out."""
_SHORT_KEPT, _LONG_KEPT = 36 * 1024 * 1024, 60 * 1024 * 1024  # bytes a worker
_A_TERM = 200  # bytes that a kept term costs beside its arrays
_MORE_TO_TRY = 16
"""Times as many documents are tried on filters as are wanted, before all are."""
_LEXICON_AGE = 60.0  # seconds
_T = TypeVar("_T")
_NOTHING = (np.zeros(0, np.int32), np.zeros(0, np.float32))


def _bytes_of(found: Found) -> int:
    return _A_TERM + found[0].nbytes + found[1].nbytes


class _Generation:
    """One generation opened for reading: the columns of its blocks joined, and postings as arrays."""

    def __init__(self, blocks: Sequence[Block], dead: Sequence[Sequence[int]]) -> None:
        self.blocks = blocks
        self._dead = dead
        self._postings = [block.postings for block in blocks]  # open from now on, whatever becomes of the folder
        self._rows: list[np.ndarray] = []
        parts, begin = [], 0
        for block, gone in zip(blocks, dead, strict=True):
            alive = block.alive(gone)
            rows = np.full(block.table.size, -1, dtype=np.int32)
            rows[alive] = np.arange(begin, begin + len(alive), dtype=np.int32)
            begin += len(alive)
            self._rows.append(rows)
            parts.append((block.table, alive))
        self.columns = Columns(join(parts), self._sort_titles)
        self.count_all = lru_cache(maxsize=2)(self._count_all)
        self._short, self._long = LRUCache(_SHORT_KEPT, _bytes_of), LRUCache(_LONG_KEPT, _bytes_of)
        self._lock = threading.Lock()

    def postings(self, term: str) -> Found:
        """Rows that have the term, and its weight in each."""
        with self._lock:
            found = self._short.get(term) or self._long.get(term)
        if found is None:
            found = self._decode(term)
            size = _bytes_of(found)
            with self._lock:
                if size <= _LONG_KEPT:
                    (self._short if size <= _SHORT else self._long)[term] = found
        return found

    def _decode(self, term: str) -> Found:
        found = [
            (self._rows[number][local], weights.astype(np.float32))
            for number, lists in enumerate(self._postings)
            for local, weights in [lists.get(term) or _NOTHING]
            if len(local)
        ]
        if not found:
            return _NOTHING
        rows, weights = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        alive = rows >= 0
        return (rows, weights) if alive.all() else (rows[alive], weights[alive])

    def _count_all(self, today: object) -> Mapping[str, Mapping[str, int]]:
        """The facets of the whole catalogue, which every visit without words or filters asks for."""
        return Selection(self.columns, Request(today), self.columns.every_row).facets()

    def read_lexicon(self) -> Lexicon:
        """Every word with its number of documents."""
        words, numbers = self.blocks[0].words(self._dead[0]) if self.blocks else ([], np.zeros(0, np.int32))
        if len(self.blocks) == 1 and not len(self._dead[0]):
            return Lexicon.of_sorted(words, numbers)
        counted = dict(zip(words, numbers.tolist(), strict=True))
        for block, dead in zip(self.blocks[1:], self._dead[1:], strict=True):
            words, numbers = block.words(dead)
            for word, number in zip(words, numbers.tolist(), strict=True):
                counted[word] = counted.get(word, 0) + number
        return Lexicon({word: number for word, number in counted.items() if number})

    def _sort_titles(self) -> Mapping[str, tuple[str, ...]]:
        both = zip(self.blocks, self._dead, strict=True)
        return join([(block.table_with_titles(), block.alive(gone)) for block, gone in both]).sort_titles


class WhooshEngine:
    """Reads the current generation in a folder and publishes new ones; see `Generations` for how they replace.

    The manifest names a generation's blocks, oldest first, with their dead rows: `{"block-3": [17, 18], …}`.
    """

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._opened: tuple[Current, _Generation] | None = None
        self._lexicon: tuple[object, float, Lexicon | None] = (None, 0.0, None)
        self._lexicon_lock = threading.Lock()
        self._lock = threading.Lock()

    def position(self) -> Position | None:
        current = self._generations.current()
        try:
            return Position(**current.facts["position"]) if current else None
        except TypeError:
            return None  # of another version of the portal

    def is_sound(self) -> bool:
        current = self._generations.current()
        return current is not None and self._generations.is_sound(current)

    def generation(self) -> str:
        current = self._generations.current()
        return current.name if current else ""

    def count(self) -> int:
        current = self._generations.current()
        return current.facts["documents"] if current else 0

    def search(self, request: Request) -> Result:
        return self._read(lambda generation: _answer(generation, request))

    def lexicon(self) -> Lexicon:
        """Read once, and again beside the searches when it has become old: words come and go slowly."""
        with self._lexicon_lock:
            read_from, read_at, lexicon = self._lexicon
            try:
                if lexicon is None:
                    self._read_lexicon()
                elif self._open() is not read_from and time.monotonic() - read_at > _LEXICON_AGE:
                    self._lexicon = (read_from, time.monotonic(), lexicon)
                    threading.Thread(target=self._read_lexicon_again, daemon=True).start()
            except IndexMissing:
                return Lexicon({})
            return self._lexicon[2]

    def publish(
        self, changed: Iterable[Document], removed: Iterable[str], position: Position, *, rebuild: bool,
        progress: Callable[[int], None] = lambda done: None,
    ) -> None:  # fmt: skip
        with self.alone(), self._generations.prepare(rebuild=rebuild) as (folder, facts):
            self._require_sound(unless=rebuild)
            try:
                writing = Writing(folder, facts.get("blocks", {}))
                writing.add(changed, progress)
                writing.bury(removed)
                writing.merge()
            finally:
                self._require_sound(unless=rebuild)  # else damage done meanwhile would be sealed in
            facts = {"position": position._asdict(), "documents": writing.count(), "blocks": writing.dead}
            self._generations.publish(folder, facts)

    def _require_sound(self, *, unless: bool) -> None:
        if not unless and not self.is_sound():
            raise IndexMissing("The index is damaged; nothing is built upon it.")

    def alone(self) -> AbstractContextManager[None]:
        return self._generations.alone()

    def _read_lexicon(self) -> None:
        generation, lexicon = self._read(lambda generation: (generation, generation.read_lexicon()))
        self._lexicon = (generation, time.monotonic(), lexicon)

    def _read_lexicon_again(self) -> None:
        with suppress(IndexMissing):  # the old one serves
            self._read_lexicon()

    def _read(self, act: Callable[[_Generation], _T]) -> _T:
        """What comes of the current generation; of the next one when it has gone while it was read."""
        while True:
            current, generation = self._open_current()
            try:
                return act(generation)
            except Exception as error:
                self._find_damage(current, error)

    def _open(self) -> _Generation:
        return self._open_current()[1]

    def _open_current(self) -> tuple[Current, _Generation]:
        """The current generation, opened once; raises IndexMissing when it is not sound."""
        current = self._generations.current()
        opened = self._opened
        if opened and current and opened[0].stamp == current.stamp:
            return opened
        with self._lock:
            while True:
                current = self._generations.current()
                if current is None:
                    raise IndexMissing("There is no index. Run: portal index")
                if self._opened and self._opened[0].stamp == current.stamp:
                    return self._opened
                if not self._generations.is_sound(current):
                    if self._is_in_use(current):
                        raise IndexMissing("The index is damaged. Run: portal index")
                    continue
                try:
                    self._opened = (current, self._load(current))
                except Exception as error:
                    self._find_damage(current, error)

    def _load(self, current: Current) -> _Generation:
        folder, dead = self._generations.folder(current.name), current.facts["blocks"]
        before, opened = self._opened or (None, None)
        known = dict(zip(map(before.sums, before.facts["blocks"]), opened.blocks, strict=True)) if before else {}
        blocks = [Block(folder / name, known.get(current.sums(name))) for name in dead]
        return _Generation(blocks, list(dead.values()))

    def _find_damage(self, current: Current, error: Exception) -> None:
        """Raises IndexMissing when the generation was damaged while it was read, and the error when it is whole; does
        nothing when it has been replaced meanwhile."""
        if not self._is_in_use(current):
            return
        if self._generations.is_sound(current, anew=True):
            raise error
        self._opened = None
        raise IndexMissing("The index is damaged. Run: portal index") from error

    def _is_in_use(self, current: Current) -> bool:
        now = self._generations.current()
        return now is not None and now.stamp == current.stamp


def _answer(generation: _Generation, request: Request) -> Result:
    columns = generation.columns
    scored = score(request.plan, columns, generation.postings)
    selection = Selection(columns, request, scored.rows[scored.confident])
    if request.count_only:
        return Result(len(selection.found), (), {})
    scores = scored.scores[np.searchsorted(scored.rows, selection.found)]
    places = first(columns, request, selection.found, scores, request.offset + request.limit)[request.offset :]
    related = _best_related(columns, request, scored) if request.offset == 0 and request.plan.has_words else ()
    hits = tuple((columns.ids[selection.found[place]], round(float(scores[place]), 4)) for place in places)
    facets = generation.count_all(request.today) if _asks_for_all(request) else selection.facets()
    return Result(len(selection.found), hits, facets, related)


def _asks_for_all(request: Request) -> bool:
    return not (
        request.plan.has_words
        or request.filters
        or any(
            bound is not None
            for bound in (request.ects_min, request.ects_max, request.plan.ects_min, request.plan.ects_max)
        )
    )


def _best_related(columns: Columns, request: Request, scored: Scored) -> tuple[tuple[str, float], ...]:
    """The best documents that are near the query and satisfy the filters: those are tried on the best first, until
    there are enough, since tens of thousands may be near."""
    rows, near_scores = scored.rows[scored.related], scored.scores[scored.related]
    tried, near = 0, rows[:0]
    while tried < len(rows) and len(near) < RELATED:
        tried = min(len(rows), max(tried, RELATED) * _MORE_TO_TRY)
        least = np.partition(near_scores, len(rows) - tried)[len(rows) - tried]
        near = Selection(columns, request, rows[near_scores >= least]).found
    scores = scored.scores[np.searchsorted(scored.rows, near)]
    places = first(columns, replace(request, sort="relevance"), near, scores, RELATED)
    return tuple((columns.ids[near[place]], round(float(scores[place]), 4)) for place in places)
