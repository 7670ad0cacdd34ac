"""Keeps which wishes a provider left to others, and reads at once what a list of wishes shows of each."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from portal.model.proposal import Commitment, Moderation, Standing
from portal.store.database import Database, Transaction
from portal.store.desk_tables import passed_over
from portal.store.proposal_rows import commitments_where, standing_of
from portal.store.signal_tables import commitment, joining, proposal

_HELD = "held"


@dataclass(frozen=True)
class PassedOver:
    """That a provider left a wish to others; `reason` is for its own people."""

    reason: str
    at: dt.datetime


class AnswerStore:
    """What providers answer to wishes, beside the steps that `ProposalStore` keeps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pass_over(
        self, transaction: Transaction, provider: str, proposal_id: str, reason: str, at: dt.datetime
    ) -> None:
        """Leave a wish to others; once more replaces the reason."""
        self.take_back(transaction, provider, proposal_id)
        transaction.execute(
            sa.insert(passed_over).values(provider=provider, proposal=proposal_id, reason=reason, at=at)
        )

    def take_back(self, transaction: Transaction, provider: str, proposal_id: str) -> None:
        """As if the wish had never been left to others."""
        same = (passed_over.c.provider == provider) & (passed_over.c.proposal == proposal_id)
        transaction.execute(sa.delete(passed_over).where(same))

    def passed_over(self, provider: str) -> dict[str, PassedOver]:
        """By id of the wish."""
        query = sa.select(passed_over).where(passed_over.c.provider == provider)
        with self._database.read() as connection:
            return {row.proposal: PassedOver(row.reason, row.at) for row in connection.execute(query)}

    def standings(self, ids: Collection[str]) -> dict[str, Standing]:
        """Exact numbers of those behind each of these wishes, in one query."""
        query = sa.select(joining.c.proposal, joining.c.level, joining.c.people, joining.c.confirmed)
        rows: dict[str, list] = {proposal_id: [] for proposal_id in ids}
        with self._database.read() as connection:
            for row in connection.execute(query.where(joining.c.proposal.in_(list(ids)))):
                rows[row.proposal].append(row)
        return {proposal_id: standing_of(found) for proposal_id, found in rows.items()}

    def promises(self) -> Mapping[str, Commitment]:
        """By id of a visible wish: the promise that holds now, or that led to its run."""
        visible = sa.select(proposal.c.id).where(proposal.c.moderation == Moderation.VISIBLE)
        holding = commitment.c.ended_at.is_(None) | (commitment.c.ending == _HELD)
        with self._database.read() as connection:
            made = commitments_where(connection, holding & commitment.c.proposal.in_(visible))
            ids = sa.select(commitment.c.id, commitment.c.proposal).where(holding)
            subjects = {row.id: row.proposal for row in connection.execute(ids)}
        return {subjects[item.id]: item for item in made}
