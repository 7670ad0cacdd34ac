"""Moves proposals from wish to course: each step is kept, told to followers once, and allowed only in its turn."""

import datetime as dt

from portal.model.catalog import State as CatalogState
from portal.model.contact import Subject
from portal.model.errors import NotFound, Refused
from portal.model.message import N_, Message
from portal.model.outcome import Outcome
from portal.model.proposal import Commitment, Moderation, Proposal, Standing, State, Step, state_after
from portal.model.provider import Provider
from portal.services.announcing import Announcing
from portal.services.clock import Clock
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Transaction
from portal.store.outcomes import OutcomeStore
from portal.store.proposals import ProposalStore

_TOLD_ONCE = (Step.PUBLISHED, Step.THRESHOLD_REACHED)

_NOT_VISIBLE = Message(N_("This wish is not published."))
_NO_COMMITMENT = Message(N_("No provider has taken up this wish."))
_GROUP = Message(N_("The smallest group is at least 1, and the largest is not smaller than it."))
_START_PAST = Message(N_("Choose a day that is still to come."))
_NO_OFFERING = Message(N_("Name the offering whose enrolment is open."))
_NOT_THEIRS = Message(N_("This offering is another provider's, or not published."))
_ANOTHERS = Message(N_("Another provider has taken up this wish."))
_SUSPENDED = Message(N_("The provider cannot publish now. Ask the operator of the portal."))
_REASON = Message(N_("Say why, in a sentence that followers may read."))


class Loop:
    """The steps of providers and moderators. Each public method is one transaction; raises NotFound and Refused.

    Where a step of a promise names a `provider`, it is refused unless the promise is that provider's; None for the
    operator's commands.
    """

    def __init__(
        self, proposals: ProposalStore, outcomes: OutcomeStore, catalog: CatalogStore, announcing: Announcing,
        writer: GroupCommit, clock: Clock,
    ) -> None:  # fmt: skip
        self._proposals = proposals
        self._outcomes = outcomes
        self._catalog = catalog
        self._announcing = announcing
        self._writer = writer
        self._clock = clock

    # A provider's steps

    def commit(self, proposal_id: str, promise: Commitment) -> None:
        """A provider takes a wish up: start, price, smallest and largest group, and the offering if there is one."""
        at = self._clock()
        self._provider(promise.provider)
        if promise.provider not in self._catalog.admitted_providers():
            raise Refused(_SUSPENDED)
        if promise.start < at.date():
            raise Refused(_START_PAST)
        if promise.min_group < 1 or (promise.max_group or promise.min_group) < promise.min_group:
            raise Refused(_GROUP)
        if promise.offering:
            self._check_offering(promise.offering, promise.provider)

        def write(transaction: Transaction) -> None:
            state_after(Step.COMMITTED, self._visible(transaction, proposal_id).state)
            number = self._proposals.commit(transaction, proposal_id, promise, at)
            self.take(transaction, proposal_id, Step.COMMITTED, at, provider=promise.provider, commitment_id=number)

        self._writer.do(write)

    def withdraw_commitment(self, proposal_id: str, reason: str, provider: str | None = None) -> None:
        """The promise is taken back; it stays in the history, and the wish is open again."""
        self._end(proposal_id, Step.COMMITMENT_WITHDRAWN, "withdrawn", _stated(reason), provider)

    def open_enrolment(self, proposal_id: str, offering_id: str = "", provider: str | None = None) -> None:
        """Enrolment is open, to the offering of the promise or to the one named now."""
        at = self._clock()

        def write(transaction: Transaction) -> None:
            promise = self._promise(transaction, proposal_id, provider)
            offering = offering_id or promise.offering
            if not offering:
                raise Refused(_NO_OFFERING)
            self._check_offering(offering, promise.provider)
            self._proposals.name_offering(transaction, promise.id, offering)
            self._step_of(transaction, proposal_id, Step.ENROLMENT_OPEN, promise, at)

        self._writer.do(write)

    def held(
        self, proposal_id: str, participants: int, held_on: dt.date | None = None, provider: str | None = None
    ) -> None:
        """The run was held with so many participants; learners who followed are asked how it was."""
        at = self._clock()

        def write(transaction: Transaction) -> None:
            promise = self._promise(transaction, proposal_id, provider)
            item = self._proposals.get(transaction, proposal_id)
            standing = self._proposals.standing_within(transaction, proposal_id)
            self._step_of(transaction, proposal_id, Step.HELD, promise, at)
            self._proposals.end_commitment(transaction, promise.id, "held", at)
            outcome = _outcome(item, promise, standing, participants, held_on or at.date())
            self._outcomes.add(transaction, outcome, at)
            self._announcing.ask_for_feedback(transaction, item, promise.offering, at)

        self._writer.do(write)

    def cancel(self, proposal_id: str, reason: str, provider: str | None = None) -> None:
        """The promised run will not be held; this ends the wish's way."""
        self._end(proposal_id, Step.CANCELLED, "cancelled", _stated(reason), provider)

    def decline(self, proposal_id: str, reason: str, provider: str | None = None) -> None:
        """Nobody will hold it, and why; this ends the wish's way."""
        at, reason = self._clock(), _stated(reason)
        if provider:
            self._provider(provider)

        def write(transaction: Transaction) -> None:
            self._visible(transaction, proposal_id)
            self.take(transaction, proposal_id, Step.DECLINED, at, reason=reason, provider=provider)

        self._writer.do(write)

    def open_again_what_is_late(self) -> list[str]:
        """Promises whose start passed while enrolment never opened lapse; the ids of wishes that are open again."""
        at = self._clock()

        def write(transaction: Transaction) -> list[str]:
            late = self._proposals.late(transaction, at.date())
            for proposal_id in late:
                promise = self._promise(transaction, proposal_id)
                self._end_within(transaction, proposal_id, promise, Step.COMMITMENT_LATE, "late", "", at)
            return late

        return self._writer.do(write)

    # Parts of other writes

    def take(
        self, transaction: Transaction, proposal_id: str, step: Step, at: dt.datetime, *, reason: str = "",
        provider: str | None = None, commitment_id: int | None = None, other: str | None = None,
    ) -> None:  # fmt: skip
        """Take a step and tell of it; one that can come again, such as a second commitment, is told each time."""
        number = self._proposals.take_step(
            transaction, proposal_id, step, at, reason=reason, provider=provider, commitment_id=commitment_id,
            other=other,
        )  # fmt: skip
        item = self._proposals.get(transaction, proposal_id)
        name = str(step) if step in _TOLD_ONCE else f"{step}:{number}"
        who = self._provider(provider) if provider else None
        self._announcing.step(transaction, item, step, name, at, reason=reason, provider=who, other=other)
        if step in _TOLD_ONCE:
            self._announcing.providers(transaction, item, step, at)

    def check_threshold(self, transaction: Transaction, proposal_id: str, at: dt.datetime) -> None:
        """Take the step when enough confirmed people stand behind a visible, open wish."""
        item = self._proposals.get(transaction, proposal_id)
        if item.moderation is not Moderation.VISIBLE or item.state is not State.OPEN:
            return
        if self._proposals.standing_within(transaction, proposal_id).towards_threshold >= item.wish.group_size:
            self.take(transaction, proposal_id, Step.THRESHOLD_REACHED, at)

    def wait_for_moderator(self, transaction: Transaction, proposal_id: str, at: dt.datetime) -> None:
        """The wish is complete; the operator hears of it."""
        self._proposals.moderate(transaction, proposal_id, Moderation.WAITING, at)
        content = {"id": proposal_id, "title": self._proposals.get(transaction, proposal_id).wish.title}
        self._announcing.operator(
            transaction, Subject.PROPOSAL, proposal_id, "moderation", "operator_proposal", content, at
        )

    # Within

    def _step_of(
        self, transaction: Transaction, proposal_id: str, step: Step, promise: Commitment, at: dt.datetime,
        reason: str = "",
    ) -> None:  # fmt: skip
        self.take(
            transaction, proposal_id, step, at, reason=reason, provider=promise.provider, commitment_id=promise.id
        )

    def _end(self, proposal_id: str, step: Step, ending: str, reason: str, provider: str | None) -> None:
        at = self._clock()

        def write(transaction: Transaction) -> None:
            promise = self._promise(transaction, proposal_id, provider)
            self._end_within(transaction, proposal_id, promise, step, ending, reason, at)

        self._writer.do(write)

    def _end_within(
        self, transaction: Transaction, proposal_id: str, promise: Commitment, step: Step, ending: str, reason: str,
        at: dt.datetime,
    ) -> None:  # fmt: skip
        self._step_of(transaction, proposal_id, step, promise, at, reason)
        self._proposals.end_commitment(transaction, promise.id, ending, at)
        self.check_threshold(transaction, proposal_id, at)

    def _visible(self, transaction: Transaction, proposal_id: str) -> Proposal:
        item = self._proposals.get(transaction, proposal_id)
        if item.moderation is not Moderation.VISIBLE:
            raise Refused(_NOT_VISIBLE)
        return item

    def _promise(self, transaction: Transaction, proposal_id: str, provider: str | None = None) -> Commitment:
        self._visible(transaction, proposal_id)
        promise = self._proposals.commitment_within(transaction, proposal_id)
        if promise is None:
            raise Refused(_NO_COMMITMENT)
        if provider not in (None, promise.provider):
            raise Refused(_ANOTHERS)
        return promise

    def _provider(self, provider_id: str) -> Provider:
        provider = self._catalog.providers().get(provider_id)
        if provider is None:
            raise NotFound(f"There is no provider {provider_id}.")
        return provider

    def _check_offering(self, offering_id: str, provider_id: str) -> None:
        entry = self._catalog.find(offering_id)
        if entry is None or entry.state is not CatalogState.PUBLISHED or entry.offering.provider != provider_id:
            raise Refused(_NOT_THEIRS)


def _stated(reason: str) -> str:
    reason = " ".join(reason.split())[:1000]
    if not reason:
        raise Refused(_REASON)
    return reason


def _outcome(item: Proposal, promise: Commitment, standing: Standing, participants: int, held_on: dt.date) -> Outcome:
    return Outcome(
        provider=promise.provider,
        held_on=held_on,
        participants=participants,
        signals={str(level): number for level, number in standing.everyone.items()},
        employers=standing.employers,
        proposal=item.id,
        offering=promise.offering,
        example=item.example,
    )
