"""Keeps interests, searches that did not help, the answers given to forms, and who follows them."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa

from portal.model.interest import Interest, Level
from portal.store.database import Database, Transaction
from portal.store.signal_tables import form_answer, interest, known_browser, signal_outbox

# Made once: signals come many a second, and building statements is most of what a small write costs.
_NOTE = sa.insert(signal_outbox)
_FIRST_ANSWER = sa.select(form_answer.c.answer).where(form_answer.c.key == sa.bindparam("digest"))
_KEEP_ANSWER = sa.insert(form_answer)
_PERSON_OF = sa.select(known_browser.c.person).where(known_browser.c.browser == sa.bindparam("known"))
_IS_OURS = (interest.c.person == sa.bindparam("who")) & (interest.c.offering == sa.bindparam("which"))
_BEFORE = sa.select(interest.c.confirmed).where(_IS_OURS)
_ADD = sa.insert(interest)
_REPLACE = sa.update(interest).where(_IS_OURS)


def note(transaction: Transaction, entity: str, entity_id: str, at: dt.datetime) -> None:
    """Tell those who follow that something about `entity_id` has changed, in the change's own transaction."""
    transaction.execute(_NOTE, {"entity": entity, "entity_id": entity_id, "at": at})


class SignalStore:
    """Interests in offerings: one of a person and offering. Methods that take a transaction are parts of a write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Forms

    def first_answer(self, transaction: Transaction, digest: str) -> dict | None:
        """The answer that this form was given first."""
        return transaction.scalar(_FIRST_ANSWER, {"digest": digest})

    def keep_answer(
        self, transaction: Transaction, digest: str, answer: Mapping[str, object], person: str | None, at: dt.datetime
    ) -> None:
        transaction.execute(_KEEP_ANSWER, {"key": digest, "answer": dict(answer), "person": person, "at": at})

    # Persons

    def person_of(self, transaction: Transaction, browser: str) -> str:
        """The person that a browser stands for: itself until an address was confirmed for it."""
        return transaction.scalar(_PERSON_OF, {"known": browser}) or browser

    # Interests

    def save_interest(
        self,
        transaction: Transaction,
        person: str,
        offering_id: str,
        item: Interest,
        *,
        language: str,
        at: dt.datetime,
        confirmed: bool = False,
        example: bool = False,
    ) -> bool:
        """Keep the one signal of this person; True when it replaced an earlier one. What was confirmed stays so."""
        key = {"who": person, "which": offering_id}
        before = transaction.execute(_BEFORE, key).first()
        values = {
            "level": item.level,
            "people": item.people,
            "region": item.region,
            "mode": item.mode,
            "start_from": item.start_from,
            "start_by": item.start_by,
            "language": language,
            "updated_at": at,
        }
        if before is None:
            identity = {"person": person, "offering": offering_id, "example": example, "created_at": at}
            transaction.execute(_ADD, identity | values | {"confirmed": confirmed})
        else:
            transaction.execute(_REPLACE, key | values | {"confirmed": confirmed or before.confirmed})
        note(transaction, "interest", offering_id, at)
        return before is not None

    def remove_interest(self, transaction: Transaction, person: str, offering_id: str, at: dt.datetime) -> bool:
        removed = transaction.execute(
            sa.delete(interest).where(interest.c.person == person, interest.c.offering == offering_id)
        ).rowcount
        if removed:
            note(transaction, "interest", offering_id, at)
        return bool(removed)

    def interest_of(self, person: str, offering_id: str) -> Interest | None:
        query = sa.select(interest).where(interest.c.person == person, interest.c.offering == offering_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Interest(Level(row.level), row.people, row.region, row.mode, row.start_from, row.start_by)

    def interest_counts(self, offering_id: str) -> dict[tuple[Level, bool], int]:
        """People by level and whether confirmed, exact, examples too: for the provider's forecast, never shown."""
        query = (
            sa.select(interest.c.level, interest.c.confirmed, sa.func.sum(interest.c.people))
            .where(interest.c.offering == offering_id)
            .group_by(interest.c.level, interest.c.confirmed)
        )
        with self._database.read() as connection:
            return {(Level(level), confirmed): number for level, confirmed, number in connection.execute(query)}

    # Followers

    def revision(self) -> int:
        """A number that grows with every signal, proposal and step."""
        with self._database.read() as connection:
            return connection.scalar(sa.select(sa.func.coalesce(sa.func.max(signal_outbox.c.seq), 0)))

    def changes_since(self, seq: int, limit: int = 100_000) -> list[tuple[int, str, str]]:
        """(seq, entity, id) of what changed: an `interest` by its offering, a `proposal` by its own id."""
        query = sa.select(signal_outbox).where(signal_outbox.c.seq > seq).order_by(signal_outbox.c.seq).limit(limit)
        with self._database.read() as connection:
            return [(row.seq, row.entity, row.entity_id) for row in connection.execute(query)]
