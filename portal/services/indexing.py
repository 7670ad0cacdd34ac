"""Keeps the search index up to date with the store, by following the store's outbox."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.model.catalog import CatalogEntry, State
from portal.model.codes import Codes
from portal.model.criteria import RuleSet, evaluate
from portal.search.document import Document, Reading, make_document
from portal.search.engine import Engine, IndexMissing, Position
from portal.store.catalog import CatalogStore

_log = logging.getLogger(__name__)
_SHARE_THAT_REBUILDS = 0.3
_SECONDS_AFTER_A_FAILURE = 5.0
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
        """Take in every change since the index was made; make it anew when it is missing, damaged, foreign or far behind.

        Raises OSError when the index cannot be written: then it is as it was.
        """
        with self._engine.alone():  # what is read from the store must not be older than what the index has
            return self._bring_up_to_date(rebuild, progress)

    def _bring_up_to_date(self, rebuild: bool, progress: Callable[[int, int], None]) -> Indexed:
        began = time.monotonic()
        position = self._engine.position()
        target = Position(self._store.epoch(), self._store.revision(), self._version())
        rebuild = rebuild or not self._can_be_built_upon(position, target)
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

    def _can_be_built_upon(self, position: Position | None, target: Position) -> bool:
        """Whether the index is whole, of this store and of this analysis."""
        return (
            position is not None
            and self._engine.is_sound()
            and position._replace(seq=0) == target._replace(seq=0)
            and position.seq <= target.seq
        )

    def follow(self, *, wait: float = 0.5, stop: Callable[[], bool] = lambda: False) -> None:
        """Take in changes as they come, until `stop()`; looks every `wait` seconds.

        What cannot be written now, since the disk is full or the folder gone, is told in the log and tried again.
        """
        told = ""
        while not stop():
            try:
                self.bring_up_to_date()
                told, pause = "", wait
            except (OSError, IndexMissing) as error:
                if told != str(error):
                    told = str(error)
                    _log.warning("The index cannot be written: %s. It is tried again and again.", told)
                pause = _SECONDS_AFTER_A_FAILURE
            until = time.monotonic() + pause
            while not stop() and (left := until - time.monotonic()) > 0:
                time.sleep(min(left, wait))

    def documents(self) -> Iterable[Document]:
        """Every published offering as a document, for an engine that stands in while the index is missing."""
        return self._documents(self._store.published())

    def _version(self) -> str:
        return f"{_INDEX_SHAPE}.{self._reading.analyzer.version}.{self._reading.vocabulary.stamp[:16]}.{self._rules.version}"

    def _changed_ids(self, since: int, until: int) -> set[str]:
        ids: set[str] = set()
        while since < until and (changes := self._store.changes_since(since)):  # so many at a time
            since = changes[-1].seq
            for entity, entity_id in {(change.entity, change.entity_id) for change in changes}:
                if entity == "offering":
                    ids.add(entity_id)
                else:
                    ids.update(self._store.codes(entity_id).values())
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
