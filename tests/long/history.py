"""A catalogue that keeps changing: every version of an offering carries a word of its own, so that an index tells
exactly which versions it has."""

import random
import threading

import generated

from portal.bootstrap import Services
from portal.model.catalog import slug

FIRST = "first"
_NEVER = 10**9


class History:
    """Saves and withdraws offerings at random, and remembers from which revision of the store on each version was there."""

    def __init__(self, services: Services, seed: int) -> None:
        self._services = services
        self._chance = random.Random(seed)
        self._sources = [entry.offering for entry in services.store.published()]
        self._fresh = iter(generated.offerings(100_000, seed, first=100_000))
        self._number = 0
        self.versions: dict[str, list[tuple[int, str]]] = {}
        """Id → (revision, its word), the oldest first; `FIRST` as it was before all this, no word where it is not there."""

    def change(self, count: int | None = None) -> None:
        """Save so many offerings, new ones among them, and withdraw one; some, unless told how many."""
        count = count or self._chance.choice((1, 1, 2, 3, 5, 12))
        chosen = self._chance.sample(self._sources, count)
        for source in chosen:
            self.versions.setdefault(slug(source.provider, source.code), [(0, FIRST)])
        if self._chance.random() < 0.5:
            chosen[0] = next(self._fresh)
            self._sources.append(chosen[0])
            self.versions[slug(chosen[0].provider, chosen[0].code)] = [(0, "")]
        saved = {slug(source.provider, source.code): self._version(source) for source in chosen}
        self._services.store.save([(offering, {}) for offering, _ in saved.values()])
        revision = self._services.store.revision()
        for id, (_, word) in saved.items():
            self.versions[id].append((revision, word))
        if self._chance.random() < 0.5:
            self._withdraw(chosen[-1])

    def _version(self, source):
        self._number += 1
        word = f"versio{self._number}q"
        titles = {language: f"{title} {word}" for language, title in source.title.items()}
        return source.model_copy(update={"title": type(source.title)(titles)}), word

    def _withdraw(self, source) -> None:
        id = slug(source.provider, source.code)
        assert self._services.store.withdraw(source.provider, [source.code]) == [id]
        self.versions[id].append((self._services.store.revision(), ""))

    def words_of(self, id: str, since: int) -> set[str]:
        """Words of the versions that an index may have that goes at least up to the revision `since`."""
        versions = self.versions[id]
        ends = [revision for revision, _ in versions[1:]] + [_NEVER]
        return {word for (_, word), end in zip(versions, ends, strict=True) if end > since}


class Changing:
    """A thread that changes a history until it is told to stop."""

    def __init__(self, history: History, pause: float = 0.03) -> None:
        self._history, self._pause = history, pause
        self._stop = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                self._history.change()
                self._stop.wait(self._pause)
        except BaseException as error:
            self._error = error

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        if self._error:
            raise self._error
