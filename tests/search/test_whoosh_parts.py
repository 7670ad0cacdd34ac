"""The parts of Whoosh 2.7.4 that posting lists rely on and that its documentation does not promise."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index

from portal.search.postings import MOST_ROWS, PostingLists, write


def lists(**by_term):
    return [(term, np.array(list(found)), np.array(list(found.values()))) for term, found in by_term.items()]


def read(folder, term):
    rows, weights = PostingLists(folder).get(term)
    return dict(zip(rows.tolist(), weights.tolist(), strict=True))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "block"
    made.mkdir()
    return made


def test_rows_and_weights_are_read_as_they_were_written(folder):
    write(folder, lists(kissa={0: 0.125, 7: 250.75, 49_999: 7.3}, koira={3: 1.0}))
    assert read(folder, "kissa") == pytest.approx({0: 0.125, 7: 250.75, 49_999: 7.3}, rel=1e-3)
    assert read(folder, "koira") == {3: 1.0}


def test_a_term_that_nothing_has_has_no_list(folder):
    write(folder, lists(kissa={0: 1.0}))
    assert PostingLists(folder).get("koira") is None


def test_a_list_of_every_row_of_the_largest_block_is_kept_whole(folder):
    write(folder, [("ja", np.arange(MOST_ROWS), np.linspace(0.1, 60, MOST_ROWS))])
    rows, weights = PostingLists(folder).get("ja")
    assert (rows == np.arange(MOST_ROWS)).all() and np.allclose(weights, np.linspace(0.1, 60, MOST_ROWS), rtol=1e-3)


@pytest.mark.parametrize("term", ["c++", "c#", "5", "fi:tekoäl", "日本", "r", "-", "x" * 300, "@yhteinen:1"])
def test_any_term_is_kept_as_it_is(folder, term):
    write(folder, lists(**{term: {0: 1.5}}))
    assert read(folder, term) == {0: 1.5}


@given(st.sets(st.text(min_size=1, max_size=8).filter(lambda term: term.isprintable()), min_size=1, max_size=30))
def test_every_term_comes_back_once_in_order(tmp_path_factory, terms):
    folder = tmp_path_factory.mktemp("block")
    write(folder, lists(**{term: {number: 1.0} for number, term in enumerate(terms)}))
    found = [(term, rows.tolist()) for term, rows, _ in PostingLists(folder).items()]
    assert [term for term, _ in found] == sorted(terms, key=str.encode)
    assert dict(found) == {term: [number] for number, term in enumerate(terms)}


def test_a_write_that_fails_leaves_no_lists(folder):
    def broken():
        yield from lists(kissa={0: 1.0})
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write(folder, broken())
    assert index.open_dir(str(folder)).is_empty()


def test_one_reader_serves_many_threads_at_once(folder):
    expected = {f"term{number}": {number: 1.0, number + 1: 2.0} for number in range(300)}
    write(folder, lists(**expected))
    reader, wrong = PostingLists(folder), []

    def look(offset):
        for number in range(300):
            term = f"term{(number + offset) % 300}"
            rows, weights = reader.get(term)
            if dict(zip(rows.tolist(), weights.tolist(), strict=True)) != expected[term]:
                wrong.append(term)

    threads = [threading.Thread(target=look, args=(offset,)) for offset in range(0, 300, 40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
