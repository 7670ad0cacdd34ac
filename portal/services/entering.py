"""Lets people into their accounts by links of mail: each works once, and asking for one tells nobody who has an account."""

from portal.model.contact import Letter, Subject
from portal.model.errors import Refused, Rejected
from portal.model.form import is_address
from portal.model.message import N_, Message
from portal.model.user import LinkPurpose, User
from portal.services.account_letters import account_letter, by_the_minute
from portal.services.account_links import AccountLinks
from portal.services.accounts import NO_ADDRESS, Accounts
from portal.services.clock import Clock
from portal.services.persons import Persons
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.letters import LetterStore
from portal.store.users import UserStore

_USED = Message(N_("This link has been used, or something newer has taken its place. Ask for a new one."))


class Entering:
    """Links to sign in, to choose a password, and of invitations."""

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

    def ask(self, email: str, purpose: LinkPurpose) -> None:
        """Let a link be sent. For an unknown address the same is done: a letter waits that nobody gets.

        Raises Rejected for what is no address.
        """
        email = email.strip().lower()
        if not is_address(email):
            raise Rejected({"email": NO_ADDRESS})
        user = self._users.find_by_email(email)
        known = user is not None and user.is_active
        letter = self._letter(user, purpose) if known else self._letter_to_nobody(email, purpose)
        self._enqueue(letter)

    def invite(self, user: User) -> None:
        """Send an invitation; it works for a week, and until the account is entered."""
        provider = self._accounts.provider_of(user)
        of = {"provider": dict(provider.name)} if provider else {}
        self._enqueue(self._letter(user, LinkPurpose.INVITATION, **of))

    def url(self, user: User, purpose: LinkPurpose) -> str:
        """A link, to be handed over by other ways than mail."""
        return self._links.url(purpose, user.id, user.epoch, user.language)

    def read(self, purpose: LinkPurpose, token: str) -> User:
        """Whose link it is; raises Refused when it cannot be used (any more)."""
        user_id, epoch = self._links.read(purpose, token)
        user = self._users.find(user_id)
        if user is None or not user.is_active or user.epoch != epoch:
            raise Refused(_USED)
        return user

    def sign_in(self, token: str) -> str:
        """Use a link to sign in; the new session's secret."""
        user = self.read(LinkPurpose.SIGN_IN, token)

        def write(transaction: Transaction) -> str:
            if not self._users.raise_epoch(transaction, user):
                raise Refused(_USED)
            return self._accounts.session_within(transaction, user)

        return self._writer.do(write)

    def choose_password(self, purpose: LinkPurpose, token: str, password: str) -> str:
        """Use a link to choose a password; every other session ends, and the answer is the new one's secret.

        Raises Rejected for a password that is too short.
        """
        user = self.read(purpose, token)
        hashed = self._accounts.hashed(password)

        def write(transaction: Transaction) -> str:
            if not self._users.raise_epoch(transaction, user):
                raise Refused(_USED)
            self._accounts.password_within(transaction, user, hashed)
            return self._accounts.session_within(transaction, user)

        return self._writer.do(write)

    def _enqueue(self, letter: Letter) -> None:
        at = self._clock()
        self._writer.do(lambda transaction: self._letters.enqueue(transaction, letter, at))

    def _letter(self, user: User, purpose: LinkPurpose, **content: object) -> Letter:
        mark = by_the_minute(self._clock())
        content |= {"epoch": user.epoch, "name": user.name}
        return account_letter(self._persons, user.id, user.email, user.language, purpose, mark, **content)

    def _letter_to_nobody(self, email: str, purpose: LinkPurpose) -> Letter:
        """Without an address, and under a key that no follower has: it is dropped when its turn comes."""
        contact = self._persons.of_address(f"nobody {email}")
        content, step = {"purpose": purpose, "epoch": 0, "name": email}, f"{purpose}:{by_the_minute(self._clock())}"
        return Letter(contact, Subject.ACCOUNT, "nobody", step, "account", "fi", content)
