"""Removes everything that leads to a person, at once, for whoever can read their mail or holds their browser."""

from portal.model.contact import Letter, Subject
from portal.model.errors import Rejected
from portal.model.form import Fields
from portal.model.interest import Sender
from portal.services.clock import Clock, day_in_helsinki
from portal.services.links import Links
from portal.services.persons import Persons
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.letters import LetterStore
from portal.store.people import PeopleStore


class Erasing:
    """Erasure in the live database; backups forget by their age. Tables of earlier builds hold only rounded counts."""

    def __init__(
        self, people: PeopleStore, letters: LetterStore, persons: Persons, links: Links, writer: GroupCommit,
        clock: Clock,
    ) -> None:  # fmt: skip
        self._people = people
        self._letters = letters
        self._persons = persons
        self._links = links
        self._writer = writer
        self._clock = clock

    def ask(self, email: str, *, language: str) -> None:
        """Send a link that erases, one a day, if anything leads to this address. The answer is the same if not, so
        that nobody learns who is known. Raises Rejected for what is no address."""
        at = self._clock()
        fields = Fields({"email": email}, at.date())
        address = fields.email(needed=True)
        if fields.errors:
            raise Rejected(fields.errors)
        contact, day = self._persons.of_address(address), day_in_helsinki(at)

        def write(transaction: Transaction) -> None:
            if self._people.leads_to(transaction, contact):
                letter = Letter(contact, Subject.DATA, "", f"erase:{day}", "erase", language, address=address)
                self._letters.enqueue(transaction, letter, at)

        self._writer.do(write)

    def erase(self, token: str) -> int:
        """Follow an `erase` link; how many rows were removed. Again is as good as once. Raises Refused."""
        linked = self._links.read("erase", token)
        return self._remove(linked.contact)

    def erase_browser(self, sender: Sender) -> int:
        """Remove what this browser said without a confirmed address."""
        return self._remove(self._persons.of_browser(sender.browser)) if sender.browser else 0

    def _remove(self, person: str) -> int:
        at = self._clock()
        return self._writer.do(lambda transaction: self._people.erase(transaction, {person}, at))
