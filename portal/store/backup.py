"""Copies the whole store into one file and brings it back, while the portal may be running."""

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from portal.model.errors import PortalError
from portal.store.database import Database


def backup(database: Database, target: Path) -> None:
    """Write a consistent copy to `target`, which must not exist; raises PortalError with a sentence."""
    source = _sqlite_path(database, "pg_dump")
    if target.exists():
        raise PortalError(f"{target} exists already. Choose another name; a backup never overwrites.")
    try:
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        target.chmod(0o600)
        _sync(target)
        _sync(target.absolute().parent)
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise PortalError(f"The backup could not be written to {target}: {error}.") from error


def restore(database: Database, source: Path) -> None:
    """Replace the store's content by the backup, in one transaction; a damaged or foreign file changes nothing."""
    path = _sqlite_path(database, "pg_restore")
    if not source.is_file():
        raise PortalError(f"{source} is not there.")
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
            _check(copy, source)
            database.close()
            with closing(sqlite3.connect(path, timeout=30)) as live:
                copy.backup(live)
                # Positions in the old outbox mean nothing now: every index of the old epoch is rebuilt.
                live.execute("UPDATE fact SET value = ? WHERE name = 'epoch'", (secrets.token_hex(8),))
                live.commit()
    except sqlite3.Error as error:
        raise PortalError(f"{source} is not a backup of the portal: {error}.") from error
    database.migrate()


def _check(copy: sqlite3.Connection, source: Path) -> None:
    if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        raise PortalError(f"{source} is damaged. Nothing was changed.")
    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", "offering", "provider", "fact"} <= tables:
        raise PortalError(f"{source} is not a backup of the portal. Nothing was changed.")
    revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    from portal.store.migrating import knows_revision  # here, since Alembic takes long to load

    if revision is None or not knows_revision(revision[0]):
        raise PortalError(f"{source} was made by a newer version of the portal. Nothing was changed.")


def _sqlite_path(database: Database, tool: str) -> Path:
    if database.path is None:
        raise PortalError(f"This store is PostgreSQL: use {tool} for it.")
    return database.path


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
