"""Keeps the search index up to date with the store, by following the store's outbox."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.model.catalog import CatalogEntry, State
from portal.model.codes import Codes
from portal.model.criteria import RuleSet, evaluate
from portal.search.document import Document, Reading, make_document
from portal.search.engine import Engine, Position
from portal.store.catalog import CatalogStore

_SHARE_THAT_REBUILDS = 0.3
_INDEX_SHAPE = "3"


@dataclass(frozen=True)
class Indexed:
    """What bringing the index up to date did."""

    documents: int
    changed: int
    removed: int
    rebuilt: bool
    seconds: float


class Indexer:
    """Writes what the store has published into the engine; the only writer of the index."""

    def __init__(self, store: CatalogStore, engine: Engine, codes: Codes, rules: RuleSet, reading: Reading) -> None:
        self._store = store
        self._engine = engine
        self._codes = codes
        self._rules = rules
        self._reading = reading

    def bring_up_to_date(
        self, *, rebuild: bool = False, progress: Callable[[int, int], None] = lambda done, total: None
    ) -> Indexed:
        """Take in every change since the index was made; make it anew when it is missing, damaged, foreign or far behind."""
        began = time.monotonic()
        position = self._engine.position()
        target = Position(self._store.epoch(), self._store.revision(), self._version())
        if (
            position is None
            or not self._engine.is_sound()
            or position._replace(seq=0) != target._replace(seq=0)
            or position.seq > target.seq
        ):
            rebuild = True
        ids = set() if rebuild else self._changed_ids(position.seq, target.seq)
        if not rebuild and not ids and position == target:
            return Indexed(self._engine.count(), 0, 0, False, time.monotonic() - began)
        rebuild = rebuild or len(ids) > max(500, _SHARE_THAT_REBUILDS * self._engine.count())
        if rebuild:
            entries, removed = self._store.published(), set()
            total = self._store.counts()[State.PUBLISHED]
        else:
            found = self._store.find_many(sorted(ids))
            entries = [entry for entry in found.values() if entry.state is State.PUBLISHED]
            removed, total = ids - {entry.id for entry in entries}, len(entries)
        counter = _Counter(self._documents(entries))
        with self._reading.analyzer.remembering():
            self._engine.publish(counter, removed, target, rebuild=rebuild, progress=lambda done: progress(done, total))
        return Indexed(self._engine.count(), counter.number, len(removed), rebuild, time.monotonic() - began)

    def follow(self, *, wait: float = 0.5, stop: Callable[[], bool] = lambda: False) -> None:
        """Take in changes as they come, until `stop()`; looks every `wait` seconds."""
        while not stop():
            self.bring_up_to_date()
            time.sleep(wait)

    def documents(self) -> Iterable[Document]:
        """Every published offering as a document, for an engine that stands in while the index is missing."""
        return self._documents(self._store.published())

    def _version(self) -> str:
        return f"{_INDEX_SHAPE}.{self._reading.analyzer.version}.{self._reading.vocabulary.stamp[:16]}.{self._rules.version}"

    def _changed_ids(self, since: int, until: int) -> set[str]:
        ids: set[str] = set()
        for change in self._store.changes_since(since):
            if change.seq > until:
                break
            if change.entity == "offering":
                ids.add(change.entity_id)
            else:
                ids.update(self._store.codes(change.entity_id).values())
        return ids

    def _documents(self, entries: Iterable[CatalogEntry]) -> Iterable[Document]:
        providers = self._store.providers()
        for entry in entries:
            provider = providers[entry.offering.provider]
            pok = evaluate(self._rules, entry.as_read(), provider).met
            yield make_document(entry, provider, pok=pok, codes=self._codes, reading=self._reading)


class _Counter:
    """Counts what passes through."""

    def __init__(self, items: Iterable[Document]) -> None:
        self._items = items
        self.number = 0

    def __iter__(self):
        for item in self._items:
            self.number += 1
            yield item
