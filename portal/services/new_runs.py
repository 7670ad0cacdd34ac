"""Finds what followers of an offering wait for: runs that are new to them, and runs that have just ended."""

import datetime as dt

from portal.model.contact import Letter, Subject, Subscription
from portal.model.offering import Run
from portal.services.catalog import Catalog, Shown
from portal.services.clock import Clock, day_in_helsinki
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.letters import LetterStore
from portal.store.people import PeopleStore

_FEEDBACK_WITHIN = dt.timedelta(days=30)


class NewRuns:
    """Looks through what people follow; done before mail is sent."""

    def __init__(
        self, people: PeopleStore, letters: LetterStore, catalog: Catalog, writer: GroupCommit, clock: Clock
    ) -> None:
        self._people = people
        self._letters = letters
        self._catalog = catalog
        self._writer = writer
        self._clock = clock

    def announce(self) -> int:
        """Put a letter in the outbox for each follower and news; how many."""
        followers = self._people.subscriptions(Subject.OFFERING)
        shown = {item.id: item for item in self._catalog.published(sorted({one.subject for one in followers}))}
        news = [
            (one, letter, shown[one.subject])
            for one in followers
            if one.subject in shown
            for letter in self._letters_for(one, shown[one.subject])
        ]

        def write(transaction: Transaction) -> int:
            number = 0
            for follower, letter, item in news:
                number += self._letters.enqueue(transaction, letter, self._clock())
                self._people.note_runs(transaction, follower, {run.id for run in item.offering.runs})
            return number

        return self._writer.do(write) if news else 0

    def _letters_for(self, follower: Subscription, item: Shown) -> list[Letter]:
        today = self._clock().date()
        title = {"title": dict(item.offering.title)}
        new = [run for run in item.offering.runs if run.id not in follower.known_runs and _is_to_come(run, today)]
        letters = []
        if new:
            first = min(new, key=lambda run: run.start or dt.date.max)
            content = title | ({"start": first.start.isoformat()} if first.start else {})
            name = f"run:{first.id}"[:64]
            letters.append(_letter(follower, name, "new_run", content))
        if any(_was_followed(follower, run, today) for run in item.offering.runs):
            letters.append(_letter(follower, "feedback", "feedback", title | {"offering": item.id}))
        return letters


def _letter(follower: Subscription, step: str, template: str, content: dict[str, object]) -> Letter:
    return Letter(follower.contact, Subject.OFFERING, follower.subject, step, template, follower.language, content)


def _is_to_come(run: Run, today: dt.date) -> bool:
    return not run.days.have_ended(today) and (
        run.start is None or run.start > today or run.days.enrolment_is_open(today)
    )


def _was_followed(follower: Subscription, run: Run, today: dt.date) -> bool:
    """True for a run that ended lately and had not begun when the follower signed up."""
    asked = day_in_helsinki(follower.created_at)
    return bool(run.end and run.start and today - _FEEDBACK_WITHIN <= run.end < today and asked <= run.start)
