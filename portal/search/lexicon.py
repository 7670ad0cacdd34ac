"""The index's own words, for completing and for mending what was typed."""

from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_MENDED = 5
_TWO_ERRORS_FROM = 8


class Lexicon:
    """Words with the number of documents that have them; sorted for prefixes, in bands of length for spelling."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = frequencies
        self._sorted = sorted(frequencies)
        self._beginnings = lru_cache(maxsize=12)(self._cut)
        self._bands: dict[int, list[str]] = {}
        for word in self._sorted:
            if len(word) >= _SHORTEST_MENDED - 1 and word.isalpha():
                self._bands.setdefault(len(word), []).append(word)

    def _cut(self, length: int) -> list[str]:
        return list(dict.fromkeys(word[:length] for word in self._sorted if len(word) >= length))

    def __contains__(self, word: str) -> bool:
        return word in self._frequencies

    def __len__(self) -> int:
        return len(self._sorted)

    def starting(self, prefix: str, limit: int = 20) -> list[str]:
        """Words that begin with `prefix`, the most frequent first."""
        begin = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + "\U0010ffff")
        return sorted(self._sorted[begin:end], key=lambda word: -self._frequencies[word])[:limit]

    def near_beginning(self, beginning: str, limit: int = 3) -> list[str]:
        """Beginnings of words that differ from `beginning` by one error, the nearest first; four letters or more."""
        if len(beginning) < _SHORTEST_MENDED - 1 or not beginning.isalpha():
            return []
        found = {
            word
            for length in (len(beginning), len(beginning) + 1, len(beginning) - 1)
            for word, _, _ in process.extract(
                beginning, self._beginnings(length), scorer=OSA.distance, score_cutoff=1, limit=50
            )
        }
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
            band = self._bands.get(length)
            if band:
                distances = process.cdist([word], band, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
                found += [(band[place], int(distances[place])) for place in np.flatnonzero(distances <= most)]
        found.sort(key=lambda item: (item[1], item[0][0] != word[0], -self._frequencies[item[0]]))
        return [item for item in found if item[1] == found[0][1]][:limit]
