"""The parts of Whoosh 2.7.4 that the engine relies on and that its documentation does not promise."""

import os

import pytest
from whoosh import index
from whoosh.reading import TermNotFound

from portal.search.document import Document
from portal.search.engine import Position
from portal.search.facets import FACETS
from portal.search.whoosh_engine import WhooshEngine, _Generation, _schema


@pytest.fixture
def made(tmp_path):
    folder = tmp_path / "one"
    folder.mkdir()
    return index.create_in(str(folder), _schema())


def write(opened, **documents):
    writer = opened.writer()
    for id, words in documents.items():
        writer.update_document(id=id, words=list(words.items()), facts="{}")
    writer.commit()


def weights(opened, term):
    """Weight of the term by document id."""
    with opened.reader() as reader:
        found = {}
        matcher = reader.postings("words", term)
        while matcher.is_active():
            found[reader.stored_fields(matcher.id())["id"]] = matcher.weight()
            matcher.next()
        return found


WEIGHTS = {"a": 0.125, "b": 7.3, "c": 0.001953125, "d": 250.75}


def test_fractional_weights_survive_writing(made):
    write(made, **{id: {"kissa": weight} for id, weight in WEIGHTS.items()})
    assert weights(made, "kissa") == pytest.approx(WEIGHTS, rel=1e-6)


def test_fractional_weights_survive_the_merging_of_segments(made):
    for id, weight in WEIGHTS.items():
        write(made, **{id: {"kissa": weight}})
    writer = made.writer()
    writer.commit(optimize=True)
    with made.reader() as reader:
        assert reader.is_atomic()
    assert weights(made, "kissa") == pytest.approx(WEIGHTS, rel=1e-6)


def test_weights_survive_in_a_hard_linked_copy_that_grows_while_the_first_stays(made, tmp_path):
    write(made, **{id: {"kissa": weight} for id, weight in WEIGHTS.items()})
    other = tmp_path / "two"
    other.mkdir()
    for path in (tmp_path / "one").iterdir():
        os.link(path, other / path.name)
    before = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir() if "LOCK" not in path.name}
    copy = index.open_dir(str(other))
    write(copy, a={"koira": 2.5}, e={"kissa": 9.5})
    copy.writer().commit(optimize=True)
    expected = {id: weight for id, weight in WEIGHTS.items() if id != "a"} | {"e": 9.5}
    assert weights(copy, "kissa") == pytest.approx(expected, rel=1e-6)
    assert weights(made, "kissa") == pytest.approx(WEIGHTS, rel=1e-6)
    after = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir() if "LOCK" not in path.name}
    assert after == before


def test_deleted_documents_are_not_among_all_documents(made):
    write(made, a={"kissa": 1.0}, b={"kissa": 1.0})
    writer = made.writer()
    writer.delete_by_term("id", "a")
    writer.commit(merge=False)
    with made.reader() as reader:
        assert [reader.stored_fields(number)["id"] for number in reader.all_doc_ids()] == ["b"]
        assert (reader.doc_count(), reader.doc_count_all()) == (1, 2)


def test_an_updated_document_replaces_the_one_with_the_same_id(made):
    write(made, a={"vanha": 1.0})
    write(made, a={"uusi": 1.0})
    assert weights(made, "uusi") == {"a": 1.0}
    with made.reader() as reader:
        assert reader.doc_count() == 1


def test_a_cancelled_writer_leaves_nothing(made):
    write(made, a={"kissa": 1.0})
    writer = made.writer()
    writer.add_document(id="b", words=[("koira", 1.0)], facts="{}")
    writer.cancel()
    assert weights(made, "kissa") == {"a": 1.0}
    with pytest.raises(TermNotFound):
        weights(made, "koira")


@pytest.mark.parametrize("term", ["c++", "c#", "5", "fi:tekoäl", "日本", "r", "-", "x" * 300])
def test_any_term_is_kept_as_it_is(made, term):
    write(made, a={term: 1.5})
    assert weights(made, term) == {"a": 1.5}


def document(number, step):
    """A document that says little but its words, some rare, some in every one of them."""
    words = {"every": 1.0 + number % 7, f"only-{number}": 2.5} | ({"third": 0.25 * step} if number % 3 == 0 else {})
    facets = {facet.name: () for facet in FACETS if facet.of_offering}
    return Document(f"{number:04}", facets, (), False, (0, 0), {"fi": "", "sv": "", "en": ""}, 0.0, words)


def one_by_one(folder, term):
    """Weight of a term by document id, read in the documented way."""
    return weights(index.open_dir(str(folder)), term)


def by_blocks(folder, term):
    generation = _Generation(folder)
    rows, found = generation.postings(term)
    ids = [generation.columns.ids[row] for row in rows]
    assert len(set(ids)) == len(ids)
    return dict(zip(ids, (float(weight) for weight in found), strict=True))


TERMS = ("every", "third", "only-5", "only-200", "only-650")


@pytest.fixture
def grown(tmp_path):
    """An index of several segments, one of many blocks, with deletions in each; and the folder of its last generation."""
    engine = WhooshEngine(tmp_path / "index")
    engine.publish([document(n, 1) for n in range(700)], (), Position("e", 1, "1"), rebuild=True)
    for step in range(2, 7):
        changed = [document(n, step) for n in range(step * 40, step * 40 + 30)]
        gone = [f"{n:04}" for n in (*range(step * 100, step * 100 + 9), *range(150 if step == 2 else 1))]
        engine.publish(changed, gone, Position("e", step, "1"), rebuild=False)
    folder = tmp_path / "index" / (tmp_path / "index" / "CURRENT").read_text().strip()
    with index.open_dir(str(folder)).reader() as reader:
        assert reader.doc_count() < reader.doc_count_all() and len(reader.leaf_readers()) > 1
    return folder


@pytest.mark.parametrize("term", TERMS)
def test_postings_read_by_blocks_are_those_read_one_by_one(grown, term):
    expected = one_by_one(grown, term)
    assert by_blocks(grown, term) == expected
    assert bool(expected) is (term != "only-5")


def test_a_term_that_nothing_has_has_no_postings(grown):
    assert by_blocks(grown, "nothing") == {}
