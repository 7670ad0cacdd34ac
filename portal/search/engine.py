"""The engine port: what any search engine must do for the portal."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from portal.model.errors import PortalError
from portal.search.lexicon import Lexicon
from portal.search.plan import EVERYTHING, Plan

RELATED = 10
"""How many related documents an answer has at most."""


class IndexMissing(PortalError):
    """There is no index that could answer; the store must."""


class Position(NamedTuple):
    """Up to which change of which store an index goes, and by which analysis it was made."""

    epoch: str
    seq: int
    analysis: str


@dataclass(frozen=True)
class Request:
    """One search: what the query was understood as, and what the visitor chose.

    `filters`: facet name → values, any of which will do. ECTS bounds in tenths, inclusive. `today` in Helsinki.
    """

    today: dt.date
    plan: Plan = EVERYTHING
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ects_min: int | None = None
    ects_max: int | None = None
    sort: str = "relevance"
    language: str = "fi"
    offset: int = 0
    limit: int = 20
    count_only: bool = False
    """Only the total is wanted: neither hits nor facets."""


@dataclass(frozen=True)
class Result:
    """`hits`: (id, score) of the page asked for, confident ones only; `related`: the best of the rest; `facets`: name → value → number of offerings, own choice left out."""

    total: int
    hits: tuple[tuple[str, float], ...]
    facets: Mapping[str, Mapping[str, int]]
    related: tuple[tuple[str, float], ...] = ()


class Engine(Protocol):
    """Searches documents, and takes in new ones as a generation that replaces the one before at once."""

    def search(self, request: Request) -> Result:
        """Raises IndexMissing when nothing was ever published or what is there is damaged."""

    def lexicon(self) -> Lexicon:
        """The words of the current generation; empty when there is none."""

    def position(self) -> Position | None:
        """Where the current generation stands; None when there is none."""

    def is_sound(self) -> bool:
        """False when nothing was published or a file of the current generation is not as it was written."""

    def generation(self) -> str:
        """Names the current generation, for caches; empty when there is none."""

    def count(self) -> int:
        """Number of documents in the current generation."""

    def alone(self) -> AbstractContextManager[None]:
        """No other process or thread publishes meanwhile; waits for whoever does."""

    def publish(
        self,
        changed: Iterable,
        removed: Iterable[str],
        position: Position,
        *,
        rebuild: bool,
        progress: Callable[[int], None] = lambda done: None,
    ) -> None:
        """Make a generation of the current documents with `changed` put in and `removed` taken out.

        With `rebuild`, `changed` is all there is; without, raises IndexMissing when there is no sound one. Searches go on meanwhile and see the old or the new, never a mixture.
        """
