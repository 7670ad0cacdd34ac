"""Runs a plan over posting lists as arrays: which documents are confident, which only related, and in what order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from portal.search.columns import Columns
from portal.search.plan import Phrase, Plan

Postings = Callable[[str], tuple[np.ndarray, np.ndarray]]
"""Rows of the documents that have a term, and its weight in each."""

_OWN_LANGUAGE = 1.15
_WISHED_MODE = 1.2
_PROVIDER_WEIGHT = 6.0
_WEAK_SHARE = 0.5
_LEAST_RELATED = 0.34
_LEAST_BESIDE_BEST = 0.05


@dataclass(frozen=True)
class Scored:
    """Per document: does it answer the whole query, is it at least near it, and how well."""

    confident: np.ndarray
    related: np.ndarray
    scores: np.ndarray


def score(plan: Plan, columns: Columns, postings: Postings) -> Scored:
    """Coverage counts squared, each word by its rarity: half of what the query tells is worth a quarter."""
    size = columns.size
    if not plan.has_words:
        every = np.ones(size, dtype=bool) if plan.ects_min is plan.ects_max is None else _in_scope(plan, columns)
        return Scored(every, np.zeros(size, dtype=bool), np.zeros(size, dtype=np.float32))
    strong = [_best(word.forms, size, postings) for word in plan.words]
    for phrase in plan.phrases:
        found = _phrase(phrase, columns, postings) * np.float32(phrase.worth)
        for number in range(phrase.begin, phrase.end):
            strong[number] = np.maximum(strong[number], found)
    total, covered = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.int16)
    told, rarities = np.zeros(size, dtype=np.float64), 0.0
    for word, found in zip(plan.words, strong, strict=True):
        weak = _best(word.weak, size, postings)
        having = found > 0
        rarity = float(np.log1p(size / (1.0 + np.count_nonzero(having))))
        rarities += rarity
        total += np.maximum(found, weak * np.float32(_WEAK_SHARE)) * np.float32(rarity)
        covered += having
        told += rarity * np.where(having, 1.0, np.where(weak > 0, _WEAK_SHARE, 0.0))
    share = told / max(rarities, 1e-9)
    scores = total * (share**2).astype(np.float32)
    scores *= np.where(columns.has_language(plan.language), np.float32(_OWN_LANGUAGE), np.float32(1))
    if plan.mode:
        scores *= np.where(columns.has_mode(plan.mode), np.float32(_WISHED_MODE), np.float32(1))
    fits = _in_scope(plan, columns)
    confident = (covered >= plan.needed) & fits & bool(plan.words)
    related = ~confident & (share >= _LEAST_RELATED) & (scores > _LEAST_BESIDE_BEST * scores.max(initial=0.0))
    return _put_exact_first(plan, columns, Scored(confident, related, scores))


def _best(forms: Mapping[str, float], size: int, postings: Postings) -> np.ndarray:
    best = np.zeros(size, dtype=np.float32)
    for term, worth in forms.items():
        rows, weights = postings(term)
        if len(rows):
            best[rows] = np.maximum(best[rows], weights * np.float32(worth))
    return best


def _phrase(phrase: Phrase, columns: Columns, postings: Postings) -> np.ndarray:
    """The weakest of its words, where all are found; being of the provider is worth as much as a title."""
    if phrase.providers:
        return columns.facets["provider"].mask(phrase.providers, columns.size).astype(np.float32) * _PROVIDER_WEIGHT
    found = [_best(forms, columns.size, postings) for forms in phrase.words]
    return np.minimum.reduce(found)


def _in_scope(plan: Plan, columns: Columns) -> np.ndarray:
    return columns.in_scope(plan.ects_min, plan.ects_max)


def _put_exact_first(plan: Plan, columns: Columns, scored: Scored) -> Scored:
    """An offering whose title is the query comes first; one whose code is the query comes alone."""
    titled = columns.rows_by_title.get(plan.text)
    if titled is not None:
        scored.scores[titled] += scored.scores.max(initial=0.0) + 1.0
        scored.confident[titled] = True
        scored.related[titled] = False
    coded = columns.rows_by_code.get(plan.code) if plan.code else None
    if coded is not None:
        confident = np.zeros_like(scored.confident)
        confident[coded] = True
        scored.scores[coded] += scored.scores.max(initial=0.0) + 1.0
        return Scored(confident, (scored.confident | scored.related) & ~confident, scored.scores)
    return scored
