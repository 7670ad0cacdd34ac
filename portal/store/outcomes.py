"""Keeps what became of runs: how many came, beside the signals there were."""

import datetime as dt

import sqlalchemy as sa

from portal.model.outcome import Outcome
from portal.store.database import Transaction
from portal.store.signal_tables import outcome
from portal.store.signals import note


class OutcomeStore:
    """Outcomes are only added; `DemandStore.outcomes` reads them."""

    def add(self, transaction: Transaction, item: Outcome, at: dt.datetime) -> None:
        transaction.execute(
            sa.insert(outcome).values(
                proposal=item.proposal,
                offering=item.offering,
                provider=item.provider,
                held_on=item.held_on,
                participants=item.participants,
                signals=dict(item.signals) | {"employers": item.employers},
                example=item.example,
                created_at=at,
            )
        )
        note(transaction, "outcome", item.proposal or item.offering or item.provider, at)
