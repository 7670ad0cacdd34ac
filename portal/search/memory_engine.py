"""The plainest engine there can be: it looks at every document. It is the oracle of the contract tests, and stands in
while the real index is missing; it does not rank well."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from portal.model.collation import sort_key
from portal.search.analysis import lexicon_word
from portal.search.analysis.tokens import words
from portal.search.document import Document
from portal.search.engine import IndexMissing, Position, Request, Result
from portal.search.facets import FACETS
from portal.search.lexicon import Lexicon
from portal.search.plan import Plan
from portal.search.table import code_key


class MemoryEngine:
    """Keeps documents in a dictionary."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] | None = None
        self._position: Position | None = None
        self._writing = threading.RLock()

    def alone(self) -> AbstractContextManager[None]:
        return self._writing

    def position(self) -> Position | None:
        return self._position

    def is_sound(self) -> bool:
        return self._documents is not None

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

    def lexicon(self) -> Lexicon:
        return Lexicon(
            Counter(
                word
                for document in (self._documents or {}).values()
                for word in {lexicon_word(term) for term in document.impacts} - {""}
            )
        )

    def search(self, request: Request) -> Result:
        if self._documents is None:
            raise IndexMissing("Nothing was published to this index.")
        documents, plan = list(self._documents.values()), request.plan
        if any(plan.code and code_key(d.code) == plan.code for d in documents):
            confident = [d for d in documents if code_key(d.code) == plan.code]
        else:
            confident = [d for d in documents if _is_confident(d, plan)]
        candidates = [d for d in confident if _in_scope(d, request.ects_min, request.ects_max)]
        found = [d for d in candidates if _matches(d, request)]
        if request.count_only:
            return Result(len(found), (), {})
        scores = {d.id: sum(_covers(d, plan)) for d in found}
        found.sort(key=lambda d: order_key(d, request, scores[d.id]))
        page = found[request.offset : request.offset + request.limit]
        facets = {facet.name: Counter() for facet in FACETS}
        for document in candidates:
            for name, counter in facets.items():
                counter.update(_values(document, request, name))
        return Result(len(found), tuple((d.id, scores[d.id]) for d in page), {n: dict(c) for n, c in facets.items()})


def _covers(document: Document, plan: Plan) -> list[bool]:
    """Which words of the plan the document has, in any of their forms or by a phrase."""
    covered = [any(term in document.impacts for term in word.forms) for word in plan.words]
    for phrase in plan.phrases:
        by_provider = document.facets["provider"][0] in phrase.providers
        if by_provider or (phrase.words and all(any(t in document.impacts for t in forms) for forms in phrase.words)):
            covered[phrase.begin : phrase.end] = [True] * (phrase.end - phrase.begin)
    return covered


def _is_confident(document: Document, plan: Plan) -> bool:
    if plan.text and any(" ".join(words(title)) == plan.text for title in document.titles.values()):
        return True
    if plan.impossible or (plan.text and not plan.words):
        return False
    return sum(_covers(document, plan)) >= plan.needed and _in_scope(document, plan.ects_min, plan.ects_max)


def _in_scope(document: Document, least: int | None, most: int | None) -> bool:
    low, high = document.ects
    return (least is None and most is None) or bool(high and high >= (least or 0) and (most is None or low <= most))


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
    if request.sort == "relevance" and request.plan.has_words:
        return -score, document.id
    return start_order(document, request.today), document.id
