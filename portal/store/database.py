"""Opens the database with the settings that keep it safe, and brings its tables up to date."""

import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, make_url

from portal.model.errors import ConfigurationError
from portal.store import schema

_POSTGRES_WRITE_LOCK = 0x05A5E7

Transaction = Connection
"""A write under way: services hand it from one store to the next, so that what belongs together is kept together."""


class Database:
    """One database: `read()` for a consistent view, `write()` for one transaction, alone among writers."""

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
        except sa.exc.ArgumentError as error:
            raise ConfigurationError(f"PORTAL_DATABASE_URL cannot be read: {url!r}.") from error
        if parsed.get_backend_name() == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        elif parsed.get_backend_name() != "sqlite":
            raise ConfigurationError("PORTAL_DATABASE_URL begins with sqlite:/// or postgresql://.")
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.path = Path(parsed.database) if self.is_sqlite and parsed.database else None
        if self.path:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self.engine: Engine = sa.create_engine(parsed)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
        event.listen(self.engine, "begin", _begin)
        self._watch: sqlite3.Connection | None = None
        self._watches = 0
        self._watching = threading.Lock()
        self._writing = self.engine.execution_options(portal_write=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with self._writing.begin() as connection:
            yield connection

    def change_mark(self) -> tuple[int, int] | None:
        """Differs from the last one when another transaction was written since; None where that cannot be told cheaply.

        SQLite's `data_version` of a connection that never writes: some microseconds, where a query takes hundreds.
        """
        if self.path is None:
            return None
        with self._watching:
            if self._watch is None:
                self._watch = sqlite3.connect(self.path, check_same_thread=False)
                self._watches += 1  # each connection counts for itself
            return self._watches, self._watch.execute("PRAGMA data_version").fetchone()[0]

    def together(self, writes: Sequence[Callable[[Transaction], object]]) -> list[object]:
        """Run writes in one transaction; the result of each, or the exception with which it was undone by itself.

        When one fails, all are undone and run again, each in a savepoint; so a write may run twice, and counts once.
        """
        try:
            with self.write() as connection:
                return [write(connection) for write in writes]
        except sa.exc.OperationalError:  # the database itself is in trouble
            raise
        except Exception:  # rare: someone is refused, and the others are to be spared that
            return self._one_by_one(writes)

    def _one_by_one(self, writes: Sequence[Callable[[Transaction], object]]) -> list[object]:
        results: list[object] = []
        with self.write() as connection:
            for write in writes:
                try:
                    with connection.begin_nested():
                        results.append(write(connection))
                except sa.exc.OperationalError:
                    raise
                except Exception as error:
                    results.append(error)
        return results

    def close(self) -> None:
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self.engine.dispose()

    def is_current(self) -> bool:
        """True when the tables are those of this version of the portal; raises ConfigurationError when out of reach."""
        try:
            connection = self.engine.connect()
        except sa.exc.OperationalError as error:
            reason = str(error.orig).splitlines()[0]
            raise ConfigurationError(f"The database of PORTAL_DATABASE_URL cannot be opened: {reason}") from error
        with connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return False
            return connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == schema.REVISION

    def migrate(self) -> None:
        """Create or update the tables; does nothing when they are current."""
        if self.is_current():
            return
        from portal.store.migrating import upgrade  # here, since Alembic takes long to load and is seldom needed

        with self.write() as connection:
            upgrade(connection)
            known = connection.scalar(sa.select(schema.fact.c.value).where(schema.fact.c.name == "epoch"))
            if known is None:
                connection.execute(sa.insert(schema.fact).values(name="epoch", value=secrets.token_hex(8)))


def _prepare_sqlite(connection: object, record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's late one
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A write begins as one: a read that turns into a write fails under load on SQLite, and PostgreSQL would show
    outbox rows out of order."""
    writes = connection.get_execution_options().get("portal_write")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRES_WRITE_LOCK})")
