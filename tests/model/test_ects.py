"""Scope in credits: exact numbers, half-open bands."""

from decimal import Decimal

import pytest
from factories import make_offering
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

EDGES = {"lt1": (0, 1), "1-4": (1, 5), "5-9": (5, 10), "10-29": (10, 30), "30-59": (30, 60), "60+": (60, 10**6)}
THOUSANDTHS = st.integers(0, 99_000).map(lambda number: Decimal(number) / 1000)


@pytest.mark.parametrize(
    ("ects", "bands"),
    [
        (0.5, ("lt1",)),
        (0.999, ("lt1",)),
        (1, ("1-4",)),
        (4.5, ("1-4",)),
        (4.999, ("1-4",)),
        (5, ("5-9",)),
        (9.9, ("5-9",)),
        (10, ("10-29",)),
        (29.9, ("10-29",)),
        (30, ("30-59",)),
        (59.5, ("30-59",)),
        (60, ("60+",)),
        (180, ("60+",)),
        (0, ()),
        ({"min": 2, "max": 10}, ("1-4", "5-9", "10-29")),
        ({"min": 1, "max": 5}, ("1-4", "5-9")),
        ({"min": 0, "max": 4.9}, ("lt1", "1-4")),
        ({"min": 50, "max": 60}, ("30-59", "60+")),
    ],
)
def test_a_scope_lies_in_every_band_that_it_overlaps(ects, bands):
    assert make_offering(ects=ects).ects.bands() == bands


@given(THOUSANDTHS, THOUSANDTHS)
def test_bands_are_half_open_for_every_scope(one, other):
    low, high = sorted((one, other))
    expected = tuple(band for band, (start, end) in EDGES.items() if high >= start and low < end) if high else ()
    assert make_offering(ects={"min": low, "max": high}).ects.bands() == expected


@given(THOUSANDTHS)
def test_a_number_of_credits_is_kept_exactly_through_json(number):
    offering = make_offering(ects=float(number))
    assert offering.ects.min == number
    assert Decimal(str(offering.to_json()["ects"])) == number


def test_whole_credits_are_written_without_a_point():
    assert repr(make_offering(ects=5.0).to_json()["ects"]) == "5"


def test_a_range_is_written_as_a_range():
    assert make_offering(ects={"min": 2, "max": 10}).to_json()["ects"] == {"min": 2, "max": 10}


def test_a_range_of_one_number_is_that_number():
    assert make_offering(ects={"min": 3, "max": 3}).to_json()["ects"] == 3


def test_zero_credits_are_not_stated_credits():
    assert not make_offering(ects=0).ects.stated


@pytest.mark.parametrize("ects", [-1, True, "many", {"min": 5, "max": 2}, {"min": 2}, float("nan"), float("inf"), [5]])
def test_what_is_no_scope_is_refused(ects):
    with pytest.raises(ValidationError):
        make_offering(ects=ects)
