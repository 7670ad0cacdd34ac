"""Builds the services from Settings; the one place that picks concrete parts."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal import children, resources
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
from portal.services.announcing import Announcing
from portal.services.answering import Answering
from portal.services.api_publishing import ApiPublishing
from portal.services.catalog import Catalog
from portal.services.demand.building import Demand
from portal.services.demand.weighing import read_conversion, read_weights
from portal.services.demo import Demo
from portal.services.demo_signals import DemoSignals
from portal.services.erasing import Erasing
from portal.services.feedback import GivingFeedback
from portal.services.files.exporting import Exporting
from portal.services.files.folder import UploadFolder
from portal.services.files.templates import Templates
from portal.services.files.uploads import Uploads
from portal.services.files.working import UploadWork
from portal.services.following import Following
from portal.services.forms import Forms
from portal.services.health import Health
from portal.services.importing import Importing
from portal.services.indexing import Indexer
from portal.services.interest import Interests
from portal.services.keys import Keys
from portal.services.links import Links
from portal.services.loop import Loop
from portal.services.mailing import Mailing
from portal.services.moderating import Moderating
from portal.services.new_runs import NewRuns
from portal.services.persons import Persons
from portal.services.posting import FolderPost, Post, SmtpPost
from portal.services.proposals import Proposals
from portal.services.publishing import Publishing
from portal.services.reference import read_codes, read_rules
from portal.services.rendering import Rendering
from portal.services.reporting import Reporting
from portal.services.retention import Retention
from portal.services.searching import Searching
from portal.services.similar import SimilarProposals
from portal.services.suggesting import Suggesting
from portal.services.tokens import Tokens
from portal.services.vain import SearchesInVain
from portal.services.vocabularies import Vocabularies
from portal.services.writing import GroupCommit
from portal.store.backup import backup, restore
from portal.store.catalog import CatalogStore
from portal.store.database import Database
from portal.store.demand import DemandStore
from portal.store.letters import LetterStore
from portal.store.opinions import OpinionStore
from portal.store.outcomes import OutcomeStore
from portal.store.people import PeopleStore
from portal.store.proposals import ProposalStore
from portal.store.published import PublishedStore
from portal.store.retention import RetentionStore
from portal.store.searches import SearchStore
from portal.store.signals import SignalStore
from portal.store.standing import StandingStore
from portal.store.tokens import TokenStore
from portal.store.uploads import UploadStore
from portal.store.users import UserStore

_UPLOADS = "uploads"
_LOCAL_URL = "http://127.0.0.1:8000"
"""Where links of mail lead while no PORTAL_BASE_URL is set and mail becomes files on this machine."""


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
    publishing: Publishing
    uploads: Uploads
    exporting: Exporting
    templates: Templates
    tokens: Tokens
    api_publishing: ApiPublishing

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
        demo=Demo(store, data, codes, rules, now, DemoSignals(database, store, data, now)),
        health=Health(store, engine, reading, database.is_current),
        store=store,
        database=database,
        clock=now,
        demand=Demand(
            DemandStore(database), PublishedStore(database), store, ProposalStore(database), codes,
            read_weights(data / "demand"), read_conversion(data / "demand"), settings.demand_minimum, now,
        ),
        **_for_signals(settings, database, store, catalog, searching, reading, now),
    )  # fmt: skip


def _for_signals(
    settings: Settings, database: Database, store: CatalogStore, catalog: Catalog, searching: Searching,
    reading: Reading, now: clock.Clock,
) -> dict[str, object]:  # fmt: skip
    """The services of interest, wishes and mail, by their names in `Services`."""
    keys = Keys(settings.data, settings.person_key)
    persons, forms = Persons(keys), Forms(settings.secret_key, now)
    base_url = settings.base_url or _LOCAL_URL
    links = Links(settings.secret_key, base_url, now)
    writer = GroupCommit(database.together)
    publishing = Publishing(store, StandingStore(database), catalog.codes, catalog.rules, writer)
    signals, proposals, people = SignalStore(database), ProposalStore(database), PeopleStore(database)
    letters, opinions = LetterStore(database), OpinionStore(database)
    uploads = Uploads(
        UploadStore(database), StandingStore(database), UploadFolder(settings.data / _UPLOADS), writer, now,
        children.starter(settings),
    )  # fmt: skip
    announcing = Announcing(letters, people, proposals, store, persons, catalog.codes, settings.operator_email)
    loop = Loop(proposals, OutcomeStore(), store, announcing, writer, now)
    following = Following(people, letters, proposals, loop, persons, links, writer, now)
    answering = Answering(signals, forms, persons, links, writer, now)
    rendering = Rendering(links, now, sender=settings.mail_from, base_url=base_url)
    return {
        "interests": Interests(signals, store, catalog, following, answering, persons, links, writer, now),
        "proposals": Proposals(proposals, signals, following, loop, answering, persons, links, writer, now),
        "similar_proposals": SimilarProposals(proposals, searching, reading, catalog.codes, now),
        "moderating": Moderating(proposals, people, loop, writer, now),
        "loop": loop,
        "following": following,
        "searches_in_vain": SearchesInVain(SearchStore(database), searching, persons, writer, now),
        "feedback": GivingFeedback(opinions, links, writer, now),
        "reporting": Reporting(opinions, signals, catalog, proposals, announcing, forms, writer, now),
        "new_runs": NewRuns(people, letters, catalog, writer, now),
        "mailing": Mailing(letters, rendering, _post(settings), now),
        "erasing": Erasing(people, letters, persons, links, writer, now),
        "retention": Retention(RetentionStore(database), loop, keys, uploads, now),
        "demand_store": DemandStore(database),
        "accounts": Accounts(UserStore(database), store, writer, now),
        "uploads": uploads,
        "exporting": Exporting(store),
        "templates": Templates(catalog.codes),
        "publishing": publishing,
        "tokens": Tokens(TokenStore(database), writer, now),
        "api_publishing": ApiPublishing(store, publishing),
    }


def build_upload_work(settings: Settings, *, now: clock.Clock = clock.now) -> UploadWork:
    """What takes in sent files, without the search and the words that it does not need."""
    database = Database(settings.database_url)
    store, data = CatalogStore(database), resources.folder("catalog_data")
    importing = Importing(store, read_codes(data / "codes"), read_rules(data / "criteria"))
    folder = UploadFolder(settings.data / _UPLOADS)
    return UploadWork(database, UploadStore(database), store, StandingStore(database), importing, folder, now)


def _post(settings: Settings) -> Post:
    return SmtpPost(settings.smtp_url) if settings.smtp_url else FolderPost(settings.data / "mail")


@lru_cache(maxsize=2)
def _analyzer(folder: Path, use_voikko: bool) -> Analyzer:
    """One for the whole process, since it keeps what it has analysed."""
    return Analyzer(folder, use_voikko=use_voikko)


def _engine(settings: Settings) -> Engine:
    scheme, _, place = settings.search_url.partition(":")
    if scheme != "whoosh":
        raise ConfigurationError(f"PORTAL_SEARCH_URL begins with whoosh: ; it says {settings.search_url!r}.")
    return WhooshEngine(Path(place) if place else settings.data / "index")
