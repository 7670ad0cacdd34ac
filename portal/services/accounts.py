"""Accounts of the desk: who there is, and who is signed in in which browser."""

import datetime as dt
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.model.errors import NotFound, Refused
from portal.model.form import is_address
from portal.model.message import N_, Message
from portal.model.user import PORTAL_ROLES, PROVIDER_ROLES, Role, User
from portal.services.clock import Clock
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Transaction
from portal.store.users import UserStore

SESSION = dt.timedelta(hours=12)
MIN_PASSWORD, MAX_PASSWORD = 12, 200

_WRONG = Message(N_("The e-mail address or the password is not right."))
_SHORT = Message(N_("The password has at least {n} characters."), {"n": MIN_PASSWORD})
_KNOWN = Message(N_("There is an account with this address already."))
_ROLE = Message(
    N_("This role does not fit: editors, publishers and administrators belong to a provider, others do not.")
)
_ADDRESS = Message(N_("Enter the e-mail as name@example.fi."))


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
            raise Refused(_ADDRESS)
        if role not in (PROVIDER_ROLES if provider else PORTAL_ROLES):
            raise Refused(_ROLE)
        if provider and provider not in self._catalog.providers():
            raise NotFound(f"There is no provider {provider}.")
        user = User(secrets.token_hex(6), email, name.strip() or email.partition("@")[0], role, language, provider)

        def write(transaction: Transaction) -> None:
            if self._users.find_by_email(email):
                raise Refused(_KNOWN)
            self._users.add(transaction, user, self._clock())

        self._writer.do(write)
        return user

    def user(self, user_id: str) -> User:
        user = self._users.find(user_id)
        if user is None:
            raise NotFound("There is no such user.")
        return user

    def set_password(self, user: User, password: str) -> None:
        """Choose a password; every session and link of before stops working."""
        if len(password) < MIN_PASSWORD:
            raise Refused(_SHORT)
        hashed = self._hasher.hash(password[:MAX_PASSWORD])

        def write(transaction: Transaction) -> None:
            self._users.change(transaction, user.id, password=hashed, epoch=user.epoch + 1)
            self._users.remove_sessions(transaction, user.id)

        self._writer.do(write)

    # Sessions

    def sign_in(self, email: str, password: str) -> tuple[User, str]:
        """The user and a new session's secret. Unknown accounts get the same answer after the same work."""
        user = self._users.find_by_email(email.strip().lower())
        known = self._users.password(user.id) if user and user.is_active else None
        if not self._is_right(known, password) or user is None:
            raise Refused(_WRONG)
        return user, self.begin_session(user)

    def begin_session(self, user: User) -> str:
        """A secret for the browser's cookie; only its hash is kept."""
        secret, at = secrets.token_urlsafe(32), self._clock()

        def write(transaction: Transaction) -> None:
            self._users.add_session(transaction, _hashed(secret), user.id, at, at + SESSION)
            self._users.change(transaction, user.id, signed_in_at=at)

        self._writer.do(write)
        return secret

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
