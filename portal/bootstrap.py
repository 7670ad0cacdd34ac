"""Builds the services from Settings; the one place that picks concrete parts."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal import resources
from portal.config import Settings
from portal.model.codes import Codes
from portal.model.criteria import RuleSet
from portal.model.errors import ConfigurationError
from portal.search.analysis import Analyzer
from portal.search.document import Reading
from portal.search.engine import Engine
from portal.search.whoosh_engine import WhooshEngine
from portal.services import clock
from portal.services.catalog import Catalog
from portal.services.demo import Demo
from portal.services.health import Health
from portal.services.importing import Importing
from portal.services.indexing import Indexer
from portal.services.reference import read_codes, read_rules
from portal.services.searching import Searching
from portal.services.suggesting import Suggesting
from portal.services.vocabularies import Vocabularies
from portal.store.backup import backup, restore
from portal.store.catalog import CatalogStore
from portal.store.database import Database


@dataclass(frozen=True)
class Services:
    """Everything the web and the command line may ask for."""

    settings: Settings
    codes: Codes
    rules: RuleSet
    catalog: Catalog
    searching: Searching
    suggesting: Suggesting
    importing: Importing
    indexer: Indexer
    vocabularies: Vocabularies
    demo: Demo
    health: Health
    store: CatalogStore
    database: Database
    clock: clock.Clock

    def backup(self, target: Path) -> None:
        backup(self.database, target)

    def restore(self, source: Path) -> None:
        restore(self.database, source)


def build(settings: Settings, *, now: clock.Clock = clock.now, engine: Engine | None = None) -> Services:
    """The services on the parts that the settings name. Creates the data folder and brings the tables up to date."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"The folder PORTAL_DATA={settings.data} cannot be used: {error.strerror}.") from error
    database = Database(settings.database_url)
    database.migrate()
    data = resources.folder("catalog_data")
    codes, rules = read_codes(data / "codes"), read_rules(data / "criteria")
    store = CatalogStore(database)
    engine = engine or _engine(settings)
    catalog = Catalog(store, codes, rules)
    analyzer = _analyzer((settings.data / "words").resolve(), settings.voikko)
    vocabulary = Vocabularies(settings.data / "vocabulary", data / "vocabulary", codes, analyzer)
    words = vocabulary.load()
    reading = Reading(analyzer, words)
    indexer = Indexer(store, engine, codes, rules, reading)
    searching = Searching(catalog, engine, indexer, analyzer, words, now)
    return Services(
        settings=settings,
        codes=codes,
        rules=rules,
        catalog=catalog,
        vocabularies=vocabulary,
        searching=searching,
        suggesting=Suggesting(catalog, searching, words),
        importing=Importing(store, codes, rules),
        indexer=indexer,
        demo=Demo(store, data, codes, rules, now),
        health=Health(store, engine, reading, database.is_current),
        store=store,
        database=database,
        clock=now,
    )


@lru_cache(maxsize=2)
def _analyzer(folder: Path, use_voikko: bool) -> Analyzer:
    """One for the whole process, since it keeps what it has analysed."""
    return Analyzer(folder, use_voikko=use_voikko)


def _engine(settings: Settings) -> Engine:
    scheme, _, place = settings.search_url.partition(":")
    if scheme != "whoosh":
        raise ConfigurationError(f"PORTAL_SEARCH_URL begins with whoosh: ; it says {settings.search_url!r}.")
    return WhooshEngine(Path(place) if place else settings.data / "index")
