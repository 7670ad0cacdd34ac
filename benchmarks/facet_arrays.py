"""Facets as arrays beside an engine that has none: filters, and counts that leave out a facet's own choice."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from benchmarks.rows import NAMES, OF_OFFERING, OF_RUN, Row

Counts = dict[str, dict[str, int]]


class _Pairs:
    """Which row has which value, as two arrays."""

    def __init__(self, values_by_row: Iterable[Iterable[str]]) -> None:
        numbers: dict[str, int] = {}
        pairs = [
            (row, numbers.setdefault(v, len(numbers))) for row, values in enumerate(values_by_row) for v in set(values)
        ]
        table = np.array(pairs, dtype=np.int32).reshape(-1, 2)
        self.rows, self.codes = np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])
        self.values, self.numbers = tuple(numbers), numbers

    def mask(self, chosen: Iterable[str], size: int) -> np.ndarray:
        wanted = np.zeros(len(self.values), dtype=bool)
        wanted[[self.numbers[value] for value in chosen if value in self.numbers]] = True
        mask = np.zeros(size, dtype=bool)
        mask[self.rows[wanted[self.codes]]] = True
        return mask


class FacetArrays:
    """The facets of all rows; what holds on a run must hold on one and the same run."""

    def __init__(self, rows: Sequence[Row]) -> None:
        runs = [run for row in rows for run in row.runs]
        self.size = len(rows)
        self._run_row = np.repeat(np.arange(self.size, dtype=np.int32), [len(row.runs) for row in rows])
        self._pairs = {name: _Pairs(row.values[name] for row in rows) for name in OF_OFFERING}
        self._pairs |= {name: _Pairs(run[name] for run in runs) for name in OF_RUN}

    def select(self, candidates: np.ndarray, filters: Mapping[str, Sequence[str]]) -> tuple[np.ndarray, Counts]:
        """Which rows (mask) satisfy all filters, and the counts of every facet under all choices but its own."""
        of_rows = {n: self._pairs[n].mask(v, self.size) for n, v in filters.items() if n in OF_OFFERING}
        of_runs = {n: self._pairs[n].mask(v, len(self._run_row)) for n, v in filters.items() if n in OF_RUN}
        usual = self._fitting(candidates, of_rows, of_runs, None)
        counts: Counts = {}
        for name in NAMES:
            rows, runs = self._fitting(candidates, of_rows, of_runs, name) if name in filters else usual
            counts[name] = self._count(name, rows, runs)
        return usual[0], counts

    def _fitting(self, candidates, of_rows, of_runs, without) -> tuple[np.ndarray, np.ndarray]:
        """Rows, and runs of such rows."""
        rows = candidates
        for name, mask in of_rows.items():
            if name != without:
                rows = rows & mask
        runs = rows[self._run_row]
        for name, mask in of_runs.items():
            if name != without:
                runs = runs & mask
        if of_runs.keys() - {without}:
            rows = np.zeros(self.size, dtype=bool)
            rows[self._run_row[runs]] = True
        return rows, runs

    def _count(self, name: str, rows: np.ndarray, runs: np.ndarray) -> dict[str, int]:
        pairs = self._pairs[name]
        if name in OF_OFFERING:
            numbers = np.bincount(pairs.codes[rows[pairs.rows]], minlength=len(pairs.values))
        else:
            fitting = runs[pairs.rows]
            having = np.zeros((len(pairs.values), self.size), dtype=bool)
            having[pairs.codes[fitting], self._run_row[pairs.rows[fitting]]] = True
            numbers = having.sum(axis=1)
        return {value: int(n) for value, n in zip(pairs.values, numbers, strict=True) if n}
