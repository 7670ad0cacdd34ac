"""Example wishes and signals: in three languages and all states, marked, and gone from counts beside real life."""

from collections import Counter

import pytest
from factories import make_offering
from furnished import furnish

from portal.bootstrap import build
from portal.config import Settings
from portal.model.private_data import looks_private
from portal.model.proposal import Moderation, State, Step
from portal.search.memory_engine import MemoryEngine


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, clock):
    """A portal with all examples, on 16 November 2026."""
    data = furnish(tmp_path_factory.mktemp("demo-signals"))
    services = build(
        Settings(data, f"sqlite:///{data / 'portal.sqlite3'}", "whoosh:"), now=clock, engine=MemoryEngine()
    )
    services.demo.load()
    yield services
    services.database.close()


@pytest.fixture(scope="module")
def listed(loaded):
    return loaded.moderating.listing()


def test_there_are_at_least_twenty_wishes_in_three_languages_and_all_states(listed):
    assert len(listed) >= 20
    assert Counter(item.proposal.text_language for item in listed).keys() == {"fi", "sv", "en"}
    assert {item.proposal.state for item in listed} == set(State)
    assert {item.proposal.moderation for item in listed} == set(Moderation) - {Moderation.CONFIRMATION}


def test_every_example_is_marked_as_one(loaded, listed):
    assert all(item.proposal.example for item in listed)
    assert all(signal.example for signal in loaded.demand_store.signals())
    assert all(outcome.example for outcome in loaded.demand_store.outcomes())


def test_the_codes_of_examples_are_known(listed, codes):
    for item in listed:
        wish = item.proposal.wish
        named = {"fields": wish.field, "regions": wish.region, "modes": wish.mode, "languages": wish.language}
        assert [code for name, code in named.items() if code and code not in codes[name]] == []
        assert not looks_private(wish.title) and not looks_private(wish.text)


def test_a_wish_is_at_its_threshold_exactly_when_enough_people_stand_behind_it(listed):
    for item in listed:
        if item.proposal.moderation is Moderation.VISIBLE and item.proposal.state in (
            State.OPEN,
            State.THRESHOLD_REACHED,
        ):
            reached = item.standing.towards_threshold >= item.proposal.wish.group_size
            assert reached == (item.proposal.state is State.THRESHOLD_REACHED), item.proposal.id


def test_every_visible_example_has_a_history_in_order_of_time(loaded):
    for item in loaded.proposals.visible():
        history = loaded.proposals.shown(item.id).history
        assert history[0].step is Step.PUBLISHED
        assert [step.at for step in history] == sorted(step.at for step in history)
        assert history[-1].state is item.state and history[-1].at <= loaded.clock()


def test_one_example_shows_a_commitment_that_was_withdrawn(loaded):
    endings = [
        step.commitment.ending
        for item in loaded.proposals.visible()
        for step in loaded.proposals.shown(item.id).history
        if step.commitment
    ]
    assert "withdrawn" in endings


def test_there_are_signals_of_every_kind_in_every_broad_field(loaded):
    signals = list(loaded.demand_store.signals())
    assert {signal.kind for signal in signals} == {"interest", "proposal", "vain", "unsuitable"}
    assert {signal.field[:2] for signal in signals if signal.kind == "interest"} == {f"{n:02}" for n in range(11)}
    assert len(signals) > 1500


def test_some_feedback_is_public_and_some_has_too_few_answers(loaded):
    assert loaded.feedback.public("kansio-kansio-selko-03").answers == 10
    assert loaded.feedback.public("tamk-tamk-iso-2701") is None


def test_examples_are_always_the_same(loaded, tmp_path, clock):
    data = furnish(tmp_path / "again")
    again = build(Settings(data, f"sqlite:///{data / 'portal.sqlite3'}", "whoosh:"), now=clock, engine=MemoryEngine())
    again.demo.load()
    assert list(again.demand_store.signals()) == list(loaded.demand_store.signals())
    again.database.close()


def test_beside_a_real_offering_no_example_counts(services, clock):
    services.demo.load()
    services.store.save([(make_offering(code="real"), {})])
    assert list(services.demand_store.signals()) == []
    assert services.demand_store.outcomes() == [] and services.searches_in_vain.frequent() == []
