"""The index's own words, for completing and for mending what was typed."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_MENDED = 5
_TWO_ERRORS_FROM = 8


class Lexicon:
    """Words with the number of documents that have them."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._words: Sequence[str] = sorted(frequencies)
        self._numbers: Sequence[int] = [frequencies[word] for word in self._words]
        self._beginnings = lru_cache(maxsize=12)(self._cut)

    @classmethod
    def of_sorted(cls, words: Sequence[str], numbers: Sequence[int]) -> "Lexicon":
        """The same of words that are sorted, and as many numbers."""
        lexicon = cls({})
        lexicon._words, lexicon._numbers = words, numbers
        return lexicon

    def __contains__(self, word: str) -> bool:
        return self._place(word) is not None

    def __len__(self) -> int:
        return len(self._words)

    def starting(self, prefix: str, limit: int = 20) -> list[str]:
        """Words that begin with `prefix`, the most frequent first."""
        begin = bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + "\U0010ffff")
        places = sorted(range(begin, end), key=lambda place: -self._numbers[place])[:limit]
        return [self._words[place] for place in places]

    def near_beginning(self, beginning: str, limit: int = 3) -> list[str]:
        """Beginnings of words that differ from `beginning` by one error, the nearest first; four letters or more."""
        if len(beginning) < _SHORTEST_MENDED - 1 or not beginning.isalpha():
            return []
        lengths = (len(beginning), len(beginning) + 1, len(beginning) - 1)
        found = {word for length in lengths for word, _ in self._beginnings(length).near(beginning, 1)}
        return sorted(found, key=lambda word: (word[0] != beginning[0], len(word) != len(beginning), word))[:limit]

    def near(self, word: str, limit: int = 3) -> list[tuple[str, int]]:
        """Words within one error (two from eight letters on) and their distance: optimal string alignment.

        The nearest first; among equals those with the same first letter, then the most frequent.
        """
        if len(word) < _SHORTEST_MENDED or not word.isalpha():
            return []
        most = 2 if len(word) >= _TWO_ERRORS_FROM else 1
        found = []
        for length in range(len(word) - most, len(word) + most + 1):
            if length in self._bands:
                found += self._bands[length].near(word, most)
        found.sort(key=lambda item: (item[1], item[0][0] != word[0], -self._frequency(item[0])))
        return [item for item in found if item[1] == found[0][1]][:limit]

    @cached_property
    def _bands(self) -> dict[int, "_Band"]:
        by_length: dict[int, list[str]] = {}
        for word in self._words:
            if len(word) >= _SHORTEST_MENDED - 1 and word.isalpha():
                by_length.setdefault(len(word), []).append(word)
        return {length: _Band(words) for length, words in by_length.items()}

    def _cut(self, length: int) -> "_Band":
        return _Band(list(dict.fromkeys(word[:length] for word in self._words if len(word) >= length)))

    def _place(self, word: str) -> int | None:
        place = bisect_left(self._words, word)
        return place if place < len(self._words) and self._words[place] == word else None

    def _frequency(self, word: str) -> int:
        return int(self._numbers[self._place(word)])


class _Band:
    """Words of one length. Only those whose letters are nearly those of a word are compared with it."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._letters = _letters(words)

    def near(self, word: str, most: int) -> list[tuple[str, int]]:
        """Words at most `most` errors away, with their distance."""
        # An error takes away one letter and brings in one other at most.
        differing = np.bitwise_count(self._letters ^ _letters([word])[0])
        words = [self._words[place] for place in np.flatnonzero(differing <= 2 * most)]
        if not words:
            return []
        distances = process.cdist([word], words, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
        return [(words[place], int(distances[place])) for place in np.flatnonzero(distances <= most)]


def _letters(words: Sequence[str]) -> np.ndarray:
    """Which letters each word has, as 64 bits; the words are of one length."""
    if not words or not words[0]:
        return np.zeros(len(words), dtype=np.uint64)
    points = np.array(words).view(np.uint32).reshape(len(words), -1)
    return np.bitwise_or.reduce(np.uint64(1) << (points % np.uint32(64)).astype(np.uint64), axis=1)
