"""Searches the catalogue: from a query to hits read from the store, with facets and what to tell the visitor."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from portal.model.catalog import State
from portal.model.message import N_, Message
from portal.model.query import MAX_WORDS, SearchQuery
from portal.search.analysis import Analyzer
from portal.search.analysis.tokens import words
from portal.search.engine import Engine, IndexMissing, Position, Request, Result
from portal.search.facets import FACETS, Facet, Labels
from portal.search.highlighting import Highlighter
from portal.search.lexicon import Lexicon
from portal.search.memory_engine import MemoryEngine
from portal.search.plan import EVERYTHING, Plan
from portal.search.understanding import Understanding
from portal.search.vocabulary import Vocabulary
from portal.services.catalog import Catalog, Shown
from portal.services.clock import Clock
from portal.services.indexing import Indexer

__all__ = ["FacetAnswer", "FacetValue", "Highlighter", "Hit", "SearchAnswer", "Searching", "Wider"]

_TOO_MANY_WORDS = Message(N_("Your search was long. We used the first ten words."))
_MOST_STOOD_IN = 3_000
"""Offerings that a worker can read and go through by itself; more would take it longer than a visitor waits."""
_ONLY_LISTED = Message(
    N_(
        "The search is being renewed. For a minute or two it finds only words as you type them, and filters do not work."
    )
)
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
    plan: Plan
    related: tuple[Hit, ...] = ()
    notices: tuple[Message, ...] = ()
    degraded: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.query.size))


@dataclass(frozen=True)
class Wider:
    """A wider search: `kind` is without (a filter), broader (a field) or unfiltered; `count` what it would find."""

    kind: str
    name: str
    value: str
    query: SearchQuery
    count: int = 0


class Searching:
    """Answers queries from the engine; from the store while there is no index."""

    def __init__(
        self,
        catalog: Catalog,
        engine: Engine,
        indexer: Indexer,
        analyzer: Analyzer,
        vocabulary: Vocabulary,
        clock: Clock,
    ) -> None:
        self._analyzer = analyzer
        self._vocabulary = vocabulary
        self._understanding: tuple[dict, Understanding] | None = None
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
        plan = self.understand(query)
        notices = [_TOO_MANY_WORDS] if len(words(query.text)) > MAX_WORDS else []
        request = self._request(query, plan)
        try:
            result, degraded = self._engine.search(request), False
        except IndexMissing:
            result, notice = self._search_store(query, request)
            degraded = True
            notices.append(notice)
        scores = dict(result.hits + result.related)
        shown = {item.id: Hit(item, scores[item.id]) for item in self._catalog.published(list(scores))}
        return SearchAnswer(
            query=query,
            total=result.total,
            hits=tuple(shown[i] for i, _ in result.hits if i in shown),
            facets=tuple(_facet_answer(facet, query, result.facets, labels) for facet in FACETS if result.facets),
            plan=plan,
            related=tuple(shown[i] for i, _ in result.related if i in shown),
            notices=tuple(notices),
            degraded=degraded,
        )

    def count(self, query: SearchQuery, plan: Plan | None = None) -> int:
        """How many offerings a query would find; 0 while there is no index. `plan`: its words as understood before."""
        request = self._request(query, self.understand(query) if plan is None else plan)
        try:
            return self._engine.search(replace(request, count_only=True)).total
        except IndexMissing:
            return 0

    def complete(self, query: SearchQuery) -> list[Shown]:
        """Offerings that a query finds when its last word is only begun."""
        lexicon = self._engine.lexicon()
        plan = self._understands().plan(query.text, query.language, lexicon, completing=True)
        try:
            result = self._engine.search(self._request(query, plan))
        except IndexMissing:
            return []
        return self._catalog.published([i for i, _ in (result.hits + result.related)[: query.size]])

    def lexicon(self) -> Lexicon:
        return self._engine.lexicon()

    def highlighter(self, plan: Plan) -> Highlighter:
        return Highlighter(plan, self._analyzer, self._vocabulary)

    def wider(self, query: SearchQuery) -> list[Wider]:
        """Each choice taken back by itself, and a narrow field made broad, with how many offerings that would find."""
        tried = [
            Wider("without", name, value, query.without(name, value))
            for name, values in query.filters.items()
            for value in values
        ]
        tried += [
            Wider("without", n, "", query.without(n)) for n in ("ects_min", "ects_max") if getattr(query, n) is not None
        ]
        choices = len(tried)
        for code in query.filters.get("field", ()):
            if len(code) > 2:
                filters = dict(query.filters) | {"field": (code[:2],)}
                tried.append(Wider("broader", "field", code[:2], replace(query, filters=filters, page=1)))
        if query.text and choices > 1:  # without the only one would be the same search once more
            unfiltered = replace(query, filters={}, ects_min=None, ects_max=None, page=1)
            tried.append(Wider("unfiltered", "", "", unfiltered))
        plan = self.understand(query)
        counted = [replace(item, count=self.count(item.query, plan)) for item in tried]
        return [item for item in counted if item.count]

    def understand(self, query: SearchQuery) -> Plan:
        """What the words of the query ask for."""
        if not query.text:
            return EVERYTHING
        return self._understands().plan(query.text, query.language, self._engine.lexicon(), literal=query.literal)

    def _understands(self) -> Understanding:
        """Made anew when providers have changed, since their names are understood."""
        providers = self._catalog.providers()
        if self._understanding is None or self._understanding[0] is not providers:
            self._understanding = (providers, Understanding(self._analyzer, self._vocabulary, providers))
        return self._understanding[1]

    def generation(self) -> str:
        return self._engine.generation()

    def verify(self) -> bool:
        """Read the index through, so that the first search need not; False when it is missing or damaged.

        It is not opened: processes that fork afterwards would share the places of its readers in their files.
        """
        return self._engine.is_sound()

    def _request(self, query: SearchQuery, plan: Plan) -> Request:
        return Request(
            today=self._clock().date(),
            plan=plan,
            filters=query.filters,
            ects_min=None if query.ects_min is None else ceil(query.ects_min * 10),
            ects_max=None if query.ects_max is None else int(query.ects_max * 10),
            sort=query.sort,
            language=query.language,
            offset=(query.page - 1) * query.size,
            limit=query.size,
        )

    def _search_store(self, query: SearchQuery, request: Request) -> tuple[Result, Message]:
        """Nobody is turned away while the index is made: the same offerings in a plainer order, of a large catalogue a
        plain list; and what to tell about it."""
        if self._catalog.counts()[State.PUBLISHED] > _MOST_STOOD_IN:
            if request.plan.impossible:
                return Result(0, (), {}), _ONLY_LISTED
            total, found = self._catalog.listed(words(query.text)[:MAX_WORDS], request.offset, request.limit)
            return Result(total, tuple((i, 0.0) for i in found), {}), _ONLY_LISTED
        revision = self._catalog.revision()
        with self._lock:
            position = self._stand_in.position()
            if position is None or position.seq != revision:
                self._stand_in.publish(self._indexer.documents(), (), Position("", revision, ""), rebuild=True)
        return self._stand_in.search(request), _INDEX_MISSING


def _facet_answer(
    facet: Facet, query: SearchQuery, counts: Mapping[str, Mapping[str, int]], labels: Labels
) -> FacetAnswer:
    chosen = query.filters.get(facet.name, ())
    found = counts.get(facet.name, {})
    wider = {code[:2] for code in chosen} if facet.name == "field" else set()
    values = facet.in_order({*found, *chosen, *wider}, labels)
    return FacetAnswer(
        facet,
        facet.title.render(labels.translate),
        tuple(FacetValue(v, facet.label(v, labels), found.get(v, 0), v in chosen) for v in values),
    )
