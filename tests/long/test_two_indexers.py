"""Several indexers on one folder take turns, and all of them together make what one would have made."""

import threading
import time

import pytest
from history import Changing, History
from processes import Indexer, wait_until

from portal.bootstrap import build
from portal.search.generations import Generations
from portal.search.whoosh_engine import WhooshEngine

pytestmark = pytest.mark.long


@pytest.fixture
def services(settings, clock):
    built = build(settings, now=clock)
    yield built
    built.database.close()


class Watching:
    """A thread that looks at the folder of an index: how far it went, and how many generations were being made."""

    def __init__(self, index):
        self._index, self._stop = index, threading.Event()
        self.positions, self.unfinished = [], 0
        self._thread = threading.Thread(target=self._run)

    def _run(self):
        engine, generations = WhooshEngine(self._index), Generations(self._index)
        while not self._stop.wait(0.005):
            position = engine.position()
            if position:
                self.positions.append(position.seq)
            current = generations.current()
            newer = [path for path in self._index.glob("gen-*") if current and int(path.name[4:]) > current.number]
            self.unfinished = max(self.unfinished, len(newer))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()


def _all_end_well(indexers, tmp_path):
    codes = [indexer.stop() for indexer in indexers]
    assert codes == [0] * len(indexers), [indexer.said for indexer in indexers]
    assert not any("broke" in indexer.said for indexer in indexers)


def _holds(history, engine, services, ids_in):
    """The index has the newest version of each offering and no older one."""
    since = services.store.revision()
    assert engine.position().seq == since
    for id, versions in history.versions.items():
        for _, word in versions:
            if word.startswith("versio"):
                assert ids_in(engine, services, word) == ({id} if word in history.words_of(id, since) else set())


def test_two_followers_take_turns_and_end_with_what_the_store_has(
    services, settings, tmp_path, ids_in, published, tell
):
    history, index = History(services, 11), settings.data / "index"
    indexers = [Indexer(settings, tmp_path / f"log{n}", "--follow") for n in range(2)]
    try:
        for indexer in indexers:
            indexer.wait_until_up_to_date()
        with Watching(index) as watched, Changing(history, pause=0.3):
            assert wait_until(lambda: len(set(watched.positions)) >= 8)
        engine = WhooshEngine(index)
        assert wait_until(lambda: engine.position().seq == services.store.revision())
        assert all(indexer.is_running() for indexer in indexers), [indexer.said for indexer in indexers]
        _all_end_well(indexers, tmp_path)
    finally:
        for indexer in indexers:
            indexer.kill()
    tell(f"two followers made {len(set(watched.positions))} positions of {services.store.revision()} revisions")
    assert ids_in(engine, services) == published(services)
    _holds(history, engine, services, ids_in)
    assert watched.unfinished <= 1
    assert watched.positions == sorted(watched.positions)


def test_three_rebuilds_at_once_take_turns_and_end_well(services, settings, tmp_path, ids_in, published):
    history, index = History(services, 12), settings.data / "index"
    with Watching(index) as watched, Changing(history, pause=0.5):
        indexers = [Indexer(settings, tmp_path / f"log{n}", "--rebuild") for n in range(3)]
        assert [indexer.process.wait(120) for indexer in indexers] == [0] * 3, [i.said for i in indexers]
    services.indexer.bring_up_to_date()
    engine = WhooshEngine(index)
    assert ids_in(engine, services) == published(services)
    _holds(history, engine, services, ids_in)
    assert watched.unfinished <= 1
    assert watched.positions == sorted(watched.positions)


def test_an_indexer_that_waited_for_another_does_not_bring_back_an_older_version(services, settings, ids_in, clock):
    """Two threads with indexers of their own, each bringing up to date again and again."""
    other, history = build(settings, now=clock), History(services, 13)
    stop, errors = threading.Event(), []

    def run(indexer):
        try:
            while not stop.is_set():
                indexer.bring_up_to_date()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(each.indexer,)) for each in (services, other)]
    for thread in threads:
        thread.start()
    with Watching(settings.data / "index") as watched:
        for _ in range(40):
            history.change()
            time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    services.indexer.bring_up_to_date()
    other.database.close()
    assert errors == []
    _holds(history, WhooshEngine(settings.data / "index"), services, ids_in)
    assert watched.positions == sorted(watched.positions)
