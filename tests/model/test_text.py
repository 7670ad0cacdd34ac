"""Texts in several languages: who gets which."""

import pytest

from portal.model.text import Chosen, LocalizedText

ALL = {"fi": "suomeksi", "sv": "på svenska", "en": "in English", "de": "auf Deutsch"}


@pytest.mark.parametrize("language", ["fi", "sv", "en", "de"])
def test_a_reader_gets_the_text_in_their_own_language(language):
    assert LocalizedText(ALL).choose(language) == Chosen(ALL[language], language)


@pytest.mark.parametrize(
    ("reader", "written", "gets"),
    [
        ("fi", ("sv", "en"), "sv"),
        ("sv", ("en", "fi"), "fi"),
        ("en", ("sv", "fi"), "fi"),
        ("fi", ("de", "en"), "en"),
        ("sv", ("en", "de"), "en"),
        ("en", ("de",), "de"),
        ("de", ("en", "sv"), "sv"),
    ],
)
def test_without_their_own_language_a_reader_gets_the_next_best_and_is_told_which(reader, written, gets):
    text = LocalizedText({language: ALL[language] for language in written})
    assert text.choose(reader) == Chosen(ALL[gets], gets)


def test_a_text_in_no_language_is_empty():
    assert LocalizedText().choose("fi") == Chosen("", "")


def test_an_empty_text_does_not_count_as_a_translation():
    assert LocalizedText({"fi": "", "en": "text"}).choose("fi").language == "en"


def test_the_same_texts_are_equal_in_any_order():
    one, other = LocalizedText({"fi": "a", "sv": "b"}), LocalizedText({"sv": "b", "fi": "a"})
    assert one == other and hash(one) == hash(other)


def test_a_text_cannot_be_changed():
    with pytest.raises(TypeError):
        LocalizedText(ALL)["fi"] = "muuta"
