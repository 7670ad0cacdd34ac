"""Searches the catalogue: from a query to hits read from the store, with facets and what to tell the visitor."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil

from portal.model.message import N_, Message
from portal.model.query import MAX_WORDS, SearchQuery
from portal.search.analysis import query_forms, query_words
from portal.search.engine import Engine, IndexMissing, Position, Request, Result
from portal.search.facets import FACETS, Facet, Labels
from portal.search.memory_engine import MemoryEngine
from portal.services.catalog import Catalog, Shown
from portal.services.clock import Clock
from portal.services.indexing import Indexer

_TOO_MANY_WORDS = Message(N_("Your search was long. We used the first ten words."))
_INDEX_MISSING = Message(N_("The search is being renewed. Results may be in a different order for a while."))


@dataclass(frozen=True)
class FacetValue:
    """One value to choose: how many offerings it would find under all other choices."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class FacetAnswer:
    facet: Facet
    title: str
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> int:
        return sum(value.chosen for value in self.values)


@dataclass(frozen=True)
class Hit:
    shown: Shown
    score: float


@dataclass(frozen=True)
class SearchAnswer:
    """What a search found. `notices` tell what was left out; `degraded` when the store answered for the index."""

    query: SearchQuery
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetAnswer, ...]
    words: tuple[str, ...]
    notices: tuple[Message, ...] = ()
    degraded: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.query.size))


class Searching:
    """Answers queries from the engine; from the store while there is no index."""

    def __init__(self, catalog: Catalog, engine: Engine, indexer: Indexer, clock: Clock) -> None:
        self._catalog = catalog
        self._engine = engine
        self._indexer = indexer
        self._clock = clock
        self._stand_in = MemoryEngine()
        self._lock = threading.Lock()

    def labels(self, language: str, translate: Callable[[str], str]) -> Labels:
        return Labels(self._catalog.codes, self._catalog.providers(), language, translate)

    def find(self, query: SearchQuery, labels: Labels) -> SearchAnswer:
        """The page of hits that the query asks for, read from the store by id: a stale index can hide, never reveal."""
        words = query_words(query.text)
        notices = [_TOO_MANY_WORDS] if len(words) > MAX_WORDS else []
        request = self._request(query, words[:MAX_WORDS])
        try:
            result, degraded = self._engine.search(request), False
        except IndexMissing:
            result, degraded = self._search_store(request), True
            notices.append(_INDEX_MISSING)
        scores = dict(result.hits)
        shown = self._catalog.published(list(scores))
        return SearchAnswer(
            query=query,
            total=result.total,
            hits=tuple(Hit(item, scores[item.id]) for item in shown),
            facets=tuple(_facet_answer(facet, query, result.facets, labels) for facet in FACETS),
            words=tuple(words[:MAX_WORDS]),
            notices=tuple(notices),
            degraded=degraded,
        )

    def generation(self) -> str:
        return self._engine.generation()

    def _request(self, query: SearchQuery, words: list[str]) -> Request:
        return Request(
            today=self._clock().date(),
            # Signs alone, such as "???", are a search that finds nothing, not a wish to see everything.
            words=tuple(query_forms(word) for word in words) if words or not query.text else ({},),
            filters=query.filters,
            ects_min=None if query.ects_min is None else ceil(query.ects_min * 10),
            ects_max=None if query.ects_max is None else int(query.ects_max * 10),
            sort=query.sort,
            language=query.language,
            offset=(query.page - 1) * query.size,
            limit=query.size,
        )

    def _search_store(self, request: Request) -> Result:
        """Slower and in a plainer order, but the same offerings: nobody is turned away while the index is made."""
        revision = self._catalog.revision()
        with self._lock:
            position = self._stand_in.position()
            if position is None or position.seq != revision:
                self._stand_in.publish(self._indexer.documents(), (), Position("", revision, ""), rebuild=True)
        return self._stand_in.search(request)


def _facet_answer(
    facet: Facet, query: SearchQuery, counts: Mapping[str, Mapping[str, int]], labels: Labels
) -> FacetAnswer:
    chosen = query.filters.get(facet.name, ())
    found = counts.get(facet.name, {})
    values = facet.in_order({*found, *chosen}, labels)
    return FacetAnswer(
        facet,
        facet.title.render(labels.translate),
        tuple(FacetValue(v, facet.label(v, labels), found.get(v, 0), v in chosen) for v in values),
    )
