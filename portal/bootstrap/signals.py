"""Builds what turns visitors' signs of interest into wishes, answers and mail."""

from portal.bootstrap.shared import Shared
from portal.config import Settings
from portal.services.announcing import Announcing
from portal.services.answering import Answering
from portal.services.erasing import Erasing
from portal.services.feedback import GivingFeedback
from portal.services.following import Following
from portal.services.forms import Forms
from portal.services.interest import Interests
from portal.services.links import Links
from portal.services.loop import Loop
from portal.services.mailing import Mailing
from portal.services.moderating import Moderating
from portal.services.new_runs import NewRuns
from portal.services.posting import FolderPost, Post, SmtpPost
from portal.services.proposals import Proposals
from portal.services.reminding import Reminding
from portal.services.rendering import Rendering
from portal.services.reporting import Reporting
from portal.services.retention import Retention
from portal.services.similar import SimilarProposals
from portal.services.vain import SearchesInVain
from portal.store.freshness import FreshnessStore
from portal.store.opinions import OpinionStore
from portal.store.outcomes import OutcomeStore
from portal.store.people import PeopleStore
from portal.store.proposals import ProposalStore
from portal.store.retention import RetentionStore
from portal.store.searches import SearchStore
from portal.store.signals import SignalStore


def signal_services(shared: Shared) -> dict[str, object]:
    """The services of interest, wishes and mail, by their names in `Services`."""
    settings, database, now, writer = shared.settings, shared.database, shared.now, shared.writer
    store, catalog, letters, persons = shared.store, shared.catalog, shared.letters, shared.persons
    keys, forms = shared.keys, Forms(settings.secret_key, now)
    links = Links(settings.secret_key, shared.base_url, now)
    signals, proposals, people = SignalStore(database), ProposalStore(database), PeopleStore(database)
    opinions = OpinionStore(database)
    announcing = Announcing(letters, people, proposals, store, persons, catalog.codes, settings.operator_email)
    loop = Loop(proposals, OutcomeStore(), store, announcing, writer, now)
    following = Following(people, letters, proposals, loop, persons, links, writer, now)
    answering = Answering(signals, forms, persons, links, writer, now)
    rendering = Rendering(links, shared.account_links, now, sender=settings.mail_from, base_url=shared.base_url)
    return {
        "interests": Interests(signals, store, catalog, following, answering, persons, links, writer, now),
        "proposals": Proposals(proposals, signals, following, loop, answering, persons, links, writer, now),
        "similar_proposals": SimilarProposals(proposals, shared.searching, shared.reading, catalog.codes, now),
        "moderating": Moderating(proposals, people, loop, writer, now),
        "loop": loop,
        "following": following,
        "searches_in_vain": SearchesInVain(SearchStore(database), shared.searching, persons, writer, now),
        "feedback": GivingFeedback(opinions, links, writer, now),
        "reporting": Reporting(opinions, signals, catalog, proposals, announcing, forms, writer, now),
        "new_runs": NewRuns(people, letters, catalog, writer, now),
        "reminding": Reminding(FreshnessStore(database), letters, store, announcing, persons, writer, now),
        "mailing": Mailing(letters, rendering, _post(settings), now),
        "erasing": Erasing(people, letters, persons, links, writer, now),
        "retention": Retention(RetentionStore(database), loop, keys, shared.uploads, now),
    }


def _post(settings: Settings) -> Post:
    return SmtpPost(settings.smtp_url) if settings.smtp_url else FolderPost(settings.data / "mail")
