"""What language a text is taken for."""

import pytest

from portal.ingest.languages import detect_language

TEXTS = {
    "fi": "Opintojaksolla perehdytään koneoppimisen perusteisiin ja niiden käyttöön työelämässä.",
    "sv": "Kursen ger en grundlig introduktion till maskininlärning och dess användning i arbetslivet.",
    "en": "The course gives a thorough introduction to machine learning and its use in working life.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_long_text_is_recognised(language):
    assert detect_language(TEXTS[language]) == language


def test_a_text_under_40_characters_is_never_judged():
    assert detect_language("Introduction to machine learning") is None


def test_tags_do_not_count_as_text():
    assert detect_language('<p class="introduction to the course">' * 20 + "Kurs") is None


def test_tags_and_entities_do_not_hide_the_language():
    text = TEXTS["fi"].replace("ä", "&auml;").replace(" ", " <b>", 3)
    assert detect_language(f"<div>{text}") == "fi"


def test_signs_alone_have_no_language():
    assert detect_language("12345 67890 " * 10) is None
