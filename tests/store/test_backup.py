"""Backups of the store: whole, never overwriting, and harmless when they are not what they seem."""

import sqlite3
import stat
import threading
from contextlib import closing

import pytest
from factories import make_offering

from portal.model.errors import PortalError
from portal.store.backup import backup, restore
from portal.store.catalog import CatalogStore
from portal.store.database import Database


def save(store, **parts):
    store.save([(make_offering(**parts), {})])


@pytest.fixture
def copy(database, store, tmp_path):
    """A backup of a store that held one offering, `a`."""
    save(store, code="a")
    backup(database, tmp_path / "backup.sqlite3")
    return tmp_path / "backup.sqlite3"


def test_a_restored_store_holds_what_was_backed_up(database, store, copy):
    before = store.find("helsinki-a")
    save(store, code="a", ects=9)
    save(store, code="b")
    restore(database, copy)
    assert store.find("helsinki-a") == before
    assert set(store.codes("helsinki")) == {"a"}


def test_a_restored_store_can_be_written_to(database, store, copy):
    restore(database, copy)
    save(store, code="c")
    assert set(store.codes("helsinki")) == {"a", "c"}


def test_a_restored_store_begins_a_new_epoch_so_that_indexes_are_made_anew(database, store, copy):
    before = store.epoch()
    restore(database, copy)
    first = store.epoch()
    restore(database, copy)
    assert len({before, first, store.epoch()}) == 3


def test_a_backup_restores_into_an_empty_store_elsewhere(copy, tmp_path):
    elsewhere = Database(f"sqlite:///{tmp_path / 'other' / 'portal.sqlite3'}")
    elsewhere.migrate()
    restore(elsewhere, copy)
    assert set(CatalogStore(elsewhere).codes("helsinki")) == {"a"}
    elsewhere.close()


def test_a_backup_never_overwrites(database, store, copy):
    before = copy.read_bytes()
    with pytest.raises(PortalError, match="exists already"):
        backup(database, copy)
    assert copy.read_bytes() == before


def test_a_backup_is_for_its_owner_only(copy):
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_backup_needs_no_other_file_beside_it(copy):
    with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM offering").fetchone() == (1,)


def test_a_backup_into_a_folder_that_is_not_there_says_so_and_leaves_nothing(database, tmp_path):
    target = tmp_path / "no" / "backup.sqlite3"
    with pytest.raises(PortalError, match=str(target)):
        backup(database, target)
    assert not target.parent.exists()


def test_a_backup_under_load_is_whole(database, store, tmp_path):
    stop = threading.Event()

    def write():
        turn = 0
        while not stop.is_set():
            turn += 1
            save(store, code="a", hours=turn)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup(database, tmp_path / f"{number}")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / f"{number}")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            revisions = connection.execute("SELECT coalesce(sum(revision), 0) FROM offering").fetchone()
            noted = connection.execute("SELECT count(*) FROM outbox WHERE entity = 'offering'").fetchone()
            assert revisions == noted


def damaged(copy):
    content = bytearray(copy.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    copy.write_bytes(content)


def cut(copy):
    copy.write_bytes(copy.read_bytes()[:5000])


def not_a_database(copy):
    copy.write_bytes(b"id,type\nhelsinki,university\n" * 100)


def empty(copy):
    copy.write_bytes(b"")


def foreign(copy):
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE holidays (day TEXT)")
        connection.commit()


def missing(copy):
    copy.unlink()


def folder(copy):
    copy.unlink()
    copy.mkdir()


def of_a_later_version(copy):
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    "spoil",
    [damaged, cut, not_a_database, empty, foreign, missing, folder, of_a_later_version],
    ids=lambda f: f.__name__,
)
def test_what_is_no_sound_backup_changes_nothing(database, store, copy, spoil):
    save(store, code="b")
    before = (store.epoch(), store.revision(), store.codes("helsinki"))
    spoil(copy)
    with pytest.raises(PortalError, match=r"\.$"):
        restore(database, copy)
    assert (store.epoch(), store.revision(), store.codes("helsinki")) == before
    assert database.is_current()


def test_restoring_leaves_the_backup_as_it_was(database, copy):
    before = copy.read_bytes()
    restore(database, copy)
    assert copy.read_bytes() == before


def test_postgresql_is_backed_up_by_its_own_tool(tmp_path):
    server = Database("postgresql://nobody@localhost:1/none")
    with pytest.raises(PortalError, match="pg_dump"):
        backup(server, tmp_path / "backup")
    with pytest.raises(PortalError, match="pg_restore"):
        restore(server, tmp_path / "backup")
