"""Gives an account of the desk another e-mail address, once its mailbox has shown that it belongs to the user."""

from portal.model.contact import Letter, Subject
from portal.model.errors import Refused, Rejected
from portal.model.form import is_address
from portal.model.message import N_, Message
from portal.model.user import User
from portal.services.account_links import ADDRESS, FOREIGN, AccountLinks
from portal.services.accounts import NO_ADDRESS, Accounts
from portal.services.clock import Clock
from portal.services.persons import Persons
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.letters import LetterStore
from portal.store.users import UserStore

_USED = Message(N_("This link was used already, or a newer one was sent."))
_CHANGED = "changed"
_SAME = Message(N_("This is your address already."))


class ChangingAddress:
    """The link in the mail works only for who is signed in to the account, so that an address with a typing error hands
    the account to nobody."""

    def __init__(
        self, users: UserStore, accounts: Accounts, links: AccountLinks, letters: LetterStore, persons: Persons,
        writer: GroupCommit, clock: Clock,
    ) -> None:  # fmt: skip
        self._users = users
        self._accounts = accounts
        self._links = links
        self._letters = letters
        self._persons = persons
        self._writer = writer
        self._clock = clock

    def ask(self, user: User, email: str, current_password: str) -> None:
        """Send a link to the new address; none is sent, and nothing is told, when another account has it.

        Raises Rejected for what is no new address, and for a wrong password.
        """
        email = email.strip().lower()
        if not is_address(email):
            raise Rejected({"email": NO_ADDRESS})
        if email == user.email:
            raise Rejected({"email": _SAME})
        self._accounts.check_password(user, current_password)
        if self._users.find_by_email(email) is None:
            self._writer.do(lambda transaction: self._enqueue(transaction, user, email, ADDRESS))

    def read(self, user: User, token: str) -> str:
        """The new address that a link of this user's stands for; raises Refused."""
        user_id, epoch, email = self._links.read_address(token)
        if user_id != user.id:
            raise Refused(FOREIGN)
        if epoch != user.epoch or self._users.find_by_email(email) is not None:
            raise Refused(_USED)
        return email

    def change(self, user: User, token: str) -> None:
        """Use a link; the old address is told, and links sent to it stop working. Raises Refused."""
        email = self.read(user, token)

        def write(transaction: Transaction) -> None:
            if not self._users.raise_epoch(transaction, user):
                raise Refused(_USED)
            self._users.change(transaction, user.id, email=email)
            self._letters.forget(transaction, Subject.ACCOUNT, user.id)
            self._enqueue(transaction, user, user.email, _CHANGED)

        self._writer.do(write)

    def _enqueue(self, transaction: Transaction, user: User, address: str, purpose: str) -> None:
        """The link is made when the mail is sent, from the address it goes to."""
        at = self._clock()
        letter = Letter(
            self._persons.of_address(address), Subject.ACCOUNT, user.id, f"{purpose}:{at:%Y-%m-%dT%H:%M}", "account",
            user.language, {"purpose": purpose, "epoch": user.epoch, "name": user.name}, address=address,
        )  # fmt: skip
        self._letters.enqueue(transaction, letter, at)
