"""What the builders of services share: the open store, the catalogue, and what mail and links are made with."""

from dataclasses import dataclass

from portal import upload_process
from portal.config import Settings
from portal.search.document import Reading
from portal.services import clock
from portal.services.account_links import AccountLinks
from portal.services.catalog import Catalog
from portal.services.demand.building import Demand
from portal.services.files.folder import UploadFolder
from portal.services.files.uploads import Uploads
from portal.services.keys import Keys
from portal.services.persons import Persons
from portal.services.searching import Searching
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Database
from portal.store.letters import LetterStore
from portal.store.standing import StandingStore
from portal.store.uploads import UploadStore

_LOCAL_URL = "http://127.0.0.1:8000"
"""Where links of mail lead while no PORTAL_BASE_URL is set and mail becomes files on this machine."""


@dataclass(frozen=True)
class Shared:
    """Made once by `share` and handed to each builder. `base_url`: where links of mail lead."""

    settings: Settings
    database: Database
    store: CatalogStore
    catalog: Catalog
    searching: Searching
    reading: Reading
    demand: Demand
    letters: LetterStore
    keys: Keys
    persons: Persons
    account_links: AccountLinks
    base_url: str
    uploads: Uploads
    writer: GroupCommit
    now: clock.Clock


def share(
    settings: Settings, database: Database, store: CatalogStore, catalog: Catalog, searching: Searching,
    reading: Reading, demand: Demand, now: clock.Clock,
) -> Shared:  # fmt: skip
    """With one writer for all, so that what comes at the same time is written in one transaction."""
    base_url, keys = settings.base_url or _LOCAL_URL, Keys(settings.data, settings.person_key)
    writer = GroupCommit(database.together)
    uploads = Uploads(
        UploadStore(database), StandingStore(database), UploadFolder(settings.uploads), writer, now,
        upload_process.starter(settings),
    )  # fmt: skip
    links = AccountLinks(settings.secret_key, base_url, now)
    return Shared(
        settings, database, store, catalog, searching, reading, demand, LetterStore(database), keys, Persons(keys),
        links, base_url, uploads, writer, now,
    )  # fmt: skip
