"""Keeps mail that waits, and which mail was sent, so that nobody gets the same one twice."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Row

from portal.model.contact import Letter, Subject
from portal.store.database import Database, Transaction
from portal.store.signal_tables import contact, mail

MAX_TRIES = 5
_UNCONFIRMED_MAY_GET = ("confirm", "erase")


class LetterStore:
    """The outbox of mail and the log of what was sent, in one table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enqueue(self, transaction: Transaction, letter: Letter, at: dt.datetime) -> bool:
        """Let a letter wait; False when (contact, kind, subject, step) waits or was sent already."""
        if transaction.scalar(sa.select(mail.c.id).where(_is(letter))) is not None:
            return False
        transaction.execute(
            sa.insert(mail).values(
                contact=letter.contact,
                kind=letter.kind,
                subject=letter.subject,
                step=letter.step,
                address=letter.address,
                template=letter.template,
                language=letter.language,
                content=dict(letter.content),
                created_at=at,
                due_at=at,
                tries=0,
            )
        )
        return True

    def note_told(self, transaction: Transaction, letter: Letter, at: dt.datetime) -> bool:
        """Keep in the log that another letter told this one's news; False when it is there already."""
        if not self.enqueue(transaction, letter, at):
            return False
        told = {"sent_at": at, "due_at": None}
        transaction.execute(sa.update(mail).where(_is(letter)).values(**told))
        return True

    def links_of_day(self, transaction: Transaction, contact_key: str, day: str) -> int:
        """How many links to confirm (or erase) were asked for one address on a day (ISO)."""
        query = sa.select(sa.func.count()).where(mail.c.contact == contact_key, mail.c.step.like(f"%:{day}"))
        return transaction.scalar(query)

    def claim(self, now: dt.datetime, until: dt.datetime, after: int = 0) -> Letter | None:
        """The next letter that is due, with its address; nobody else gets it before `until`.

        A letter whose receiver has left meanwhile is dropped. `after`: id of the last one of this round.
        """
        with self._database.write() as connection:
            while True:
                row = connection.execute(
                    sa.select(mail, contact.c.email, contact.c.confirmed_at)
                    .outerjoin(contact, contact.c.key == mail.c.contact)
                    .where(mail.c.sent_at.is_(None), mail.c.due_at <= now, mail.c.id > after)
                    .order_by(mail.c.id)
                    .limit(1)
                ).first()
                if row is None:
                    return None
                here = mail.c.id == row.id
                if address := _address(row):
                    connection.execute(sa.update(mail).where(here).values(due_at=until, tries=row.tries + 1))
                    return _letter(row, address)
                connection.execute(sa.delete(mail).where(here))

    def forget(self, transaction: Transaction, kind: Subject, subject: str) -> None:
        """Remove all letters about something that is no more, sent ones too."""
        transaction.execute(sa.delete(mail).where(mail.c.kind == kind, mail.c.subject == subject))

    def note_sent(self, letter_id: int, at: dt.datetime) -> None:
        """Keep that it was sent, and nothing of what it said."""
        self._change(letter_id, sent_at=at, due_at=None, content={}, address=None, error=None)

    def note_failed(self, letter_id: int, error: str, again_at: dt.datetime | None) -> None:
        """Keep why it failed, and when to try again; None gives it up."""
        self._change(letter_id, error=error[:300], due_at=again_at)

    def waiting(self) -> int:
        """Letters that are still to be sent, due now or later."""
        query = sa.select(sa.func.count()).where(mail.c.sent_at.is_(None), mail.c.due_at.is_not(None))
        with self._database.read() as connection:
            return connection.scalar(query)

    def _change(self, letter_id: int, **values: object) -> None:
        with self._database.write() as connection:
            connection.execute(sa.update(mail).where(mail.c.id == letter_id).values(**values))


def _is(letter: Letter) -> sa.ColumnElement[bool]:
    return (
        (mail.c.contact == letter.contact)
        & (mail.c.kind == letter.kind)
        & (mail.c.subject == letter.subject)
        & (mail.c.step == letter.step)
    )


def _address(row: Row) -> str | None:
    if row.address:
        return row.address
    return row.email if row.confirmed_at or row.template.startswith(_UNCONFIRMED_MAY_GET) else None


def _letter(row: Row, address: str) -> Letter:
    return Letter(
        contact=row.contact,
        kind=Subject(row.kind),
        subject=row.subject,
        step=row.step,
        template=row.template,
        language=row.language,
        content=row.content,
        address=address,
        id=row.id,
        tries=row.tries + 1,
    )
