"""Reads at once what the first page of a provider's desk tells about drafts and files."""

from dataclasses import dataclass

import sqlalchemy as sa

from portal.model.draft import DraftState
from portal.store.database import Database
from portal.store.desk_tables import draft
from portal.store.schema import offering
from portal.store.signal_tables import report


@dataclass(frozen=True)
class Pending:
    """How much lies unfinished: drafts in all, of them in review, and reports that nobody has handled."""

    drafts: int
    in_review: int
    reports: int


class DeskStore:
    """Counts for one provider, by SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self, provider: str) -> Pending:
        states = sa.select(draft.c.state, sa.func.count()).where(draft.c.provider == provider).group_by(draft.c.state)
        own = sa.select(offering.c.id).where(offering.c.provider == provider)
        reports = sa.select(sa.func.count()).where(
            report.c.kind == "offering",
            report.c.subject.in_(own),
            sa.func.coalesce(report.c.provider_handled_at, report.c.handled_at).is_(None),
        )
        with self._database.read() as connection:
            drafts = dict(connection.execute(states).all())
            return Pending(sum(drafts.values()), drafts.get(DraftState.REVIEW, 0), connection.scalar(reports))
