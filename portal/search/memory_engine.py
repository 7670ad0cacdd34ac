"""The plainest engine there can be: it looks at every document. It is the oracle of the contract tests, and stands in
while the real index is missing; it does not rank well."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable

from portal.model.collation import sort_key
from portal.search.document import Document
from portal.search.engine import IndexMissing, Position, Request, Result
from portal.search.facets import FACETS


class MemoryEngine:
    """Keeps documents in a dictionary."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] | None = None
        self._position: Position | None = None

    def position(self) -> Position | None:
        return self._position

    def generation(self) -> str:
        return f"memory-{self._position.epoch}-{self._position.seq}" if self._position else ""

    def count(self) -> int:
        return len(self._documents or ())

    def publish(
        self, changed: Iterable[Document], removed: Iterable[str], position: Position, *, rebuild: bool,
        progress: Callable[[int], None] = lambda done: None,
    ) -> None:  # fmt: skip
        documents = {} if rebuild else dict(self._documents or {})
        documents |= {document.id: document for document in changed}
        for gone in removed:
            documents.pop(gone, None)
        self._documents, self._position = documents, position

    def search(self, request: Request) -> Result:
        if self._documents is None:
            raise IndexMissing("Nothing was published to this index.")
        scored = {d.id: _score(d, request) for d in self._documents.values() if _in_scope(d, request)}
        candidates = [d for d in self._documents.values() if scored.get(d.id) is not None]
        found = [d for d in candidates if _matches(d, request)]
        found.sort(key=lambda d: order_key(d, request, scored[d.id]))
        page = found[request.offset : request.offset + request.limit]
        facets = {facet.name: Counter() for facet in FACETS}
        for document in candidates:
            for name, counter in facets.items():
                counter.update(_values(document, request, name))
        return Result(len(found), tuple((d.id, scored[d.id]) for d in page), {n: dict(c) for n, c in facets.items()})


def _score(document: Document, request: Request) -> float | None:
    """Sum over the words of their best form; None when a word is missing."""
    best = [
        max((worth * document.impacts.get(t, 0.0) for t, worth in forms.items()), default=0.0)
        for forms in request.words
    ]
    return sum(best) if all(best) else None


def _in_scope(document: Document, request: Request) -> bool:
    low, high = document.ects
    bounded = request.ects_min is not None or request.ects_max is not None
    return not bounded or bool(
        high and high >= (request.ects_min or 0) and (request.ects_max is None or low <= request.ects_max)
    )


def _matches(document: Document, request: Request) -> bool:
    return any(True for _ in _fitting_runs(document, request, without=None))


def _values(document: Document, request: Request, name: str) -> set[str]:
    """The document's values of one facet, under every choice but the facet's own."""
    runs = list(_fitting_runs(document, request, without=name))
    if name in document.facets:
        return set(document.facets[name]) if runs else set()
    return {value for run in runs for value in run[name]}


def _fitting_runs(document: Document, request: Request, without: str | None):
    """Values of the run facets of each run on which all choices hold at once."""
    filters = {name: set(values) for name, values in request.filters.items() if name != without}
    if any(name in document.facets and not values & set(document.facets[name]) for name, values in filters.items()):
        return
    for run in document.runs_that_count(request.today):
        values = dict(run.facets) | {f.name: tuple(f.on_day(run.days, request.today)) for f in FACETS if f.on_day}
        if all(name not in values or chosen & set(values[name]) for name, chosen in filters.items()):
            yield values


def start_order(document: Document, today: dt.date) -> int:
    """Days until the next stated start; then what can be begun at any time, then no date, then ended."""
    runs = document.runs_that_count(today)
    if all(run.days.have_ended(today) for run in runs) and document.has_runs:
        return 3_000_000
    days = [(run.days.start - today).days for run in runs if run.days.start and run.days.start >= today]
    return min(days, default=1_000_000 if any(run.days.self_paced for run in runs) else 2_000_000)


def order_key(document: Document, request: Request, score: float) -> tuple:
    """The key by which results are put in order; ends in the id, so that the order is always the same."""
    if request.sort == "title":
        return sort_key(document.titles[request.language], request.language), document.id
    if request.sort == "scope":
        return document.ects[0] if document.ects[1] else 1_000_000, document.id
    if request.sort == "new":
        return -document.created, document.id
    if request.sort == "relevance" and request.words:
        return -score, document.id
    return start_order(document, request.today), document.id
