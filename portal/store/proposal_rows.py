"""Makes values of the model from rows of proposals and commitments."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from portal.model.interest import Level
from portal.model.proposal import Commitment, Moderation, Proposal, Standing, State, Wish
from portal.store.signal_tables import commitment


def commitments_where(connection: Connection, condition: sa.ColumnElement[bool]) -> list[Commitment]:
    """The oldest first."""
    rows = connection.execute(sa.select(commitment).where(condition).order_by(commitment.c.id))
    return [
        Commitment(
            provider=row.provider,
            start=row.start,
            min_group=row.min_group,
            max_group=row.max_group,
            offering=row.offering,
            price_cents=row.price_cents,
            id=row.id,
            created_at=row.created_at,
            ended_at=row.ended_at,
            ending=row.ending or "",
        )
        for row in rows
    ]


def standing_of(rows: Iterable[Row]) -> Standing:
    """Of rows with level, people and confirmed, one for each who stands behind a proposal."""
    confirmed, everyone, employers, seats = {}, {}, 0, 0
    for row in rows:
        level = Level(row.level)
        everyone[level] = everyone.get(level, 0) + row.people
        if row.confirmed:
            confirmed[level] = confirmed.get(level, 0) + row.people
        if level is Level.ORGANISATION:
            employers, seats = employers + 1, seats + row.people
    return Standing(confirmed, everyone, employers, seats)


def proposal_of(row: Row) -> Proposal:
    return Proposal(
        id=row.id,
        wish=Wish(
            title=row.title,
            text=row.text,
            field=row.field,
            scope=row.scope,
            language=row.language,
            region=row.region,
            mode=row.mode,
            start_by=row.start_by,
            group_size=row.group_size,
        ),
        text_language=row.text_language,
        state=State(row.state),
        moderation=Moderation(row.moderation),
        created_at=row.created_at,
        updated_at=row.updated_at,
        merged_into=row.merged_into,
        example=row.example,
    )
