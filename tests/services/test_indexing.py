"""The index follows the store."""

import threading
import time

import furnished
import pytest
from factories import make_offering, make_provider

from portal.bootstrap import build
from portal.model.query import SearchQuery
from portal.search.analysis import Analyzer
from portal.search.document import Reading
from portal.search.whoosh_engine import WhooshEngine
from portal.services.indexing import Indexer


def save(services, *offerings):
    services.store.save([(offering, {}) for offering in offerings])


@pytest.fixture
def found(stocked):
    """Ids that the index itself finds for a text."""

    def act(text="", **filters):
        answer = stocked.searching.find(SearchQuery(text=text, filters=filters), stocked.searching.labels("fi", str))
        assert not answer.degraded
        return {hit.shown.id for hit in answer.hits}

    return act


@pytest.fixture
def indexer(stocked):
    save(stocked, *(make_offering(code=code) for code in "abcde"))
    stocked.indexer.bring_up_to_date()
    return stocked.indexer


def test_the_first_time_the_index_is_made_from_all_that_is_published(stocked, found):
    save(stocked, make_offering(code="a"), make_offering(code="b"))
    stocked.store.withdraw("helsinki", ["b"])
    done = stocked.indexer.bring_up_to_date()
    assert (done.documents, done.changed, done.rebuilt) == (1, 1, True)
    assert found() == {"helsinki-a"}


def test_an_empty_store_has_an_empty_index(stocked, found):
    assert stocked.indexer.bring_up_to_date().documents == 0
    assert found() == set()


def test_without_changes_nothing_is_written(indexer, stocked):
    before = stocked.searching.generation()
    done = indexer.bring_up_to_date()
    assert (done.documents, done.changed, done.removed, done.rebuilt) == (5, 0, 0, False)
    assert stocked.searching.generation() == before


def test_a_new_offering_is_found(indexer, stocked, found):
    save(stocked, make_offering(code="f"))
    done = indexer.bring_up_to_date()
    assert (done.documents, done.changed, done.rebuilt) == (6, 1, False)
    assert "helsinki-f" in found()


def test_a_changed_offering_is_found_by_its_new_words(indexer, stocked, found):
    save(stocked, make_offering(code="a", title={"fi": "Kalastus"}))
    assert indexer.bring_up_to_date().changed == 1
    assert found("kalastus") == {"helsinki-a"}
    assert "helsinki-a" not in found("perusteet")


def test_a_withdrawn_offering_leaves_the_index(indexer, stocked):
    stocked.store.withdraw("helsinki", ["a"])
    done = indexer.bring_up_to_date()
    assert (done.documents, done.removed) == (4, 1)


def test_an_offering_published_again_comes_back(indexer, stocked, found):
    stocked.store.withdraw("helsinki", ["a"])
    indexer.bring_up_to_date()
    save(stocked, make_offering(code="a"))
    indexer.bring_up_to_date()
    assert "helsinki-a" in found()


def test_a_renamed_provider_is_found_by_its_new_name_within_two_seconds(indexer, stocked, found):
    assert len(found("helsingin yliopisto")) == 5
    stocked.store.save_providers([make_provider(name={"fi": "Stadin opinahjo"})])
    indexer.bring_up_to_date()
    deadline = time.monotonic() + 30  # long, for a busy machine
    while len(found("stadin opinahjo")) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(found("stadin opinahjon")) == 5 and found("helsingin yliopisto") == set()


def test_a_provider_that_becomes_a_study_centre_changes_facet_and_badge(indexer, stocked, found):
    save(stocked, make_offering(code="a", quality_assurance=None))
    indexer.bring_up_to_date()
    assert "helsinki-a" not in found(pok=("1",))
    stocked.store.save_providers([make_provider(type="study_centre")])
    indexer.bring_up_to_date()
    assert "helsinki-a" in found(pok=("1",), provider_type=("study_centre",))


def test_after_a_restored_backup_the_index_is_made_anew(indexer, stocked, tmp_path, found):
    stocked.backup(tmp_path / "backup")
    save(stocked, make_offering(code="later"))
    indexer.bring_up_to_date()
    stocked.restore(tmp_path / "backup")
    assert indexer.bring_up_to_date().rebuilt
    assert found() == {f"helsinki-{code}" for code in "abcde"}


def test_another_version_of_the_analysis_makes_the_index_anew(indexer, stocked, settings):
    other = Analyzer(furnished.words_folder())
    other.version = "another"
    engine = WhooshEngine(settings.data / "index")
    changed = Indexer(stocked.store, engine, stocked.codes, stocked.rules, Reading(other))
    assert changed.bring_up_to_date().rebuilt
    assert not changed.bring_up_to_date().rebuilt


def test_a_vocabulary_that_has_changed_makes_the_index_anew(indexer, stocked, settings, clock, tmp_path):
    labels = tmp_path / "more-fi.tsv"
    labels.write_text("<http://example.org/1>\tuusi käsite\n", encoding="utf-8")
    stocked.vocabularies.add([labels])
    later = build(settings, now=clock)
    assert later.indexer.bring_up_to_date().rebuilt
    assert not later.indexer.bring_up_to_date().rebuilt
    later.database.close()


def test_a_rebuild_can_be_asked_for(indexer):
    done = indexer.bring_up_to_date(rebuild=True)
    assert (done.documents, done.changed, done.rebuilt) == (5, 5, True)


def test_progress_is_told_up_to_the_whole(indexer):
    told = []
    indexer.bring_up_to_date(rebuild=True, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (5, 5)


def test_following_takes_in_a_change_within_two_seconds(indexer, stocked, found):
    stop = threading.Event()
    follower = threading.Thread(target=indexer.follow, kwargs={"wait": 0.1, "stop": stop.is_set})
    follower.start()
    try:
        save(stocked, make_offering(code="f", title={"fi": "Kalastus"}))
        deadline = time.monotonic() + 30  # long, for a busy machine
        while not found("kalastus") and time.monotonic() < deadline:
            time.sleep(0.05)
        assert found("kalastus") == {"helsinki-f"}
    finally:
        stop.set()
        follower.join()


def test_health_tells_how_the_index_stands(indexer, stocked):
    assert [finding.ok for finding in stocked.health.look()] == [True, True, True]
    save(stocked, make_offering(code="f"))
    index = stocked.health.look()[1]
    assert index.ok and "1 changes behind" in index.detail


def test_health_tells_how_well_each_language_is_known(stocked, analyzer):
    words = stocked.health.look()[2]
    assert words.ok and f"fi: {analyzer.languages['fi'].tier}" in words.detail and "concepts" in words.detail


def test_health_tells_that_there_is_no_index(stocked):
    database, index, _ = stocked.health.look()
    assert database.ok and not index.ok and "portal index" in index.detail


def test_health_tells_that_the_index_is_of_another_store(indexer, stocked, tmp_path):
    stocked.backup(tmp_path / "backup")
    stocked.restore(tmp_path / "backup")
    assert not stocked.health.look()[1].ok


def test_changes_that_are_more_than_the_store_tells_at_once_are_all_taken_in(indexer, stocked, found, monkeypatch):
    tell = stocked.store.changes_since
    monkeypatch.setattr(stocked.store, "changes_since", lambda seq: tell(seq, limit=2))
    save(stocked, *(make_offering(code=f"later-{number}") for number in range(7)))
    assert indexer.bring_up_to_date().changed == 7
    assert {f"helsinki-later-{number}" for number in range(7)} <= found()


def test_an_indexer_that_had_to_wait_for_another_takes_in_what_has_changed_meanwhile(indexer, stocked, settings, clock):
    other = build(settings, now=clock)
    save(stocked, make_offering(code="f"))
    with indexer._engine.alone():
        waiting = threading.Thread(target=other.indexer.bring_up_to_date)
        waiting.start()
        save(stocked, make_offering(code="g"))
        indexer.bring_up_to_date()
        position = indexer._engine.position()
    waiting.join()
    assert indexer._engine.position() == position and position.seq == stocked.store.revision()
    other.database.close()


def test_a_follower_that_cannot_write_says_so_once_and_goes_on_when_it_can(
    indexer, stocked, settings, found, monkeypatch, caplog
):
    monkeypatch.setattr("portal.services.indexing._SECONDS_AFTER_A_FAILURE", 0.05)
    index, aside = settings.data / "index", settings.data / "aside"
    index.rename(aside)
    index.write_text("in the way")
    stop = threading.Event()
    follower = threading.Thread(target=indexer.follow, kwargs={"wait": 0.05, "stop": stop.is_set})
    follower.start()
    try:
        save(stocked, make_offering(code="f", title={"fi": "Kalastus"}))
        deadline = time.monotonic() + 30
        while not caplog.messages and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.3)
        assert len(caplog.messages) == 1 and "cannot be written" in caplog.messages[0]
        index.unlink()
        aside.rename(index)
        while indexer._engine.count() < 6 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert found("kalastus") == {"helsinki-f"}
    finally:
        stop.set()
        follower.join()
