"""Applies filters to the rows of a search and counts every facet under all choices but its own."""

from collections.abc import Iterable

import numpy as np

from portal.search.columns import Columns, Day, Values
from portal.search.engine import Request


class Selection:
    """The documents of a search: `found` satisfies every choice; `facets()` tells what another choice would find.

    `candidates`: rows that the words of the query find, rising. Masks are over candidates, or over their runs.
    """

    def __init__(self, columns: Columns, request: Request, candidates: np.ndarray) -> None:
        self._columns = columns
        self._day: Day = columns.day(request.today)
        if request.ects_min is not None or request.ects_max is not None:
            candidates = candidates[columns.in_scope(request.ects_min, request.ects_max, candidates)]
        self._rows = candidates
        self._runs, self._owners = columns.runs.of(candidates)
        counting = self._day.counts[self._runs]
        self._runs, self._owners = self._runs[counting], self._owners[counting]
        self._document_masks, self._run_masks = {}, {}
        for name, chosen in request.filters.items():
            if name in columns.facets:
                self._document_masks[name] = columns.facets[name].mask(chosen)[candidates]
            else:
                self._run_masks[name] = self._run_values(name).mask(chosen)[self._runs]
        self._without: dict[str | None, tuple[np.ndarray, np.ndarray]] = {}
        self.found = candidates[self._fitting(None)[0]]

    def facets(self) -> dict[str, dict[str, int]]:
        """Name → value → number of documents; values that nothing has are left out."""
        counts = {}
        for name, values in self._columns.facets.items():
            counts[name] = values.count(self._rows[self._fitting(name)[0]])
        for name in (*self._columns.run_facets, *self._day.facets):
            runs = self._fitting(name)[1]
            counts[name] = self._run_values(name).count(self._runs[runs], self._owners[runs], len(self._rows))
        return counts

    def _fitting(self, without: str | None) -> tuple[np.ndarray, np.ndarray]:
        """Documents on which every choice but one holds, the run facets among them on one and the same run; and those
        runs. It is the same for every facet without a choice of its own, so worked out once for all of them."""
        key = without if without in self._document_masks or without in self._run_masks else None
        if key not in self._without:
            documents = _all(len(self._rows), (mask for name, mask in self._document_masks.items() if name != key))
            runs = _all(len(self._runs), (mask for name, mask in self._run_masks.items() if name != key))
            if self._run_masks.keys() - {key}:
                having = np.zeros(len(self._rows), dtype=bool)
                having[self._owners[runs]] = True
                documents &= having
            self._without[key] = documents, runs & documents[self._owners]
        return self._without[key]

    def _run_values(self, name: str) -> Values:
        return self._columns.run_facets.get(name) or self._day.facets[name]


def _all(size: int, masks: Iterable[np.ndarray]) -> np.ndarray:
    holds = np.ones(size, dtype=bool)
    for mask in masks:
        holds &= mask
    return holds


def order(columns: Columns, request: Request, found: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """The found rows in the order asked for; ties by id, so that pages never overlap. `scores` are those of `found`."""
    if request.sort == "title":
        key = columns.title_order(request.language)[found]
    elif request.sort == "scope":
        key = np.where(columns.ects[found, 1] > 0, columns.ects[found, 0], np.iinfo(np.int32).max)
    elif request.sort == "new":
        key = -columns.created[found]
    elif request.sort == "relevance" and request.plan.has_words:
        key = -scores
    else:
        key = columns.day(request.today).start_order[found]
    return np.lexsort((columns.id_order[found], key))
