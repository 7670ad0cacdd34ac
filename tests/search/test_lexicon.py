"""The lexicon: spelling and completing give exactly what looking at every word would give."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.lexicon import Lexicon

WORDS = st.text("abcä", min_size=1, max_size=11)
CATALOGUES = st.dictionaries(WORDS | st.sampled_from(["c++", "iso-9001", "5g"]), st.integers(1, 9), max_size=40)
TYPED = st.text("abcä", min_size=5, max_size=11)


def distance(one, other):
    """Optimal string alignment by its definition: letters put in, left out, changed, or two neighbours swapped."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, against in enumerate(other, start=1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("ca", "abc", 3), ("", "ab", 2)],
)
def test_the_distance_of_this_test_is_that_of_the_definition(one, other, expected):
    assert distance(one, other) == expected


@settings(max_examples=300)
@given(CATALOGUES, TYPED)
def test_the_nearest_words_are_those_of_looking_at_every_word(frequencies, typed):
    most = 2 if len(typed) >= 8 else 1
    near = {word: distance(typed, word) for word in frequencies if word.isalpha()}
    least = min(near.values(), default=99)
    expected = {(word, far) for word, far in near.items() if far == least <= most}
    found = Lexicon(frequencies).near(typed, limit=1000)
    assert (set(found), len(found)) == (expected, len(expected))


@given(CATALOGUES, TYPED, st.integers(1, 5))
def test_of_equally_near_words_those_with_the_same_first_letter_and_then_the_most_frequent_come_first(
    frequencies, typed, limit
):
    lexicon = Lexicon(frequencies)
    whole = [word for word, _ in lexicon.near(typed, limit=1000)]
    keys = [(word[0] != typed[0], -frequencies[word]) for word in whole]
    assert keys == sorted(keys)
    assert [word for word, _ in lexicon.near(typed, limit)] == whole[:limit]


@given(st.text(max_size=4) | st.sampled_from(["tieto5uoja", "c++c++", "iso-9001", ""]))
def test_short_words_and_what_is_not_of_letters_have_no_near_words(typed):
    assert Lexicon({typed + "a": 1, typed: 1, "a" + typed: 1}).near(typed) == []


@settings(max_examples=200)
@given(CATALOGUES, st.text("abcä+", max_size=4), st.integers(1, 50))
def test_words_that_begin_so_are_those_of_looking_at_every_word(frequencies, prefix, limit):
    every = [word for word in frequencies if word.startswith(prefix)]
    expected = sorted(every, key=lambda word: (-frequencies[word], word))[:limit]
    assert Lexicon(frequencies).starting(prefix, limit) == expected


@settings(max_examples=200)
@given(CATALOGUES, st.text("abcä", min_size=4, max_size=7))
def test_a_beginning_with_one_error_is_found_among_the_beginnings_of_all_words(frequencies, typed):
    lengths = (len(typed) - 1, len(typed), len(typed) + 1)
    beginnings = {word[:length] for word in frequencies for length in lengths if len(word) >= length}
    expected = {beginning for beginning in beginnings if distance(typed, beginning) <= 1}
    assert set(Lexicon(frequencies).near_beginning(typed, limit=1000)) == expected


def test_a_lexicon_knows_its_words_and_how_many_they_are():
    lexicon = Lexicon({"tekoäly": 3, "c++": 1})
    assert "c++" in lexicon and "tekoälyn" not in lexicon and len(lexicon) == 2


def test_a_lexicon_of_no_words_answers_nothing():
    lexicon = Lexicon({})
    assert (lexicon.near("tekoäly"), lexicon.starting("te"), lexicon.near_beginning("tekoä")) == ([], [], [])
