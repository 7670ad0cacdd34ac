"""Keys by which the systems of providers publish: made, shown once, recognised, revoked."""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping

from portal.model.errors import NotFound, Rejected
from portal.model.form import Fields
from portal.model.message import N_, Message
from portal.model.token import Scope, Token
from portal.model.user import User
from portal.services.clock import Clock
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.tokens import TokenStore

_MAX_NAME = 100
_MOST = 20
_SECRET = re.compile(r"osaset_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")
_NO_NAME = Message(N_("Write what uses the key, for example the study register."))
_NO_SCOPE = Message(N_("Choose at least one."))
_TOO_MANY = Message(N_("A provider has at most {n} keys. Revoke one that is not used."), {"n": _MOST})


class Tokens:
    """Tokens of the publishing API."""

    def __init__(self, tokens: TokenStore, writer: GroupCommit, clock: Clock) -> None:
        self._tokens = tokens
        self._writer = writer
        self._clock = clock

    def make(self, user: User, provider: str, sent: Mapping[str, str], scopes: Collection[str]) -> tuple[Token, str]:
        """A new token and its secret, `osaset_<id>_<random>`, of which only the SHA-256 is kept. `sent` holds `name`.

        Raises Rejected, at `name` or `scopes`.
        """
        fields = Fields(sent, self._clock().date())
        name = fields.text("name", _MAX_NAME, private=True)
        if not name:
            fields.errors["name"] = _NO_NAME
        chosen = frozenset(scope for scope in Scope if scope in scopes)
        if not chosen:
            fields.errors["scopes"] = _NO_SCOPE
        if sum(not token.is_revoked for token in self.of_provider(provider)) >= _MOST:
            fields.errors["name"] = _TOO_MANY
        if fields.errors:
            raise Rejected(fields.errors)
        token = Token(secrets.token_hex(6), provider, name, chosen, user.id, self._clock())
        secret = f"osaset_{token.id}_{secrets.token_urlsafe(32)}"
        self._writer.do(lambda transaction: self._tokens.add(transaction, token, _hashed(secret)))
        return token, secret

    def of_provider(self, provider: str) -> list[Token]:
        """The newest first, revoked ones too."""
        return self._tokens.of_provider(provider)

    def revoke(self, provider: str, token_id: str) -> None:
        """Nobody gets in by it any more; once more changes nothing. Raises NotFound, for another's token too."""

        def write(transaction: Transaction) -> None:
            if not self._tokens.revoke(transaction, provider, token_id, self._clock()):
                raise NotFound(f"{provider} has no such token.")

        self._writer.do(write)

    def recognise(self, secret: str) -> Token | None:
        """The token with this secret, unless it is revoked; the day of its last use is noted."""
        token = self._tokens.find_by_hash(_hashed(secret)) if _SECRET.fullmatch(secret) else None
        today = self._clock().date()
        if token and token.last_used_on != today:
            self._writer.do(lambda transaction: self._tokens.note_use(transaction, token.id, today))
        return token


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
