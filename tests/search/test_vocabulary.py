"""The vocabulary: concepts by their names, in queries and in texts; and the project's own rows, file by file."""

import csv
from collections import Counter

import pytest

from portal import resources
from portal.model.text import LANGUAGES
from portal.search.analysis.tokens import words
from portal.search.vocabulary import LONGEST_NAME, NO_VOCABULARY, Concept, Vocabulary

FILES = sorted((resources.folder("catalog_data") / "vocabulary").glob("*.csv"))
COLUMNS = ["id", "fi", "sv", "en", "fi_alt", "sv_alt", "en_alt"]


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = [(path.stem, row) for path in FILES for row in read(path)]


@pytest.fixture
def small():
    """Two concepts by the base forms of their names."""
    concepts = [
        Concept("own:remote-work", {"fi": ("etätyö",), "en": ("remote work",)}),
        Concept("own:open-data", {"fi": ("avoin data",), "en": ("open data",)}),
    ]
    keys = {
        "fi": {"etätyö": ("own:remote-work",), "avoin data": ("own:open-data",)},
        "en": {"remote work": ("own:remote-work",), "open data": ("own:open-data",)},
    }
    gists = {
        "fi": {"etätyö": ("own:remote-work",)},
        "en": {"remote work": ("own:remote-work",), "data open": ("own:open-data",)},
    }
    return Vocabulary(concepts, keys, gists)


def test_a_concept_is_found_by_the_key_of_its_name_in_one_language(small):
    assert [concept.id for concept in small.find("etätyö", "fi")] == ["own:remote-work"]
    assert small.find("etätyö", "en") == small.find("työ", "fi") == small.find("etätyö", "se") == []


def atoms(text):
    """What each word of a text is made of, as an analyzer would tell: `a+b` is a compound, `-` a small word."""
    return [tuple(word.split("+")) if word != "-" else () for word in text.split()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("new open data now", [(1, 3, "@own:open-data")]),
        ("data open", [(0, 2, "@own:open-data")]),
        ("data+open", [(0, 1, "@own:open-data")]),
        ("open - data", [(0, 3, "@own:open-data")]),
        ("open street data", [(0, 3, "@own:open-data")]),
        ("of work - the - remote", [(1, 6, "@own:remote-work")]),
        ("open data remote work", [(0, 2, "@own:open-data"), (2, 4, "@own:remote-work")]),
    ],
)
def test_names_of_several_words_are_found_in_any_order_and_as_compounds(small, text, found):
    assert sorted(small.places(atoms(text), "en")) == found


@pytest.mark.parametrize("text", ["data", "open long street data", "open+street data", "open open", ""])
def test_half_a_name_or_words_far_apart_are_no_name(small, text):
    assert list(small.places(atoms(text), "en")) == []


def test_what_is_near_a_concept_is_found_with_it():
    near = Concept("own:b", {"en": ("telework",)})
    small = Vocabulary([Concept("own:a", {"en": ("remote work",)}, near=("own:b", "own:gone")), near], {})
    (first, second) = small
    assert (small.near(first), small.near(second)) == ([near], [])


def test_neighbours_are_concepts_of_ours_and_never_alone():
    path = resources.folder("catalog_data") / "vocabulary" / "neighbours.txt"
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert {name for line in lines for name in line} - {row["id"] for _, row in ROWS} == set()
    assert all(len(line) == len(set(line)) > 1 for line in lines)


def test_neighbours_know_each_other(each_vocabulary, each_analyzer):
    (entrepreneurship,) = [c for c in each_vocabulary if c.id == "business-and-ict:entrepreneurship"]
    near = each_vocabulary.near(entrepreneurship)
    assert "business-and-ict:starting-a-business" in {concept.id for concept in near}
    assert all(entrepreneurship in each_vocabulary.near(concept) for concept in near)


def test_names_of_one_word_are_not_looked_for_in_texts(small):
    assert list(small.places(atoms("etätyö"), "fi")) == []


def test_a_concept_is_akin_to_what_has_its_gist(small):
    assert [concept.id for concept in small.akin("data open", "en")] == ["own:open-data"]
    assert small.akin("open", "en") == small.akin("data open", "sv") == []


def test_without_a_vocabulary_nothing_is_found():
    assert (len(NO_VOCABULARY), NO_VOCABULARY.find("etätyö", "fi")) == (0, [])
    assert list(NO_VOCABULARY.places([("a",), ("b",)], "fi")) == []


def test_there_are_at_least_1200_concepts():
    assert len({row["id"] for _, row in ROWS}) >= 1_200


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_has_all_columns_and_a_name_in_three_languages(path):
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS
    wrong = [row["id"] for row in read(path) if set(row) != set(COLUMNS) or not all(row[name] for name in COLUMNS[:4])]
    assert wrong == []


def test_every_id_stands_in_one_row_only():
    assert [id for id, number in Counter(row["id"] for _, row in ROWS).items() if number > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_is_the_first_name_of_one_concept_only(language):
    owners = Counter(row[language].lower() for _, row in ROWS)
    assert [name for name, number in owners.items() if number > 1] == []


def names_of(row, language):
    return [row[language], *filter(None, row[f"{language}_alt"].split("|"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_written_without_stray_blanks_and_once(language):
    for _, row in ROWS:
        names = names_of(row, language)
        assert all(name == " ".join(name.split()) for name in names), row["id"]
        assert len({name.lower() for name in names}) == len(names), row["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_a_name_that_is_short_enough_to_be_looked_for(language):
    assert [
        row["id"] for _, row in ROWS if min(len(words(name)) for name in names_of(row, language)) > LONGEST_NAME
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_is_found_by_its_first_name(each_analyzer, each_vocabulary, language):
    missed = [
        row["id"]
        for stem, row in ROWS
        if f"{stem}:{row['id']}"
        not in {c.id for c in each_vocabulary.find(each_analyzer.key(row[language], language), language)}
    ]
    assert missed == []


def test_fields_of_education_are_concepts_as_well(each_vocabulary, each_analyzer, codes):
    found = each_vocabulary.find(each_analyzer.key(codes.label("fields", "073", "fi"), "fi"), "fi")
    assert "isced:073" in {concept.id for concept in found}
