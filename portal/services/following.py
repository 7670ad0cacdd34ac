"""Who gets mail about what: asked for, confirmed by a link, told each step once, and left by one click."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portal.model.contact import Letter, Subject, Subscription
from portal.model.errors import Refused
from portal.model.message import N_, Message
from portal.model.proposal import Moderation
from portal.services.clock import Clock, day_in_helsinki
from portal.services.links import Linked, Links
from portal.services.loop import Loop
from portal.services.persons import Persons
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.letters import LetterStore
from portal.store.people import PeopleStore
from portal.store.proposals import ProposalStore

MOST_LINKS_A_DAY = 5

_GONE = Message(N_("This link no longer leads anywhere. What it was for was withdrawn or removed."))


@dataclass(frozen=True)
class Confirmed:
    """What a link confirmed or ended: for a page that says so and leads back."""

    kind: Subject
    subject: str
    language: str


class Following:
    """Asks for confirmation before any other mail, and forgets an address with the last thing it was for."""

    def __init__(
        self, people: PeopleStore, letters: LetterStore, proposals: ProposalStore, loop: Loop, persons: Persons,
        links: Links, writer: GroupCommit, clock: Clock,
    ) -> None:  # fmt: skip
        self._people = people
        self._letters = letters
        self._proposals = proposals
        self._loop = loop
        self._persons = persons
        self._links = links
        self._writer = writer
        self._clock = clock

    def ask(
        self, transaction: Transaction, email: str, person: str, kind: Subject, subject: str, *, language: str,
        title: Mapping[str, str], known_runs: tuple[str, ...] = (), at: dt.datetime,
    ) -> bool:  # fmt: skip
        """Part of a write: note a wish for mail; True when a link to confirm it is on its way.

        Whoever has confirmed this address in this browser need not do so again. At most five links a day go to one
        address, whoever asks.
        """
        contact = self._persons.of_address(email)
        is_known = person == contact and self._people.is_confirmed(transaction, contact)
        self._people.keep_contact(transaction, contact, email, language, at)
        wish = Subscription(contact, person, kind, subject, language, known_runs, confirmed_at=at if is_known else None)
        if not self._people.subscribe(transaction, wish, at):
            return False
        day = day_in_helsinki(at)
        if self._letters.links_of_day(transaction, contact, str(day)) < MOST_LINKS_A_DAY:
            content = {"title": dict(title), "person": person}
            step = f"confirm:{day}"
            self._letters.enqueue(transaction, Letter(contact, kind, subject, step, "confirm", language, content), at)
        return True

    def confirm(self, token: str) -> Confirmed:
        """Follow a `confirm` link: what the browser said is confirmed, and mail may come. Raises Refused."""
        linked, at = self._links.read("confirm", token), self._clock()

        def write(transaction: Transaction) -> Confirmed:
            wish = self._people.confirm(transaction, linked.contact, linked.person, linked.kind, linked.subject, at)
            if wish is None:
                raise Refused(_GONE)
            if linked.kind is Subject.PROPOSAL:
                item = self._proposals.get(transaction, linked.subject)
                if item.moderation is Moderation.CONFIRMATION and self._proposals.is_author(
                    transaction, item.id, {linked.person, linked.contact}
                ):
                    self._loop.wait_for_moderator(transaction, item.id, at)
            for proposal_id in self._proposals.joined_by(transaction, linked.contact):
                self._loop.check_threshold(transaction, proposal_id, at)
            return Confirmed(linked.kind, linked.subject, wish.language)

        return self._writer.do(write)

    def unsubscribe(self, token: str) -> Confirmed:
        """Follow an `unsubscribe` link: no more mail about this; the signal itself stays. Again is as good as once."""
        linked = self._links.read("unsubscribe", token)
        self._writer.do(
            lambda transaction: self._people.unsubscribe(transaction, linked.contact, linked.kind, linked.subject)
        )
        return Confirmed(linked.kind, linked.subject, "")

    def stop(self, transaction: Transaction, person: str, kind: Subject, subject: str) -> None:
        """Part of a write: no more mail about what a person has withdrawn."""
        self._people.stop(transaction, person, kind, subject)

    def linked(self, purpose: str, token: str) -> Linked:
        """What a link is about, for the page that asks before it acts; raises Refused."""
        return self._links.read(purpose, token)
