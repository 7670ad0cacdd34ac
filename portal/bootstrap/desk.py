"""Builds what providers and the portal's own people work with: accounts, admission, editing, files and answers."""

from portal.bootstrap.shared import Shared
from portal.services.accounts import Accounts
from portal.services.admitting import Admitting
from portal.services.answering_wishes import AnsweringWishes
from portal.services.api_publishing import ApiPublishing
from portal.services.changing_address import ChangingAddress
from portal.services.desk import Desk
from portal.services.draft_checking import DraftChecking
from portal.services.editing import Editing
from portal.services.entering import Entering
from portal.services.files.exporting import Exporting
from portal.services.files.templates import Templates
from portal.services.idle_accounts import IdleAccounts
from portal.services.proposals import Proposals
from portal.services.publishing import Publishing
from portal.services.staffing import Staffing
from portal.services.tokens import Tokens
from portal.store.answers import AnswerStore
from portal.store.desk import DeskStore
from portal.store.drafts import DraftStore
from portal.store.history import HistoryStore
from portal.store.proposals import ProposalStore
from portal.store.standing import StandingStore
from portal.store.tokens import TokenStore
from portal.store.users import UserStore


def desk_services(shared: Shared, proposals: Proposals) -> dict[str, object]:
    """The services of accounts, admission, editing, publishing and answers to wishes, by their names in `Services`."""
    database, now, writer = shared.database, shared.now, shared.writer
    store, catalog, letters = shared.store, shared.catalog, shared.letters
    codes, rules = catalog.codes, catalog.rules
    users, standing, drafts = UserStore(database), StandingStore(database), DraftStore(database)
    accounts = Accounts(users, store, writer, now)
    entering = Entering(users, accounts, shared.account_links, letters, shared.persons, writer, now)
    idle_accounts = IdleAccounts(users, letters, shared.persons, writer, now)
    publishing = Publishing(store, standing, codes, rules, writer)
    wishes = AnsweringWishes(
        AnswerStore(database), ProposalStore(database), proposals, shared.demand, store, codes, writer, now
    )
    return {
        "accounts": accounts,
        "entering": entering,
        "changing_address": ChangingAddress(
            users, accounts, shared.account_links, letters, shared.persons, writer, now
        ),
        "idle_accounts": idle_accounts,
        "staffing": Staffing(users, letters, accounts, entering, writer),
        "admitting": Admitting(store, standing, users, writer, now),
        "publishing": publishing,
        "editing": Editing(drafts, store, standing, HistoryStore(database), users, publishing, writer, now),
        "draft_checking": DraftChecking(publishing, store, rules),
        "tokens": Tokens(TokenStore(database), writer, now),
        "api_publishing": ApiPublishing(store, publishing),
        "exporting": Exporting(store, drafts),
        "templates": Templates(codes),
        "answering_wishes": wishes,
        "desk": Desk(store, DeskStore(database), wishes, shared.demand, codes, rules, now),
    }
