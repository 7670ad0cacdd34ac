"""An index of blocks: whatever came in, in whatever steps, it is what making it anew would give."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.days import RunDays
from portal.search.blocks import Block
from portal.search.document import Document
from portal.search.engine import IndexMissing, Position, Request
from portal.search.facets import BY_NAME, FACETS, DayColumns
from portal.search.plan import Plan, PlannedWord
from portal.search.whoosh_engine import WhooshEngine

TODAY = dt.date(2026, 11, 22)
NO_FACETS = {facet.name: () for facet in FACETS if facet.of_offering}


def document(number, *words):
    titles = {"fi": f"Otsikko {number:03}", "sv": f"Rubrik {number:03}", "en": f"Title {number:03}"}
    return Document(f"{number:03}", NO_FACETS, (), False, (0, 0), titles, 0.0, dict.fromkeys(words, 1.0))


@pytest.fixture
def publish(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    steps = iter(range(1, 1000))

    def act(changed=(), removed=(), rebuild=False):
        engine.publish(changed, removed, Position("e", next(steps), "1"), rebuild=rebuild)
        return engine

    return act


def found(engine, word, sort="relevance"):
    plan = Plan(text="-", words=(PlannedWord(word, {word: 1.0}, {}),))
    return [key for key, _ in engine.search(Request(TODAY, plan, sort=sort, limit=1000)).hits]


def blocks(engine):
    return engine._generations.current().facts["blocks"]


STEPS = st.lists(
    st.tuples(st.dictionaries(st.integers(0, 20), st.sets(st.sampled_from("abcd"), min_size=1)), st.sets(st.integers(0, 20))),
    max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_any_steps_end_in_what_making_it_anew_would_give(tmp_path_factory, steps):
    engine, now = WhooshEngine(tmp_path_factory.mktemp("index")), {}
    engine.publish([], (), Position("e", 0, "1"), rebuild=True)
    for number, (changed, removed) in enumerate(steps, start=1):
        now |= changed
        now = {key: words for key, words in now.items() if key not in removed - changed.keys()}
        gone = [f"{key:03}" for key in removed - changed.keys()]
        engine.publish(
            [document(key, *words) for key, words in changed.items()], gone, Position("e", number, "1"), rebuild=False
        )
    for word in "abcd":
        assert found(engine, word, "title") == [f"{key:03}" for key in sorted(now) if word in now[key]]
    lexicon = WhooshEngine(engine._generations.root).lexicon()
    expected = {word: sum(word in words for words in now.values()) for word in "abcd"}
    assert {word: lexicon._frequency(word) if word in lexicon else 0 for word in "abcd"} == expected


def test_blocks_stay_few_however_many_changes_come(publish):
    publish([document(n, "a") for n in range(100)], rebuild=True)
    for number in range(60):
        engine = publish([document(100 + number, "b")])
    assert len(blocks(engine)) <= 8 and len(found(engine, "b")) == 60


def test_an_offering_that_changes_again_and_again_is_there_once(publish):
    publish([document(n, "a") for n in range(50)], rebuild=True)
    for step in range(6):
        engine = publish([document(n, "a", f"step{step}") for n in range(50)])
    assert (len(found(engine, "a")), len(found(engine, "step5")), found(engine, "step4")) == (50, 50, [])


def test_a_removal_makes_no_new_block(publish):
    before = blocks(publish([document(n, "a") for n in range(9)], rebuild=True))
    after = blocks(publish(removed=["003"]))
    assert (before.keys(), list(after.values())) == (after.keys(), [[3]])


def test_a_block_whose_documents_are_all_gone_is_gone(publish):
    publish([document(0, "a")], rebuild=True)
    engine = publish(removed=["000"])
    assert (blocks(engine), found(engine, "a"), engine.count()) == ({}, [], 0)


def test_more_documents_than_a_block_can_have_make_several(publish, monkeypatch):
    monkeypatch.setattr("portal.search.writing.MOST_ROWS", 10)
    engine = publish([document(n, "a") for n in range(35)], rebuild=True)
    assert (len(blocks(engine)), len(found(engine, "a"))) == (4, 35)


def test_nothing_is_built_upon_a_damaged_generation(publish, tmp_path):
    engine = publish([document(n, "a") for n in range(9)], rebuild=True)
    victim = next((tmp_path / "index" / "gen-1").glob("block-*/*.trm"))
    victim.write_bytes(victim.read_bytes()[:-9])
    with pytest.raises(IndexMissing):
        publish([document(99, "a")])
    assert not engine.is_sound()


def test_words_of_what_is_dead_are_not_counted(publish, tmp_path):
    publish([document(0, "kissa", "fi=kissa", "koira"), document(1, "kissa")], rebuild=True)
    block = Block(next((tmp_path / "index" / "gen-1").glob("block-*")))
    words, numbers = block.words(dead=[0])
    assert dict(zip(words, numbers.tolist(), strict=True)) == {"kissa": 1, "koira": 0}


DAYS = st.none() | st.dates(TODAY - dt.timedelta(40), TODAY + dt.timedelta(250))


@given(st.lists(st.builds(RunDays, DAYS, DAYS, DAYS, DAYS, st.booleans()), max_size=12))
def test_the_days_of_many_runs_say_what_each_run_says(days):
    columns = DayColumns.of(days)
    assert columns.have_ended(TODAY).tolist() == [one.have_ended(TODAY) for one in days]
    start = BY_NAME["start"]
    masks = start.on_days(columns, TODAY)
    for number, one in enumerate(days):
        assert {value for value, mask in masks.items() if mask[number]} == set(start.on_day(one, TODAY))
    assert all(mask.dtype == np.bool_ and len(mask) == len(days) for mask in masks.values())
