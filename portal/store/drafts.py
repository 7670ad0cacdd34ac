"""Keeps what providers are writing; nobody's words are overwritten unseen."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Row

from portal.model.draft import Draft, DraftState
from portal.model.errors import Conflict
from portal.store.database import Database, Transaction
from portal.store.desk_tables import draft


class DraftStore:
    """Drafts by id. Every save names the revision that it replaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, transaction: Transaction, item: Draft) -> None:
        transaction.execute(
            sa.insert(draft).values(
                id=item.id, provider=item.provider, offering=item.offering, base_revision=item.base_revision,
                revision=item.revision, state=item.state, note=item.note, data=item.data,
                created_by=item.created_by, updated_by=item.updated_by,
                created_at=item.created_at, updated_at=item.updated_at,
            )
        )  # fmt: skip

    def save(
        self, transaction: Transaction, draft_id: str, revision: int, data: Mapping, user: str, at: dt.datetime
    ) -> None:
        """Replace the data of that revision; the draft is being written again. Raises Conflict when another is there."""
        self._change(
            transaction, draft_id, revision,
            data=dict(data), revision=revision + 1, state=DraftState.EDITING, updated_by=user, updated_at=at,
        )  # fmt: skip

    def move(
        self, transaction: Transaction, draft_id: str, revision: int, state: DraftState, note: str, at: dt.datetime
    ) -> None:
        """Send a revision to review, or back with a note; raises Conflict when another is there."""
        self._change(transaction, draft_id, revision, state=state, note=note, updated_at=at)

    def base_on(self, transaction: Transaction, draft_id: str, revision: int, base_revision: int) -> None:
        """The draft now replaces this revision of its offering; raises Conflict as the others do."""
        self._change(transaction, draft_id, revision, base_revision=base_revision)

    def remove(self, transaction: Transaction, draft_id: str, revision: int) -> None:
        """Raises Conflict when another revision is there, or none."""
        gone = transaction.execute(sa.delete(draft).where(draft.c.id == draft_id, draft.c.revision == revision))
        if not gone.rowcount:
            raise Conflict

    def id_of(self, transaction: Transaction, offering_id: str) -> str | None:
        """The draft of an offering, seen within a write."""
        return transaction.scalar(sa.select(draft.c.id).where(draft.c.offering == offering_id))

    def find(self, draft_id: str) -> Draft | None:
        return self._one(draft.c.id == draft_id)

    def of_offering(self, offering_id: str) -> Draft | None:
        return self._one(draft.c.offering == offering_id)

    def of_provider(self, provider: str) -> list[Draft]:
        """The latest first."""
        query = sa.select(draft).where(draft.c.provider == provider)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(draft.c.updated_at.desc(), draft.c.id))
            return [_draft(row) for row in rows]

    def _change(self, transaction: Transaction, draft_id: str, revision: int, /, **values: object) -> None:
        same = sa.and_(draft.c.id == draft_id, draft.c.revision == revision)
        if not transaction.execute(sa.update(draft).where(same).values(**values)).rowcount:
            raise Conflict

    def _one(self, having: sa.ColumnElement) -> Draft | None:
        with self._database.read() as connection:
            row = connection.execute(sa.select(draft).where(having)).first()
            return _draft(row) if row else None


def _draft(row: Row) -> Draft:
    return Draft(**(row._asdict() | {"state": DraftState(row.state)}))
