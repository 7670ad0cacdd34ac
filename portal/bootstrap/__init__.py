"""Builds the services from Settings; the one place that picks concrete parts."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal import resources
from portal.bootstrap.desk import desk_services
from portal.bootstrap.shared import share
from portal.bootstrap.signals import signal_services
from portal.config import Settings
from portal.model.codes import Codes
from portal.model.criteria import RuleSet
from portal.model.errors import ConfigurationError
from portal.search.analysis import Analyzer
from portal.search.document import Reading
from portal.search.engine import Engine
from portal.search.whoosh_engine import WhooshEngine
from portal.services import clock
from portal.services.accounts import Accounts
from portal.services.admitting import Admitting
from portal.services.answering_wishes import AnsweringWishes
from portal.services.api_publishing import ApiPublishing
from portal.services.catalog import Catalog
from portal.services.changing_address import ChangingAddress
from portal.services.demand.building import Demand
from portal.services.demand.weighing import read_conversion, read_weights
from portal.services.demo import Demo
from portal.services.demo_signals import DemoSignals
from portal.services.desk import Desk
from portal.services.draft_checking import DraftChecking
from portal.services.editing import Editing
from portal.services.entering import Entering
from portal.services.erasing import Erasing
from portal.services.feedback import GivingFeedback
from portal.services.files.exporting import Exporting
from portal.services.files.templates import Templates
from portal.services.files.uploads import Uploads
from portal.services.following import Following
from portal.services.health import Health
from portal.services.idle_accounts import IdleAccounts
from portal.services.importing import Importing
from portal.services.indexing import Indexer
from portal.services.interest import Interests
from portal.services.loop import Loop
from portal.services.mailing import Mailing
from portal.services.moderating import Moderating
from portal.services.new_runs import NewRuns
from portal.services.proposals import Proposals
from portal.services.publishing import Publishing
from portal.services.reference import read_codes, read_rules
from portal.services.reminding import Reminding
from portal.services.reporting import Reporting
from portal.services.retention import Retention
from portal.services.searching import Searching
from portal.services.similar import SimilarProposals
from portal.services.staffing import Staffing
from portal.services.suggesting import Suggesting
from portal.services.tokens import Tokens
from portal.services.vain import SearchesInVain
from portal.services.vocabularies import Vocabularies
from portal.store.backup import backup, restore
from portal.store.catalog import CatalogStore
from portal.store.database import Database
from portal.store.demand import DemandStore
from portal.store.proposals import ProposalStore
from portal.store.published import PublishedStore


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
    interests: Interests
    proposals: Proposals
    similar_proposals: SimilarProposals
    moderating: Moderating
    loop: Loop
    following: Following
    searches_in_vain: SearchesInVain
    feedback: GivingFeedback
    reporting: Reporting
    new_runs: NewRuns
    mailing: Mailing
    erasing: Erasing
    retention: Retention
    demand_store: DemandStore
    demand: Demand
    accounts: Accounts
    entering: Entering
    changing_address: ChangingAddress
    idle_accounts: IdleAccounts
    staffing: Staffing
    admitting: Admitting
    publishing: Publishing
    desk: Desk
    answering_wishes: AnsweringWishes
    reminding: Reminding
    editing: Editing
    draft_checking: DraftChecking
    tokens: Tokens
    api_publishing: ApiPublishing
    uploads: Uploads
    exporting: Exporting
    templates: Templates

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
    demand_store = DemandStore(database)
    demand = _demand(settings, database, demand_store, store, codes, now)
    shared = share(settings, database, store, catalog, searching, reading, demand, now)
    for_signals = signal_services(shared)
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
        demo=Demo(store, data, codes, rules, now, DemoSignals(database, store, data, now)),
        health=Health(store, engine, reading, database.is_current),
        store=store,
        database=database,
        clock=now,
        demand_store=demand_store,
        demand=demand,
        uploads=shared.uploads,
        **for_signals,
        **desk_services(shared, for_signals["proposals"]),
    )


def _demand(
    settings: Settings, database: Database, demand: DemandStore, store: CatalogStore, codes: Codes, now: clock.Clock
) -> Demand:
    folder = resources.folder("catalog_data") / "demand"
    weights, conversion = read_weights(folder), read_conversion(folder)
    published, proposals = PublishedStore(database), ProposalStore(database)
    return Demand(demand, published, store, proposals, codes, weights, conversion, settings.demand_minimum, now)


@lru_cache(maxsize=2)
def _analyzer(folder: Path, use_voikko: bool) -> Analyzer:
    """One for the whole process, since it keeps what it has analysed."""
    return Analyzer(folder, use_voikko=use_voikko)


def _engine(settings: Settings) -> Engine:
    scheme, _, place = settings.search_url.partition(":")
    if scheme != "whoosh":
        raise ConfigurationError(f"PORTAL_SEARCH_URL begins with whoosh: ; it says {settings.search_url!r}.")
    return WhooshEngine(Path(place) if place else settings.data / "index")
