"""Keeps who changed an offering, when and how, and what stood there before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from portal.model.catalog import State
from portal.model.user import By, Origin
from portal.store.database import Database, Transaction
from portal.store.desk_tables import offering_change
from portal.store.schema import offering


@dataclass(frozen=True)
class Revision:
    """One revision of an offering. `data`: the offering as it was then, in the shape of the provider format."""

    number: int
    state: State
    data: Mapping
    by: By
    at: dt.datetime


def note_revision(
    transaction: Transaction, offering_id: str, number: int, state: State, before: Mapping | None, by: By,
    at: dt.datetime,
) -> None:  # fmt: skip
    """Part of the write that makes the revision. `before`: the data that it replaces, None for the first."""
    transaction.execute(
        sa.insert(offering_change).values(
            offering=offering_id, revision=number, state=state, before=before, origin=by.origin, user=by.user, at=at
        )
    )


class HistoryStore:
    """Reads the revisions of offerings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def revisions(self, offering_id: str, limit: int | None = None) -> list[Revision]:
        """The newest first, at most `limit`. Revisions from before there was a history are missing."""
        changes = (
            sa.select(offering_change)
            .where(offering_change.c.offering == offering_id)
            .order_by(offering_change.c.revision.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            data = connection.scalar(sa.select(offering.c.data).where(offering.c.id == offering_id))
            found = []
            for row in connection.execute(changes):
                found.append(Revision(row.revision, State(row.state), data, By(Origin(row.origin), row.user), row.at))
                data = row.before or {}  # what this revision replaced is what the one before it had
        return found
