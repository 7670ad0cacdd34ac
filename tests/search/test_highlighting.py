"""Highlights: the text stays what it is, and only what was searched for is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.highlighting import Highlighter
from portal.search.plan import EVERYTHING, Plan


@pytest.fixture(scope="session")
def highlighter(plan, each_analyzer, each_vocabulary):
    """Knows the words of a query."""
    return lambda query, language="fi", **options: Highlighter(
        plan(query, language, **options), each_analyzer, each_vocabulary
    )


@pytest.fixture(scope="session")
def marked(highlighter):
    """The marked words of a text."""

    def act(query, text, language="fi", interface="fi"):
        return [piece.text for piece in highlighter(query, interface).pieces(text, language) if piece.found]

    return act


@pytest.mark.parametrize(
    ("query", "text", "language", "expected"),
    [
        ("tekoäly", "Tekoälyn arki", "fi", ["Tekoälyn"]),
        ("tekoäly", "Tekoälytyökalut, tekoäly ja työ", "fi", ["Tekoälytyökalut", "tekoäly"]),
        ("GDPR", "Tietosuoja ja GDPR arjessa", "fi", ["Tietosuoja", "GDPR"]),
        ("tietosuoja", "Dataskyddet i vardagen", "sv", ["Dataskyddet"]),
        ("c++", "C++ ja C eri tavoin", "fi", ["C++"]),
        ("oppiminen", "Näin e-oppiminen sujuu", "fi", ["e-oppiminen"]),
        ("hallbarhet", "Hållbarhet i vardagen", "sv", ["Hållbarhet"]),
        ("tekoäly", "Kissan hoito", "fi", []),
        ("haluan oppia kissan", "Haluan oppia paljon kissasta", "fi", ["kissasta"]),
        ("5 op kissa", "Kissa, 5 op", "fi", ["Kissa"]),
    ],
)
def test_found_words_are_marked_whole_and_others_are_not(marked, query, text, language, expected):
    assert marked(query, text, language) == expected


def test_words_of_a_longer_name_are_marked_where_they_stand_together(marked):
    assert marked("data protection", "Data protection at work", "en", "en") == ["Data", "protection"]


def test_a_word_of_a_longer_name_is_not_marked_alone(marked):
    assert marked("data protection", "Data warehouses", "en", "en") == []


@pytest.mark.parametrize("plan_of_nothing", [EVERYTHING, Plan(ects_min=50), Plan(impossible=True)])
def test_without_words_nothing_is_marked(each_analyzer, plan_of_nothing):
    pieces = Highlighter(plan_of_nothing, each_analyzer).pieces("Tekoälyn perusteet", "fi")
    assert [tuple(piece) for piece in pieces] == [("Tekoälyn perusteet", False)]


def test_a_literal_search_marks_the_words_as_typed_only(highlighter):
    pieces = highlighter("tekoäly", literal=True).pieces("Tekoäly ja tekoälyn työ", "fi")
    assert [piece.text for piece in pieces if piece.found] == ["Tekoäly"]


TEXTS = st.lists(
    st.text(max_size=10) | st.sampled_from(["tekoälyn ", "Tietosuoja. ", "<script>", "&amp;", "C++ ", "e-oppiminen! "]),
    max_size=20,
).map("".join)
QUERIES = st.sampled_from(["tekoäly", "GDPR e-oppiminen c++", "script", "amp lt gt", "", "a", "???"])


@given(TEXTS, QUERIES, st.sampled_from(["fi", "sv", "en", "se"]))
def test_the_pieces_put_together_are_the_text(highlighter, text, query, language):
    pieces = highlighter(query).pieces(text, language)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces) or text == ""


@given(TEXTS, st.sampled_from(["fi", "sv", "en"]))
def test_a_marked_piece_is_one_word(highlighter, text, language):
    for piece in highlighter("tekoäly script").pieces(text, language):
        assert not piece.found or piece.text.split() == [piece.text]


LONG = "Ensin kerrotaan muuta. Sitten vielä muuta! Tekoälyn ja tietosuojan suhde selviää. Lopuksi tekoäly."


def test_the_passage_begins_where_most_different_words_are_found(highlighter):
    assert highlighter("tekoäly tietosuoja").passage(LONG, "fi", 30).startswith("Tekoälyn ja tietosuojan")


def test_the_found_word_is_in_sight_also_in_a_text_without_sentences(highlighter):
    text = "muuta " * 200 + "tekoäly " + "muuta " * 200
    assert "tekoäly" in highlighter("tekoäly").passage(text, "fi", 200)[:200]


def test_the_passage_is_the_beginning_when_nothing_is_found(highlighter):
    assert highlighter("kissa").passage(LONG, "fi", 60) == LONG


def test_of_equally_good_passages_the_first_is_taken(highlighter):
    text = "Tekoäly on tässä. Muuta. Tekoäly on tässäkin."
    assert highlighter("tekoäly").passage(text, "fi", 20) == text


@given(TEXTS, st.integers(1, 200))
def test_a_passage_consists_of_words_of_the_text_in_their_order(highlighter, text, length):
    passage = highlighter("tekoäly tietosuoja").passage(text, "fi", length).removeprefix("…")
    assert text.split()[len(text.split()) - len(passage.split()) :] == passage.split()
