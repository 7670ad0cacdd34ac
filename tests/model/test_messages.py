"""Sentences, problems and queries as values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.errors import PortalError, UnreadableFile
from portal.model.message import Message
from portal.model.problem import shown
from portal.model.query import SearchQuery


def test_a_sentence_is_translated_before_its_values_are_put_in():
    message = Message("There are {n} rows.", {"n": 3})
    assert message.render({"There are {n} rows.": "Rivejä on {n}."}.__getitem__) == "Rivejä on 3."


def test_an_unreadable_file_is_an_error_of_the_portal_that_reads_in_english():
    error = UnreadableFile(Message("Over {n} MiB.", {"n": 50}))
    assert isinstance(error, PortalError) and str(error) == "Over 50 MiB."


@given(st.text(max_size=300))
def test_a_value_is_shown_on_one_line_of_at_most_80_characters(value):
    told = shown(value)
    assert len(told) <= 80 and len(told.splitlines()) <= 1


def test_a_cut_value_says_that_it_was_cut():
    assert shown("x" * 81) == "x" * 79 + "…"
    assert shown("x" * 80) == "x" * 80


FILTERED = SearchQuery(text="ai", filters={"field": ("06", "04")}, ects_min=Decimal("1.50"), page=3)


def test_a_query_is_written_back_as_parameters_without_its_page():
    assert FILTERED.pairs() == [("q", "ai"), ("field", "06"), ("field", "04"), ("ects_min", "1.5")]


def test_a_query_as_usual_needs_no_parameters():
    assert SearchQuery().pairs() == []


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("field", "06", [("q", "ai"), ("field", "04"), ("ects_min", "1.5")]),
        ("field", None, [("q", "ai"), ("ects_min", "1.5")]),
        ("ects_min", None, [("q", "ai"), ("field", "06"), ("field", "04")]),
        ("mode", "online", FILTERED.pairs()),
    ],
)
def test_taking_one_filter_away_leaves_the_others_and_goes_to_the_first_page(name, value, left):
    query = FILTERED.without(name, value)
    assert (query.pairs(), query.page) == (left, 1)


def test_a_query_without_its_last_filter_is_not_filtered():
    assert not SearchQuery(filters={"koski": ("1",)}).without("koski", "1").is_filtered
