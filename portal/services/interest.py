"""Records interest in offerings: one signal of a person and offering, the later in place of the earlier."""

from portal.model.catalog import State
from portal.model.contact import Subject
from portal.model.errors import NotFound, Refused
from portal.model.interest import Interest, Recorded, Sender
from portal.model.message import N_, Message
from portal.services.answering import Answer, Answering
from portal.services.catalog import Catalog, Shown
from portal.services.clock import Clock
from portal.services.following import Following
from portal.services.links import Links
from portal.services.persons import Persons, is_confirmed
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Transaction
from portal.store.signals import SignalStore

_WITHDRAWN = Message(N_("The provider has withdrawn this. Your interest could not be kept."))


class Interests:
    """Interest of learners and employers in what exists. Reading of the form: `portal.model.interest.read_interest`."""

    def __init__(
        self, signals: SignalStore, store: CatalogStore, catalog: Catalog, following: Following,
        answering: Answering, persons: Persons, links: Links, writer: GroupCommit, clock: Clock,
    ) -> None:  # fmt: skip
        self._signals = signals
        self._store = store
        self._catalog = catalog
        self._following = following
        self._answering = answering
        self._persons = persons
        self._links = links
        self._writer = writer
        self._clock = clock

    def form_key(self, offering_id: str) -> str:
        """A new key for the form of one offering."""
        return self._answering.new_key(_purpose(offering_id))

    def is_hasty(self, offering_id: str, form_key: str) -> bool:
        """True when the form came back faster than people write; raises StaleForm for a foreign key."""
        return self._answering.is_hasty(form_key, _purpose(offering_id))

    def record(
        self, offering_id: str, interest: Interest, *, email: str = "", form_key: str, sender: Sender
    ) -> Recorded:
        """Keep one signal, and with an address a wish for mail that waits for its confirmation.

        The same form key again is answered as at first. Raises NotFound, StaleForm, and Refused for an offering that
        was withdrawn. When this returns, the signal is on the disk.
        """
        shown = self._catalog.offering(offering_id) if email else None
        at = self._clock()

        def act(transaction: Transaction, person: str) -> Answer:
            self._check_offering(transaction, offering_id)
            replaced = self._signals.save_interest(
                transaction, person, offering_id, interest, language=sender.language, at=at,
                confirmed=is_confirmed(person),
            )  # fmt: skip
            confirm = shown is not None and self._following.ask(
                transaction, email, person, Subject.OFFERING, offering_id, language=sender.language,
                title=dict(shown.offering.title), known_runs=_runs(shown), at=at,
            )  # fmt: skip
            return Answer(offering_id, interest.level, replaced, confirm)

        return self._answering.once(form_key, _purpose(offering_id), sender, Subject.OFFERING, act)

    def current(self, offering_id: str, sender: Sender) -> Interest | None:
        """What this browser said before; what a confirmed person said is not told to a browser."""
        return (
            self._signals.interest_of(self._persons.of_browser(sender.browser), offering_id) if sender.browser else None
        )

    def withdraw(self, token: str) -> str:
        """Follow a `withdraw` link; the id of the offering. Again is as good as once. Raises Refused."""
        linked, at = self._links.read("withdraw", token), self._clock()
        if linked.kind is not Subject.OFFERING:
            raise NotFound("This link is about a proposal.")

        def write(transaction: Transaction) -> str:
            person = self._signals.person_of(transaction, linked.person)
            for key in {linked.person, person}:
                self._signals.remove_interest(transaction, key, linked.subject, at)
                self._following.stop(transaction, key, Subject.OFFERING, linked.subject)
            return linked.subject

        return self._writer.do(write)

    def _check_offering(self, transaction: Transaction, offering_id: str) -> None:
        state = self._store.state_within(transaction, offering_id)
        if state is State.WITHDRAWN:
            raise Refused(_WITHDRAWN)
        if state is not State.PUBLISHED:
            raise NotFound(f"There is no offering {offering_id}.")


def _purpose(offering_id: str) -> str:
    return f"interest:{offering_id}"


def _runs(shown: Shown) -> tuple[str, ...]:
    """Runs that someone who is interested now has seen already."""
    return tuple(run.id for run in shown.offering.runs)
