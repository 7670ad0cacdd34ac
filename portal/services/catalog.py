"""Reads the catalogue for people: offerings with their provider and criteria, providers, and how many there are."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from portal.model.catalog import CatalogEntry, State
from portal.model.codes import Codes
from portal.model.collation import sort_key
from portal.model.criteria import PokResult, RuleSet, evaluate
from portal.model.errors import NotFound
from portal.model.offering import Offering
from portal.model.provider import Provider
from portal.services.clock import day_in_helsinki
from portal.store.catalog import CatalogStore


@dataclass(frozen=True)
class Shown:
    """One offering ready to be shown. `offering` has every text under the language it is really in."""

    entry: CatalogEntry
    offering: Offering
    provider: Provider
    pok: PokResult

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def is_withdrawn(self) -> bool:
        return self.entry.state is State.WITHDRAWN


class Catalog:
    """The catalogue as visitors may see it: published offerings, and the fact that one was withdrawn."""

    def __init__(self, store: CatalogStore, codes: Codes, rules: RuleSet) -> None:
        self._store = store
        self.rules = rules
        self.codes = codes
        self._lock = threading.Lock()
        self._only_examples = (-1, False)
        self._providers: tuple[int, dict[str, Provider]] = (-1, {})

    def providers(self) -> dict[str, Provider]:
        """All admitted providers by id, read again whenever the catalogue has changed; the same object while they have not."""
        revision = self._store.revision()
        if self._providers[0] != revision:
            with self._lock:
                fresh = self._store.admitted_providers()
                self._providers = (revision, self._providers[1] if fresh == self._providers[1] else fresh)
        return self._providers[1]

    def provider(self, provider_id: str) -> Provider:
        provider = self.providers().get(provider_id)
        if provider is None:
            raise NotFound(f"There is no provider {provider_id}.")
        return provider

    def providers_by_name(self, language: str) -> list[Provider]:
        return sorted(self.providers().values(), key=lambda p: sort_key(p.name.choose(language).text, language))

    def offering(self, offering_id: str) -> Shown:
        """A published or withdrawn offering; NotFound for drafts, those of suspended providers and unknown ids."""
        entry = self._store.find(offering_id)
        if entry is None or entry.state in (State.DRAFT, State.SUSPENDED):
            raise NotFound(f"There is no offering {offering_id}.")
        return self._shown(entry)

    def published(self, ids: Sequence[str]) -> list[Shown]:
        """The published ones among `ids`, in that order: what the index still has and the store no more is left out."""
        found = self._store.find_many(ids)
        return [self._shown(found[i]) for i in ids if i in found and found[i].state is State.PUBLISHED]

    def listed(self, words: Sequence[str], offset: int, limit: int) -> tuple[int, list[str]]:
        """How many published offerings have all the words somewhere, and the ids of some of them."""
        return self._store.listed(words, offset, limit)

    def counts(self) -> dict[str, int]:
        return self._store.counts()

    def only_examples(self) -> bool:
        """True when all that is published is invented; looked up again whenever the catalogue has changed."""
        revision = self._store.revision()
        if self._only_examples[0] != revision:
            only = not self._store.has_published(example=False) and self._store.has_published(example=True)
            self._only_examples = (revision, only)
        return self._only_examples[1]

    def sitemap(self) -> list[tuple[str, str]]:
        """Id and day of last change (ISO) of every published offering that is not an example."""
        return [(i, day_in_helsinki(at).isoformat()) for i, at, example in self._store.published_ids() if not example]

    def revision(self) -> int:
        return self._store.revision()

    def _shown(self, entry: CatalogEntry) -> Shown:
        offering = entry.as_read()
        # A provider that was suspended this very moment is no longer among those that are shown.
        provider = self.providers().get(offering.provider) or self._store.providers()[offering.provider]
        return Shown(entry, offering, provider, evaluate(self.rules, offering, provider))
