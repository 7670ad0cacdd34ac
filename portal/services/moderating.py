"""Decides which proposals others may see, and joins those that ask for the same."""

from dataclasses import dataclass

from portal.model.contact import Subject
from portal.model.errors import NotFound, Refused
from portal.model.message import N_, Message
from portal.model.proposal import Moderation, Proposal, Standing, State, Step
from portal.services.clock import Clock
from portal.services.loop import Loop
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.people import PeopleStore
from portal.store.proposals import ProposalStore

_DECIDED = Message(N_("This wish is published already."))
_UNCONFIRMED = Message(N_("The author has not confirmed the e-mail address yet."))
_NOT_OPEN = Message(N_("Only a wish that no provider has taken up can be hidden or joined with another."))
_SAME = Message(N_("A wish cannot be joined with itself."))
_TARGET = Message(N_("The wish to join with is not published."))


@dataclass(frozen=True)
class Listed:
    """A proposal with its exact numbers, for moderators and providers."""

    proposal: Proposal
    standing: Standing


class Moderating:
    """A moderator's decisions. Each is one transaction; raises NotFound and Refused."""

    def __init__(
        self, proposals: ProposalStore, people: PeopleStore, loop: Loop, writer: GroupCommit, clock: Clock
    ) -> None:
        self._proposals = proposals
        self._people = people
        self._loop = loop
        self._writer = writer
        self._clock = clock

    def listing(self, moderation: tuple[Moderation, ...] = tuple(Moderation)) -> list[Listed]:
        """Proposals in these states of moderation with their exact numbers, the newest first."""
        found = self._proposals.listing(moderation)
        return [Listed(item, self._proposals.standing(item.id)) for item in found]

    def look(self, proposal_id: str) -> Listed:
        """One proposal in any state of moderation with its exact numbers; raises NotFound."""
        item = self._proposals.find(proposal_id)
        if item is None:
            raise NotFound(f"There is no wish {proposal_id}.")
        return Listed(item, self._proposals.standing(item.id))

    def approve(self, proposal_id: str) -> None:
        """Let others see it. Its author, and providers of its field, are told."""
        at = self._clock()

        def write(transaction: Transaction) -> None:
            item = self._proposals.get(transaction, proposal_id)
            if item.moderation is Moderation.CONFIRMATION:
                raise Refused(_UNCONFIRMED)
            if item.moderation not in (Moderation.WAITING, Moderation.HIDDEN):
                raise Refused(_DECIDED)
            self._proposals.moderate(transaction, proposal_id, Moderation.VISIBLE, at)
            if item.state is State.OPEN:
                self._loop.take(transaction, proposal_id, Step.PUBLISHED, at)
            self._loop.check_threshold(transaction, proposal_id, at)

        self._writer.do(write)

    def hide(self, proposal_id: str) -> None:
        """Nobody sees it any more; it is removed after the time that the retention table states."""
        at = self._clock()

        def write(transaction: Transaction) -> None:
            item = self._proposals.get(transaction, proposal_id)
            if item.moderation is Moderation.MERGED or item.state not in (State.OPEN, State.THRESHOLD_REACHED):
                raise Refused(_NOT_OPEN)
            self._proposals.moderate(transaction, proposal_id, Moderation.HIDDEN, at)

        self._writer.do(write)

    def merge(self, source: str, target: str) -> None:
        """Those behind `source` stand behind `target` from now on, each person once; its page leads there."""
        at = self._clock()

        def write(transaction: Transaction) -> None:
            if source == target:
                raise Refused(_SAME)
            if self._proposals.get(transaction, target).moderation is not Moderation.VISIBLE:
                raise Refused(_TARGET)
            if self._proposals.get(transaction, source).moderation not in (Moderation.VISIBLE, Moderation.WAITING):
                raise Refused(_NOT_OPEN)
            self._loop.take(transaction, source, Step.MERGED, at, other=target)
            self._proposals.move_joinings(transaction, source, target)
            self._people.move_followers(transaction, Subject.PROPOSAL, source, target)
            self._proposals.point_to(transaction, source, target)
            self._proposals.moderate(transaction, source, Moderation.MERGED, at, merged_into=target)
            self._loop.check_threshold(transaction, target, at)

        self._writer.do(write)
