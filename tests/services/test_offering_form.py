"""The form and the format: what is shown can be typed again, what is typed stays, and what nobody touches is kept."""

import pytest
from factories import offering_json
from hypothesis import given
from hypothesis import strategies as st
from strategies import offerings, run_jsons

from portal.model.offering import Offering
from portal.model.offering_fields import OFFERING, RUN
from portal.services.offering_form import from_form, in_form

FIELD = {field.path: field for field in (*OFFERING, *RUN)}
LANGUAGES = st.sampled_from(["fi", "sv", "en"])
TYPED = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)


def meant(path: str, text: str, data: dict | None = None, language: str = "fi") -> dict:
    return from_form([FIELD[path]], data or {}, {FIELD[path].names[0]: [text]}, language)


def shown(path: str, data: dict, language: str = "fi") -> str:
    return in_form([FIELD[path]], data, language)[FIELD[path].names[0]][0]


@given(offerings(), LANGUAGES)
def test_an_offering_that_is_opened_and_sent_untouched_is_unchanged(offering: Offering, language: str):
    data = offering.to_json()
    held = in_form(OFFERING, data, language)
    as_sent = {name: [value.replace("\n", "\r\n") for value in values] for name, values in held.items()}
    assert from_form(OFFERING, data, as_sent, language) == data


@given(run_jsons(), LANGUAGES)
def test_a_run_that_is_opened_and_sent_untouched_is_unchanged(run: dict, language: str):
    assert from_form(RUN, run, in_form(RUN, run, language), language) == run


CARRIED = [field for field in OFFERING if field.kind not in ("lines", "parts", "list") and not field.by_language]


@given(offerings(max_runs=0), LANGUAGES)
def test_what_a_field_shows_means_the_same_when_it_is_typed_into_an_empty_form(offering: Offering, language: str):
    data = offering.to_json()
    again = from_form(CARRIED, {}, in_form(CARRIED, data, language), language)
    assert in_form(CARRIED, again, language) == in_form(CARRIED, data, language)
    assert all(again.get(key) == data.get(key) for key in ("ects", "hours", "field", "level", "languages", "grading"))


@given(st.sampled_from([field for field in (*OFFERING, *RUN) if not field.is_ticked]), TYPED, LANGUAGES)
def test_whatever_is_typed_is_shown_again_and_means_the_same_the_second_time(field, text: str, language: str):
    once = from_form([field], {}, {field.names[0]: [text]}, language)
    held = in_form([field], once, language)
    assert from_form([field], {}, held, language) == once
    assert from_form([field], once, held, language) == once


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("ects", "1,5", 1.5),
        ("ects", "5 op", 5),
        ("ects", "2–10", {"min": 2, "max": 10}),
        ("ects", "kaksi", "kaksi"),
        ("hours", "1 200", 1200),
        ("start", "12.1.2027", "2027-01-12"),
        ("start", "12. 1. 2027", "2027-01-12"),
        ("start", "2027-01-12", "2027-01-12"),
        ("start", "31.2.2027", "31.2.2027"),
        ("seats", "20", 20),
        ("level", "6", 6),
    ],
)
def test_values_are_read_as_people_write_them_and_others_stay_as_they_are(path: str, text: str, value: object):
    assert meant(path, text) == {path: value}
    assert meant(path, "", {path: value}) == {}


def test_a_price_is_its_amount_and_without_one_there_is_no_price():
    assert meant("price.amount", "75 €") == {"price": {"amount": 75}}
    assert meant("price.amount", "maksuton") == {"price": {"amount": 0}}
    assert meant("price.amount", "", {"price": {"amount": 75, "currency": "EUR"}}) == {}
    assert shown("price.amount", {"price": {"amount": 12.5}}) == "12,5"
    assert shown("price.amount", {"price": {"amount": 12.5}}, "en") == "12.5"


def test_what_the_form_does_not_show_stays():
    data = offering_json(title={"fi": "Nimi", "se": "Namma"}, example=True, skills=["http://www.yso.fi/onto/yso/p1"])
    changed = from_form(OFFERING, data, in_form(OFFERING, data, "fi") | {"title.fi": ["Uusi nimi"]}, "fi")
    assert changed == data | {"title": {"fi": "Uusi nimi", "se": "Namma"}}


def test_a_new_outcome_in_one_language_leaves_the_others_where_they_were():
    outcomes = [{"fi": "yksi", "sv": "ett", "se": "okta"}, {"fi": "kaksi"}, {"fi": "kolme", "sv": "tre"}]
    data = {"learning_outcomes": outcomes}
    held = in_form([FIELD["learning_outcomes"]], data, "fi")
    assert held["learning_outcomes.sv"] == ("ett\n\ntre",)
    typed = held | {"learning_outcomes.sv": ["ett\ntvå\ntre"]}
    assert from_form([FIELD["learning_outcomes"]], data, typed, "fi")["learning_outcomes"] == [
        {"fi": "yksi", "sv": "ett", "se": "okta"}, {"fi": "kaksi", "sv": "två"}, {"fi": "kolme", "sv": "tre"}
    ]  # fmt: skip


def test_blank_lines_between_outcomes_are_only_blank_lines():
    typed = {"learning_outcomes.fi": ["yksi\r\n\r\nkaksi\r\n"], "learning_outcomes.sv": ["ett\r\ntvå"]}
    assert from_form([FIELD["learning_outcomes"]], {}, typed, "fi")["learning_outcomes"] == [
        {"fi": "yksi", "sv": "ett"}, {"fi": "kaksi", "sv": "två"}
    ]  # fmt: skip


def test_a_whole_that_stands_as_it_was_keeps_its_other_languages():
    data = {"stackable": {"part_of": [{"title": {"fi": "Iso", "sv": "Stor"}, "ects": 25}]}}
    text = shown("stackable.part_of", data)
    assert text == "Iso | 25"
    changed = meant("stackable.part_of", f"{text}\nToinen | 2,5 | https://example.org/", data)
    assert changed["stackable"]["part_of"] == [
        data["stackable"]["part_of"][0], {"title": {"fi": "Toinen"}, "ects": 2.5, "url": "https://example.org/"}
    ]  # fmt: skip


def test_control_characters_do_not_come_in():
    assert meant("code", "A\x00B\x07\n1") == {"code": "AB 1"}
