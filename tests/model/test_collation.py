"""Names in the order of the reader's alphabet."""

import pytest

from portal.model.collation import sort_key


def in_order(language, *names):
    return sorted(names, key=lambda name: sort_key(name, language))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_in_finnish_and_swedish_the_alphabet_ends_in_z_a_ring_a_dots_o_dots(language):
    assert in_order(language, "Öljy", "Äiti", "Åbo", "Zeniitti", "Aalto") == [
        "Aalto",
        "Zeniitti",
        "Åbo",
        "Äiti",
        "Öljy",
    ]


def test_in_english_letters_with_marks_stand_with_the_plain_ones():
    assert in_order("en", "Zeniitti", "Åland", "Aalto", "Örebro", "Oslo") == [
        "Aalto",
        "Åland",
        "Örebro",
        "Oslo",
        "Zeniitti",
    ]


def test_decomposed_letters_sort_like_composed_ones():
    assert in_order("fi", "A\u0308iti", "Zorro") == ["Zorro", "A\u0308iti"]


def test_case_does_not_matter():
    assert in_order("fi", "beta", "Alfa", "ALKU") == ["Alfa", "ALKU", "beta"]


def test_quotes_before_a_name_do_not_matter():
    assert in_order("fi", "”Beta”", "Alfa", "Gamma") == ["Alfa", "”Beta”", "Gamma"]


def test_accents_of_other_languages_do_not_matter():
    assert in_order("fi", "Emu", "Élan", "Elanto") == ["Élan", "Elanto", "Emu"]
