"""Entries of the catalogue: their address, their content's fingerprint, and texts under their real language."""

import random
import re

import pytest
from factories import make_entry, make_offering, offering_json
from hypothesis import given
from hypothesis import strategies as st
from strategies import offerings

from portal.model.catalog import collision_suffix, content_hash, relabel, slug, texts_by_path
from portal.model.offering import Offering


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("HY-TA-0101", "helsinki-hy-ta-0101"),
        ("Åbo Öl/2", "helsinki-abo-ol-2"),
        ("  a__b  ", "helsinki-a-b"),
        ("C++", "helsinki-c"),
        ("日本", "helsinki"),
        ("../../etc/passwd", "helsinki-etc-passwd"),
    ],
)
def test_the_address_of_an_offering_follows_from_provider_and_code(code, expected):
    assert slug("helsinki", code) == expected


@given(st.text(min_size=1, max_size=200))
def test_every_address_is_short_and_plain(code):
    assert re.fullmatch(r"[a-z0-9-]{1,120}", slug("helsinki", code))
    assert not slug("helsinki", code).endswith("-")


def test_codes_that_would_share_an_address_get_different_endings():
    assert slug("helsinki", "C++") == slug("helsinki", "C#")
    assert collision_suffix("helsinki", "C++") != collision_suffix("helsinki", "C#")


def test_the_ending_of_an_address_is_the_same_at_every_import():
    assert collision_suffix("helsinki", "C++") == collision_suffix("helsinki", "C++")
    assert re.fullmatch("[0-9a-f]{8}", collision_suffix("helsinki", "C++"))


def test_content_is_the_same_whatever_the_order_of_keys():
    items = list(offering_json().items())
    random.Random(1).shuffle(items)
    assert content_hash(Offering.model_validate(dict(items)), {}) == content_hash(make_offering(), {})


@pytest.mark.parametrize(
    "parts", [{"ects": 3}, {"title": {"fi": "Muu"}}, {"koski": True}, {"runs": [{"id": "1"}]}, {"example": True}]
)
def test_any_changed_part_changes_the_content(parts):
    assert content_hash(make_offering(**parts), {}) != content_hash(make_offering(), {})


def test_a_newly_detected_language_changes_the_content():
    assert content_hash(make_offering(), {"description.fi": "en"}) != content_hash(make_offering(), {})


def test_a_wrongly_labelled_text_is_read_under_its_real_language():
    offering = make_offering(description={"sv": "This is English."})
    assert relabel(offering, {"description.sv": "en"}).description == {"en": "This is English."}


def test_a_rightly_labelled_text_wins_over_a_wrongly_labelled_one():
    offering = make_offering(description={"sv": "A copy.", "en": "The original."})
    assert relabel(offering, {"description.sv": "en"}).description == {"en": "The original."}


def test_a_rightly_labelled_text_wins_also_when_it_stands_last():
    offering = make_offering(summary={"fi": "In English.", "sv": "Also English.", "en": "Right."})
    assert relabel(offering, {"summary.fi": "en", "summary.sv": "en", "summary.en": "en"}).summary == {"en": "Right."}


def test_texts_that_changed_places_are_both_put_right():
    offering = make_offering(summary={"fi": "på svenska", "sv": "suomeksi"})
    detected = {"summary.fi": "sv", "summary.sv": "fi"}
    assert relabel(offering, detected).summary == {"fi": "suomeksi", "sv": "på svenska"}


def test_titles_are_never_judged():
    assert not [path for path in texts_by_path(make_offering()) if path.startswith(("title", "keywords"))]


def test_learning_outcomes_are_relabelled_one_by_one():
    offering = make_offering(learning_outcomes=[{"fi": "one"}, {"fi": "kaksi"}])
    assert relabel(offering, {"learning_outcomes[0].fi": "en"}).learning_outcomes == ({"en": "one"}, {"fi": "kaksi"})


@pytest.mark.parametrize(
    ("key", "part"), [("assessment", {"methods": ["exam"]}), ("certificate", {}), ("quality_assurance", {})]
)
def test_descriptions_inside_parts_are_relabelled(key, part):
    offering = make_offering(**{key: {**part, "description": {"fi": "In English."}}})
    assert getattr(relabel(offering, {f"{key}.description.fi": "en"}), key).description == {"en": "In English."}


def test_the_entry_keeps_the_text_as_sent():
    entry = make_entry(make_offering(summary={"fi": "In English."}), detected={"summary.fi": "en"})
    assert (entry.offering.summary, entry.as_read().summary) == ({"fi": "In English."}, {"en": "In English."})


@given(offerings(max_runs=0), st.randoms(use_true_random=False))
def test_relabelling_loses_no_text_whose_language_stands_alone(offering, chance):
    detected = {path: chance.choice(["fi", "sv", "en"]) for path in texts_by_path(offering)}
    read = relabel(offering, detected)
    for path, text in texts_by_path(offering).items():
        place = path.rpartition(".")[0]
        languages = [detected[other] for other in detected if other.rpartition(".")[0] == place]
        if languages.count(detected[path]) == 1:
            assert texts_by_path(read)[f"{place}.{detected[path]}"] == text


def test_nothing_detected_leaves_the_offering_as_it_is():
    entry = make_entry()
    assert entry.as_read() is entry.offering
