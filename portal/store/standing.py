"""Keeps whether providers may publish, how they wish to, and the operator's decisions on them."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.model.admission import Admission, AdmissionStep
from portal.store.database import Database, Transaction
from portal.store.desk_tables import admission_step
from portal.store.saving import note_change
from portal.store.schema import provider_standing


class StandingStore:
    """A provider of whom nothing is kept is admitted and publishes without four eyes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def admission(self, transaction: Transaction, provider: str) -> Admission:
        found = transaction.scalar(
            sa.select(provider_standing.c.admission).where(provider_standing.c.provider == provider)
        )
        return Admission(found) if found else Admission.ADMITTED

    def admissions(self) -> dict[str, Admission]:
        """By provider, for those of whom something is kept."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(provider_standing.c.provider, provider_standing.c.admission))
            return {row.provider: Admission(row.admission) for row in rows}

    def wants_four_eyes(self, provider: str) -> bool:
        """Whether somebody else than the author must publish."""
        with self._database.read() as connection:
            return bool(
                connection.scalar(
                    sa.select(provider_standing.c.four_eyes).where(provider_standing.c.provider == provider)
                )
            )

    def decide(self, transaction: Transaction, step: AdmissionStep) -> None:
        """Take a step. What visitors see of the provider changes with it, so the catalogue's outbox is told."""
        self._set(transaction, step.provider, admission=step.admission)
        transaction.execute(
            sa.insert(admission_step).values(
                provider=step.provider, admission=step.admission, reason=step.reason, user=step.user, at=step.at,
                checklist=list(step.checklist),
            )
        )  # fmt: skip
        note_change(transaction, "provider", step.provider, step.at)

    def set_four_eyes(self, transaction: Transaction, provider: str, wanted: bool) -> None:
        self._set(transaction, provider, four_eyes=wanted)

    def steps(self, provider: str) -> Sequence[AdmissionStep]:
        """The operator's decisions, the newest first."""
        query = sa.select(admission_step).where(admission_step.c.provider == provider)
        with self._database.read() as connection:
            return [
                AdmissionStep(
                    row.provider, Admission(row.admission), row.at, row.reason, tuple(row.checklist), row.user
                )
                for row in connection.execute(query.order_by(admission_step.c.id.desc()))
            ]

    def _set(self, transaction: Transaction, provider: str, **values: object) -> None:
        changed = transaction.execute(
            sa.update(provider_standing).where(provider_standing.c.provider == provider).values(**values)
        )
        if not changed.rowcount:
            whole = {"admission": Admission.ADMITTED, "four_eyes": False} | values
            transaction.execute(sa.insert(provider_standing).values(provider=provider, **whole))
