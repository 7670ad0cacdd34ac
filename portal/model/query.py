"""What a visitor asks the catalogue for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

SORTS = ("relevance", "start", "scope", "title", "new")
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_CHARACTERS = 200
MAX_WORDS = 10


@dataclass(frozen=True)
class SearchQuery:
    """Words and filters. `filters`: facet name → chosen values, in the order chosen; ECTS bounds are inclusive."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ects_min: Decimal | None = None
    ects_max: Decimal | None = None
    sort: str = "relevance"
    page: int = 1
    size: int = PAGE_SIZE
    language: str = "fi"
    literal: bool = False
    """Search for the words exactly as they are typed."""

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters) or self.ects_min is not None or self.ects_max is not None

    def pairs(self) -> list[tuple[str, str]]:
        """The query as search parameters, without what is as usual; the page is left out."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name, values in self.filters.items() for value in values]
        pairs += [
            (name, f"{value.normalize():f}")
            for name, value in (("ects_min", self.ects_min), ("ects_max", self.ects_max))
            if value is not None
        ]
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        return pairs + ([("literal", "1")] if self.literal else [])

    def without(self, name: str, value: str | None = None) -> "SearchQuery":
        """The same query without one filter value, or without the whole filter."""
        if name in ("ects_min", "ects_max"):
            return replace(self, **{name: None}, page=1)
        left = tuple(chosen for chosen in self.filters.get(name, ()) if value is not None and chosen != value)
        filters = {key: values for key, values in self.filters.items() if key != name}
        return replace(self, filters=filters | ({name: left} if left else {}), page=1)
