"""Reminds providers by mail before the enrolment of a run opens, and when the last run of an offering has ended."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.model.contact import Letter, Subject
from portal.model.provider import Provider
from portal.services.announcing import Announcing
from portal.services.clock import Clock
from portal.services.persons import Persons
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Transaction
from portal.store.freshness import DatedOffering, FreshnessStore
from portal.store.letters import LetterStore

BEFORE = dt.timedelta(days=7)
"""So long before enrolment opens."""

_AFTER = dt.timedelta(days=14)
"""What has ended longer ago is no news: it stands on the desk."""

_MOST_LISTED = 30


@dataclass(frozen=True)
class _Reminder:
    """One thing to tell: `step` is `opens` or `ended`, `day` that of enrolment or the last day of the run."""

    offering: DatedOffering
    step: str
    run: str
    day: dt.date

    @property
    def name(self) -> str:
        """What the log of mail knows it by; run ids may be longer than its column."""
        run = self.run if len(self.run) <= 40 else hashlib.sha256(self.run.encode()).hexdigest()[:40]
        return f"{self.step}:{run}"


class Reminding:
    """One letter a provider and day, listing all; each run is told of once. Examples are left out."""

    def __init__(
        self, freshness: FreshnessStore, letters: LetterStore, catalog: CatalogStore, announcing: Announcing,
        persons: Persons, writer: GroupCommit, clock: Clock,
    ) -> None:  # fmt: skip
        self._freshness = freshness
        self._letters = letters
        self._catalog = catalog
        self._announcing = announcing
        self._persons = persons
        self._writer = writer
        self._clock = clock

    def remind(self) -> int:
        """Put the letters of the day in the outbox, the first time it is asked that day; how many."""
        today = self._clock().date()
        if self._freshness.looked_through_on() == today:
            return 0
        providers = {item.id: item for item in self._catalog.admitted_providers().values() if item.contact_email}
        due: dict[str, list[_Reminder]] = defaultdict(list)
        for item in self._freshness.offerings(providers):
            due[item.provider].extend(_due(item, today))

        def write(transaction: Transaction) -> int:
            if not self._freshness.note_looked_through(transaction, today):
                return 0  # another process was faster
            return sum(self._tell(transaction, providers[name], found, today) for name, found in due.items())

        return self._writer.do(write)

    def _tell(self, transaction: Transaction, provider: Provider, found: Iterable[_Reminder], today: dt.date) -> bool:
        contact, at = self._persons.of_address(provider.contact_email), self._clock()
        new = [
            item
            for item in sorted(found, key=lambda item: (item.step, item.day, item.offering.id))
            if self._letters.note_told(
                transaction, Letter(contact, Subject.OFFERING, item.offering.id, item.name, "reminder", ""), at
            )
        ]
        if new:
            content = {
                step: [_as_content(item) for item in new if item.step == step][:_MOST_LISTED]
                for step in ("opens", "ended")
            } | {"number": len(new), "title": dict(new[0].offering.title)}
            self._announcing.provider(
                transaction, provider, Subject.PROVIDER, provider.id, f"runs:{today}", "reminder", content, at
            )
        return bool(new)


def _due(item: DatedOffering, today: dt.date) -> Iterator[_Reminder]:
    for run in item.runs:
        if run.days.enrol_from and today < run.days.enrol_from <= today + BEFORE:
            yield _Reminder(item, "opens", run.id, run.days.enrol_from)
    if item.runs and all(run.days.have_ended(today) for run in item.runs):
        last = max(item.runs, key=lambda run: run.days.end)
        if last.days.end >= today - _AFTER:
            yield _Reminder(item, "ended", last.id, last.days.end)


def _as_content(item: _Reminder) -> dict[str, object]:
    return {"id": item.offering.id, "title": dict(item.offering.title), "day": item.day.isoformat()}
