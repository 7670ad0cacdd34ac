"""Keeps feedback after runs, and reports of what is wrong."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal.model.feedback import Feedback, Report
from portal.store.database import Database, Transaction
from portal.store.signal_tables import feedback, report


@dataclass(frozen=True)
class KeptReport:
    """A report as it lies in the store. `kind` and `subject` say what it is about, `language` that of its reader."""

    id: int
    kind: str
    subject: str
    report: Report
    language: str
    at: dt.datetime


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

    def add_report(
        self, transaction: Transaction, kind: str, subject: str, item: Report, language: str, at: dt.datetime
    ) -> int:
        added = sa.insert(report).values(
            kind=kind, subject=subject, reason=item.reason, text=item.text, language=language, created_at=at
        )
        return transaction.execute(added).inserted_primary_key[0]

    def open_reports(self) -> list[KeptReport]:
        """Reports that nobody has handled yet, the oldest first."""
        query = sa.select(report).where(report.c.handled_at.is_(None)).order_by(report.c.id)
        with self._database.read() as connection:
            return [
                KeptReport(row.id, row.kind, row.subject, Report(row.reason, row.text), row.language, row.created_at)
                for row in connection.execute(query)
            ]

    def handle_report(self, transaction: Transaction, report_id: int, at: dt.datetime) -> bool:
        """Note that it was handled; False when there is no such report. Once more changes nothing."""
        here = report.c.id == report_id
        transaction.execute(sa.update(report).where(here, report.c.handled_at.is_(None)).values(handled_at=at))
        return transaction.scalar(sa.select(report.c.id).where(here)) is not None

    def reports_since(self, transaction: Transaction, kind: str, subject: str, since: dt.datetime) -> int:
        query = sa.select(sa.func.count()).where(
            report.c.kind == kind, report.c.subject == subject, report.c.created_at >= since
        )
        return transaction.scalar(query)
