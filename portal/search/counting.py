"""Applies filters to the arrays of a generation and counts every facet under all choices but its own."""

import numpy as np

from portal.search.columns import Columns, Day, Pairs
from portal.search.engine import Request


class Selection:
    """The documents of a search: `found` satisfies every choice; `facets()` tells what another choice would find."""

    def __init__(self, columns: Columns, request: Request, candidates: np.ndarray) -> None:
        self._columns = columns
        self._day: Day = columns.day(request.today)
        self._candidates = candidates & columns.in_scope(request.ects_min, request.ects_max)
        self._without: dict[str | None, np.ndarray] = {}
        self._document_masks: dict[str, np.ndarray] = {}
        self._run_masks: dict[str, np.ndarray] = {}
        for name, chosen in request.filters.items():
            if name in columns.facets:
                self._document_masks[name] = columns.facets[name].mask(chosen, columns.size)
            else:
                self._run_masks[name] = self._run_pairs(name).mask(chosen, len(columns.run_document))
        self.found = self._documents(without=None)

    def facets(self) -> dict[str, dict[str, int]]:
        """Name → value → number of documents; values that nothing has are left out."""
        columns = self._columns
        counts = {}
        for name, pairs in columns.facets.items():
            documents = self._documents(without=name)
            counts[name] = _count(pairs, np.bincount(pairs.codes[documents[pairs.rows]], minlength=len(pairs.values)))
        for name in (*columns.run_facets, *self._day.facets):
            counts[name] = self._count_on_runs(name)
        return counts

    def _count_on_runs(self, name: str) -> dict[str, int]:
        """A document counts once for a value, however many of its fitting runs have it."""
        pairs = self._run_pairs(name)
        fitting = self._runs(without=name)[pairs.rows]
        documents = self._columns.run_document[pairs.rows[fitting]]
        has_value = np.zeros((len(pairs.values), self._columns.size), dtype=bool)
        has_value[pairs.codes[fitting], documents] = True
        return _count(pairs, has_value.sum(axis=1))

    def _documents(self, without: str | None) -> np.ndarray:
        """The same for every facet without a choice of its own, so worked out once for all of them."""
        key = without if without in self._document_masks or without in self._run_masks else None
        if key not in self._without:
            self._without[key] = self._worked_out(key)
        return self._without[key]

    def _worked_out(self, without: str | None) -> np.ndarray:
        """Candidates on which every choice but one holds, the run facets among them on one and the same run."""
        mask = self._candidates
        for name, chosen in self._document_masks.items():
            if name != without:
                mask = mask & chosen
        if self._run_masks.keys() - {without}:
            mask = mask & self._columns.documents_of(self._fitting(without))
        return mask

    def _runs(self, without: str) -> np.ndarray:
        documents = self._candidates
        for chosen in self._document_masks.values():
            documents = documents & chosen
        return self._fitting(without) & documents[self._columns.run_document]

    def _fitting(self, without: str | None) -> np.ndarray:
        runs = self._day.counts
        for name, chosen in self._run_masks.items():
            if name != without:
                runs = runs & chosen
        return runs

    def _run_pairs(self, name: str) -> Pairs:
        return self._columns.run_facets.get(name) or self._day.facets[name]


def _count(pairs: Pairs, numbers: np.ndarray) -> dict[str, int]:
    return {value: int(number) for value, number in zip(pairs.values, numbers, strict=True) if number}


def order(columns: Columns, request: Request, found: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Rows of the found documents in the order asked for; ties by id, so that pages never overlap."""
    rows = np.flatnonzero(found)
    by_id = columns.id_order[rows]
    if request.sort == "title":
        key = columns.title_order(request.language)[rows]
    elif request.sort == "scope":
        key = np.where(columns.ects[rows, 1] > 0, columns.ects[rows, 0], np.iinfo(np.int32).max)
    elif request.sort == "new":
        key = -columns.created[rows]
    elif request.sort == "relevance" and request.plan.has_words:
        key = -scores[rows]
    else:
        key = columns.day(request.today).start_order[rows]
    return rows[np.lexsort((by_id, key))]
