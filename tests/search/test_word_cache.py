"""What was found out about words is kept between two makings of the index, and never believed when it is not ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.analysis.language import Word
from portal.search.analysis.word_cache import WordCache

DATASKYDD = Word(("dataskydd",), ("data", "skydd"), ("dataskydd",), True, ("data", "skydd"))
TEXTS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9)
LISTS = st.lists(TEXTS, max_size=3).map(tuple)


@pytest.fixture
def filled(tmp_path):
    cache = WordCache(tmp_path, "1")
    cache.collecting = True
    cache.note("dataskydds", "sv", DATASKYDD)
    cache.save()
    return tmp_path


def test_the_next_making_finds_what_the_last_one_found_out(filled):
    cache = WordCache(filled, "1")
    assert (cache.get("dataskydds", "sv"), cache.get("dataskydds", "fi"), cache.get("data", "sv")) == (DATASKYDD, None, None)  # fmt: skip


def test_another_version_of_the_analysis_begins_anew_and_puts_the_old_file_away(filled):
    cache = WordCache(filled, "2")
    assert cache.get("dataskydds", "sv") is None
    cache.collecting = True
    cache.note("kurser", "sv", Word(("kurs",), known=True))
    cache.save()
    assert len(list(filled.glob("words-*"))) == 1


def test_a_damaged_file_is_made_anew(filled):
    next(filled.glob("words-*")).write_bytes(b"not a trie")
    cache = WordCache(filled, "1")
    assert cache.get("dataskydds", "sv") is None
    cache.collecting = True
    cache.note("dataskydds", "sv", DATASKYDD)
    cache.save()
    assert WordCache(filled, "1").get("dataskydds", "sv") == DATASKYDD


def test_nothing_is_noted_for_those_who_only_search(tmp_path):
    cache = WordCache(tmp_path, "1")
    cache.note("dataskydds", "sv", DATASKYDD)
    cache.save()
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_nothing_is_kept():
    cache = WordCache(None, "1")
    cache.collecting = True
    cache.note("dataskydds", "sv", DATASKYDD)
    cache.save()
    assert cache.get("dataskydds", "sv") is None


@given(st.dictionaries(TEXTS, st.builds(Word, LISTS, LISTS, LISTS, st.booleans(), LISTS)))
def test_every_word_comes_back_as_it_was_noted(tmp_path_factory, found):
    folder = tmp_path_factory.mktemp("words")
    cache = WordCache(folder, "1")
    cache.collecting = True
    for word, analysed in found.items():
        cache.note(word, "fi", analysed)
    cache.save()
    again = WordCache(folder, "1")
    assert {word: again.get(word, "fi") for word in found} == found
