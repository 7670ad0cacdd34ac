"""Keeps the keys to the publishing API: of each the hash of its secret, never the secret."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Row

from portal.model.token import Scope, Token
from portal.store.database import Database, Transaction
from portal.store.desk_tables import api_token


class TokenStore:
    """Tokens by the hash of their secret, and by provider."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, transaction: Transaction, token: Token, hashed: str) -> None:
        transaction.execute(
            sa.insert(api_token).values(
                id=token.id, provider=token.provider, name=token.name, hash=hashed, scopes=sorted(token.scopes),
                created_by=token.created_by, created_at=token.created_at,
            )
        )  # fmt: skip

    def find_by_hash(self, hashed: str) -> Token | None:
        """The token with this secret, while it is not revoked."""
        query = sa.select(api_token).where(api_token.c.hash == hashed, api_token.c.revoked_at.is_(None))
        with self._database.read() as connection:
            row = connection.execute(query).first()
            return _token(row) if row else None

    def of_provider(self, provider: str) -> list[Token]:
        """All of them, the newest first, revoked ones too."""
        query = sa.select(api_token).where(api_token.c.provider == provider)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(api_token.c.created_at.desc(), api_token.c.id))
            return [_token(row) for row in rows]

    def revoke(self, transaction: Transaction, provider: str, token_id: str, at: dt.datetime) -> bool:
        """False when the provider has no such token. One that was revoked before keeps its time."""
        its = (api_token.c.provider == provider) & (api_token.c.id == token_id)
        transaction.execute(sa.update(api_token).where(its, api_token.c.revoked_at.is_(None)).values(revoked_at=at))
        return transaction.scalar(sa.select(sa.func.count()).select_from(api_token).where(its)) > 0

    def note_use(self, transaction: Transaction, token_id: str, day: dt.date) -> None:
        transaction.execute(sa.update(api_token).where(api_token.c.id == token_id).values(last_used_on=day))


def _token(row: Row) -> Token:
    return Token(
        id=row.id,
        provider=row.provider,
        name=row.name,
        scopes=frozenset(map(Scope, row.scopes)),
        created_by=row.created_by,
        created_at=row.created_at,
        last_used_on=row.last_used_on,
        revoked_at=row.revoked_at,
    )
