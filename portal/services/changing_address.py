"""Gives an account of the desk another e-mail address, once its mailbox has shown that it belongs to the user."""

from portal.model.contact import Subject
from portal.model.errors import Refused, Rejected
from portal.model.form import is_address
from portal.model.message import N_, Message
from portal.model.user import User
from portal.services.account_letters import account_letter, by_the_minute
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
        if not self._is_taken(email):
            self._writer.do(lambda transaction: self._enqueue(transaction, user, email, ADDRESS))

    def read(self, user: User, token: str) -> str:
        """The new address that a link of this user's stands for; raises Refused."""
        user_id, epoch, email = self._links.read_address(token)
        if user_id != user.id:
            raise Refused(FOREIGN)
        if epoch != user.epoch or self._is_taken(email):
            raise Refused(_USED)
        return email

    def change(self, user: User, token: str) -> None:
        """Use a link; the old address is told, and links sent to it stop working. Raises Refused."""
        email = self.read(user, token)

        def write(transaction: Transaction) -> None:
            if self._is_taken(email) or not self._users.raise_epoch(transaction, user):
                raise Refused(_USED)
            self._users.change(transaction, user.id, email=email)
            self._letters.forget(transaction, Subject.ACCOUNT, user.id)
            self._enqueue(transaction, user, user.email, _CHANGED)

        self._writer.do(write)

    def _is_taken(self, email: str) -> bool:
        return self._users.find_by_email(email) is not None

    def _enqueue(self, transaction: Transaction, user: User, address: str, purpose: str) -> None:
        at = self._clock()
        letter = account_letter(
            self._persons, user.id, address, user.language, purpose, by_the_minute(at), epoch=user.epoch, name=user.name
        )
        self._letters.enqueue(transaction, letter, at)
