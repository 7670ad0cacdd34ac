"""Keeps proposals, who stands behind them, and every step of their way."""

import datetime as dt
import secrets
from collections.abc import Sequence

import sqlalchemy as sa

from portal.model.errors import NotFound
from portal.model.interest import Level
from portal.model.proposal import (
    Commitment,
    Joining,
    Moderation,
    Proposal,
    Standing,
    State,
    Step,
    TakenStep,
    Wish,
    state_after,
)
from portal.store.database import Database, Transaction
from portal.store.proposal_rows import commitments_where, proposal_of, standing_of
from portal.store.signal_tables import commitment, joining, proposal, proposal_step
from portal.store.signals import note

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class ProposalStore:
    """Proposals with their history. Methods that take a transaction are parts of a write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Proposals

    def add(
        self, transaction: Transaction, wish: Wish, *, text_language: str, author: str | None, at: dt.datetime,
        moderation: Moderation, example: bool = False, proposal_id: str = "",
    ) -> str:  # fmt: skip
        """Keep a new proposal; its id of eight letters and digits."""
        proposal_id = proposal_id or "".join(secrets.choice(_ALPHABET) for _ in range(8))
        transaction.execute(
            sa.insert(proposal).values(
                id=proposal_id,
                title=wish.title,
                text=wish.text,
                text_language=text_language,
                field=wish.field,
                scope=wish.scope,
                language=wish.language,
                region=wish.region,
                mode=wish.mode,
                start_by=wish.start_by,
                group_size=wish.group_size,
                state=State.OPEN,
                moderation=moderation,
                author=author,
                example=example,
                created_at=at,
                updated_at=at,
            )
        )
        note(transaction, "proposal", proposal_id, at)
        return proposal_id

    def moderate(
        self, transaction: Transaction, proposal_id: str, moderation: Moderation, at: dt.datetime,
        merged_into: str | None = None,
    ) -> None:  # fmt: skip
        values = {"moderation": moderation, "updated_at": at, "merged_into": merged_into}
        transaction.execute(sa.update(proposal).where(proposal.c.id == proposal_id).values(**values))
        note(transaction, "proposal", proposal_id, at)

    def get(self, transaction: Transaction, proposal_id: str) -> Proposal:
        """The proposal in any state; raises NotFound."""
        row = transaction.execute(sa.select(proposal).where(proposal.c.id == proposal_id)).first()
        if row is None:
            raise NotFound(f"There is no proposal {proposal_id}.")
        return proposal_of(row)

    def is_author(self, transaction: Transaction, proposal_id: str, persons: set[str]) -> bool:
        """True when any of these keys is the author's."""
        return transaction.scalar(sa.select(proposal.c.author).where(proposal.c.id == proposal_id)) in persons

    def find(self, proposal_id: str) -> Proposal | None:
        with self._database.read() as connection:
            row = connection.execute(sa.select(proposal).where(proposal.c.id == proposal_id)).first()
        return proposal_of(row) if row else None

    def listing(
        self, moderation: Sequence[Moderation] = (Moderation.VISIBLE,), states: Sequence[State] = tuple(State)
    ) -> list[Proposal]:
        """Proposals in these states, the newest first."""
        query = sa.select(proposal).where(proposal.c.moderation.in_(moderation), proposal.c.state.in_(states))
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(proposal.c.created_at.desc(), proposal.c.id))
            return [proposal_of(row) for row in rows]

    # Those who stand behind one

    def join(
        self, transaction: Transaction, proposal_id: str, person: str, item: Joining, *, language: str,
        at: dt.datetime, confirmed: bool = False, example: bool = False,
    ) -> bool:  # fmt: skip
        """Keep the one joining of this person; True when it replaced an earlier one. What was confirmed stays so."""
        is_ours = (joining.c.person == person) & (joining.c.proposal == proposal_id)
        before = transaction.execute(sa.select(joining.c.confirmed).where(is_ours)).first()
        values = {
            "level": item.level,
            "people": item.people,
            "needed_by": item.needed_by,
            "budget": item.budget,
            "name": item.name or None,
            "name_public": item.name_public,
            "language": language,
            "updated_at": at,
        }
        if before is None:
            values |= {"confirmed": confirmed, "example": example, "created_at": at}
            transaction.execute(sa.insert(joining).values(person=person, proposal=proposal_id, **values))
        else:
            values["confirmed"] = confirmed or before.confirmed
            transaction.execute(sa.update(joining).where(is_ours).values(**values))
        note(transaction, "proposal", proposal_id, at)
        return before is not None

    def leave(self, transaction: Transaction, proposal_id: str, person: str, at: dt.datetime) -> bool:
        gone = sa.delete(joining).where(joining.c.person == person, joining.c.proposal == proposal_id)
        removed = transaction.execute(gone).rowcount
        if removed:
            note(transaction, "proposal", proposal_id, at)
        return bool(removed)

    def joined_by(self, transaction: Transaction, person: str) -> list[str]:
        """Ids of the proposals that a person stands behind."""
        return list(transaction.scalars(sa.select(joining.c.proposal).where(joining.c.person == person)))

    def employers_among(self, transaction: Transaction, proposal_id: str) -> set[str]:
        """Persons who stand behind a proposal for an organisation."""
        query = sa.select(joining.c.person).where(
            joining.c.proposal == proposal_id, joining.c.level == Level.ORGANISATION
        )
        return set(transaction.scalars(query))

    def joining_of(self, person: str, proposal_id: str) -> Joining | None:
        query = sa.select(joining).where(joining.c.person == person, joining.c.proposal == proposal_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Joining(Level(row.level), row.people, row.needed_by, row.budget, row.name or "", row.name_public)

    def employers(self, proposal_id: str, *, public_only: bool = True) -> list[Joining]:
        """Organisations behind a proposal, for its provider; for everybody only those that chose to be named."""
        query = sa.select(joining).where(joining.c.proposal == proposal_id, joining.c.level == Level.ORGANISATION)
        if public_only:
            query = query.where(joining.c.name_public.is_(True), joining.c.confirmed.is_(True))
        with self._database.read() as connection:
            return [
                Joining(Level(row.level), row.people, row.needed_by, row.budget, row.name or "", row.name_public)
                for row in connection.execute(query.order_by(joining.c.id))
            ]

    def standing(self, proposal_id: str) -> Standing:
        with self._database.read() as connection:
            return self.standing_within(connection, proposal_id)

    def standing_within(self, transaction: Transaction, proposal_id: str) -> Standing:
        """Exact numbers of those behind a proposal, seen within a write."""
        query = sa.select(joining.c.level, joining.c.people, joining.c.confirmed)
        return standing_of(transaction.execute(query.where(joining.c.proposal == proposal_id)))

    def move_joinings(self, transaction: Transaction, source: str, target: str) -> None:
        """Those behind `source` stand behind `target`; who stood behind both is there once, with the later word."""
        for row in transaction.execute(sa.select(joining).where(joining.c.proposal == source)).all():
            same = (joining.c.proposal == target) & (joining.c.person == row.person)
            other = transaction.execute(sa.select(joining.c.id, joining.c.updated_at).where(same)).first()
            if other is not None and other.updated_at >= row.updated_at:
                transaction.execute(sa.delete(joining).where(joining.c.id == row.id))
                continue
            if other is not None:
                transaction.execute(sa.delete(joining).where(joining.c.id == other.id))
            transaction.execute(sa.update(joining).where(joining.c.id == row.id).values(proposal=target))

    def point_to(self, transaction: Transaction, source: str, target: str) -> None:
        """What was joined with `source` before is joined with `target` now."""
        change = sa.update(proposal).where(proposal.c.merged_into == source)
        transaction.execute(change.values(merged_into=target))

    # The way

    def take_step(
        self, transaction: Transaction, proposal_id: str, step: Step, at: dt.datetime, *, reason: str = "",
        provider: str | None = None, commitment_id: int | None = None, other: str | None = None,
    ) -> int:  # fmt: skip
        """Add a step to the history and move the proposal; its number. Raises Refused when it is not allowed now."""
        state = state_after(step, self.get(transaction, proposal_id).state)
        added = sa.insert(proposal_step).values(
            proposal=proposal_id, step=step, state=state, at=at, reason=reason or None, provider=provider,
            commitment=commitment_id, other=other,
        )  # fmt: skip
        number = transaction.execute(added).inserted_primary_key[0]
        here = proposal.c.id == proposal_id
        transaction.execute(sa.update(proposal).where(here).values(state=state, updated_at=at))
        note(transaction, "proposal", proposal_id, at)
        return number

    def history(self, proposal_id: str) -> list[TakenStep]:
        """Every step, the oldest first."""
        query = sa.select(proposal_step).where(proposal_step.c.proposal == proposal_id).order_by(proposal_step.c.id)
        with self._database.read() as connection:
            promised = {item.id: item for item in commitments_where(connection, commitment.c.proposal == proposal_id)}
            return [
                TakenStep(
                    id=row.id,
                    step=Step(row.step),
                    state=State(row.state),
                    at=row.at,
                    reason=row.reason or "",
                    provider=row.provider,
                    other=row.other,
                    commitment=promised.get(row.commitment),
                )
                for row in connection.execute(query)
            ]

    def commit(self, transaction: Transaction, proposal_id: str, item: Commitment, at: dt.datetime) -> int:
        added = sa.insert(commitment).values(
            proposal=proposal_id, provider=item.provider, offering=item.offering, start=item.start,
            price_cents=item.price_cents, min_group=item.min_group, max_group=item.max_group, created_at=at,
        )  # fmt: skip
        return transaction.execute(added).inserted_primary_key[0]

    def commitment_within(self, transaction: Transaction, proposal_id: str) -> Commitment | None:
        """The promise that holds now."""
        holding = (commitment.c.proposal == proposal_id) & commitment.c.ended_at.is_(None)
        return next(iter(commitments_where(transaction, holding)), None)

    def end_commitment(self, transaction: Transaction, commitment_id: int, ending: str, at: dt.datetime) -> None:
        """`ending`: withdrawn, late, cancelled or held."""
        here = commitment.c.id == commitment_id
        transaction.execute(sa.update(commitment).where(here).values(ended_at=at, ending=ending))

    def name_offering(self, transaction: Transaction, commitment_id: int, offering_id: str) -> None:
        """The offering that the promise became."""
        here = commitment.c.id == commitment_id
        transaction.execute(sa.update(commitment).where(here).values(offering=offering_id))

    def late(self, transaction: Transaction, today: dt.date) -> list[str]:
        """Proposals whose promised start has passed while enrolment never opened."""
        query = (
            sa.select(proposal.c.id)
            .join(commitment, commitment.c.proposal == proposal.c.id)
            .where(proposal.c.state == State.COMMITTED, commitment.c.ended_at.is_(None), commitment.c.start < today)
        )
        return list(transaction.scalars(query.order_by(proposal.c.id)))
