"""An indexer that is killed loses nothing: what it leaves is whole, and the next one goes on from there."""

import random
import time
from collections import Counter
from itertools import count

import pytest
from history import FIRST, Changing, History
from processes import Nursery, following, wait_until

from portal.bootstrap import build
from portal.search.generations import Generations
from portal.search.whoosh_engine import WhooshEngine

pytestmark = pytest.mark.long
MOMENTS = 60
"""Kills at least; more, until each stage of writing was hit."""
AT_MOST = 240
STAGES = ("writing a block", "merging", "sealing", "pointing")


@pytest.fixture
def services(settings, clock):
    built = build(settings, now=clock)
    yield built
    built.database.close()


@pytest.fixture
def index(settings):
    return settings.data / "index"


@pytest.fixture
def nursery(settings, tmp_path):
    made = Nursery(settings, tmp_path / "log")
    yield made
    made.close()


@pytest.fixture
def check(services, index, ids_in, published):
    """Holds an index to the history: sound, nothing twice, and of every offering a version that it may have."""

    def act(history, ids=None):
        engine, generations = WhooshEngine(index), Generations(index)
        assert generations.is_sound(generations.current())
        since, everything = engine.position().seq, ids_in(engine, services)
        assert engine.count() == len(everything)
        for id in history.versions if ids is None else ids:
            possible = history.words_of(id, since)
            own = (possible | {word for _, word in history.versions[id][-3:]}) - {"", FIRST}
            found = {word for word in own if id in ids_in(engine, services, word)} or {
                FIRST if id in everything else ""
            }
            assert len(found) == 1 and found <= possible, (id, found, history.versions[id], since)
        assert everything >= published(services) - history.versions.keys()

    return act


def _stage(index, known):
    """What an indexer is doing to a generation, or was when it was killed; nothing when there is no half one."""
    if (index / "CURRENT.new").exists():
        return "pointing"
    half = next(iter(set(index.glob("gen-*")) - known), None)
    if half is None:
        return None
    if (half / "manifest.json").exists():
        return "sealing"
    blocks = {path.name for path in half.glob("block-*")}
    before = {path.name for path in (index / (index / "CURRENT").read_text().strip()).glob("block-*")}
    return ("linking", "writing a block")[len(blocks - before)] if len(blocks - before) < 2 else "merging"


def _wait_for_the_moment(index, stage, chance):
    """A random moment after the start, or in a stage of writing a generation, or shortly after it."""
    if stage is None:
        time.sleep(chance.uniform(0, 0.6))
        return
    known = set(index.glob("gen-*"))
    deadline = time.monotonic() + 5
    while _seen(index, known) != stage and time.monotonic() < deadline:
        known = known if _unfinished(index, known) else set(index.glob("gen-*"))
    time.sleep(chance.choice((0, chance.uniform(0, 0.01), chance.uniform(0, 0.1))))


def _seen(index, known):
    try:
        return _stage(index, known)
    except OSError:  # it is going on while we look
        return None


def _unfinished(index, known):
    """Whether the newest generation is not the current one yet."""
    try:
        newer = set(index.glob("gen-*")) - known
        return all(path.name != (index / "CURRENT").read_text().strip() for path in newer)
    except OSError:
        return True


def test_an_indexer_killed_at_any_moment_loses_and_doubles_nothing(
    services, settings, index, tmp_path, nursery, check, ids_in, published, tell
):
    chance, history, hit = random.Random(20261116), History(services, 7), Counter()
    for turn in count():
        missed = [stage for stage in STAGES if hit[stage] < 2]
        if (turn >= MOMENTS and not missed) or turn >= AT_MOST:
            break
        before = {id: len(versions) for id, versions in history.versions.items()}
        history.change(1)
        services.indexer.bring_up_to_date()  # so that what is left over is of this turn
        known = set(index.glob("gen-*"))
        with Changing(history, pause=0.15), nursery.following():
            _wait_for_the_moment(index, chance.choice([None, *STAGES, *missed]), chance)
        hit[_stage(index, known | {index / (index / "CURRENT").read_text().strip()}) or "between"] += 1
        assert "broke" not in nursery.said and "Traceback" not in nursery.said, (turn, nursery.said)
        check(history, {id for id, versions in history.versions.items() if len(versions) != before.get(id, 0)})
    with following(settings, tmp_path / "last"):
        engine = WhooshEngine(index)
        assert wait_until(lambda: engine.position().seq == services.store.revision())
        assert ids_in(engine, services) == published(services)
    check(history)
    written = sum(map(len, history.versions.values()))
    tell(f"killed {turn} times, {dict(hit)}; {written} versions")
    assert all(hit[stage] for stage in STAGES)


def _marks(index):
    """Differs when a generation was begun, also under the name of one that was swept away."""
    try:
        return {(path.name, path.stat().st_mtime_ns) for path in index.glob("gen-*")}
    except OSError:  # it is going on while we look
        return set()


def test_what_killed_indexers_leave_behind_does_not_pile_up(index, services, nursery):
    history = History(services, 3)
    for _ in range(5):
        history.change(8)
        known = _marks(index)
        with nursery.following():
            assert wait_until(lambda known=known: _marks(index) - known, pause=0.0005)
        assert len(set(index.glob("gen-*"))) <= 3
    history.change(8)
    services.indexer.bring_up_to_date()
    assert len(list(index.glob("gen-*"))) == 2
    assert {path.name for path in index.iterdir() if path.is_file()} == {"CURRENT", "LOCK"}
