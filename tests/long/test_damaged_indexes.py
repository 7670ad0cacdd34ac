"""Whatever happens to the files of the index, the portal answers, and makes a new one by itself."""

import json
import random

import generated
import harm
import pytest
from processes import asking, following, wait_until

from portal.bootstrap import build
from portal.search.generations import Generations
from portal.search.whoosh_engine import WhooshEngine

pytestmark = pytest.mark.long
every_harm = pytest.mark.parametrize("do_harm", harm.HARMS, ids=harm.NAMES)


@pytest.fixture
def index(settings):
    return settings.data / "index"


@pytest.fixture
def services(settings, clock):
    built = build(settings, now=clock)
    yield built
    built.database.close()


@pytest.fixture
def equals_the_store(services, index, ids_in, published):
    """Whether the index is sound and has what the store has."""

    def act():
        generations, engine = Generations(index), WhooshEngine(index)
        name = generations.current()
        return (
            name is not None
            and generations.is_sound(name)
            and engine.position() is not None
            and engine.position().seq == services.store.revision()
            and ids_in(engine, services) == published(services)
        )

    return act


def _texts(number, seed):
    chance = random.Random(seed)
    return ["", *(chance.choice(generated.example_words(chance.choice(generated.LANGUAGES))) for _ in range(number))]


@every_harm
@pytest.mark.parametrize("seed", range(3))
def test_a_running_engine_raises_nothing_but_index_missing(settings, index, do_harm, seed):
    with asking(settings) as asker:
        assert [asker.ask(text)["engine"] for text in _texts(3, seed)] == ["answered"] * 4
        do_harm(index, random.Random(seed))
        answers = [asker.ask(text) for text in _texts(60, seed + 100)]
    assert {answer["engine"] for answer in answers} <= {"answered", "IndexMissing"}
    assert not [answer["error"] for answer in answers if "error" in answer]


@every_harm
def test_a_portal_started_on_a_damaged_index_answers_from_the_store_and_says_so(
    settings, index, services, do_harm, published
):
    do_harm(index, random.Random(1))
    with asking(settings) as asker:
        answers = [asker.ask(text) for text in _texts(10, 2)]
    assert [(answer["engine"], answer["degraded"], answer["notices"]) for answer in answers] == [
        ("IndexMissing", True, 1)
    ] * 11
    assert set(answers[0]["ids"]) == published(services)


@every_harm
def test_a_running_follower_makes_a_damaged_index_anew_by_itself(settings, tmp_path, index, do_harm, equals_the_store):
    with following(settings, tmp_path / "log") as indexer, asking(settings) as asker:
        asker.ask("")
        do_harm(index, random.Random(1))
        assert wait_until(equals_the_store, seconds=30), indexer.said
        assert indexer.is_running(), indexer.said
        assert asker.ask("")["engine"] == "answered"


@every_harm
def test_a_follower_started_on_a_damaged_index_makes_it_anew(settings, tmp_path, index, do_harm, equals_the_store):
    do_harm(index, random.Random(1))
    with following(settings, tmp_path / "log") as indexer:
        assert wait_until(equals_the_store, seconds=30), indexer.said


@every_harm
def test_a_change_saved_after_the_damage_never_seals_it_in(services, index, do_harm, equals_the_store):
    whole = WhooshEngine(index).count()
    do_harm(index, random.Random(1))
    services.store.save([(offering, {}) for offering in generated.offerings(3, first=5_000)])
    services.indexer.bring_up_to_date()
    assert equals_the_store()
    assert WhooshEngine(index).count() == whole + 3
    assert Generations(index).current() and _words_of(index) == _words_after_rebuild(services, index)


def _words_of(index):
    lexicon = WhooshEngine(index).lexicon()
    return {word for letter in "abcdefghijklmnopqrstuvwxyzåäö" for word in lexicon.starting(letter, 10**6)}


def _words_after_rebuild(services, index):
    services.indexer.bring_up_to_date(rebuild=True)
    return _words_of(index)


def test_a_manifest_that_any_byte_was_changed_of_is_never_believed_about_its_position(index):
    """Else changes that the store has and the index has not would never be taken in."""
    path = Generations(index).folder(Generations(index).current()) / "manifest.json"
    whole = path.read_bytes()
    expected, believed = json.loads(whole)["position"], []
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        position = WhooshEngine(index).position()
        if position is not None and position._asdict() != expected:
            believed.append(position)
    assert believed == []
