"""Code lists and sentences of our own: complete in three languages."""

import datetime as dt

import pytest

from portal.model.offering import Run
from portal.services import clock
from portal.services.wording import translator

LISTS = (
    "fields", "regions", "municipalities", "languages", "levels", "modes", "provider_types", "provider_types_plural",
    "target_groups", "gradings", "assessment_methods", "supervisions", "certificate_types", "paces", "vat",
)  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_a_label_in_every_language(codes, name):
    missing = [
        (code, lang) for code in codes[name] for lang in ("fi", "sv", "en") if lang not in codes[name].labels[code]
    ]
    assert len(codes[name]) and missing == []


def test_an_unknown_code_is_its_own_label(codes):
    assert codes.label("fields", "9999", "fi") == "9999"


@pytest.mark.parametrize(
    ("code", "broad", "narrow"),
    [
        ("06", "06", None),
        ("061", "06", "061"),
        ("0613", "06", "061"),
        ("47", None, None),
        (None, None, None),
        ("", None, None),
    ],
)
def test_a_field_belongs_to_its_broad_and_narrow_field(codes, code, broad, narrow):
    assert (codes.broad_field(code), codes.narrow_field(code)) == (broad, narrow)


@pytest.mark.parametrize(
    ("run", "region"),
    [
        ({"municipality": "091"}, "01"),
        ({"municipality": "091", "region": "06"}, "01"),
        ({"municipality": "998", "region": "06"}, "06"),
        ({"region": "06"}, "06"),
        ({"region": "99"}, None),
        ({}, None),
    ],
)
def test_the_region_of_a_run_follows_from_its_municipality(codes, run, region):
    assert codes.region_of(Run(id="1", **run)) == region


def test_every_municipality_lies_in_a_known_region(codes):
    assert set(codes.region_by_municipality.values()) <= set(codes["regions"])


def test_there_are_all_municipalities_and_regions_of_finland(codes):
    assert len(codes["municipalities"]) >= 300 and len(codes["regions"]) == 19


def test_english_is_the_source_and_comes_back_as_it_is():
    assert translator("en")("for a fee") == "for a fee"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_sentences_are_translated_outside_of_requests_too(language):
    assert translator(language)("for a fee") not in ("", "for a fee")


def test_what_no_catalogue_has_comes_back_as_it_is():
    assert translator("fi")("no such sentence") == "no such sentence"


def test_the_day_is_that_of_helsinki():
    assert clock.now().utcoffset() in (dt.timedelta(hours=2), dt.timedelta(hours=3))
