"""How the database is opened: with the settings that keep it safe."""

import pytest

from portal.model.errors import ConfigurationError
from portal.store import migrating, schema
from portal.store.database import Database


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 5000), ("synchronous", 2), ("secure_delete", 1)],
)
def test_every_connection_has_the_safe_settings(database, pragma, value):
    with database.read() as one, database.write() as other:
        for connection in (one, other):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_write_excludes_other_writes_from_its_beginning(database):
    with database.write(), database.read() as other, pytest.raises(Exception, match="locked"):
        other.exec_driver_sql("PRAGMA busy_timeout=10")
        other.exec_driver_sql("ROLLBACK")
        other.exec_driver_sql("BEGIN IMMEDIATE")


def test_a_read_sees_one_state_while_others_write(database):
    with database.read() as reading:
        count = "SELECT count(*) FROM fact"
        before = reading.exec_driver_sql(count).scalar()
        with database.write() as writing:
            writing.exec_driver_sql("INSERT INTO fact VALUES ('x', 'y')")
        assert reading.exec_driver_sql(count).scalar() == before


def test_a_write_that_fails_is_undone(database):
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        connection.exec_driver_sql("INSERT INTO fact VALUES ('x', 'y')")
        raise ZeroDivisionError
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM fact WHERE name = 'x'").scalar() == 0


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/name", "", "sqlite"])
def test_an_address_that_is_no_database_of_ours_is_refused_with_the_name_of_the_setting(url):
    with pytest.raises(ConfigurationError, match="PORTAL_DATABASE_URL"):
        Database(url)


def test_an_unmigrated_database_is_not_current(tmp_path):
    fresh = Database(f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    assert not fresh.is_current()
    fresh.close()


def test_the_newest_migration_is_the_one_that_the_tables_are_named_after():
    assert migrating.head() == schema.REVISION
