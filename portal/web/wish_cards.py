"""A wish as lists and its page show it: facts in words, and the way from wish to course as five steps."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from portal.model.message import N_, Message
from portal.model.proposal import STATE_LABELS, Commitment, Proposal, State, Step
from portal.model.text import Chosen
from portal.search.facets import SCOPE_LABELS
from portal.services.clock import day_in_helsinki
from portal.services.proposals import ShownProposal
from portal.web.current import language, services
from portal.web.formatting import day

TAGS = {State.THRESHOLD_REACHED: "want", State.COMMITTED: "warn", State.ENROLMENT_OPEN: "ok", State.HELD: "ok"}
"""The colour of a state's tag; those that have ended otherwise, or only begun, have none."""

_WAY = (
    (State.OPEN, Step.PUBLISHED, Message(N_("Wish is open"))),
    (State.THRESHOLD_REACHED, Step.THRESHOLD_REACHED, Message(N_("Threshold reached"))),
    (State.COMMITTED, Step.COMMITTED, Message(N_("A provider has taken it up"))),
    (State.ENROLMENT_OPEN, Step.ENROLMENT_OPEN, Message(N_("Enrolment is open"))),
    (State.HELD, Step.HELD, Message(N_("Held"))),
)
_PLACES = {state: place for place, (state, _, _) in enumerate(_WAY)}


@dataclass(frozen=True)
class WishCard:
    """What a list shows of one wish."""

    proposal: Proposal
    title: Chosen
    url: str
    join_url: str
    state: str
    tag: str
    field: str
    facts: tuple[tuple[str, str], ...]
    """Icon (may be empty) and words."""
    made: dt.date


@dataclass(frozen=True)
class WayPoint:
    """One of the five steps: `kind` is done, now or todo; `at` the day on which it was last taken."""

    label: str
    kind: str
    state: State
    at: dt.date | None


def make_wish_card(item: Proposal) -> WishCard:
    return WishCard(
        proposal=item,
        title=Chosen(item.wish.title, item.text_language),
        url=url_for("proposals.proposal", proposal_id=item.id),
        join_url=url_for("proposals.join", proposal_id=item.id),
        state=STATE_LABELS[item.state].render(gettext),
        tag=TAGS.get(item.state, ""),
        field=services().codes.broad_field(item.wish.field) or "99",
        facts=tuple(fact for fact in _facts(item) if fact[1]),
        made=day_in_helsinki(item.created_at),
    )


def _facts(item: Proposal) -> Iterable[tuple[str, str]]:
    """Scope, language of teaching, mode, region and latest start, as far as they are stated."""
    wish, codes = item.wish, services().codes
    yield "", SCOPE_LABELS[wish.scope].render(gettext) if wish.scope else ""
    yield "language", codes.label("languages", wish.language, language()) if wish.language else ""
    place = [
        codes.label(name, code, language()) for name, code in (("modes", wish.mode), ("regions", wish.region)) if code
    ]
    yield "online" if wish.mode == "online" else "place", ", ".join(place)
    yield "time", gettext("at the latest %(x)s", x=day(wish.start_by)) if wish.start_by else ""


def way(shown: ShownProposal) -> list[WayPoint]:
    """The five steps. A wish whose way ended otherwise has none that is now; what was not taken is still to do."""
    last = {taken.step: day_in_helsinki(taken.at) for taken in shown.history}
    last.setdefault(Step.PUBLISHED, day_in_helsinki(shown.proposal.created_at))
    now = _PLACES.get(shown.proposal.state, len(_WAY))
    points = []
    for place, (state, step, label) in enumerate(_WAY):
        is_taken = step in last and place <= now
        is_now = place == now and state is not State.HELD
        kind = "now" if is_now else "done" if is_taken else "todo"
        points.append(WayPoint(label.render(gettext), kind, state, last[step] if is_taken else None))
    return points


def promise_of(shown: ShownProposal) -> Commitment | None:
    """The commitment that holds, or held until the run."""
    if shown.proposal.state not in (State.COMMITTED, State.ENROLMENT_OPEN, State.HELD):
        return None
    made = [taken for taken in shown.history if taken.step is Step.COMMITTED and taken.commitment]
    return made[-1].commitment if made else None
