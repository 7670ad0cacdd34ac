"""Blocks: an index is a few of them, each some documents in a folder that never changes once it is written.

A block has the table of its documents, the posting lists of their terms, and their words for the lexicon. What is
changed or removed later is named dead by the generation, and a newer block has it.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from portal.search.analysis import lexicon_word
from portal.search.document import Document
from portal.search.postings import PostingLists, write
from portal.search.table import Table, join, load_sort_titles


@dataclass(frozen=True)
class _Flat:
    """All postings of some documents: posting i says that row `rows[i]` has term `terms[numbers[i]]`."""

    terms: Sequence[str]
    numbers: np.ndarray
    rows: np.ndarray
    weights: np.ndarray


def write_block(
    folder: Path, documents: Iterable[Document], progress: Callable[[int], None] = lambda done: None
) -> int:
    """Make a block of documents, of none no block; how many they were."""
    kept: list[Document] = []
    numbers_by_term: dict[str, int] = {}
    numbers, rows, weights = array("I"), array("I"), array("f")
    for row, document in enumerate(documents):
        kept.append(document.without_terms())
        numbers.extend(numbers_by_term.setdefault(term, len(numbers_by_term)) for term in document.impacts)
        rows.extend([row] * len(document.impacts))
        weights.extend(document.impacts.values())
        progress(row + 1)
    if not kept:
        return 0
    flat = _Flat(
        list(numbers_by_term),
        np.frombuffer(numbers, np.uint32),
        np.frombuffer(rows, np.uint32),
        np.frombuffer(weights, np.float32),
    )
    _save(folder, Table.of(kept), flat)
    return len(kept)


def merge_blocks(folder: Path, parts: Sequence[tuple["Block", np.ndarray]]) -> None:
    """Make one block of the rows given of several."""
    table = join([(block.table_with_titles(), alive) for block, alive in parts])
    numbers_by_term: dict[str, int] = {}
    numbers, rows, weights, begin = [], [], [], 0
    for block, alive in parts:
        new_rows = np.full(block.table.size, -1, dtype=np.int64)
        new_rows[alive] = np.arange(begin, begin + len(alive))
        begin += len(alive)
        for term, local, found in block.postings.items():
            mine = new_rows[local]
            mine, found = mine[mine >= 0], found[mine >= 0]
            if len(mine):
                numbers.append(np.full(len(mine), numbers_by_term.setdefault(term, len(numbers_by_term)), np.uint32))
                rows.append(mine)
                weights.append(found)
    flat = _Flat(list(numbers_by_term), _concatenated(numbers), _concatenated(rows), _concatenated(weights))
    _save(folder, table, flat)


def _concatenated(arrays: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.uint32)


def _save(folder: Path, table: Table, flat: _Flat) -> None:
    folder.mkdir()
    table.save(folder)
    order = np.lexsort((flat.rows, flat.numbers))
    rows, weights = flat.rows[order], flat.weights[order]
    ends = np.cumsum(np.bincount(flat.numbers, minlength=len(flat.terms)))
    bounds = [0, *ends.tolist()]
    slices = zip(flat.terms, pairwise(bounds), strict=True)
    write(folder, ((term, rows[begin:end], weights[begin:end]) for term, (begin, end) in slices))
    _save_words(folder, flat, table.size)


def _save_words(folder: Path, flat: _Flat, size: int) -> None:
    """The words that a lexicon has, and which of them each document has, so that they can be taken off again."""
    words = [lexicon_word(term) for term in flat.terms]
    vocabulary = sorted(set(words) - {""})
    places = {word: place for place, word in enumerate(vocabulary)}
    place_of_term = np.array([places.get(word, -1) for word in words], dtype=np.int64)
    found = place_of_term[flat.numbers] if len(words) else np.zeros(0, np.int64)
    # A word and its equal base form are one word of the lexicon: count a document once.
    keys = np.unique(flat.rows[found >= 0].astype(np.int64) * max(len(vocabulary), 1) + found[found >= 0])
    rows, numbers = np.divmod(keys, max(len(vocabulary), 1))
    (folder / "words.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    np.save(folder / "frequencies.npy", np.bincount(numbers, minlength=len(vocabulary)).astype(np.int32))
    np.save(folder / "words_of_rows.npy", numbers.astype(np.uint32))
    np.save(folder / "words_offsets.npy", np.searchsorted(rows, np.arange(size + 1)).astype(np.int64))


class Block:
    """A block opened for reading; its parts are read when they are asked for.

    `known`: the same one in an older generation, whose parts need not be read again.
    """

    def __init__(self, folder: Path, known: "Block | None" = None) -> None:
        self._folder = folder
        if known:
            self.table, self.postings = known.table, known.postings

    @cached_property
    def table(self) -> Table:
        return Table.load(self._folder)

    @cached_property
    def postings(self) -> PostingLists:
        return PostingLists(self._folder)

    def alive(self, dead: Sequence[int]) -> np.ndarray:
        """All rows but the dead ones."""
        rows = np.ones(self.table.size, dtype=bool)
        rows[list(dead)] = False
        return np.flatnonzero(rows)

    def table_with_titles(self) -> Table:
        return Table(**vars(self.table) | {"sort_titles": self.sort_titles()})

    def sort_titles(self) -> dict[str, tuple[str, ...]]:
        return load_sort_titles(self._folder)

    def words(self, dead: Sequence[int]) -> tuple[list[str], np.ndarray]:
        """Words, sorted, with the number of documents that have them, the dead rows not counted."""
        text = (self._folder / "words.txt").read_text(encoding="utf-8")
        frequencies = np.load(self._folder / "frequencies.npy")
        if len(dead):
            offsets = np.load(self._folder / "words_offsets.npy")
            words_of_rows = np.load(self._folder / "words_of_rows.npy", mmap_mode="r")
            for row in dead:
                frequencies[words_of_rows[offsets[row] : offsets[row + 1]]] -= 1
        return text.split("\n") if text else [], frequencies
