"""Counts and removes rows that are older than they may be, by the name of a rule."""

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa

from portal.model.proposal import Moderation, State
from portal.store.database import Database
from portal.store.desk_tables import desk_session, desk_user
from portal.store.people import forget_idle_contacts
from portal.store.signal_tables import (
    feedback,
    form_answer,
    interest,
    joining,
    known_browser,
    mail,
    proposal,
    report,
    signal_outbox,
    subscription,
    unsuitable,
    vain_search,
)

Condition = sa.ColumnElement[bool]
MIN_SEARCHERS = 5
_ENDED = (State.HELD, State.CANCELLED, State.DECLINED)


class RetentionStore:
    """The rules are in `_RULES`: the table that a rule is about, and which rows are older than `before`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, name: str, before: dt.datetime) -> int:
        """How many rows the rule would remove now."""
        table, condition = _rule(name, before)
        with self._database.read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(table).where(condition))

    def remove(self, name: str, before: dt.datetime) -> int:
        """Remove them; addresses that nobody asks mail to go with them."""
        table, condition = _rule(name, before)
        with self._database.write() as connection:
            removed = connection.execute(sa.delete(table).where(condition)).rowcount
            forget_idle_contacts(connection)
            return removed


def _rule(name: str, before: dt.datetime) -> tuple[sa.Table, Condition]:
    table, condition = _RULES[name]
    return table, condition(before)


def _older(column: sa.Column) -> Callable[[dt.datetime], Condition]:
    """By a time, or by a day."""
    if isinstance(column.type, sa.Date):
        return lambda before: column < before.date()
    return lambda before: column < before


def _unconfirmed_contacts(before: dt.datetime) -> Condition:
    return (subscription.c.confirmed_at.is_(None)) & (subscription.c.created_at < before)


def _proposals_in(moderation: Moderation) -> Callable[[dt.datetime], Condition]:
    """Those that nothing else has become of."""
    return lambda before: (
        (proposal.c.moderation == moderation)
        & proposal.c.state.in_((State.OPEN, State.THRESHOLD_REACHED))
        & (proposal.c.updated_at < before)
        & proposal.c.id.not_in(sa.select(proposal.c.merged_into).where(proposal.c.merged_into.is_not(None)))
    )


def _ended(before: dt.datetime) -> sa.Select:
    return sa.select(proposal.c.id).where(proposal.c.state.in_(_ENDED), proposal.c.updated_at < before)


def _rare_searches(before: dt.datetime) -> Condition:
    """Words that in no month so many people searched; nobody can be told apart over two months."""
    often = (
        sa.select(vain_search.c.words, vain_search.c.language)
        .group_by(vain_search.c.words, vain_search.c.language, vain_search.c.month)
        .having(sa.func.count(vain_search.c.searcher.distinct()) >= MIN_SEARCHERS)
    )
    return (vain_search.c.day < before.date()) & sa.tuple_(vain_search.c.words, vain_search.c.language).not_in(often)


def _old_changes(before: dt.datetime) -> Condition:
    """Never the last one, by which followers know how far they are."""
    return (signal_outbox.c.at < before) & (
        signal_outbox.c.seq < sa.select(sa.func.max(signal_outbox.c.seq)).scalar_subquery()
    )


def _idle_users(before: dt.datetime) -> Condition:
    return sa.func.coalesce(desk_user.c.signed_in_at, desk_user.c.created_at) < before


_RULES: dict[str, tuple[sa.Table, Callable[[dt.datetime], Condition]]] = {
    "unconfirmed_contacts": (subscription, _unconfirmed_contacts),
    "unconfirmed_proposals": (proposal, _proposals_in(Moderation.CONFIRMATION)),
    "hidden_proposals": (proposal, _proposals_in(Moderation.HIDDEN)),
    "interests": (interest, _older(interest.c.updated_at)),
    "joinings": (joining, _older(joining.c.updated_at)),
    "ended_joinings": (joining, lambda before: joining.c.proposal.in_(_ended(before))),
    "subscriptions": (subscription, _older(subscription.c.created_at)),
    "ended_subscriptions": (
        subscription,
        lambda before: (
            (subscription.c.kind == "proposal")
            & (subscription.c.created_at < before)
            & (
                subscription.c.subject.in_(_ended(before))
                | subscription.c.subject.not_in(sa.select(proposal.c.id))  # removed by a moderator
            )
        ),
    ),
    "known_browsers": (known_browser, _older(known_browser.c.created_at)),
    "unsent_letters": (mail, lambda before: mail.c.sent_at.is_(None) & (mail.c.created_at < before)),
    "sent_letters": (mail, _older(mail.c.sent_at)),
    "form_answers": (form_answer, _older(form_answer.c.at)),
    "rare_searches": (vain_search, _rare_searches),
    "searches": (vain_search, _older(vain_search.c.day)),
    "unsuitable": (unsuitable, _older(unsuitable.c.day)),
    "feedback": (feedback, _older(feedback.c.created_at)),
    "reports": (report, _older(report.c.created_at)),
    "changes": (signal_outbox, _old_changes),
    "ended_sessions": (desk_session, _older(desk_session.c.ends_at)),
    "idle_users": (desk_user, _idle_users),
}
