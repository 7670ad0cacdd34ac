"""What all tests share: real code lists and criteria, a fixed day, and services on a store in a temporary folder."""

import datetime as dt
import shutil
from pathlib import Path

import furnished
import pytest
from factories import make_provider
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings

from portal import resources
from portal.bootstrap import build
from portal.config import Settings
from portal.search.analysis import Analyzer
from portal.search.facets import Labels
from portal.services.clock import HELSINKI
from portal.services.reference import read_codes, read_rules
from portal.store.backup import backup
from portal.store.catalog import CatalogStore
from portal.store.database import Database

NOW = dt.datetime(2026, 11, 16, 12, 0, tzinfo=HELSINKI)
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

hypothesis_settings.register_profile(
    "osaset",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=50,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
hypothesis_settings.load_profile("osaset")


@pytest.fixture(scope="session")
def codes():
    return read_codes(resources.folder("catalog_data") / "codes")


@pytest.fixture(scope="session")
def rules():
    return read_rules(resources.folder("catalog_data") / "criteria")


@pytest.fixture(scope="session")
def clock():
    """Noon of 16 November 2026 in Helsinki, for ever."""
    return lambda: NOW


@pytest.fixture(scope="session")
def today():
    return NOW.date()


@pytest.fixture(scope="session")
def analyzer():
    """Finnish, Swedish and English as well as this machine can."""
    return furnished.analyzer()


@pytest.fixture(scope="session", params=["voikko", "dictionary"])
def tier(request):
    """With Voikko and without; what holds for one must hold for the other."""
    if request.param == "voikko" and furnished.analyzer().languages["fi"].tier != "voikko":
        pytest.skip("Voikko is not installed on this machine, so only Finnish by dictionary was tried.")
    return request.param


@pytest.fixture(scope="session")
def each_analyzer(tier) -> Analyzer:
    return furnished.analyzer(use_voikko=tier == "voikko")


@pytest.fixture(scope="session")
def vocabulary():
    """The project's own concepts."""
    return furnished.vocabulary()


@pytest.fixture(scope="session")
def shared():
    """The folder `../shared`; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("The folder ../shared with real courses and validators is not beside this checkout.")
    return SHARED


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory):
    """A SQLite file with current tables, to copy: migrations are tested elsewhere and take a while."""
    path = tmp_path_factory.mktemp("empty") / "portal.sqlite3"
    made = Database(f"sqlite:///{path}")
    made.migrate()
    backup(made, path.with_name("copy.sqlite3"))
    made.close()
    return path.with_name("copy.sqlite3")


@pytest.fixture
def settings(tmp_path, empty_store):
    """Settings of a portal whose data lie in a temporary folder; its store is empty."""
    data = furnished.furnish(tmp_path / "data")
    shutil.copy(empty_store, data / "portal.sqlite3")
    return Settings(
        data=data,
        database_url=f"sqlite:///{data / 'portal.sqlite3'}",
        search_url=f"whoosh:{data / 'index'}",
        secret_key="a secret of the tests, long enough to be accepted",
    )


@pytest.fixture
def services(settings, clock):
    """The whole portal below the web, without providers or offerings."""
    built = build(settings, now=clock)
    yield built
    built.database.close()


@pytest.fixture
def stocked(services):
    """The same with four providers of different types."""
    services.store.save_providers(
        [
            make_provider(),
            make_provider(
                id="aalto", name={"fi": "Aalto-yliopisto", "sv": "Aalto-universitetet", "en": "Aalto University"}
            ),
            make_provider(id="metropolia", type="uas", name={"fi": "Metropolia"}),
            make_provider(
                id="sivis",
                type="study_centre",
                name={"fi": "Opintokeskus Sivis", "sv": "Studiecentralen Sivis"},
                abbreviations=["Sivis"],
            ),
        ]
    )
    return services


@pytest.fixture
def labels(codes):
    """Labels in English, with the providers of `stocked`."""
    providers = {name: make_provider(id=name) for name in ("helsinki", "aalto", "metropolia", "sivis")}
    return Labels(codes, providers, "en", str)


@pytest.fixture
def database(tmp_path, empty_store):
    """An empty SQLite store with current tables."""
    shutil.copy(empty_store, tmp_path / "portal.sqlite3")
    made = Database(f"sqlite:///{tmp_path / 'portal.sqlite3'}")
    yield made
    made.close()


@pytest.fixture
def store(database):
    """A store that knows the university `helsinki` and the study centre `sivis`."""
    catalog = CatalogStore(database)
    catalog.save_providers([make_provider(), make_provider(id="sivis", type="study_centre")])
    return catalog
