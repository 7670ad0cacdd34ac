"""Looks after who works for a provider, or for the portal: inviting, roles, leaving."""

from collections.abc import Callable

from portal.model.contact import Subject
from portal.model.errors import NotFound, Refused
from portal.model.message import N_, Message
from portal.model.user import KEEPERS, PORTAL_ROLES, PROVIDER_ROLES, Role, User
from portal.services.accounts import ROLE, Accounts
from portal.services.entering import Entering
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.letters import LetterStore
from portal.store.users import UserStore

_LAST_ADMIN = Message(N_("Somebody must stay administrator. Make another user administrator first."))
_LAST_OPERATOR = Message(N_("Somebody must stay operator. Make another user operator first."))


class Staffing:
    """`provider` is the one whose users are meant, None for the portal's own people; users of others are NotFound."""

    def __init__(
        self, users: UserStore, letters: LetterStore, accounts: Accounts, entering: Entering, writer: GroupCommit
    ) -> None:
        self._users = users
        self._letters = letters
        self._accounts = accounts
        self._entering = entering
        self._writer = writer

    def users(self, provider: str | None) -> list[User]:
        return self._users.of_provider(provider)

    def user(self, provider: str | None, user_id: str) -> User:
        user = self._users.find(user_id)
        if user is None or user.provider != provider:
            raise NotFound("There is no such user.")
        return user

    def invite(self, provider: str | None, email: str, role: Role, *, name: str = "", language: str = "fi") -> User:
        """A new account and a mail with its link; raises Refused."""
        user = self._accounts.add(email, role, provider=provider, name=name, language=language)
        self._entering.invite(user)
        return user

    def invite_again(self, provider: str | None, user_id: str) -> None:
        self._entering.invite(self.user(provider, user_id))

    def change_role(self, provider: str | None, user_id: str, role: Role) -> None:
        """Sessions and links of before end; raises Refused when nobody would be left to look after the others."""
        user = self.user(provider, user_id)
        if role not in (PROVIDER_ROLES if provider else PORTAL_ROLES):
            raise Refused(ROLE)
        if role is user.role:
            return
        self._change(user, lambda transaction: self._users.change(transaction, user.id, role=role))

    def set_active(self, provider: str | None, user_id: str, active: bool) -> None:
        """An account that is not active cannot be entered; what its user did stays under the name."""
        user = self.user(provider, user_id)
        self._change(user, lambda transaction: self._users.change(transaction, user.id, active=active), active)

    def remove(self, provider: str | None, user_id: str) -> None:
        """The account goes, and its name from whatever its user did."""
        user = self.user(provider, user_id)

        def write(transaction: Transaction) -> None:
            self._users.remove(transaction, user.id)
            self._letters.forget(transaction, Subject.ACCOUNT, user.id)

        self._change(user, write)

    def _change(self, user: User, change: Callable[[Transaction], None], stays: bool = False) -> None:
        """`stays`: the change takes nothing from the user, so nobody else is needed."""

        def write(transaction: Transaction) -> None:
            is_keeper = user.is_active and user.role is KEEPERS[user.provider is not None]
            if is_keeper and not stays and not self._users.active_others(transaction, user):
                raise Refused(_LAST_ADMIN if user.provider else _LAST_OPERATOR)
            self._users.raise_epoch(transaction, user)
            self._users.remove_sessions(transaction, user.id)
            change(transaction)

        self._writer.do(write)
