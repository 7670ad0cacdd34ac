"""A wish for something that nobody offers yet, who stands behind it, and the steps from wish to course."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.model.codes import Codes
from portal.model.ects import BANDS
from portal.model.errors import Refused
from portal.model.form import Fields
from portal.model.interest import Level, read_level
from portal.model.message import N_, Message

MIN_GROUP, DEFAULT_GROUP, MAX_GROUP = 5, 10, 500
MAX_TITLE, MAX_TEXT, MAX_NAME = 120, 2000, 200

BUDGETS = {
    "lt1000": Message(N_("under €1,000")),
    "1000-4999": Message(N_("€1,000–4,999")),
    "5000-19999": Message(N_("€5,000–19,999")),
    "20000+": Message(N_("€20,000 or more")),
}


class State(StrEnum):
    """Where a proposal is on its way."""

    OPEN = "open"
    THRESHOLD_REACHED = "threshold_reached"
    COMMITTED = "committed"
    ENROLMENT_OPEN = "enrolment_open"
    HELD = "held"
    CANCELLED = "cancelled"
    DECLINED = "declined"


STATE_LABELS = {
    State.OPEN: Message(N_("Wish is open")),
    State.THRESHOLD_REACHED: Message(N_("Threshold reached")),
    State.COMMITTED: Message(N_("A provider has taken it up")),
    State.ENROLMENT_OPEN: Message(N_("Enrolment is open")),
    State.HELD: Message(N_("Held")),
    State.CANCELLED: Message(N_("Cancelled")),
    State.DECLINED: Message(N_("Declined")),
}


class Moderation(StrEnum):
    """Whether others may see it: waiting for the author's e-mail, then for a moderator; visible, hidden or merged."""

    CONFIRMATION = "confirmation"
    WAITING = "waiting"
    VISIBLE = "visible"
    HIDDEN = "hidden"
    MERGED = "merged"


class Step(StrEnum):
    """What can happen to a proposal; each is dated and stays in its history."""

    PUBLISHED = "published"
    THRESHOLD_REACHED = "threshold_reached"
    COMMITTED = "committed"
    COMMITMENT_WITHDRAWN = "commitment_withdrawn"
    COMMITMENT_LATE = "commitment_late"
    ENROLMENT_OPEN = "enrolment_open"
    HELD = "held"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    MERGED = "merged"


STEP_LABELS = {
    Step.PUBLISHED: Message(N_("The wish was published")),
    Step.THRESHOLD_REACHED: Message(N_("Threshold reached")),
    Step.COMMITTED: Message(N_("A provider has taken it up")),
    Step.COMMITMENT_WITHDRAWN: Message(N_("The provider withdrew its commitment")),
    Step.COMMITMENT_LATE: Message(N_("The promised start passed, and the wish is open again")),
    Step.ENROLMENT_OPEN: Message(N_("Enrolment is open")),
    Step.HELD: Message(N_("Held")),
    Step.CANCELLED: Message(N_("Cancelled")),
    Step.DECLINED: Message(N_("Declined")),
    Step.MERGED: Message(N_("Joined with a similar wish")),
}

_WAITING = (State.OPEN, State.THRESHOLD_REACHED)
_PROMISED = (State.COMMITTED, State.ENROLMENT_OPEN)
ALLOWED: Mapping[Step, tuple[tuple[State, ...], State | None]] = {
    Step.PUBLISHED: ((State.OPEN,), State.OPEN),
    Step.THRESHOLD_REACHED: ((State.OPEN,), State.THRESHOLD_REACHED),
    Step.COMMITTED: (_WAITING, State.COMMITTED),
    Step.COMMITMENT_WITHDRAWN: (_PROMISED, State.OPEN),
    Step.COMMITMENT_LATE: ((State.COMMITTED,), State.OPEN),
    Step.ENROLMENT_OPEN: ((State.COMMITTED,), State.ENROLMENT_OPEN),
    Step.HELD: ((State.ENROLMENT_OPEN,), State.HELD),
    Step.CANCELLED: (_PROMISED, State.CANCELLED),
    Step.DECLINED: (_WAITING, State.DECLINED),
    Step.MERGED: (_WAITING, None),
}
"""Step → the states in which it may be taken and the state that follows; None leaves the state as it is."""

_NOT_NOW = Message(N_("The wish is not at the point where this could be done."))


def state_after(step: Step, state: State) -> State:
    """The state that follows; raises Refused when the step is not allowed in `state`."""
    allowed, following = ALLOWED[step]
    if state not in allowed:
        raise Refused(_NOT_NOW)
    return following or state


@dataclass(frozen=True)
class Wish:
    """What someone would like to learn. Codes as in the catalogue; `language` is that of teaching; None: any."""

    title: str
    text: str = ""
    field: str | None = None
    scope: str | None = None
    language: str | None = None
    region: str | None = None
    mode: str | None = None
    start_by: dt.date | None = None
    group_size: int = DEFAULT_GROUP


@dataclass(frozen=True)
class Joining:
    """Who stands behind a proposal. Only an organisation has more than one of `people`, a day, a budget and a name."""

    level: Level
    people: int = 1
    needed_by: dt.date | None = None
    budget: str | None = None
    name: str = ""
    name_public: bool = False


@dataclass(frozen=True)
class Commitment:
    """A provider's promise. `price_cents`: for one learner, None when not known; `ending`: how it ended, "" while held to."""

    provider: str
    start: dt.date
    min_group: int
    max_group: int | None = None
    offering: str | None = None
    price_cents: int | None = None
    id: int = 0
    created_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    ending: str = ""


@dataclass(frozen=True)
class TakenStep:
    """One line of a proposal's history. `other`: the proposal it was joined with."""

    id: int
    step: Step
    state: State
    at: dt.datetime
    reason: str = ""
    provider: str | None = None
    other: str | None = None
    commitment: Commitment | None = None


@dataclass(frozen=True)
class Proposal:
    """A stored proposal. `text_language`: in which it is written. Times are UTC."""

    id: str
    wish: Wish
    text_language: str
    state: State
    moderation: Moderation
    created_at: dt.datetime
    updated_at: dt.datetime
    merged_into: str | None = None
    example: bool = False


@dataclass(frozen=True)
class Standing:
    """Exact numbers of those behind a proposal, for providers, moderators and the threshold; never shown to others.

    By level: people confirmed by e-mail, and all. `employers` counts organisations, `seats` the people they speak for.
    """

    confirmed: Mapping[Level, int]
    everyone: Mapping[Level, int]
    employers: int = 0
    seats: int = 0

    @property
    def towards_threshold(self) -> int:
        """Confirmed people who would take part or pay, and confirmed seats of employers; the curious do not count."""
        return sum(number for level, number in self.confirmed.items() if level is not Level.CURIOUS)


def read_wish(sent: Mapping[str, str], codes: Codes, today: dt.date) -> tuple[Wish, Joining, str]:
    """Wish, its author's own joining and e-mail of a form with the fields title, text, field, scope, language, region,
    mode, start_by, group_size and those of `read_joining`; raises Rejected."""
    fields = Fields(sent, today)
    wish = Wish(
        title=fields.text("title", MAX_TITLE, needed=True),
        text=fields.text("text", MAX_TEXT, lines=True),
        field=fields.choice("field", codes["fields"]),
        scope=fields.choice("scope", BANDS),
        language=fields.choice("language", codes["languages"]),
        region=fields.choice("region", codes["regions"]),
        mode=fields.choice("mode", codes["modes"]),
        start_by=fields.day("start_by"),
        group_size=fields.number("group_size", MIN_GROUP, MAX_GROUP) or DEFAULT_GROUP,
    )
    joining, email = _joining(fields)
    fields.done()
    return wish, joining, email


def read_joining(sent: Mapping[str, str], today: dt.date) -> tuple[Joining, str]:
    """Joining and e-mail of a form with the fields level, people, needed_by, budget, name, name_public and email;
    raises Rejected."""
    fields = Fields(sent, today)
    joining, email = _joining(fields)
    fields.done()
    return joining, email


def _joining(fields: Fields) -> tuple[Joining, str]:
    level, people = read_level(fields)
    if level is not Level.ORGANISATION:
        return Joining(level or Level.CURIOUS), fields.email()
    name = fields.text("name", MAX_NAME)
    return Joining(
        level=level,
        people=people,
        needed_by=fields.day("needed_by"),
        budget=fields.choice("budget", BUDGETS),
        name=name,
        name_public=bool(name) and fields.flag("name_public"),
    ), fields.email()
