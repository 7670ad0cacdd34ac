"""Credits in what people type, in three languages; what is left is searched as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.scope_words import find_scope


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("5 op", 50, 50), ("5op", 50, 50), ("1,5 op", 15, 15), ("1.5 op", 15, 15), ("0,5 op", 5, 5), ("60 OP", 600, 600),
        ("5 opintopistettä", 50, 50), ("5 opintopisteen", 50, 50), ("alle 5 op", None, 49), ("Alle 1,5 op", None, 14),
        ("enintään 5 op", None, 50), ("korkeintaan 2 op", None, 20), ("max 5 op", None, 50), ("maks. 5 op", None, 50),
        ("ei yli 5 op", None, 50), ("yli 5 op", 51, None), ("vähintään 5 op", 50, None), ("ainakin 5 op", 50, None),
        ("3–5 op", 30, 50), ("3-5 op", 30, 50), ("3 — 5 op", 30, 50), ("5-3 op", 30, 50), ("1,5–2,5 op", 15, 25),
        ("5 sp", 50, 50), ("1,5 studiepoäng", 15, 15), ("under 5 sp", None, 49), ("mindre än 5 sp", None, 49),
        ("högst 5 sp", None, 50), ("upp till 5 sp", None, 50), ("över 5 sp", 51, None), ("mer än 5 sp", 51, None),
        ("minst 5 sp", 50, None), ("3–5 sp", 30, 50), ("3 till 5 sp", 30, 50),
        ("5 credits", 50, 50), ("1 credit", 10, 10), ("2 cr", 20, 20), ("5 ECTS", 50, 50), ("5 ec", 50, 50),
        ("5 ECTS credits", 50, 50), ("5-credit", 50, 50), ("under 5 ects", None, 49), ("less than 5 credits", None, 49),
        ("below 5 credits", None, 49), ("at most 5 credits", None, 50), ("up to 5 ects", None, 50),
        ("no more than 5 credits", None, 50), ("over 5 credits", 51, None), ("more than 5 credits", 51, None),
        ("at least 5 credits", 50, None), ("3-5 credits", 30, 50), ("3 to 5 credits", 30, 50),
        ("between 3 and 5 credits", 30, 50),
    ],
)  # fmt: skip
def test_credits_are_understood(text, least, most):
    wish = find_scope(text)
    assert (wish.least, wish.most, wish.rest.strip()) == (least, most, "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("5 op tietosuoja", ["tietosuoja"]),
        ("tietosuoja 5 op verkossa", ["tietosuoja", "verkossa"]),
        ("tietosuoja, alle 5 op", ["tietosuoja,"]),
        ("1,5 sp dialog", ["dialog"]),
        ("python 3–5 op", ["python"]),
        ("5 op:n kurssi", ["kurssi"]),
        ("5 ECTS credits python", ["python"]),
        ("a 5-credit course", ["a", "course"]),
    ],
)
def test_the_rest_of_the_query_is_left(text, rest):
    assert find_scope(text).rest.split() == rest


@pytest.mark.parametrize(
    "text",
    [
        "", "tietosuoja", "op", "5", "5 opinto", "5 opettajaa", "opintopisteet", "ISO 9001 op", "2x5 op", "1000 op",
        "alle viisi", "5 spanjorer", "5 credibility", "5 ecosystems", "Windows 11", "5 kk", "v2.5 op",
    ],
)  # fmt: skip
def test_what_says_nothing_of_credits_is_left_alone(text):
    assert find_scope(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5 op", "5"), ("1,5 op", "1.5"), ("3–5 op", "3–5"), ("alle 5 op", "< 5"), ("enintään 5 op", "≤ 5"),
        ("yli 5 op", "> 5"), ("vähintään 5 op", "≥ 5"),
    ],
)  # fmt: skip
def test_what_was_understood_is_told_in_signs(text, told):
    assert find_scope(text).told == told


@given(st.integers(0, 9999), st.integers(0, 9999), st.sampled_from(["op", "sp", "ects"]))
def test_any_range_is_read_in_tenths_and_in_order(one, other, unit):
    first, second = (f"{number / 10:g}".replace(".", ",") for number in (one, other))
    wish = find_scope(f"{first}–{second} {unit}")
    assert (wish.least, wish.most) == (min(one, other), max(one, other))


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text):
    wish = find_scope(text)
    assert wish is None or len(wish.rest) <= len(text) + 1
