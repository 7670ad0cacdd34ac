"""Keeps which files providers sent and how far they have come, and what their own column headers mean."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Row

from portal.model.message import Message
from portal.model.upload import UNDER_WAY, Upload, UploadState
from portal.store.database import Database, Transaction
from portal.store.desk_tables import column_mapping, upload


class UploadStore:
    """Uploads by id; the files themselves lie elsewhere."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, transaction: Transaction, item: Upload) -> None:
        transaction.execute(
            sa.insert(upload).values(
                id=item.id, provider=item.provider, user=item.user, name=item.name, state=item.state,
                complete=item.complete, language=item.language, mapping=dict(item.mapping), counts=dict(item.counts),
                error=_error(item.error), done=item.done, total=item.total, created_at=item.created_at,
                updated_at=item.updated_at,
            )
        )  # fmt: skip

    def find(self, provider: str, upload_id: str) -> Upload | None:
        """The upload of this provider; None for one of another."""
        return self._one((upload.c.id == upload_id) & (upload.c.provider == provider))

    def find_any(self, upload_id: str) -> Upload | None:
        return self._one(upload.c.id == upload_id)

    def of_provider(self, provider: str, limit: int = 50) -> list[Upload]:
        """The newest first."""
        query = sa.select(upload).where(upload.c.provider == provider)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(upload.c.created_at.desc(), upload.c.id).limit(limit))
            return [_upload(row) for row in rows]

    def under_way(self, provider: str | None = None) -> list[Upload]:
        """Those that the portal has something to do with, the one that waits longest first."""
        query = sa.select(upload).where(upload.c.state.in_(UNDER_WAY))
        if provider is not None:
            query = query.where(upload.c.provider == provider)
        with self._database.read() as connection:
            return [_upload(row) for row in connection.execute(query.order_by(upload.c.updated_at, upload.c.id))]

    def ids(self) -> set[str]:
        with self._database.read() as connection:
            return set(connection.scalars(sa.select(upload.c.id)))

    def move(
        self, transaction: Transaction, upload_id: str, wanted: tuple[UploadState, ...], state: UploadState,
        at: dt.datetime, **values: object,
    ) -> bool:  # fmt: skip
        """Bring an upload from one of the wanted states to another; False when it was in none of them. `values` may be
        mapping, counts, error, done, total and user."""
        if "error" in values:
            values["error"] = _error(values["error"])
        changed = transaction.execute(
            sa.update(upload)
            .where(upload.c.id == upload_id, upload.c.state.in_(wanted))
            .values(state=state, updated_at=at, **values)
        )
        return bool(changed.rowcount)

    def note_progress(self, upload_id: str, done: int, total: int | None) -> None:
        with self._database.write() as connection:
            connection.execute(sa.update(upload).where(upload.c.id == upload_id).values(done=done, total=total))

    def remove(self, transaction: Transaction, upload_id: str) -> None:
        transaction.execute(sa.delete(upload).where(upload.c.id == upload_id))

    # Column headers

    def mapping(self, provider: str) -> dict[str, str]:
        """Plain header → name of a column, "" for one to leave out."""
        query = sa.select(column_mapping).where(column_mapping.c.provider == provider)
        with self._database.read() as connection:
            return {row.heading: row.column for row in connection.execute(query)}

    def remember(self, transaction: Transaction, provider: str, mapping: Mapping[str, str]) -> None:
        """Keep what these headers mean; what was kept of other headers stays."""
        for heading, column in mapping.items():
            transaction.execute(
                sa.delete(column_mapping).where(
                    column_mapping.c.provider == provider, column_mapping.c.heading == heading
                )
            )
            transaction.execute(sa.insert(column_mapping).values(provider=provider, heading=heading, column=column))

    def _one(self, having: sa.ColumnElement[bool]) -> Upload | None:
        with self._database.read() as connection:
            row = connection.execute(sa.select(upload).where(having)).first()
            return _upload(row) if row else None


def _error(message: Message | None) -> dict | None:
    return {"text": message.text, "values": dict(message.values)} if message else None


def _upload(row: Row) -> Upload:
    return Upload(
        id=row.id,
        provider=row.provider,
        name=row.name,
        created_at=row.created_at,
        updated_at=row.updated_at,
        user=row.user,
        state=UploadState(row.state),
        complete=row.complete,
        language=row.language,
        mapping=row.mapping,
        counts=row.counts,
        error=Message(row.error["text"], row.error["values"]) if row.error else None,
        done=row.done,
        total=row.total,
    )
