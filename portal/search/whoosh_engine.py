"""The search engine in production: Whoosh keeps dictionary and postings on disk; arrays answer."""

import shutil
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
from cachetools import LRUCache

from portal.search.blocks import Block, merge_blocks, write_block
from portal.search.columns import Columns
from portal.search.counting import Selection, order
from portal.search.document import Document
from portal.search.engine import RELATED, IndexMissing, Position, Request, Result
from portal.search.generations import Generations
from portal.search.lexicon import Lexicon
from portal.search.postings import MOST_ROWS
from portal.search.scoring import Found, Scored, score
from portal.search.table import join

_POSTINGS_KEPT = 48 * 1024 * 1024  # bytes a worker
_A_TERM = 200  # bytes that a kept term costs beside its arrays
_LEXICON_AGE = 60.0  # seconds
_NOTHING = (np.zeros(0, np.int32), np.zeros(0, np.float32))


class _Generation:
    """One generation opened for reading: the columns of its blocks joined, and postings as arrays."""

    def __init__(self, blocks: Sequence[Block], dead: Sequence[Sequence[int]]) -> None:
        self.blocks = blocks
        self._dead = dead
        self._rows: list[np.ndarray] = []
        parts, begin = [], 0
        for block, gone in zip(blocks, dead, strict=True):
            alive = _alive(block, gone)
            rows = np.full(block.table.size, -1, dtype=np.int32)
            rows[alive] = np.arange(begin, begin + len(alive), dtype=np.int32)
            begin += len(alive)
            self._rows.append(rows)
            parts.append((block.table, alive))
        self.columns = Columns(join(parts), self._sort_titles)
        self.count_all = lru_cache(maxsize=2)(self._count_all)
        self._kept = LRUCache(_POSTINGS_KEPT, getsizeof=lambda found: _A_TERM + found[0].nbytes + found[1].nbytes)
        self._lock = threading.Lock()

    def postings(self, term: str) -> Found:
        """Rows that have the term, and its weight in each."""
        with self._lock:
            found = self._kept.get(term)
        if found is None:
            found = self._decode(term)
            with self._lock:
                if _A_TERM + found[0].nbytes + found[1].nbytes <= _POSTINGS_KEPT:
                    self._kept[term] = found
        return found

    def _decode(self, term: str) -> Found:
        found = [
            (self._rows[number][local], weights.astype(np.float32))
            for number, block in enumerate(self.blocks)
            for local, weights in [block.postings.get(term) or _NOTHING]
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
        return join([(block.table_with_titles(), _alive(block, gone)) for block, gone in both]).sort_titles


class WhooshEngine:
    """Reads the current generation in a folder and publishes new ones; see `Generations` for how they replace.

    The manifest names a generation's blocks, oldest first, with their dead rows: `{"block-3": [17, 18], …}`.
    """

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._opened: tuple[tuple[str, int, int], _Generation] | None = None
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
        generation = self._open()
        columns = generation.columns
        scored = score(request.plan, columns, generation.postings)
        selection = Selection(columns, request, scored.rows[scored.confident])
        if request.count_only:
            return Result(len(selection.found), (), {})
        scores = scored.scores[np.searchsorted(scored.rows, selection.found)]
        places = order(columns, request, selection.found, scores)[request.offset : request.offset + request.limit]
        related = _best_related(columns, request, scored) if request.offset == 0 and request.plan.has_words else ()
        hits = tuple((columns.ids[selection.found[place]], round(float(scores[place]), 4)) for place in places)
        facets = generation.count_all(request.today) if _asks_for_all(request) else selection.facets()
        return Result(len(selection.found), hits, facets, related)

    def lexicon(self) -> Lexicon:
        """Read once, and again beside the searches when it has become old: words come and go slowly."""
        try:
            generation = self._open()
        except IndexMissing:
            return Lexicon({})
        with self._lexicon_lock:
            stamp, read_at, lexicon = self._lexicon
            if lexicon is None:
                self._read_lexicon(generation)
            elif stamp is not generation and time.monotonic() - read_at > _LEXICON_AGE:
                self._lexicon = (generation, time.monotonic(), lexicon)
                threading.Thread(target=self._read_lexicon, args=(generation,), daemon=True).start()
            return self._lexicon[2]

    def publish(
        self, changed: Iterable[Document], removed: Iterable[str], position: Position, *, rebuild: bool,
        progress: Callable[[int], None] = lambda done: None,
    ) -> None:  # fmt: skip
        if not rebuild and not self.is_sound():
            raise IndexMissing("The index is damaged; nothing is built upon it.")
        with self._generations.prepare(rebuild=rebuild) as (folder, facts):
            writing = _Writing(folder, facts.get("blocks", {}))
            writing.add(changed, progress)
            writing.bury(removed)
            writing.merge()
            facts = {"position": position._asdict(), "documents": writing.count(), "blocks": writing.dead}
            self._generations.publish(folder, facts)

    def _read_lexicon(self, generation: _Generation) -> None:
        self._lexicon = (generation, time.monotonic(), generation.read_lexicon())

    def _open(self) -> _Generation:
        """The current generation, opened once; raises IndexMissing when it is not sound."""
        current = self._generations.current()
        opened = self._opened
        if opened and current and opened[0] == current.stamp:
            return opened[1]
        with self._lock:
            current = self._generations.current()
            if current is None or not self._generations.is_sound(current):
                raise IndexMissing("There is no sound index. Run: portal index")
            if self._opened is None or self._opened[0] != current.stamp:
                folder, dead = self._generations.folder(current.name), current.facts["blocks"]
                known = {block.inode: block for block in (self._opened[1].blocks if self._opened else ())}
                blocks = [Block(folder / name, known) for name in dead]
                self._opened = (current.stamp, _Generation(blocks, list(dead.values())))
            return self._opened[1]


class _Writing:
    """A generation being made in a folder: its blocks, oldest first, each with its dead rows."""

    def __init__(self, folder: Path, dead: Mapping[str, Sequence[int]]) -> None:
        self._folder = folder
        self.dead = {name: list(rows) for name, rows in dead.items()}
        self._blocks = {name: Block(folder / name) for name in dead}

    def add(self, documents: Iterable[Document], progress: Callable[[int], None]) -> None:
        """Take in documents; they replace those of the same ids."""
        stream, done = iter(documents), 0
        while True:
            name = self._new_name()
            added = write_block(
                self._folder / name, islice(stream, MOST_ROWS), lambda number, before=done: progress(before + number)
            )
            if not added:
                return
            done += added
            self._take_in(name)

    def bury(self, ids: Iterable[str]) -> None:
        """Name the rows of these documents dead."""
        gone = set(ids)
        for name, block in self._blocks.items() if gone else ():
            here = gone.intersection(block.table.ids)
            if here:
                rows = {row for row, document_id in enumerate(block.table.ids) if document_id in here}
                self.dead[name] = sorted(rows | set(self.dead[name]))

    def merge(self) -> None:
        """Make the newest blocks one, until each is more than twice as large as the next: so they stay few."""
        names = list(self._blocks)
        sizes = [self._blocks[name].table.size - len(self.dead[name]) for name in names]
        begin, total = len(names), 0
        for number in reversed(range(len(names))):
            if total and (sizes[number] > 2 * total or total + sizes[number] > MOST_ROWS):
                break
            begin, total = number, total + sizes[number]
        merged = names[begin:]
        if len(merged) < 2 and total:
            return
        parts = [(self._blocks[name], _alive(self._blocks[name], self.dead[name])) for name in merged]
        name = self._new_name()
        if total:
            merge_blocks(self._folder / name, parts)
        for old in merged:
            del self._blocks[old], self.dead[old]
            shutil.rmtree(self._folder / old)
        if total:
            self._take_in(name)

    def count(self) -> int:
        return sum(block.table.size - len(self.dead[name]) for name, block in self._blocks.items())

    def _new_name(self) -> str:
        return f"block-{max((int(name[6:]) for name in self._blocks), default=0) + 1}"

    def _take_in(self, name: str) -> None:
        block = Block(self._folder / name)
        self.bury(block.table.ids)
        self._blocks[name], self.dead[name] = block, []


def _alive(block: Block, dead: Sequence[int]) -> np.ndarray:
    rows = np.ones(block.table.size, dtype=bool)
    rows[list(dead)] = False
    return np.flatnonzero(rows)


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
    """The best documents that are near the query and satisfy the filters."""
    near = Selection(columns, request, scored.rows[scored.related]).found
    scores = scored.scores[np.searchsorted(scored.rows, near)]
    places = order(columns, replace(request, sort="relevance"), near, scores)[:RELATED]
    return tuple((columns.ids[near[place]], round(float(scores[place]), 4)) for place in places)
