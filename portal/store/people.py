"""Keeps addresses while someone asks for mail, joins what one person did in several places, and forgets people whole."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Row

from portal.model.contact import Subject, Subscription
from portal.store.database import Database, Transaction
from portal.store.signal_tables import (
    contact,
    feedback,
    form_answer,
    interest,
    joining,
    known_browser,
    mail,
    proposal,
    subscription,
)
from portal.store.signals import note


class PeopleStore:
    """Contacts and what they follow. Methods that take a transaction are parts of a write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Contacts and subscriptions

    def keep_contact(self, transaction: Transaction, key: str, email: str, language: str, at: dt.datetime) -> None:
        """Keep an address that waits for its confirmation; one that is known is left as it is."""
        if transaction.scalar(sa.select(contact.c.key).where(contact.c.key == key)) is None:
            transaction.execute(
                sa.insert(contact).values(key=key, email=email.strip(), language=language, created_at=at)
            )

    def is_confirmed(self, transaction: Transaction, key: str) -> bool:
        return transaction.scalar(sa.select(contact.c.confirmed_at).where(contact.c.key == key)) is not None

    def subscribe(self, transaction: Transaction, item: Subscription, at: dt.datetime) -> bool:
        """Note a wish for mail, unconfirmed; True when a confirmation is needed for it."""
        known = transaction.execute(sa.select(subscription.c.confirmed_at).where(_same(item))).first()
        if known is not None:
            return known.confirmed_at is None
        transaction.execute(
            sa.insert(subscription).values(
                contact=item.contact,
                person=item.person,
                kind=item.kind,
                subject=item.subject,
                language=item.language,
                known_runs=list(item.known_runs),
                created_at=at,
                confirmed_at=item.confirmed_at,
            )
        )
        return item.confirmed_at is None

    def confirm(
        self, transaction: Transaction, contact_key: str, person: str, kind: Subject, subject: str, at: dt.datetime
    ) -> Subscription | None:
        """Confirm an address and one wish for mail; None when they were forgotten meanwhile. Again is as good as once.

        What the browser had said is the contact's from now on.
        """
        ours = (
            (subscription.c.contact == contact_key)
            & (subscription.c.person.in_((person, contact_key)))
            & (subscription.c.kind == kind)
            & (subscription.c.subject == subject)
        )
        row = transaction.execute(sa.select(subscription).where(ours)).first()
        if row is None:
            return None
        first = sa.func.coalesce
        transaction.execute(
            sa.update(contact)
            .where(contact.c.key == contact_key)
            .values(confirmed_at=first(contact.c.confirmed_at, at), language=row.language)
        )
        transaction.execute(
            sa.update(subscription).where(ours).values(confirmed_at=first(subscription.c.confirmed_at, at))
        )
        if person.startswith("b:"):
            _move_subscriptions(transaction, person, contact_key)
            self.unite(transaction, person, contact_key, at)
        return _subscription(row)

    def unite(self, transaction: Transaction, browser: str, person: str, at: dt.datetime) -> None:
        """Make what a browser said a confirmed person's; of two signals on the same thing the later stays."""
        for table, subject, entity in ((interest, "offering", "interest"), (joining, "proposal", "proposal")):
            for row in transaction.execute(sa.select(table).where(table.c.person == browser)).all():
                subject_id = getattr(row, subject)
                same = (table.c.person == person) & (table.c[subject] == subject_id)
                other = transaction.execute(sa.select(table.c.id, table.c.updated_at).where(same)).first()
                if other is not None and other.updated_at > row.updated_at:
                    transaction.execute(sa.delete(table).where(table.c.id == row.id))
                    continue
                if other is not None:
                    transaction.execute(sa.delete(table).where(table.c.id == other.id))
                transaction.execute(sa.update(table).where(table.c.id == row.id).values(person=person, confirmed=True))
                note(transaction, entity, subject_id, at)
        transaction.execute(sa.update(proposal).where(proposal.c.author == browser).values(author=person))
        transaction.execute(sa.update(form_answer).where(form_answer.c.person == browser).values(person=person))
        transaction.execute(sa.delete(known_browser).where(known_browser.c.browser == browser))
        transaction.execute(sa.insert(known_browser).values(browser=browser, person=person, created_at=at))

    def unsubscribe(self, transaction: Transaction, contact_key: str, kind: Subject, subject: str) -> bool:
        """No more mail about this; the address goes with the last subscription. False when there was none."""
        removed = transaction.execute(
            sa.delete(subscription).where(
                subscription.c.contact == contact_key,
                subscription.c.kind == kind,
                subscription.c.subject == subject,
            )
        ).rowcount
        transaction.execute(
            sa.delete(mail).where(
                mail.c.contact == contact_key, mail.c.kind == kind, mail.c.subject == subject, mail.c.sent_at.is_(None)
            )
        )
        forget_idle_contacts(transaction)
        return bool(removed)

    def stop(self, transaction: Transaction, person: str, kind: Subject, subject: str) -> None:
        """No more mail to this person about something that was withdrawn."""
        ours = (subscription.c.person == person) & (subscription.c.kind == kind) & (subscription.c.subject == subject)
        for contact_key in transaction.scalars(sa.select(subscription.c.contact).where(ours)).all():
            self.unsubscribe(transaction, contact_key, kind, subject)

    def subscriptions(self, kind: Subject, subject: str | None = None) -> list[Subscription]:
        """Confirmed wishes for mail about one thing, or about all things of a kind."""
        with self._database.read() as connection:
            return self.followers(connection, kind, subject)

    def followers(self, transaction: Transaction, kind: Subject, subject: str | None = None) -> list[Subscription]:
        """The same as part of a write; one of each contact and subject."""
        query = sa.select(subscription).where(subscription.c.kind == kind, subscription.c.confirmed_at.is_not(None))
        if subject is not None:
            query = query.where(subscription.c.subject == subject)
        rows = transaction.execute(query.order_by(subscription.c.id)).all()
        return list({(row.contact, row.subject): _subscription(row) for row in rows}.values())

    def move_followers(self, transaction: Transaction, kind: Subject, source: str, target: str) -> None:
        """Who asked for mail about `source` gets it about `target`, once."""
        query = sa.select(subscription).where(subscription.c.kind == kind, subscription.c.subject == source)
        for row in transaction.execute(query).all():
            here = subscription.c.id == row.id
            if transaction.scalar(sa.select(subscription.c.id).where(_same(_subscription(row, subject=target)))):
                transaction.execute(sa.delete(subscription).where(here))
            else:
                transaction.execute(sa.update(subscription).where(here).values(subject=target))

    def note_runs(self, transaction: Transaction, item: Subscription, runs: Iterable[str]) -> None:
        """Remember which runs a follower of an offering knows of."""
        same = (subscription.c.contact == item.contact) & (subscription.c.subject == item.subject)
        transaction.execute(sa.update(subscription).where(same).values(known_runs=sorted(runs)))

    def leads_to(self, transaction: Transaction, person: str) -> bool:
        """True when any row is about this person."""
        tables = (interest, joining, feedback, form_answer, known_browser, subscription)
        tried = [sa.select(table.c.person).where(table.c.person == person) for table in tables]
        tried += [sa.select(proposal.c.author).where(proposal.c.author == person)]
        tried += [sa.select(table.c.contact).where(table.c.contact == person) for table in (subscription, mail)]
        return any(transaction.execute(query.limit(1)).first() for query in tried)

    # Forgetting

    def erase(self, transaction: Transaction, persons: set[str], at: dt.datetime) -> int:
        """Remove every row that leads to these persons, and to browsers known as theirs; how many rows there were.

        A proposal that others joined, or that a provider took up, stays without its author; else it goes too.
        """
        known = sa.select(known_browser.c.browser).where(known_browser.c.person.in_(persons))
        asked = sa.select(subscription.c.contact).where(subscription.c.person.in_(persons))
        everyone = persons | set(transaction.scalars(known)) | _unconfirmed(transaction, asked)
        own = transaction.execute(
            sa.select(proposal.c.id, proposal.c.state).where(proposal.c.author.in_(everyone))
        ).all()
        touched = [("interest", row.offering) for row in transaction.execute(
            sa.select(interest.c.offering).where(interest.c.person.in_(everyone)))]  # fmt: skip
        touched += [("proposal", row.proposal) for row in transaction.execute(
            sa.select(joining.c.proposal).where(joining.c.person.in_(everyone)))]  # fmt: skip
        number = 0
        for table in (interest, joining, feedback, form_answer, known_browser, subscription):
            number += transaction.execute(sa.delete(table).where(table.c.person.in_(everyone))).rowcount
        for table, column in ((subscription, "contact"), (mail, "contact"), (contact, "key")):
            number += transaction.execute(sa.delete(table).where(table.c[column].in_(everyone))).rowcount
        number += _leave_proposals(transaction, own)
        forget_idle_contacts(transaction)
        for entity, entity_id in dict.fromkeys(touched):
            note(transaction, entity, entity_id, at)
        return number


def forget_idle_contacts(transaction: Transaction) -> None:
    """Remove addresses that nobody asks mail to, and what still waited for them."""
    asked = sa.select(subscription.c.contact)
    idle = mail.c.address.is_(None) & mail.c.contact.not_in(asked)
    transaction.execute(sa.delete(mail).where(idle, mail.c.sent_at.is_(None)))
    transaction.execute(sa.delete(contact).where(contact.c.key.not_in(asked)))


def _same(item: Subscription) -> sa.ColumnElement[bool]:
    return (
        (subscription.c.contact == item.contact)
        & (subscription.c.person == item.person)
        & (subscription.c.kind == item.kind)
        & (subscription.c.subject == item.subject)
    )


def _move_subscriptions(transaction: Transaction, browser: str, person: str) -> None:
    """What the browser subscribed to with this address is the contact's; one that the contact has already goes."""
    ours = (subscription.c.contact == person) & (subscription.c.person == browser)
    for row in transaction.execute(sa.select(subscription).where(ours)).all():
        same = _subscription(row, person=person)
        had = transaction.execute(sa.select(subscription.c.id).where(_same(same))).first()
        if had is None:
            change = sa.update(subscription).where(subscription.c.id == row.id).values(person=person)
            transaction.execute(change)
        else:
            transaction.execute(sa.delete(subscription).where(subscription.c.id == row.id))


def _unconfirmed(transaction: Transaction, asked: sa.Select) -> set[str]:
    """Of the contacts asked for, those never confirmed: nobody else can be waiting for them."""
    return set(
        transaction.scalars(sa.select(contact.c.key).where(contact.c.key.in_(asked), contact.c.confirmed_at.is_(None)))
    )


def _leave_proposals(transaction: Transaction, own: list[Row]) -> int:
    for row in own:
        others = transaction.scalar(sa.select(sa.func.count()).where(joining.c.proposal == row.id))
        here = proposal.c.id == row.id
        merged = transaction.scalar(sa.select(sa.func.count()).where(proposal.c.merged_into == row.id))
        if others or merged or row.state not in ("open", "threshold_reached"):
            transaction.execute(sa.update(proposal).where(here).values(author=None))
        else:
            transaction.execute(sa.delete(proposal).where(here))
    return len(own)


def _subscription(row: Row, **changes: object) -> Subscription:
    values = {
        "contact": row.contact,
        "person": row.person,
        "kind": Subject(row.kind),
        "subject": row.subject,
        "language": row.language,
        "known_runs": tuple(row.known_runs),
        "created_at": row.created_at,
        "confirmed_at": row.confirmed_at,
    }
    return Subscription(**(values | changes))
