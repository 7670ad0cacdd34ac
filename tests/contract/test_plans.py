"""How every engine runs a plan: who is confident follows from the words alone, and is compared with brute force."""

import tempfile
from dataclasses import replace
from itertools import pairwise

import pytest
from brute_force import confident, expected_codes, expected_counts
from catalogues import PROVIDERS, QUESTIONS, TODAY, catalogues, plans
from engines import AT, ENGINES, ids, plan_of, search
from factories import make_offering
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.engine import RELATED, Request
from portal.search.plan import Phrase, Plan, PlannedWord


def ask(engine, plan, **parts):
    return engine.search(Request(TODAY, plan, **{"limit": 1000} | parts))


@settings(max_examples=50)
@given(catalogue=catalogues(most=25), asked=st.lists(st.tuples(plans(), QUESTIONS), min_size=1, max_size=8))
def test_who_is_confident_and_every_count_are_those_of_brute_force(kind, document, rules, catalogue, asked):
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[kind](folder)
        engine.publish([document(offering) for offering in catalogue], (), AT, rebuild=True)
        for plan, question in asked:
            question = replace(question, today=TODAY, ects_min=None, ects_max=None)
            result = ask(engine, plan, filters=question.filters)
            answering = confident(catalogue, plan)
            expected = expected_codes(answering, PROVIDERS, rules, question)
            assert (set(ids(result)), result.total) == (expected, len(expected))
            counted = {name: counts for name, counts in result.facets.items() if counts}
            by_hand = expected_counts(answering, PROVIDERS, rules, question)
            assert counted == {name: counts for name, counts in by_hand.items() if counts}


@settings(max_examples=20)
@given(catalogue=catalogues(most=25), plan=plans(), question=QUESTIONS)
def test_what_is_related_is_no_hit_and_satisfies_every_filter(kind, document, rules, catalogue, plan, question):
    question = replace(question, today=TODAY, ects_min=None, ects_max=None)
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[kind](folder)
        engine.publish([document(offering) for offering in catalogue], (), AT, rebuild=True)
        result = ask(engine, plan, filters=question.filters)
        related = {id for id, _ in result.related}
        assert len(related) == len(result.related) <= RELATED
        assert related <= expected_codes(catalogue, PROVIDERS, rules, question) - set(ids(result))


def test_a_hit_by_one_word_of_two_is_related_in_production_and_nothing_while_the_store_stands_in(filled, kind):
    engine = filled(make_offering(code="a", title={"fi": "Kissa"}), make_offering(code="b", title={"fi": "Kala"}))
    result = ask(engine, plan_of("kissa", "koira"))
    assert (ids(result), [id for id, _ in result.related]) == ([], {"whoosh": ["a"], "memory": []}[kind])


def test_related_offerings_stand_on_the_first_page_only(filled):
    engine = filled(make_offering(code="a", title={"fi": "Kissa"}))
    assert ask(engine, plan_of("kissa", "koira"), offset=20).related == ()


def test_all_of_two_words_must_be_found(filled):
    engine = filled(
        make_offering(code="a", title={"fi": "Kissa"}), make_offering(code="b", title={"fi": "Kissa, koira"})
    )
    assert ids(search(engine, "kissa", "koira")) == ["b"]


def test_two_words_of_three_are_enough(filled):
    engine = filled(
        make_offering(code="one", title={"fi": "Kissa"}), make_offering(code="two", title={"fi": "Kissa, koira"})
    )
    assert ids(search(engine, "kissa", "koira", "kala")) == ["two"]


def test_a_word_without_forms_finds_nothing(filled):
    assert ask(filled(make_offering()), Plan(text="x", words=(PlannedWord("x", {}, {}),))).total == 0


def test_a_plan_that_nothing_can_answer_finds_nothing(filled):
    result = ask(filled(make_offering()), Plan(impossible=True))
    assert (result.total, result.related) == (0, ())


def test_a_phrase_of_several_words_needs_all_of_them(filled):
    engine = filled(
        make_offering(code="a", title={"fi": "Kissa"}), make_offering(code="b", title={"fi": "Kissa ja koira"})
    )
    phrase = Phrase(0, 1, 1.0, ({"kissa": 1.0}, {"koira": 1.0}))
    assert ids(ask(engine, Plan("x", words=(PlannedWord("x", {}, {}),), phrases=(phrase,)))) == ["b"]


def test_a_provider_that_is_meant_finds_what_it_offers(filled):
    engine = filled(make_offering(code="a"), make_offering(code="b", provider="sivis"))
    phrase = Phrase(0, 1, 1.0, providers=("sivis",))
    assert ids(ask(engine, Plan("x", words=(PlannedWord("x", {}, {}),), phrases=(phrase,)))) == ["b"]


def test_a_wish_for_credits_leaves_out_what_states_none(filled):
    engine = filled(make_offering(code="a", ects=None), make_offering(code="b", ects=5))
    assert ids(ask(engine, Plan(ects_min=50, ects_max=50))) == ["b"]


def test_a_code_finds_its_offering_alone_though_its_words_stand_elsewhere(filled):
    engine = filled(
        make_offering(code="HY-1234"), make_offering(code="other", description={"fi": "Jatkoa kurssille HY-1234."})
    )
    assert ids(ask(engine, replace(plan_of("hy-1234"), code="hy1234"))) == ["HY-1234"]


def test_an_exact_title_is_found_though_no_word_of_it_is_a_term(filled):
    engine = filled(make_offering(code="a", title={"fi": "Kissa – koira"}), make_offering(code="b"))
    assert ids(ask(engine, Plan("kissa koira", words=(PlannedWord("x", {}, {}),)))) == ["a"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_exact_title_is_found_in_each_language(filled, language):
    title = {"fi": "Kissa", "sv": "Katt", "en": "Cat"}
    engine = filled(make_offering(code="a", title=title), make_offering(code="b"))
    plan = Plan(title[language].lower(), words=(PlannedWord("x", {}, {}),))
    assert ids(ask(engine, plan)) == ["a"]


def test_hits_of_a_search_have_falling_scores_above_zero(filled):
    engine = filled(*(make_offering(code=f"{n}", description={"fi": "kissa " + "koira " * n}) for n in range(9)))
    scores = [score for _, score in search(engine, "kissa").hits]
    assert len(scores) == 9 and all(one >= other > 0 for one, other in pairwise(scores))
