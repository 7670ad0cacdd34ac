"""What the builders of services share: the open store, the catalogue, and what mail and links are made with."""

from dataclasses import dataclass

from portal.config import Settings
from portal.search.document import Reading
from portal.services import clock
from portal.services.account_links import AccountLinks
from portal.services.catalog import Catalog
from portal.services.demand.building import Demand
from portal.services.keys import Keys
from portal.services.persons import Persons
from portal.services.searching import Searching
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Database
from portal.store.letters import LetterStore


@dataclass(frozen=True)
class Shared:
    """Made once by `build` and handed to each builder. `base_url`: where links of mail lead."""

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
    writer: GroupCommit
    now: clock.Clock
