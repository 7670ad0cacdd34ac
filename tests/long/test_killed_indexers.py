"""An indexer that is killed loses nothing: what it leaves is whole, and the next one goes on from there."""

import random
import shutil
import time

import pytest
from history import FIRST, Changing, History
from processes import Indexer, following, wait_until

from portal.bootstrap import build
from portal.search.generations import Generations
from portal.search.whoosh_engine import WhooshEngine

pytestmark = pytest.mark.long
MOMENTS = 60


@pytest.fixture
def services(settings, clock):
    built = build(settings, now=clock)
    yield built
    built.database.close()


@pytest.fixture
def check(services, settings, ids_in, published):
    """Holds an index to the history: sound, nothing twice, and of every offering a version that it may have."""

    def act(history, ids=None):
        folder = settings.data / "index"
        engine, generations = WhooshEngine(folder), Generations(folder)
        assert generations.is_sound(generations.current())
        since, everything = engine.position().seq, ids_in(engine, services)
        for id in history.versions if ids is None else ids:
            possible = history.words_of(id, since)
            own = (possible | {word for _, word in history.versions[id][-6:]}) - {"", FIRST}
            found = {word for word in own if id in ids_in(engine, services, word)} or {
                FIRST if id in everything else ""
            }
            assert len(found) == 1 and found <= possible, (id, found, history.versions[id], since)
        assert everything >= published(services) - history.versions.keys()

    return act


def _wait_for_the_moment(indexer, folder, chance):
    """A random moment after the start, after it is up to date, or after it began to write a generation."""
    kind = chance.choice(("starting", "following", "writing", "writing"))
    if kind == "starting":
        time.sleep(chance.uniform(0, 1.5))
        return kind
    indexer.wait_until_up_to_date()
    if kind == "following":
        time.sleep(chance.uniform(0, 1))
        return kind
    known = set(folder.glob("gen-*"))
    assert wait_until(lambda: set(folder.glob("gen-*")) - known, pause=0.0005)
    time.sleep(chance.uniform(0, 0.25))
    return kind


def test_an_indexer_killed_at_any_moment_loses_and_doubles_nothing(
    services, settings, tmp_path, check, ids_in, published, tell
):
    chance, history, folder = random.Random(20261116), History(services, 7), settings.data / "index"
    kinds, halves = [], 0
    for turn in range(MOMENTS):
        before = {id: len(versions) for id, versions in history.versions.items()}
        with Changing(history, pause=0.2):
            indexer = Indexer(settings, tmp_path / "log", "--follow")
            try:
                kinds.append(_wait_for_the_moment(indexer, folder, chance))
            finally:
                indexer.kill()
        halves += any(not (path / "manifest.json").exists() for path in folder.glob("gen-*"))
        assert "broke" not in indexer.said and "Error" not in indexer.said, (turn, indexer.said)
        check(history, {id for id, versions in history.versions.items() if len(versions) != before.get(id, 0)})
    with following(settings, tmp_path / "log"):
        engine = WhooshEngine(folder)
        assert wait_until(lambda: engine.position().seq == services.store.revision())
        assert ids_in(engine, services) == published(services)
    check(history)
    written = sum(map(len, history.versions.values()))
    tell(
        f"killed {MOMENTS} times ({kinds.count('writing')} while writing; {halves} left half a generation), {written} versions"
    )


def test_an_indexer_killed_while_it_makes_its_word_lists_can_be_started_again(settings, tmp_path, services):
    chance = random.Random(4)
    for _ in range(12):
        shutil.rmtree(settings.data / "words", ignore_errors=True)
        shutil.rmtree(settings.data / "vocabulary", ignore_errors=True)
        indexer = Indexer(settings, tmp_path / "log", "--rebuild")
        time.sleep(chance.uniform(0.3, 3.5))
        indexer.kill()
        again = Indexer(settings, tmp_path / "log", "--rebuild")
        assert again.process.wait(120) == 0, again.said
    assert services.health.look()[1].ok


def test_what_killed_indexers_leave_behind_does_not_pile_up(settings, tmp_path, services):
    folder = settings.data / "index"
    history = History(services, 3)
    for _ in range(5):
        history.change()
        known = set(folder.glob("gen-*"))
        indexer = Indexer(settings, tmp_path / "log", "--rebuild")
        assert wait_until(lambda known=known: set(folder.glob("gen-*")) - known, pause=0.0005)
        indexer.kill()
    services.indexer.bring_up_to_date(rebuild=True)
    services.indexer.bring_up_to_date(rebuild=True)
    assert len(list(folder.glob("gen-*"))) == 2
    assert {path.name for path in folder.iterdir() if path.is_file()} <= {"CURRENT", "LOCK"}
