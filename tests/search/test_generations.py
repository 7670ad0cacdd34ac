"""Generations of the index: what is damaged is never opened, and the old one serves until the new one is whole."""

import json
import shutil
import threading

import pytest
from factories import make_entry, make_offering, make_provider

from portal.search.document import Reading, make_document
from portal.search.engine import IndexMissing, Position, Request
from portal.search.plan import Plan, PlannedWord
from portal.search.whoosh_engine import WhooshEngine


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(folder):
    return WhooshEngine(folder)


@pytest.fixture
def publish(codes, analyzer):
    """Publishes offerings with these codes; all there is, unless `add`."""

    def act(engine, *wanted, add=False, seq=1):
        offerings = (make_offering(code=code) for code in wanted)
        entries = (make_entry(offering, id=offering.code) for offering in offerings)
        documents = (
            make_document(e, make_provider(), pok=True, codes=codes, reading=Reading(analyzer)) for e in entries
        )
        engine.publish(documents, (), Position("epoch", seq, "1"), rebuild=not add)

    return act


@pytest.fixture
def found(today, analyzer):
    plan = Plan(words=(PlannedWord("tekoälyn", analyzer.query_forms("tekoälyn", "fi"), {}),))

    def act(engine):
        return {id for id, _ in engine.search(Request(today, plan, limit=100)).hits}

    return act


def generations(folder):
    return sorted(path.name for path in folder.glob("gen-*"))


def files_of_current(folder):
    name = (folder / "CURRENT").read_text().strip()
    return sorted(path for path in (folder / name).rglob("*") if path.is_file() and path.name != "manifest.json")


def test_a_new_generation_is_seen_at_once_by_another_process(engine, folder, publish, found):
    reader = WhooshEngine(folder)
    publish(engine, "a")
    assert found(reader) == {"a"}
    publish(engine, "b", add=True, seq=2)
    assert (found(reader), reader.position().seq, reader.count()) == ({"a", "b"}, 2, 2)


def test_two_generations_are_kept(engine, folder, publish):
    for seq in range(5):
        publish(engine, f"{seq}", add=seq > 0, seq=seq)
    assert generations(folder) == ["gen-4", "gen-5"]


def test_every_file_of_a_generation_stands_in_its_manifest(engine, folder, publish):
    publish(engine, "a")
    manifest = json.loads((folder / "gen-1" / "manifest.json").read_text())
    assert set(manifest["files"]) == {
        path.relative_to(folder / "gen-1").as_posix() for path in files_of_current(folder)
    }


def test_any_damaged_file_makes_the_index_missing(engine, folder, publish, found):
    publish(engine, "a")
    for path in files_of_current(folder):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(IndexMissing):
            found(WhooshEngine(folder))
        path.write_bytes(whole)
    assert found(WhooshEngine(folder)) == {"a"}


@pytest.mark.parametrize("harm", ["cut", "gone", "added"])
def test_a_file_that_is_cut_gone_or_added_makes_the_index_missing(engine, folder, publish, found, harm):
    publish(engine, "a")
    victim = max(files_of_current(folder), key=lambda path: path.stat().st_size)
    if harm == "cut":
        victim.write_bytes(victim.read_bytes()[:10])
    elif harm == "gone":
        victim.unlink()
    else:
        (victim.parent / "evil.pickle").write_bytes(b"cos\nsystem\n")
    with pytest.raises(IndexMissing):
        found(WhooshEngine(folder))


@pytest.mark.parametrize("manifest", [None, "", "{", "[]", "{}", "null", '{"files": {}}', "\x00\xff"])
def test_without_a_readable_manifest_the_index_is_missing(engine, folder, publish, found, manifest):
    publish(engine, "a")
    path = folder / "gen-1" / "manifest.json"
    path.unlink()
    if manifest is not None:
        path.write_bytes(manifest.encode("latin-1"))
    fresh = WhooshEngine(folder)
    with pytest.raises(IndexMissing):
        found(fresh)


@pytest.mark.parametrize("manifest", ["", "{", "[]", "{}", "null", '{"files": {}}', '{"position": 5, "documents": 1}'])
def test_a_damaged_manifest_has_no_position_so_that_the_index_is_made_anew(engine, folder, publish, manifest):
    publish(engine, "a")
    (folder / "gen-1" / "manifest.json").write_text(manifest)
    fresh = WhooshEngine(folder)
    assert (fresh.position(), fresh.count()) == (None, 0)


@pytest.mark.parametrize(
    "current", [b"", b"gen-99\n", b"../elsewhere", b"/etc", b"gen-1/../gen-1", b"\xff\xfe\x00", b"gen-x"]
)
def test_a_foreign_pointer_makes_the_index_missing(engine, folder, publish, found, current):
    publish(engine, "a")
    (folder / "CURRENT").write_bytes(current)
    fresh = WhooshEngine(folder)
    assert fresh.position() is None
    with pytest.raises(IndexMissing):
        found(fresh)


def test_an_index_that_was_lost_can_be_made_anew_in_the_same_folder(engine, folder, publish, found):
    publish(engine, "a")
    (folder / "gen-1" / "manifest.json").unlink()
    fresh = WhooshEngine(folder)
    publish(fresh, "b")
    assert found(fresh) == {"b"}


def test_a_folder_deleted_under_a_running_engine_can_be_made_anew(engine, folder, publish, found):
    publish(engine, "a")
    assert found(engine) == {"a"}
    shutil.rmtree(folder)
    with pytest.raises(IndexMissing):
        found(engine)
    assert engine.position() is None
    publish(engine, "b")
    assert found(engine) == {"b"}


@pytest.mark.parametrize("add", [True, False])
def test_an_interrupted_publish_leaves_the_old_generation_in_use(engine, folder, publish, found, add):
    publish(engine, "a")

    def broken():
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        engine.publish(broken(), (), Position("epoch", 2, "1"), rebuild=not add)
    assert (found(engine), engine.position().seq, generations(folder)) == ({"a"}, 1, ["gen-1"])


def test_what_a_killed_publish_left_behind_does_not_stop_the_next(engine, folder, publish, found):
    publish(engine, "a")
    (folder / "gen-2").mkdir()
    (folder / "gen-2" / "half").write_bytes(b"x")
    (folder / "CURRENT.new").write_text("gen-2")
    assert found(WhooshEngine(folder)) == {"a"}
    publish(engine, "b", add=True)
    assert found(WhooshEngine(folder)) == {"a", "b"}


def test_searches_during_publishing_see_the_old_or_the_new_never_a_mixture(engine, folder, publish, found):
    publish(engine, "0", "1")
    seen, stop = [], threading.Event()

    def look():
        reader = WhooshEngine(folder)
        while not stop.is_set():
            try:
                seen.append(frozenset(found(reader)))
            except Exception as error:
                seen.append(error)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(1, 8):
        publish(engine, f"{2 * turn}", f"{2 * turn + 1}", seq=turn)
    stop.set()
    for thread in threads:
        thread.join()
    assert set(seen) <= {frozenset({f"{2 * turn}", f"{2 * turn + 1}"}) for turn in range(8)}


def test_one_engine_serves_many_threads_at_once(engine, publish, found):
    publish(engine, *(f"{number}" for number in range(20)))
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(len(found(engine)))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [20] * 16


def test_what_killed_publishes_left_is_swept_away(engine, folder, publish, found):
    publish(engine, "a")
    publish(engine, "b", add=True)
    for number in (3, 7):
        (folder / f"gen-{number}").mkdir()
        (folder / f"gen-{number}" / "half").write_bytes(b"x")
    (folder / "CURRENT.new").write_text("gen-7")
    publish(engine, "c", add=True)
    assert generations(folder) == ["gen-2", "gen-3"]
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["CURRENT", "LOCK"]
    assert found(WhooshEngine(folder)) == {"a", "b", "c"}


def test_what_killed_publishes_left_does_not_stand_in_for_the_generation_before(engine, folder, publish):
    for number in range(3):
        publish(engine, f"{number}", add=number > 0)
    (folder / "gen-4").mkdir()
    with engine.alone(), engine._generations.prepare(rebuild=False):
        assert generations(folder) == ["gen-2", "gen-3", "gen-4"]
    assert generations(folder) == ["gen-2", "gen-3"]


def test_a_reader_takes_over_the_blocks_that_stay_and_reads_those_that_are_new(engine, folder, publish, found):
    publish(engine, *"abcdefgh")
    reader = WhooshEngine(folder)
    (stays,) = reader._open().blocks
    publish(engine, "i", add=True)
    first, second = reader._open().blocks
    assert (first.table, first.postings) == (stays.table, stays.postings) and found(reader) == set("abcdefghi")
    publish(engine, "i", add=True)
    assert reader._open().blocks[1].table is not second.table


@pytest.mark.parametrize("sort", ["title", "relevance"])
def test_a_generation_that_is_swept_while_it_is_read_is_read_anew(engine, folder, publish, today, sort):
    publish(engine, "a")
    reader, opened = WhooshEngine(folder), []

    def swept(request):
        """Right after the reader has opened it, three others come."""
        current = WhooshEngine._open_current(reader)
        if not opened:
            opened.append(current)
            for turn in range(3):
                publish(engine, f"{turn}")
        return current

    reader._open_current = lambda: swept(None)
    hits = reader.search(Request(today, sort=sort)).hits
    assert {id for id, _ in hits} <= {"a", "2"} and len(hits) == 1
    assert opened and not (folder / "gen-1").exists()


def test_words_of_a_generation_that_is_swept_are_read_from_the_next(engine, folder, publish):
    publish(engine, "a")
    reader, opened = WhooshEngine(folder), []

    def swept():
        current = WhooshEngine._open_current(reader)
        if not opened:
            opened.append(current)
            for turn in range(3):
                publish(engine, f"{turn}")
        return current

    reader._open_current = swept
    assert len(reader.lexicon()) > 3
    assert reader._lexicon[0] is not opened[0][1]


def test_words_of_a_damaged_index_are_none(engine, folder, publish):
    publish(engine, "a")
    reader = WhooshEngine(folder)
    assert reader.count() and reader._open()
    next((folder / "gen-1").glob("block-*/frequencies.npy")).write_bytes(b"")
    assert len(reader.lexicon()) == 0


def test_what_was_verified_of_generations_that_are_gone_is_forgotten(engine, folder, publish):
    for turn in range(6):
        publish(engine, f"{turn}", add=turn > 0)
    assert len(engine._generations._verified) == len(files_of_current(folder))


@pytest.mark.parametrize("part", ["position", "documents", "blocks", "files"])
def test_a_manifest_that_was_changed_in_any_part_is_none(engine, folder, publish, part):
    publish(engine, "a")
    path = folder / "gen-1" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest[part] = {**manifest[part], "more": 1} if isinstance(manifest[part], dict) else 7
    path.write_text(json.dumps(manifest))
    assert (engine.position(), WhooshEngine(folder).position(), engine.is_sound()) == (None, None, False)
