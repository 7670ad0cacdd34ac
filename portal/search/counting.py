"""Applies filters to the rows of a search and counts every facet under all choices but its own."""

from collections.abc import Iterable

import numpy as np

from portal.search.columns import Columns, Day, Values
from portal.search.engine import Request

_NONE = np.zeros(0, dtype=np.int64)


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
        facets, filters = columns.facets, request.filters
        self._document_masks = {n: facets[n].mask(chosen)[candidates] for n, chosen in filters.items() if n in facets}
        of_runs = {name: chosen for name, chosen in filters.items() if name not in facets}
        self._runs, self._owners = self._counting_runs() if of_runs else (_NONE, _NONE)
        self._run_masks = {name: self._run_values(name).mask(chosen)[self._runs] for name, chosen in of_runs.items()}
        self._without: dict[str | None, tuple[np.ndarray, np.ndarray]] = {}
        self.found = candidates[self._fitting(None)[0]]

    def facets(self) -> dict[str, dict[str, int]]:
        """Name → value → number of documents; values that nothing has are left out."""
        counts = self._day.bits.count(self.found)
        of_runs = (*self._columns.run_facets, *self._day.facets)
        for name in {*self._document_masks, *(of_runs if self._run_masks else ())}:
            documents, runs = self._fitting(name)
            if name in of_runs and self._run_masks.keys() - {name}:  # on the same runs as other choices
                values, owners = self._run_values(name), self._owners[runs]
                counts[name] = values.count_owners(self._runs[runs], owners, len(self._rows))
            else:
                counts[name] = self._day.bits.count_one(name, self._rows[documents])
        return counts

    def _counting_runs(self) -> tuple[np.ndarray, np.ndarray]:
        """Runs of the candidates, and for each the place of its document among them."""
        runs, owners = self._columns.runs.of(self._rows)
        counting = self._day.counts[runs]
        return runs[counting], owners[counting]

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


def first(columns: Columns, request: Request, found: np.ndarray, scores: np.ndarray, most: int) -> np.ndarray:
    """Places in `found` of the first `most` rows in the order asked for; ties by id, so that pages never overlap.

    `scores` are those of `found`.
    """
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
    places = np.arange(len(found))
    if most < len(found):  # what cannot be among the first need not be sorted
        places = np.flatnonzero(key <= np.partition(key, most - 1)[most - 1])
    return places[np.lexsort((columns.id_order[found[places]], key[places]))][:most]
