"""Runs a plan over posting lists as arrays: which documents are confident, which only related, and in what order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from portal.search.columns import Columns
from portal.search.plan import Phrase, Plan

Found = tuple[np.ndarray, np.ndarray]
"""Rows, each once, and a weight for each."""
Postings = Callable[[str], Found]
"""The documents that have a term, and its weight in each."""

_OWN_LANGUAGE = 1.15
_WISHED_MODE = 1.2
_PROVIDER_WEIGHT = 6.0
_WEAK_SHARE = 0.5
_LEAST_RELATED = 0.34
_LEAST_BESIDE_BEST = 0.05


@dataclass(frozen=True)
class Scored:
    """Of each row that has anything of the query: does it answer the whole, is it at least near it, and how well.

    `rows` rise; the other arrays go with them.
    """

    rows: np.ndarray
    confident: np.ndarray
    related: np.ndarray
    scores: np.ndarray


def score(plan: Plan, columns: Columns, postings: Postings) -> Scored:
    """Coverage counts squared, each word by its rarity: half of what the query tells is worth a quarter."""
    if not plan.has_words:
        rows = columns.every_row
        confident = columns.in_scope(plan.ects_min, plan.ects_max, rows)
        return Scored(rows, confident, np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=np.float32))
    looked_up = _LookedUp(plan, columns, postings)
    rows = looked_up.rows
    total, covered = np.zeros(len(rows), dtype=np.float32), np.zeros(len(rows), dtype=np.int16)
    told, rarities = np.zeros(len(rows), dtype=np.float64), 0.0
    for number in range(len(plan.words)):
        found = looked_up.strong(number)
        having = found > 0
        rarity = float(np.log1p(columns.size / (1.0 + np.count_nonzero(having))))
        rarities += rarity
        covered += having
        told += rarity * having
        if looked_up.has_weak(number):
            weak = looked_up.weak(number)
            told += rarity * _WEAK_SHARE * (~having & (weak > 0))
            np.maximum(found, weak * np.float32(_WEAK_SHARE), out=found)
        total += found * np.float32(rarity)
    share = told / max(rarities, 1e-9)
    scores = total * (share**2).astype(np.float32)
    scores *= np.where(columns.has_language(plan.language)[rows], np.float32(_OWN_LANGUAGE), np.float32(1))
    if plan.mode:
        scores *= np.where(columns.has_mode(plan.mode)[rows], np.float32(_WISHED_MODE), np.float32(1))
    fits = columns.in_scope(plan.ects_min, plan.ects_max, rows)
    confident = (covered >= plan.needed) & fits & bool(plan.words)
    related = ~confident & (share >= _LEAST_RELATED) & (scores > _LEAST_BESIDE_BEST * scores.max(initial=0.0))
    return _put_exact_first(plan, columns, Scored(rows, confident, related, scores))


class _LookedUp:
    """What the posting lists say to each word of a plan, as arrays over the rows that have any of it."""

    def __init__(self, plan: Plan, columns: Columns, postings: Postings) -> None:
        self._columns = columns
        self._postings = postings
        self._strong = [self._lists(word.forms) for word in plan.words]
        self._weak = [self._lists(word.weak) for word in plan.words]
        self._phrases = [(phrase, self._phrase_lists(phrase)) for phrase in plan.phrases]
        lists = [found for group in (*self._strong, *self._weak, *(f for _, p in self._phrases for f in p)) for found in group]  # fmt: skip
        self.rows = self._all_rows(lists, columns.titled(plan.text), columns.coded(plan.code))

    def strong(self, number: int) -> np.ndarray:
        """The weight of the word in its best form, or of the phrase that stands for it."""
        best = self._best(self._strong[number])
        for phrase, lists in self._phrases:
            if phrase.begin <= number < phrase.end:
                weakest = np.minimum.reduce([self._best(found) for found in lists])
                np.maximum(best, weakest * np.float32(phrase.worth), out=best)
        return best

    def has_weak(self, number: int) -> bool:
        return bool(self._weak[number])

    def weak(self, number: int) -> np.ndarray:
        return self._best(self._weak[number])

    def _lists(self, forms: Mapping[str, float]) -> list[Found]:
        found = []
        for term, worth in forms.items():
            rows, weights = self._postings(term)
            if len(rows):
                found.append((rows, weights * np.float32(worth)))
        return found

    def _phrase_lists(self, phrase: Phrase) -> list[list[Found]]:
        """A list for each of its words, all of which must be found; being of the provider is worth as much as a title."""
        if phrase.providers:
            rows = np.flatnonzero(self._columns.facets["provider"].mask(phrase.providers))
            return [[(rows, np.full(len(rows), _PROVIDER_WEIGHT, dtype=np.float32))]]
        return [self._lists(forms) for forms in phrase.words]

    def _all_rows(self, lists: list[Found], *more: np.ndarray) -> np.ndarray:
        mask = np.zeros(self._columns.size, dtype=bool)
        for rows in (*(rows for rows, _ in lists), *more):
            mask[rows] = True
        return np.flatnonzero(mask)

    def _best(self, lists: list[Found]) -> np.ndarray:
        best = np.zeros(self._columns.size, dtype=np.float32)
        for number, (rows, weights) in enumerate(lists):
            best[rows] = np.maximum(best[rows], weights) if number else weights
        return best[self.rows]


def _put_exact_first(plan: Plan, columns: Columns, scored: Scored) -> Scored:
    """An offering whose title is the query comes first; one whose code is the query comes alone."""
    titled = np.isin(scored.rows, columns.titled(plan.text))
    scored.scores[titled] += scored.scores.max(initial=0.0) + 1.0
    scored.confident[titled] = True
    scored.related[titled] = False
    coded = np.isin(scored.rows, columns.coded(plan.code))
    if coded.any():
        scored.scores[coded] += scored.scores.max(initial=0.0) + 1.0
        return Scored(scored.rows, coded, (scored.confident | scored.related) & ~coded, scored.scores)
    return scored
