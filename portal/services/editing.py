"""Writing offerings at the desk: drafts that begin from nothing or from an offering, are saved, reviewed and published."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from portal.model.catalog import CatalogEntry, State
from portal.model.differences import Difference, differences
from portal.model.draft import Draft, DraftState
from portal.model.errors import NotFound, Refused
from portal.model.message import N_, Message
from portal.model.user import By, Permission, User
from portal.services.clock import Clock
from portal.services.publishing import Publishing
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Transaction
from portal.store.drafts import DraftStore
from portal.store.history import HistoryStore, Revision
from portal.store.saving import Saved
from portal.store.standing import StandingStore
from portal.store.users import UserStore

MAX_NOTE = 1000
_A_YEAR = dt.timedelta(weeks=52)
_RUN_DAYS = ("start", "end", "enrol_from", "enrol_by")
_MAY_NOT = Message(N_("You may not publish. Send it to review."))
_FOUR_EYES = Message(N_("You were the last to change this. Somebody else must read and publish it."))
_NO_RUN = Message(N_("There is no run to copy yet."))


@dataclass(frozen=True)
class HistoryStep:
    """One revision of an offering: who made it (None where no name is known) and what it changed."""

    revision: Revision
    name: str | None
    changes: tuple[Difference, ...]


class Editing:
    """Drafts of one provider at a time. Public methods raise NotFound for what belongs to others, and Conflict when
    the draft is not at the `revision` that its reader saw."""

    def __init__(
        self, drafts: DraftStore, store: CatalogStore, standing: StandingStore, history: HistoryStore,
        users: UserStore, publishing: Publishing, writer: GroupCommit, clock: Clock,
    ) -> None:  # fmt: skip
        self._drafts = drafts
        self._store = store
        self._standing = standing
        self._history = history
        self._users = users
        self._publishing = publishing
        self._writer = writer
        self._clock = clock

    # Reading

    def draft(self, provider: str, draft_id: str) -> Draft:
        found = self._drafts.find(draft_id)
        if found is None or found.provider != provider:
            raise NotFound("There is no such draft.")
        return found

    def drafts(self, provider: str) -> list[Draft]:
        """The latest first."""
        return self._drafts.of_provider(provider)

    def draft_of(self, offering_id: str) -> Draft | None:
        return self._drafts.of_offering(offering_id)

    def offering(self, provider: str, offering_id: str) -> CatalogEntry:
        """An offering of the provider, in whatever state."""
        entry = self._store.find(offering_id)
        if entry is None or entry.offering.provider != provider:
            raise NotFound("There is no such offering.")
        return entry

    def page(
        self, provider: str, words: list[str], state: State | None, number: int, size: int
    ) -> tuple[int, list[CatalogEntry]]:
        """How many offerings of the provider have all the words, and page `number` (from 1) of them, the latest first."""
        return self._store.of_provider(provider, words, state, (number - 1) * size, size)

    def in_its_way(self, draft: Draft) -> CatalogEntry | None:
        """The offering that publishing would overwrite unseen: changed since the draft was begun, or of the same code."""
        if draft.offering:
            entry = self._store.find(draft.offering)
            return entry if entry and entry.revision != draft.base_revision else None
        code = str(draft.data.get("code", "")).strip()
        for state in (State.PUBLISHED, State.WITHDRAWN):
            if found := self._store.codes(draft.provider, state).get(code):
                return self._store.find(found)
        return None

    def name_of(self, user_id: str | None) -> str | None:
        user = self._users.find(user_id) if user_id else None
        return user.name if user else None

    def history(self, provider: str, offering_id: str, limit: int = 50) -> list[HistoryStep]:
        """The newest first, at most `limit`."""
        self.offering(provider, offering_id)
        revisions = self._history.revisions(offering_id, limit + 1)
        steps = []
        for place, revision in enumerate(revisions[:limit]):
            before = revisions[place + 1].data if place + 1 < len(revisions) else {}
            changes = differences(before, revision.data) if revision.number > 1 and before else []
            steps.append(HistoryStep(revision, self.name_of(revision.by.user), tuple(changes)))
        return steps

    # Beginning

    def begin(self, provider: str, user: User, data: Mapping) -> Draft:
        """A draft of something new."""
        return self._add(provider, user, dict(data))

    def edit(self, provider: str, offering_id: str, user: User) -> Draft:
        """The draft in which an offering is changed: the one that is there, or a new one with what is published."""
        entry = self.offering(provider, offering_id)
        return self._drafts.of_offering(offering_id) or self._add(provider, user, entry.offering.to_json(), entry)

    def begin_again(self, provider: str, draft_id: str, offering_id: str, user: User) -> Draft:
        """For someone whose draft was published or deleted by another while they wrote: the draft in which they can go
        on, of the same offering when there is one. NotFound where the draft is there and belongs to others."""
        if self._drafts.find(draft_id):
            raise NotFound("There is no such draft.")
        return self.edit(provider, offering_id, user) if offering_id else self._add(provider, user, {})

    def copy(self, provider: str, offering_id: str, user: User) -> Draft:
        """A draft of something new that says the same; it needs a code of its own, and runs."""
        data = self.offering(provider, offering_id).offering.to_json()
        return self._add(provider, user, {key: value for key, value in data.items() if key not in ("code", "runs")})

    def copy_run(self, provider: str, offering_id: str, user: User) -> tuple[Draft, int]:
        """The draft of an offering with its latest run once more, its days one year later on the same weekdays, or as
        many years as it takes to lie ahead; and the number of that run, from 0."""
        draft = self.edit(provider, offering_id, user)
        runs = _runs(draft.data)
        if not runs:
            raise Refused(_NO_RUN)
        latest = max(runs, key=lambda run: str(run.get("start") or run.get("enrol_from") or ""))
        change = with_run(draft.data, _later(latest, self._clock().date()))
        return self.save(draft, change.data, draft.revision, user), change.run

    # Writing

    def save(self, draft: Draft, data: Mapping, revision: int, user: User) -> Draft:
        """Keep what was typed, right or not. `revision`: the one that the writer saw."""
        at = self._clock()
        kept = _identified(data, draft)
        self._writer.do(lambda transaction: self._drafts.save(transaction, draft.id, revision, kept, user.id, at))
        return self.draft(draft.provider, draft.id)

    def send_to_review(self, draft: Draft, revision: int) -> None:
        self._move(draft, revision, DraftState.REVIEW, "")

    def send_back(self, draft: Draft, revision: int, note: str) -> None:
        """Whoever wrote it goes on; `note` tells them why."""
        self._move(draft, revision, DraftState.EDITING, note.strip()[:MAX_NOTE])

    def may_publish(self, draft: Draft, user: User) -> bool:
        return user.may(Permission.PUBLISH) and not self._needs_other_eyes(draft, user)

    def publish(self, draft: Draft, revision: int, user: User, by: By) -> Saved:
        """Into the catalogue, and the draft is gone. Raises Refused (who may not), Faulty, and Conflict when the draft
        or the offering that it replaces was changed meanwhile."""
        if not user.may(Permission.PUBLISH):
            raise Refused(_MAY_NOT)
        if self._needs_other_eyes(draft, user):
            raise Refused(_FOUR_EYES)

        def remove(transaction: Transaction, saved: Saved) -> None:
            self._drafts.remove(transaction, draft.id, revision)

        return self._publishing.publish(
            draft.provider, draft.data, by, expected=draft.base_revision or 0, beside=remove
        )

    def base_on(self, draft: Draft, revision: int, base_revision: int) -> None:
        """The writer has seen what was published meanwhile and puts the draft in its place all the same."""
        self._writer.do(lambda transaction: self._drafts.base_on(transaction, draft.id, revision, base_revision))

    def discard(self, draft: Draft, revision: int) -> None:
        self._writer.do(lambda transaction: self._drafts.remove(transaction, draft.id, revision))

    def withdraw(self, provider: str, offering_id: str, revision: int, by: By) -> Saved:
        entry = self.offering(provider, offering_id)
        return self._publishing.withdraw(provider, entry.offering.code, by, expected=revision)

    def _needs_other_eyes(self, draft: Draft, user: User) -> bool:
        return draft.updated_by == user.id and self._standing.wants_four_eyes(draft.provider)

    def _move(self, draft: Draft, revision: int, state: DraftState, note: str) -> None:
        at = self._clock()
        self._writer.do(lambda transaction: self._drafts.move(transaction, draft.id, revision, state, note, at))

    def _add(self, provider: str, user: User, data: dict, entry: CatalogEntry | None = None) -> Draft:
        at = self._clock()
        draft = Draft(
            id=secrets.token_hex(6), provider=provider, data=data | {"provider": provider},
            offering=entry.id if entry else None, base_revision=entry.revision if entry else None,
            created_by=user.id, updated_by=user.id, created_at=at, updated_at=at,
        )  # fmt: skip

        def write(transaction: Transaction) -> str:
            """Of two who open an offering at the same moment the second gets the first one's draft."""
            if entry and (there := self._drafts.id_of(transaction, entry.id)):
                return there
            self._drafts.add(transaction, draft)
            return draft.id

        return self.draft(provider, self._writer.do(write))


@dataclass(frozen=True)
class Change:
    """Data after a change of its runs, and the number (from 0) of the run to look at next."""

    data: dict
    run: int | None = None


def with_run(data: Mapping, run: Mapping | None = None) -> Change:
    """With one run more, empty or like `run`."""
    runs = _runs(data)
    added = {**(run or {}), "id": free_run_id(data, str((run or {}).get("id", "")))}
    return Change({**data, "runs": [*runs, added]}, len(runs))


def with_run_copied(data: Mapping, number: int) -> Change:
    runs = _runs(data)
    return with_run(data, runs[number]) if 0 <= number < len(runs) else Change(dict(data))


def without_run(data: Mapping, number: int) -> Change:
    runs = [run for place, run in enumerate(_runs(data)) if place != number]
    return Change({key: value for key, value in data.items() if key != "runs"} | ({"runs": runs} if runs else {}))


def _runs(data: Mapping) -> list:
    runs = data.get("runs")
    return runs if isinstance(runs, list) else []


def free_run_id(data: Mapping, like: str = "") -> str:
    """An id that no run of the offering has: the next year's for one that names a year, else the next number."""
    taken = {str(run.get("id", "")) for run in _runs(data)}
    for year in range(2020, 2100):
        if str(year) in like:
            later = (like.replace(str(year), str(other)) for other in range(year + 1, year + 50))
            return next((found for found in later if found not in taken), like)
    number = len(taken) + 1
    while str(number) in taken:
        number += 1
    return str(number)


def _identified(data: Mapping, draft: Draft) -> dict:
    """Provider and, once published, code are not up to what was typed."""
    fixed = {"provider": draft.provider}
    if draft.offering:
        fixed["code"] = draft.data.get("code")
    return dict(data) | fixed


def _later(run: Mapping, today: dt.date) -> dict:
    days = {}
    for name in _RUN_DAYS:
        try:
            days[name] = dt.date.fromisoformat(str(run.get(name, "")))
        except ValueError:
            continue
    first = min(days.values(), default=today)
    years = max(1, -(-(today - first).days // _A_YEAR.days))
    moved = {name: (day + years * _A_YEAR).isoformat() for name, day in days.items() if day.year < 2100}
    return dict(run) | moved
