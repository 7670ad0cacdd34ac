"""Whatever happens to the files of the index, the portal answers, and makes a new one by itself."""

import json
import random

import generated
import harm
import pytest
from processes import following, wait_until

from portal.bootstrap import build
from portal.model.query import SearchQuery
from portal.search.engine import IndexMissing, Request
from portal.search.generations import Generations
from portal.search.whoosh_engine import WhooshEngine

pytestmark = pytest.mark.long
every_harm = pytest.mark.parametrize("do_harm", harm.HARMS, ids=harm.NAMES)
SORTS = ("relevance", "title", "scope", "start", "new")


@pytest.fixture
def index(settings):
    return settings.data / "index"


@pytest.fixture
def services(settings, clock):
    built = build(settings, now=clock)
    yield built
    built.database.close()


def _queries(number, seed):
    chance = random.Random(seed)
    languages = [chance.choice(generated.LANGUAGES) for _ in range(number)]
    texts = ["", *(chance.choice(generated.example_words(language)) for language in languages)]
    return [SearchQuery(text=text, sort=chance.choice(SORTS), size=10_000) for text in texts]


def _take(engine, services, query, today):
    """How an engine took a query."""
    try:
        engine.search(Request(today, services.searching.understand(query), sort=query.sort))
        engine.position(), engine.count(), engine.generation(), engine.is_sound()
    except IndexMissing:
        return "missing"
    return "answered"


@every_harm
@pytest.mark.parametrize("seed", range(2))
def test_a_running_engine_raises_nothing_but_index_missing(services, index, do_harm, seed, today):
    engine = WhooshEngine(index)
    assert {_take(engine, services, query, today) for query in _queries(3, seed)} == {"answered"}
    do_harm(index, random.Random(seed))
    for query in _queries(60, seed + 100):
        assert _take(engine, services, query, today) in ("answered", "missing")
        assert services.searching.complete(SearchQuery(text=query.text[:3])) is not None
    assert not harm.evil_mark(index).exists()


def test_a_running_engine_that_reads_what_is_damaged_says_that_there_is_no_index(services, index, today):
    """Else the tests above would promise little."""
    engine = WhooshEngine(index)
    first, *others = _queries(200, 1)
    assert _take(engine, services, first, today) == "answered"
    harm.empty_every_file(index, random.Random(1))
    assert "missing" in {_take(engine, services, query, today) for query in others}


@every_harm
def test_a_portal_on_a_damaged_index_answers_from_the_store_and_says_so(services, index, do_harm, published):
    do_harm(index, random.Random(1))
    labels = services.searching.labels("fi", str)
    answers = [services.searching.find(query, labels) for query in _queries(10, 2)]
    assert {(answer.degraded, len(answer.notices)) for answer in answers} == {(True, 1)}
    assert {hit.shown.id for hit in answers[0].hits} == published(services)
    assert not harm.evil_mark(index).exists()


def test_a_running_follower_makes_a_damaged_index_anew_by_itself(settings, tmp_path, index, equals_the_store, services):
    """And whoever had the old one open finds the new one."""
    labels = services.searching.labels("fi", str)
    with following(settings, tmp_path / "log") as indexer:
        for number, do_harm in enumerate(harm.HARMS):
            assert not services.searching.find(SearchQuery(), labels).degraded
            before = Generations(index).current().stamp
            do_harm(index, random.Random(number))
            assert wait_until(lambda before=before: _is_another(index, before)), (do_harm, indexer.said)
            assert equals_the_store(), (do_harm, indexer.said)
        assert indexer.is_running() and "Traceback" not in indexer.said, indexer.said
    assert not harm.evil_mark(index).exists()


def _is_another(index, stamp):
    current = Generations(index).current()
    return current is not None and current.stamp != stamp


@every_harm
def test_a_change_saved_after_the_damage_never_seals_it_in(services, index, do_harm, equals_the_store):
    whole = WhooshEngine(index).count()
    do_harm(index, random.Random(1))
    services.store.save([(offering, {}) for offering in generated.offerings(3, first=5_000)])
    assert services.indexer.bring_up_to_date().rebuilt
    assert equals_the_store()
    assert WhooshEngine(index).count() == whole + 3
    assert not harm.evil_mark(index).exists()


def test_a_manifest_that_any_byte_was_changed_of_is_never_believed(index):
    """Else changes that the store has and the index has not would never be taken in."""
    path = Generations(index).folder(Generations(index).current().name) / "manifest.json"
    whole = path.read_bytes()
    expected, believed = json.loads(whole), []
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        current = Generations(index).current()
        if current is not None and current.facts != {k: v for k, v in expected.items() if k != "seal"}:
            believed.append(current)
    assert believed == []
