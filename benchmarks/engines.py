"""What is compared: an engine takes a query and gives ids, total and facet counts; and this portal as one of them."""

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import Stemmer

from benchmarks.queries import Query
from benchmarks.words import LANGUAGES
from portal.bootstrap import Services
from portal.model.query import SearchQuery
from portal.search.engine import Engine as SearchEngine
from portal.search.engine import Request

SIZE = 20
_STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}


@dataclass(frozen=True)
class Found:
    """The answer to one query: ids of the first page, how many there are, and facet → value → number."""

    ids: tuple[str, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]


class Engine(Protocol):
    """`name` stands in the tables; `open` gives a search as a process that has just started has it."""

    name: str
    index_seconds: float

    def open(self) -> Callable[[Query], Found]: ...


def needed(words: int) -> int:
    """How many words a hit must have, in every engine as in this portal: all of one or two, else 60 %."""
    return words if words <= 2 else math.ceil(0.6 * words)


class Stems:
    """Snowball stems, by which the peers that bring no stemmer for all three languages find inflected words."""

    def __init__(self) -> None:
        self._stemmers = {code: Stemmer.Stemmer(name) for code, name in _STEMMERS.items()}

    def text(self, words: list[str], code: str) -> str:
        return " ".join(self._stemmers[code].stemWords(words)) if code in self._stemmers else " ".join(words)

    def of_word(self, word: str) -> dict[str, str]:
        """The stem of the word in each language."""
        return {code: self._stemmers[code].stemWord(word) for code in LANGUAGES}


class Ours:
    """This portal from the text of a query: understanding, then the engine; no cache of results."""

    name = "Osaset"
    index_seconds = math.nan

    def __init__(self, make: Callable[[], tuple[Services, SearchEngine]], today: dt.date) -> None:
        self._make = make
        self._today = today

    def open(self) -> Callable[[Query], Found]:
        services, engine = self._make()

        def search(query: Query) -> Found:
            asked = SearchQuery(query.text, query.filters, language=query.language, literal=query.literal)
            plan = services.searching.understand(asked)
            request = Request(self._today, plan, query.filters, language=query.language, limit=SIZE)
            result = engine.search(request)
            return Found(tuple(key for key, _ in result.hits), result.total, result.facets)

        return search
