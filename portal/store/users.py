"""Keeps users of the desk and the browsers in which they are signed in."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Row

from portal.model.user import Role, User
from portal.store.database import Database, Transaction
from portal.store.desk_tables import desk_session, desk_user


class UserStore:
    """Users by id and by e-mail address (in small letters), and their sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, transaction: Transaction, user: User, at: dt.datetime) -> None:
        transaction.execute(
            sa.insert(desk_user).values(
                id=user.id, email=user.email, name=user.name, role=user.role, provider=user.provider,
                language=user.language, active=user.is_active, epoch=user.epoch, created_at=at,
            )
        )  # fmt: skip

    def change(self, transaction: Transaction, user_id: str, **values: object) -> None:
        """Set columns of one user: name, email, role, language, active, epoch, password, signed_in_at."""
        transaction.execute(sa.update(desk_user).where(desk_user.c.id == user_id).values(**values))

    def raise_epoch(self, transaction: Transaction, user: User) -> bool:
        """Let links of before stop working; False when that happened since `user` was read, or the user is gone."""
        same = (desk_user.c.id == user.id) & (desk_user.c.epoch == user.epoch)
        return transaction.execute(sa.update(desk_user).where(same).values(epoch=user.epoch + 1)).rowcount == 1

    def active_others(self, transaction: Transaction, user: User) -> int:
        """How many other active users of the same provider (or of the portal) have the same role."""
        query = sa.select(sa.func.count()).where(
            desk_user.c.provider.is_not_distinct_from(user.provider),
            desk_user.c.role == user.role,
            desk_user.c.active,
            desk_user.c.id != user.id,
        )
        return transaction.scalar(query)

    def remove(self, transaction: Transaction, user_id: str) -> None:
        """The account, its sessions, and its name on whatever it did."""
        transaction.execute(sa.delete(desk_user).where(desk_user.c.id == user_id))

    def find(self, user_id: str) -> User | None:
        return self._one(desk_user.c.id == user_id)

    def find_by_email(self, email: str) -> User | None:
        return self._one(desk_user.c.email == email)

    def password(self, user_id: str) -> str | None:
        """The hash of the password; None while none was chosen."""
        with self._database.read() as connection:
            return connection.scalar(sa.select(desk_user.c.password).where(desk_user.c.id == user_id))

    def of_provider(self, provider: str | None) -> list[User]:
        """The users of a provider, or of the portal (None), by name."""
        query = sa.select(desk_user).where(desk_user.c.provider == provider).order_by(desk_user.c.name, desk_user.c.id)
        with self._database.read() as connection:
            return [_user(row) for row in connection.execute(query)]

    def idle_since(self, before: dt.datetime) -> list[tuple[str, str, str, dt.datetime]]:
        """Id, address, language and last sign-in (or the day they were made) of accounts not signed in to since."""
        last = sa.func.coalesce(desk_user.c.signed_in_at, desk_user.c.created_at)
        query = sa.select(
            desk_user.c.id, desk_user.c.email, desk_user.c.language, desk_user.c.signed_in_at, desk_user.c.created_at
        ).where(last < before, desk_user.c.active)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(desk_user.c.id))
            return [(row.id, row.email, row.language, row.signed_in_at or row.created_at) for row in rows]

    def numbers(self) -> dict[str | None, int]:
        """How many users each provider has; None is the portal."""
        query = sa.select(desk_user.c.provider, sa.func.count()).group_by(desk_user.c.provider)
        with self._database.read() as connection:
            return dict(connection.execute(query).all())

    # Sessions

    def add_session(self, transaction: Transaction, key: str, user_id: str, at: dt.datetime, ends: dt.datetime) -> None:
        transaction.execute(sa.insert(desk_session).values(key=key, user=user_id, created_at=at, ends_at=ends))

    def user_of_session(self, key: str, now: dt.datetime) -> User | None:
        """The active user who is signed in by this key."""
        return self._one(
            desk_user.c.active
            & desk_user.c.id.in_(
                sa.select(desk_session.c.user).where(desk_session.c.key == key, desk_session.c.ends_at > now)
            )
        )

    def sessions(self, user_id: str, now: dt.datetime) -> list[dt.datetime]:
        """When the sessions that still last began, the latest first."""
        query = sa.select(desk_session.c.created_at).where(desk_session.c.user == user_id, desk_session.c.ends_at > now)
        with self._database.read() as connection:
            return list(connection.scalars(query.order_by(desk_session.c.created_at.desc())))

    def remove_session(self, transaction: Transaction, key: str) -> None:
        transaction.execute(sa.delete(desk_session).where(desk_session.c.key == key))

    def remove_sessions(self, transaction: Transaction, user_id: str) -> None:
        transaction.execute(sa.delete(desk_session).where(desk_session.c.user == user_id))

    def _one(self, having: sa.ColumnElement) -> User | None:
        with self._database.read() as connection:
            row = connection.execute(sa.select(desk_user).where(having)).first()
            return _user(row) if row else None


def _user(row: Row) -> User:
    return User(
        id=row.id,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        language=row.language,
        provider=row.provider,
        is_active=row.active,
        has_password=row.password is not None,
        epoch=row.epoch,
        created_at=row.created_at,
        signed_in_at=row.signed_in_at,
    )
