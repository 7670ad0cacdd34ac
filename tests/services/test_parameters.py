"""Search parameters: whatever is asked becomes a query, and what was not understood a notice."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.query import SORTS, SearchQuery
from portal.search.facets import BY_NAME
from portal.services.parameters import clean_text, read_query


@pytest.fixture
def read(labels):
    return lambda *pairs, **options: read_query(pairs, labels, **options)


@pytest.fixture(scope="session")
def some_labels(codes):
    from portal.search.facets import Labels

    return Labels(codes, {}, "fi", str)


NAMES = st.sampled_from([*BY_NAME, "q", "sort", "page", "size", "ects_min", "ects_max", "lang", "utm_source"])
ODD = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "-1",
        "0",
        "1",
        "1e9",
        "1e99999999",
        "NaN",
        "sNaN",
        "Infinity",
        "-0",
        "٣",
        "１",
        "²",
        "1,5",
        "1_0",
        "9" * 5000,
    ]
)


@settings(max_examples=300)
@given(st.lists(st.tuples(NAMES | st.text(max_size=10), st.text(max_size=300) | ODD), max_size=30))
def test_any_parameters_give_a_query_and_at_most_a_few_notices(some_labels, pairs):
    query, notices = read_query(pairs, some_labels)
    assert len(notices) <= 6 and all(notice.in_english() for notice in notices)
    assert len(query.text) <= 200 and "\x00" not in query.text and "\n" not in query.text
    assert query.sort in SORTS and 1 <= query.page <= 10_000 and 1 <= query.size <= 100
    assert all(values and BY_NAME[name].knows(v, some_labels) for name, values in query.filters.items() for v in values)
    for bound in (query.ects_min, query.ects_max):
        assert bound is None or (bound.is_finite() and 0 <= bound <= 10_000)


@given(st.lists(st.tuples(NAMES, st.text(max_size=30) | ODD), max_size=10))
def test_a_query_written_as_parameters_and_read_again_is_the_same(some_labels, pairs):
    query, _ = read_query(pairs, some_labels)
    again, notices = read_query([*query.pairs(), ("page", str(query.page)), ("size", str(query.size))], some_labels)
    assert (again, notices) == (query, [])


def test_no_parameters_ask_for_everything(read):
    assert read() == (SearchQuery(language="en"), [])


def test_values_of_one_facet_are_collected_in_their_order_each_once(read):
    query, notices = read(("field", "06"), ("mode", "online"), ("field", "04"), ("field", "06"))
    assert (query.filters, notices) == ({"field": ("06", "04"), "mode": ("online",)}, [])


def test_unknown_parameters_are_ignored_in_silence(read):
    assert read(("utm_source", "mail"), ("fbclid", "x")) == (SearchQuery(language="en"), [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("field", "99999"),
        ("scope", "5"),
        ("provider", "nobody"),
        ("provider_type", "school"),
        ("language", "xx"),
        ("mode", "Online"),
        ("region", "1"),
        ("price", "0"),
        ("start", "2m"),
        ("level", "9"),
        ("target_group", "all"),
        ("pok", "2"),
        ("koski", "yes"),
        ("organisations", "true"),
        ("sort", "price"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "x"),
        ("page", "99999999999"),
        ("size", "101"),
        ("ects_min", "many"),
        ("ects_min", "-1"),
        ("ects_max", "NaN"),
        ("ects_max", "1e9999"),
    ],
)
def test_a_value_that_is_not_known_is_left_out_and_told(read, name, value):
    query, notices = read((name, value))
    assert query == SearchQuery(language="en")
    assert [notice.values["x"] for notice in notices] == [f"{name}={value}"]


@pytest.mark.parametrize("name", ["field", "scope", "mode", "sort", "page", "ects_min", "q", "koski"])
def test_an_empty_value_is_as_good_as_none(read, name):
    assert read((name, "")) == (SearchQuery(language="en"), [])


def test_a_flag_of_zero_is_as_good_as_none(read):
    assert read(("pok", "0")) == (SearchQuery(language="en"), [])


@pytest.mark.parametrize(("written", "expected"), [("1.5", "1.5"), ("1,5", "1.5"), ("0", "0"), (" 5 ", "5")])
def test_credits_are_read_with_point_or_comma(read, written, expected):
    assert read(("ects_min", written), ("ects_max", written))[0].ects_max == Decimal(expected)


def test_of_a_repeated_single_value_the_first_counts(read):
    query, _ = read(("page", "2"), ("page", "3"), ("q", "a"), ("q", "b"))
    assert (query.page, query.text) == (2, "a")


def test_the_same_wrong_value_is_told_once_and_many_are_not_all_told(read):
    assert len(read(*[("field", "x")] * 9)[1]) == 1
    assert len(read(*[("field", f"x{number}") for number in range(50)])[1]) == 5


def test_a_long_text_is_cut_and_that_is_told(read):
    query, notices = read(("q", "a" * 201))
    assert (len(query.text), len(notices)) == (200, 1)


def test_a_wrong_value_is_shown_shortened(read):
    assert len(read(("field", "x" * 500))[1][0].values["x"]) <= 80


@pytest.mark.parametrize(
    ("typed", "clean"),
    [("  a \n b\t", "a b"), ("a\x00b", "a b"), ("a\u0308", "ä"), ("\ud800a", "a"), ("???", "???"), ("\x00", "")],
)
def test_what_was_typed_becomes_one_clean_line(typed, clean):
    assert clean_text(typed) == clean
