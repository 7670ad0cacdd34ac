"""Stores and engines for the contract tests: SQLite in a temporary folder, PostgreSQL in a cluster that is thrown away."""

import datetime as dt
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from catalogues import PROVIDERS
from engines import AT, ENGINES
from factories import make_entry, make_provider

from portal.model.criteria import evaluate
from portal.search.document import Reading, make_document
from portal.store.catalog import CatalogStore
from portal.store.database import Database

_NUMBERS = itertools.count(1)


def _postgres_programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _has_user(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


@pytest.fixture(scope="session")
def postgres():
    """A server to make databases on: that of PORTAL_TEST_POSTGRES, else a cluster made here and thrown away."""
    pytest.importorskip("psycopg", reason="PostgreSQL is not tested: the extra [postgres] is not installed.")
    if given := os.environ.get("PORTAL_TEST_POSTGRES"):
        yield given
        return
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not tested: no initdb here, and PORTAL_TEST_POSTGRES is not set.")
    is_root = os.geteuid() == 0
    if is_root and not _has_user("postgres"):
        pytest.skip("PostgreSQL is not tested: its server does not run as root, and there is no user postgres.")
    folder = Path(tempfile.mkdtemp(prefix="osaset-pg-", dir="/tmp"))
    if is_root:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        options = {"user": "postgres", "group": "postgres", "extra_groups": []} if is_root else {}
        subprocess.run(
            [programs / program, "-D", folder / "data", *arguments],
            check=True, timeout=120, cwd="/", stdout=subprocess.DEVNULL, **options,
        )  # fmt: skip

    try:
        run("initdb", "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        server = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", server, "start")
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """An empty database with current tables, of each kind."""
    if request.param == "sqlite":
        url, server = f"sqlite:///{tmp_path / 'portal.sqlite3'}", None
    else:
        server, name = request.getfixturevalue("postgres"), f"osaset_{os.getpid()}_{next(_NUMBERS)}"
        _tell(server, f'CREATE DATABASE "{name}"')
        url = sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    made = Database(url)
    made.migrate()
    yield made
    made.close()
    if server:
        _tell(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _tell(server: str, command: str) -> None:
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(command)
    admin.dispose()


@pytest.fixture
def store(database):
    """A store of each kind that knows the university `helsinki` and the study centre `sivis`."""
    catalog = CatalogStore(database)
    catalog.save_providers([make_provider(), make_provider(id="sivis", type="study_centre")])
    return catalog


@pytest.fixture(params=ENGINES, scope="session")
def kind(request):
    return request.param


@pytest.fixture
def engine(kind, tmp_path):
    return ENGINES[kind](tmp_path / "index")


@pytest.fixture(scope="session")
def document(codes, rules, analyzer):
    """Makes the document of an offering; `created` in days after 1 January 2026."""

    def make(offering, created=0):
        provider = PROVIDERS[offering.provider]
        at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=created)
        pok = evaluate(rules, offering, provider).met
        entry = make_entry(offering, id=offering.code, created_at=at)
        return make_document(entry, provider, pok=pok, codes=codes, reading=Reading(analyzer))

    return make


@pytest.fixture
def filled(engine, document):
    """An engine with the given offerings, in the order of their creation."""

    def fill(*offerings):
        engine.publish([document(offering, day) for day, offering in enumerate(offerings)], (), AT, rebuild=True)
        return engine

    return fill
