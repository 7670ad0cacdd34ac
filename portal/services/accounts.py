"""Accounts of the desk: who there is, and who is signed in in which browser."""

import datetime as dt
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.model.errors import NotFound, Refused, Rejected
from portal.model.form import is_address
from portal.model.message import N_, Message
from portal.model.provider import Provider
from portal.model.user import PROVIDER_ROLES, STAFF_ROLES, Role, User
from portal.services.clock import Clock
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Transaction
from portal.store.users import UserStore

SESSION = dt.timedelta(hours=12)
MIN_PASSWORD, MAX_PASSWORD = 12, 200

_WRONG = Message(N_("The e-mail address or the password is not right."))
_SHORT = Message(N_("The password has at least {n} characters."), {"n": MIN_PASSWORD})
_CURRENT = Message(N_("This is not your current password."))
_KNOWN = Message(N_("There is an account with this address already."))
ROLE = Message(
    N_("This role does not fit: editors, publishers and administrators belong to a provider, others do not.")
)
NO_ADDRESS = Message(N_("Enter the e-mail as name@example.fi."))


class Accounts:
    """Users and their sessions. Public methods raise Refused and NotFound."""

    def __init__(
        self, users: UserStore, catalog: CatalogStore, writer: GroupCommit, clock: Clock,
        hasher: PasswordHasher | None = None,
    ) -> None:  # fmt: skip
        self._users = users
        self._catalog = catalog
        self._writer = writer
        self._clock = clock
        self._hasher = hasher or PasswordHasher()
        self._nobody = ""

    # Users

    def add(self, email: str, role: Role, *, provider: str | None = None, name: str = "", language: str = "fi") -> User:
        """A new account without a password."""
        email = email.strip().lower()
        if not is_address(email):
            raise Rejected({"email": NO_ADDRESS})
        if role not in (PROVIDER_ROLES if provider else STAFF_ROLES):
            raise Rejected({"role": ROLE})
        if provider and provider not in self._catalog.providers():
            raise NotFound(f"There is no provider {provider}.")
        user = User(secrets.token_hex(6), email, name.strip() or email.partition("@")[0], role, language, provider)

        def write(transaction: Transaction) -> None:
            if self._users.find_by_email(email):
                raise Rejected({"email": _KNOWN})
            self._users.add(transaction, user, self._clock())

        self._writer.do(write)
        return user

    def find(self, email: str) -> User:
        """By address; raises NotFound."""
        user = self._users.find_by_email(email.strip().lower())
        if user is None:
            raise NotFound(f"There is no user {email}.")
        return user

    def user(self, user_id: str) -> User:
        user = self._users.find(user_id)
        if user is None:
            raise NotFound("There is no such user.")
        return user

    def rename(self, user: User, name: str, language: str) -> None:
        """Change how the user is called, and the language of their mail."""
        self._writer.do(lambda transaction: self._users.change(transaction, user.id, name=name, language=language))

    def provider_of(self, user: User) -> Provider | None:
        """The provider that the user belongs to; None for the portal's own people."""
        return self._catalog.providers()[user.provider] if user.provider else None

    # Passwords

    def hashed(self, password: str) -> str:
        """The hash to be kept; raises Rejected for a password that is too short."""
        if len(password) < MIN_PASSWORD:
            raise Rejected({"password": _SHORT})
        return self._hasher.hash(password[:MAX_PASSWORD])

    def set_password(self, user: User, password: str) -> None:
        """Choose a password; every session and link of before stops working."""
        hashed = self.hashed(password)

        def write(transaction: Transaction) -> None:
            self._users.raise_epoch(transaction, user)
            self.password_within(transaction, user, hashed)

        self._writer.do(write)

    def change_password(self, user: User, current: str, password: str) -> str:
        """As `set_password`, by someone who knows the current one or has none; the secret of a new session."""
        self.check_password(user, current)
        self.set_password(user, password)
        return self.begin_session(user)

    def check_password(self, user: User, current: str) -> None:
        """Raises Rejected when the user has a password and this is another."""
        if user.has_password and not self._is_right(self._users.password(user.id), current):
            raise Rejected({"current": _CURRENT})

    def password_within(self, transaction: Transaction, user: User, hashed: str) -> None:
        """Keep a password as part of a write; every session ends."""
        self._users.change(transaction, user.id, password=hashed)
        self._users.remove_sessions(transaction, user.id)

    # Sessions

    def sign_in(self, email: str, password: str) -> tuple[User, str]:
        """The user and a new session's secret. Unknown accounts get the same answer after the same work."""
        email = email.strip().lower()
        user = self._users.find_by_email(email) if is_address(email) else None
        known = self._users.password(user.id) if user and user.is_active else None
        if not self._is_right(known, password) or user is None:
            raise Refused(_WRONG)
        return user, self.begin_session(user)

    def begin_session(self, user: User) -> str:
        """A secret for the browser's cookie; only its hash is kept."""
        return self._writer.do(lambda transaction: self.session_within(transaction, user))

    def session_within(self, transaction: Transaction, user: User) -> str:
        """The same as part of a write."""
        secret, at = secrets.token_urlsafe(32), self._clock()
        self._users.add_session(transaction, _hashed(secret), user.id, at, at + SESSION)
        self._users.change(transaction, user.id, signed_in_at=at)
        return secret

    def sessions(self, user: User) -> list[dt.datetime]:
        """When the sessions that still last began, the latest first."""
        return self._users.sessions(user.id, self._clock())

    def sign_out_everywhere(self, user: User) -> None:
        """End all sessions; links that wait in mail stop working, too."""

        def write(transaction: Transaction) -> None:
            self._users.raise_epoch(transaction, user)
            self._users.remove_sessions(transaction, user.id)

        self._writer.do(write)

    def signed_in(self, secret: str) -> User | None:
        """Whose session this is, while it lasts."""
        return self._users.user_of_session(_hashed(secret), self._clock()) if secret else None

    def sign_out(self, secret: str) -> None:
        self._writer.do(lambda transaction: self._users.remove_session(transaction, _hashed(secret)))

    def _is_right(self, known: str | None, password: str) -> bool:
        if not self._nobody:
            self._nobody = self._hasher.hash(secrets.token_hex(16))
        try:
            return self._hasher.verify(known or self._nobody, password[:MAX_PASSWORD]) and known is not None
        except (VerificationError, InvalidHashError):
            return False


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
