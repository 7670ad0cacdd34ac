"""Keeps feedback after runs, and reports of what is wrong."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Row

from portal.model.feedback import Feedback, Report
from portal.store.database import Database, Transaction
from portal.store.schema import offering
from portal.store.signal_tables import feedback, report


@dataclass(frozen=True)
class KeptReport:
    """A report as it lies in the store. `kind` and `subject` say what it is about, `language` that of its reader;
    `handled_at` is None while no moderator has seen to it, `provider_handled_at` while nobody of the offering's
    provider has. A moderator's note settles it for both, a provider's for the provider only. Times are UTC."""

    id: int
    kind: str
    subject: str
    report: Report
    language: str
    at: dt.datetime
    handled_at: dt.datetime | None = None
    provider_handled_at: dt.datetime | None = None

    @property
    def seen_to_at(self) -> dt.datetime | None:
        """For the provider: since when it need not be looked at, by whomever it was seen to."""
        return self.provider_handled_at or self.handled_at


class OpinionStore:
    """One feedback of a person and offering; reports tell nothing of their senders."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_feedback(
        self, transaction: Transaction, person: str, offering_id: str, item: Feedback, language: str, at: dt.datetime
    ) -> bool:
        """False when the person had answered before; the first answer stays."""
        same = (feedback.c.person == person) & (feedback.c.offering == offering_id)
        if transaction.scalar(sa.select(feedback.c.id).where(same)) is not None:
            return False
        transaction.execute(
            sa.insert(feedback).values(
                person=person, offering=offering_id, outcomes_met=item.outcomes_met, recommends=item.recommends,
                next=item.next, language=language, created_at=at,
            )
        )  # fmt: skip
        return True

    def feedback_of(self, offering_id: str) -> list[Feedback]:
        """Every answer, the oldest first."""
        query = sa.select(feedback).where(feedback.c.offering == offering_id).order_by(feedback.c.id)
        with self._database.read() as connection:
            return [Feedback(row.outcomes_met, row.recommends, row.next) for row in connection.execute(query)]

    def feedback_of_provider(self, provider: str) -> dict[str, list[Feedback]]:
        """Every answer on the provider's offerings by offering, the oldest first."""
        query = (
            sa.select(feedback)
            .join(offering, offering.c.id == feedback.c.offering)
            .where(offering.c.provider == provider)
            .order_by(feedback.c.id)
        )
        found: dict[str, list[Feedback]] = defaultdict(list)
        with self._database.read() as connection:
            for row in connection.execute(query):
                found[row.offering].append(Feedback(row.outcomes_met, row.recommends, row.next))
        return found

    def add_report(
        self, transaction: Transaction, kind: str, subject: str, item: Report, language: str, at: dt.datetime
    ) -> int:
        added = sa.insert(report).values(
            kind=kind, subject=subject, reason=item.reason, text=item.text, language=language, created_at=at
        )
        return transaction.execute(added).inserted_primary_key[0]

    def open_reports(self) -> list[KeptReport]:
        """Reports that no moderator has handled yet, the oldest first."""
        query = sa.select(report).where(report.c.handled_at.is_(None)).order_by(report.c.id)
        with self._database.read() as connection:
            return [_kept(row) for row in connection.execute(query)]

    def handle_report(self, transaction: Transaction, report_id: int, at: dt.datetime) -> bool:
        """Note that a moderator handled it; False when there is no such report. Once more changes nothing."""
        here = report.c.id == report_id
        transaction.execute(sa.update(report).where(here, report.c.handled_at.is_(None)).values(handled_at=at))
        return transaction.scalar(sa.select(report.c.id).where(here)) is not None

    def reports_since(self, transaction: Transaction, kind: str, subject: str, since: dt.datetime) -> int:
        query = sa.select(sa.func.count()).where(
            report.c.kind == kind, report.c.subject == subject, report.c.created_at >= since
        )
        return transaction.scalar(query)

    def reports_of_provider(self, provider: str, limit: int = 200) -> list[KeptReport]:
        """Reports on the provider's offerings: first those that nobody has handled, the newest first."""
        seen_to = sa.func.coalesce(report.c.provider_handled_at, report.c.handled_at).is_not(None)
        query = (
            sa.select(report)
            .where(report.c.kind == "offering", report.c.subject.in_(_own(provider)))
            .order_by(seen_to, report.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [_kept(row) for row in connection.execute(query)]

    def set_provider_handled(
        self, transaction: Transaction, provider: str, report_id: int, at: dt.datetime | None
    ) -> bool:
        """Note when the provider saw to a report, None for not yet; False when it is not on one of its offerings."""
        ours = (report.c.id == report_id) & (report.c.kind == "offering") & report.c.subject.in_(_own(provider))
        return bool(transaction.execute(sa.update(report).where(ours).values(provider_handled_at=at)).rowcount)


def _kept(row: Row) -> KeptReport:
    item = Report(row.reason, row.text)
    return KeptReport(
        row.id, row.kind, row.subject, item, row.language, row.created_at, row.handled_at, row.provider_handled_at
    )


def _own(provider: str) -> sa.Select:
    return sa.select(offering.c.id).where(offering.c.provider == provider)
