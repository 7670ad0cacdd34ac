"""Words: what a text and a query are cut into, and by what they meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.analysis import plain_text, query_forms, query_words, stem_term, text_terms, tokens


def meet(query, text, language="fi"):
    terms = set(text_terms(text, language))
    return all(terms & set(query_forms(word)) for word in query_words(query))


@pytest.mark.parametrize("word", ["C++", "C#", "R", "5G", "5", "ÅA", "F#", "3D", "Web3"])
def test_short_words_with_signs_and_digits_survive(word):
    assert tokens(f"Opi {word}, heti.") == ["opi", word.lower(), "heti"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e-oppiminen", ["e-oppiminen", "e", "oppiminen"]),
        ("ISO 9001", ["iso", "9001"]),
        ("ISO-9001:2015", ["iso-9001:2015", "iso", "9001", "2015"]),
        ("R&D", ["r&d", "r", "d"]),
        ("TCP/IP", ["tcp/ip", "tcp", "ip"]),
        ("1–4", ["1–4", "1", "4"]),
        ("snake_case", ["snake", "case"]),
        ("Tekoäly – tänään!", ["tekoäly", "tänään"]),
        ("???", []),
        ("", []),
    ],
)
def test_words_with_inner_signs_are_kept_whole_and_in_parts(text, expected):
    assert tokens(text) == expected


def test_decomposed_and_full_width_letters_are_the_same_words():
    assert tokens("Tekoa\u0308ly ＡＢＣ") == ["tekoäly", "abc"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Opi</p><p>lisää</p>", "Opi lisää"),
        ("Opi &amp; onnistu", "Opi & onnistu"),
        ("Opi<br/>heti", "Opi heti"),
        ("Opi <b>heti</b", "Opi heti"),
        ('<a href="https://example.org/salaisuus">linkki</a>', "linkki"),
        ("Opi heti", "Opi heti"),
    ],
)
def test_html_is_left_out_of_the_words(text, expected):
    assert plain_text(text).split() == expected.split()


def test_attributes_of_html_are_not_searched():
    assert not meet("salaisuus", '<a href="https://example.org/salaisuus">linkki</a>')


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("koirat", "Koiran koulutus", "fi"),
        ("kurser", "Kursen i svenska", "sv"),
        ("courses", "A course of English", "en"),
        ("C++", "C++ ohjelmointi", "fi"),
        ("e-oppiminen", "Johdatus: e-oppiminen", "fi"),
        ("oppiminen", "e-oppiminen", "fi"),
        ("TEKOÄLY", "tekoäly", "fi"),
        ("sámegiella", "Sámegiella", "se"),
    ],
)
def test_a_query_meets_a_text_in_another_form_of_the_word(query, text, language):
    assert meet(query, text, language)


@pytest.mark.parametrize(("query", "text"), [("C", "C++ ohjelmointi"), ("C#", "C++ ohjelmointi"), ("koira", "kissa")])
def test_different_words_do_not_meet(query, text):
    assert not meet(query, text)


def test_the_stem_of_one_language_is_no_term_of_another():
    assert stem_term("kurser", "sv") != stem_term("kurser", "en")


def test_a_language_without_a_stemmer_has_words_only():
    assert text_terms("Sámegiella", "se") == ["sámegiella"]


def test_a_query_keeps_the_order_of_its_words_and_each_once():
    assert query_words("Kissa koira KISSA e-oppiminen") == ["kissa", "koira", "e-oppiminen"]


def test_the_word_itself_is_worth_more_than_its_stems():
    forms = query_forms("koirat")
    assert forms["koirat"] == 1.0 and all(0 < worth < 1 for term, worth in forms.items() if term != "koirat")


@given(st.text(max_size=300))
def test_any_text_gives_lower_case_words_without_blanks(text):
    assert all(word == word.lower() and word.strip() == word and word for word in text_terms(text, "fi"))


@given(st.text(max_size=200))
def test_a_text_is_found_by_its_own_words(text):
    assert meet(" ".join(tokens(plain_text(text))[:10]), text)
