"""A change is found soon, once, and while everybody searches."""

import statistics
import threading
import time

import generated
import pytest
from processes import following, wait_until

from portal.model.query import SearchQuery
from portal.model.user import By, Origin, Role
from portal.search.whoosh_engine import WhooshEngine

pytestmark = pytest.mark.long


class Searching:
    """Threads that search without a break; `answers` counts, `errors` collects."""

    def __init__(self, services, threads=3):
        self._services, self._stop = services, threading.Event()
        self.answers, self.errors = 0, []
        self._threads = [threading.Thread(target=self._run, args=(seed,)) for seed in range(threads)]

    def _run(self, seed):
        labels, searching = self._services.searching.labels("fi", str), self._services.searching
        queries = generated.queries(100, seed)
        while not self._stop.is_set():
            for query in queries:
                try:
                    answer = searching.find(query, labels)
                    if answer.degraded:
                        self.errors.append("degraded")
                    self.answers += 1
                except Exception as error:
                    self.errors.append(repr(error))
                if self._stop.wait(0.001):
                    return

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()


def _renamed(offering, word):
    titles = {language: f"{title} {word}" for language, title in offering.title.items()}
    return offering.model_copy(update={"title": type(offering.title)(titles)})


@pytest.fixture
def fifty(large):
    """Fifty offerings from all over the catalogue."""
    return [entry.offering for entry in list(large.store.published())[::40]]


@pytest.fixture
def index(large_settings):
    return large_settings.data / "index"


def test_six_updates_of_the_same_fifty_offerings_leave_each_exactly_once(large, fifty, index, ids_in, published):
    everything, engine = published(large), WhooshEngine(index)
    for turn in range(6):
        large.store.save([(_renamed(offering, f"kierros{turn}q"), {}) for offering in fifty])
        assert not large.indexer.bring_up_to_date().rebuilt
        counts = [len(ids_in(engine, large, f"kierros{before}q")) for before in range(6)]
        assert counts == [50 if before == turn else 0 for before in range(6)]
        assert ids_in(engine, large) == everything
        assert engine.count() == 2_000


def test_a_change_is_found_after_bringing_up_to_date_while_others_search(large, fifty, index, ids_in):
    with Searching(large) as others:
        for turn in range(4):
            large.store.save([(_renamed(offering, f"muutos{turn}q"), {}) for offering in fifty[turn : turn + 20]])
            large.indexer.bring_up_to_date()
            for word, number in ((f"muutos{turn}q", 20), (f"muutos{turn - 1}q", 1)):
                if not word.startswith("muutos-"):
                    answer = large.searching.find(
                        SearchQuery(text=word, literal=True), large.searching.labels("fi", str)
                    )
                    assert (answer.total, answer.degraded) == (number, False)
    assert others.errors == [] and others.answers > 50


def test_a_follower_makes_changes_searchable_by_itself_while_others_search(
    large, large_settings, fifty, index, tmp_path, tell
):
    delays, labels = [], large.searching.labels("fi", str)
    with following(large_settings, tmp_path / "log") as indexer, Searching(large) as others:
        for turn, offering in enumerate(fifty[:20]):
            word = f"uutuus{turn}q"
            large.store.save([(_renamed(offering, word), {})])
            began = time.monotonic()
            query = SearchQuery(text=word, literal=True)
            assert wait_until(lambda query=query: large.searching.find(query, labels).total == 1), indexer.said
            delays.append(time.monotonic() - began)
    p95 = statistics.quantiles(delays, n=20)[-1]
    tell(f"searchable after {statistics.median(delays):.2f} s (median), {p95:.2f} s (p95), {max(delays):.2f} s at most")
    tell(f"{others.answers} searches of 3 threads meanwhile, on 2,000 offerings")
    assert others.errors == []


def test_what_is_published_at_the_desk_is_found_by_itself_and_a_withdrawal_is_gone_at_once(
    large, large_settings, fifty, index, tmp_path, tell
):
    delays, labels = [], large.searching.labels("fi", str)
    provider = fifty[0].provider
    eva = large.accounts.add("eva@desk.example", Role.PUBLISHER, provider=provider)
    with following(large_settings, tmp_path / "log") as indexer:
        for turn in range(10):
            data = fifty[0].to_json() | {"code": f"DESK-{turn}", "title": {"fi": f"Työpöydältä julki{turn}q"}}
            draft = large.editing.begin(provider, eva, data)
            saved = large.editing.publish(draft, draft.revision, eva, By(Origin.DESK, eva.id))
            began = time.monotonic()
            query = SearchQuery(text=f"julki{turn}q", literal=True)
            assert wait_until(lambda query=query: large.searching.find(query, labels).total == 1), indexer.said
            delays.append(time.monotonic() - began)
            large.editing.withdraw(provider, saved.id, saved.revision, By(Origin.DESK, eva.id))
            assert large.searching.find(query, labels).hits == ()
    tell(f"published at the desk, found after {statistics.median(delays):.2f} s (median), {max(delays):.2f} s at most")


def test_readers_that_open_generations_while_many_are_published_are_never_turned_away(large, fifty, index, ids_in):
    """Each reader opens anew, so that it is often just opening a generation when the next ones come."""
    stop, errors, opened = threading.Event(), [], []

    def read():
        while not stop.is_set():
            try:
                opened.append(len(ids_in(WhooshEngine(index), large)))
            except Exception as error:
                errors.append(repr(error))

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for turn in range(15):
        large.store.save([(_renamed(fifty[turn], f"nopea{turn}q"), {})])
        large.indexer.bring_up_to_date()
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == [] and set(opened) == {2_000}
