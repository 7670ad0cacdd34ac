"""Offerings and runs as values: what is accepted, what is refused, and that JSON loses nothing."""

import datetime as dt
import json

import jsonschema
import pytest
from factories import make_offering, make_run, offering_json
from hypothesis import given, settings
from pydantic import ValidationError
from strategies import offerings

from portal.model.offering import Offering

TODAY = dt.date(2026, 11, 16)
VALIDATOR = jsonschema.Draft202012Validator(Offering.model_json_schema())


@settings(max_examples=200)
@given(offerings())
def test_an_offering_comes_back_from_its_json_the_same(offering):
    assert Offering.model_validate(json.loads(json.dumps(offering.to_json()))) == offering


@settings(max_examples=200)
@given(offerings())
def test_the_published_schema_accepts_every_offering_that_we_write(offering):
    VALIDATOR.validate(offering.to_json())


@given(offerings())
def test_the_json_of_an_offering_says_nothing_that_is_not_stated(offering):
    def empties(value):
        parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        return [part for part in parts if part in (None, {}, [], "")] + [e for part in parts for e in empties(part)]

    assert empties(offering.to_json()) == []


def test_the_whole_that_an_offering_is_part_of_has_a_title_or_is_refused():
    with pytest.raises(ValidationError):
        make_offering(stackable={"part_of": [{"title": {}, "ects": 25}]})


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": {"fi": "x"}},
        {"provider": "x", "code": "y", "title": {"fi": "z"}, "ects": -1},
        {"provider": "x", "code": "y", "title": {"fi": "z"}, "level": 9},
        {"provider": "x", "code": "y", "title": {"fi": "z"}, "field": "A1"},
        {"provider": "x", "code": "y", "title": {"fi": "z"}, "target_groups": ["everybody"]},
    ],
)
def test_the_published_schema_refuses_what_the_import_refuses(wrong):
    assert not VALIDATOR.is_valid(wrong)
    with pytest.raises(ValidationError):
        Offering.model_validate(wrong)


@pytest.mark.parametrize("key", ["provider", "code", "title"])
def test_identity_and_title_are_needed(key):
    with pytest.raises(ValidationError, match=key):
        make_offering(**{key: None})


@pytest.mark.parametrize("title", [{}, {"fi": ""}, {"fi": "   "}, {"suomi": "x"}, "x"])
def test_a_title_needs_a_language_and_a_text(title):
    with pytest.raises(ValidationError):
        make_offering(title=title)


def test_languages_beyond_the_interface_are_kept():
    assert make_offering(title={"se": "Sámegiella"}).to_json()["title"] == {"se": "Sámegiella"}


def test_one_learning_outcome_may_stand_without_a_list():
    assert make_offering(learning_outcomes={"fi": "Osaat."}).learning_outcomes == ({"fi": "Osaat."},)


def test_a_number_may_be_a_code():
    assert make_offering(code=101).code == "101"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url", "http://example.org/"),
        ("url", "javascript:alert(1)"),
        ("url", 'https://example.org/"onclick'),
        ("level", 0),
        ("field", "6"),
        ("languages", ["suomi"]),
        ("price", {"amount": -5}),
        ("price", {"amount": 5, "currency": "euro"}),
        ("grading", "good"),
        ("contact", {"email": "nobody"}),
        ("partners", ["../etc"]),
        ("skills", ["javascript:alert(1)"]),
        ("runs", [{"start": "2027-01-12"}]),
    ],
)
def test_a_value_outside_its_list_or_form_is_refused(key, value):
    with pytest.raises(ValidationError):
        make_offering(**{key: value})


@pytest.mark.parametrize(
    "day", ["12.1.2027", "2027-13-01", "2027-02-30", "1066-10-14", 1_800_000_000, True, "2027-01-12T10:00"]
)
def test_a_day_is_written_with_year_month_and_day(day):
    with pytest.raises(ValidationError):
        make_run(start=day, end=None)


@pytest.mark.parametrize(("first", "last"), [("start", "end"), ("enrol_from", "enrol_by")])
def test_days_in_the_wrong_order_are_refused(first, last):
    with pytest.raises(ValidationError, match="is before"):
        make_run(**{first: "2027-02-02", last: "2027-02-01"})


def test_an_offering_cannot_be_changed():
    with pytest.raises(ValidationError):
        make_offering().code = "other"


def test_unknown_keys_do_not_stop_an_offering():
    assert Offering.model_validate(offering_json() | {"colour": "blue"}) == make_offering()


ENDED = make_run(id="old", start="2026-01-01", end="2026-02-01", enrol_from=None, enrol_by=None)


def test_runs_that_have_ended_do_not_count():
    assert [run.id for run in make_offering(runs=[ENDED, make_run()]).runs_that_count(TODAY)] == ["2026-s"]


def test_when_all_runs_have_ended_all_of_them_count():
    assert make_offering(runs=[ENDED]).runs_that_count(TODAY) == (ENDED,)


@pytest.mark.parametrize(("runs", "ended"), [([], False), ([ENDED], True), ([ENDED, make_run()], False)])
def test_an_offering_has_ended_when_it_had_runs_and_all_have(runs, ended):
    assert make_offering(runs=runs).has_ended(TODAY) is ended
