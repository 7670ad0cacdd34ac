"""Takes in wishes for what nobody offers, lets others join them, and shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.model.contact import Subject
from portal.model.errors import NotFound, Refused
from portal.model.interest import Recorded, Sender
from portal.model.message import N_, Message
from portal.model.proposal import Joining, Moderation, Proposal, State, Step, TakenStep, Wish
from portal.services.answering import Answer, Answering
from portal.services.clock import Clock
from portal.services.following import Following
from portal.services.links import Links
from portal.services.loop import Loop
from portal.services.persons import Persons, is_confirmed
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.proposals import ProposalStore
from portal.store.signals import SignalStore

_CLOSED = Message(N_("This wish has come to its end and takes no more people."))
_JOINABLE = (State.OPEN, State.THRESHOLD_REACHED, State.COMMITTED, State.ENROLMENT_OPEN)
_PROPOSE = "propose"


@dataclass(frozen=True)
class ShownProposal:
    """A visible proposal with its history, the oldest step first.

    employers: those that chose to be named, as (name, people). Numbers of people are not here: what is shown of them
    comes from the last build of demand.
    """

    proposal: Proposal
    history: tuple[TakenStep, ...]
    employers: tuple[str, ...]

    @property
    def is_joinable(self) -> bool:
        return self.proposal.state in _JOINABLE


class Proposals:
    """Wishes and those who join them. Reading of forms: `portal.model.proposal.read_wish` and `read_joining`."""

    def __init__(
        self, proposals: ProposalStore, signals: SignalStore, following: Following, loop: Loop,
        answering: Answering, persons: Persons, links: Links, writer: GroupCommit, clock: Clock,
    ) -> None:  # fmt: skip
        self._proposals = proposals
        self._signals = signals
        self._following = following
        self._loop = loop
        self._answering = answering
        self._persons = persons
        self._links = links
        self._writer = writer
        self._clock = clock

    # Reading

    def shown(self, proposal_id: str) -> ShownProposal:
        """A visible proposal, or the one that it was joined with (then `proposal.id` differs: redirect there);
        raises NotFound."""
        item = self._proposals.find(proposal_id)
        if item and item.moderation is Moderation.MERGED:
            item = self._proposals.find(item.merged_into)
        if item is None or item.moderation is not Moderation.VISIBLE:
            raise NotFound(f"There is no proposal {proposal_id}.")
        names = tuple(employer.name for employer in self._proposals.employers(item.id))
        return ShownProposal(item, tuple(self._proposals.history(item.id)), names)

    def visible(self, states: Sequence[State] = tuple(State)) -> list[Proposal]:
        """Visible proposals in these states, the newest first."""
        return self._proposals.listing((Moderation.VISIBLE,), states)

    # Forms

    def form_key(self, proposal_id: str = "") -> str:
        """A new key for the form that makes a proposal, or that joins one."""
        return self._answering.new_key(_purpose(proposal_id))

    def is_hasty(self, form_key: str, proposal_id: str = "") -> bool:
        """True when the form came back faster than people write; raises StaleForm for a foreign key."""
        return self._answering.is_hasty(form_key, _purpose(proposal_id))

    def propose(self, wish: Wish, joining: Joining, *, email: str = "", form_key: str, sender: Sender) -> Recorded:
        """Keep a wish and its author's own joining. Others see it when the address is confirmed (if one was given)
        and a moderator has read it. `Recorded.subject` is its id. Raises StaleForm."""

        def make(transaction: Transaction, person: str) -> str:
            at = self._clock()
            is_waiting = bool(email) and person != self._persons.of_address(email)
            moderation = Moderation.CONFIRMATION if is_waiting else Moderation.WAITING
            made = self._proposals.add(
                transaction, wish, text_language=sender.language, author=person, at=at, moderation=moderation
            )
            if not is_waiting:
                self._loop.wait_for_moderator(transaction, made, at)
            return made

        return self._answer(_PROPOSE, make, joining, email, form_key, sender)

    def join(self, proposal_id: str, joining: Joining, *, email: str = "", form_key: str, sender: Sender) -> Recorded:
        """Stand behind a visible proposal; again with other values replaces the earlier word.

        A level of curious only follows it. Raises NotFound, StaleForm, and Refused when its way has ended.
        """

        def find(transaction: Transaction, person: str) -> str:
            item = self._proposals.get(transaction, proposal_id)
            if item.moderation is Moderation.MERGED:
                item = self._proposals.get(transaction, item.merged_into)
            if item.moderation is not Moderation.VISIBLE:
                raise NotFound(f"There is no proposal {proposal_id}.")
            if item.state not in _JOINABLE:
                raise Refused(_CLOSED)
            return item.id

        return self._answer(_purpose(proposal_id), find, joining, email, form_key, sender)

    def current(self, proposal_id: str, sender: Sender) -> Joining | None:
        """What this browser said before; what a confirmed person said is not told to a browser."""
        person = self._persons.of_browser(sender.browser)
        return self._proposals.joining_of(person, proposal_id) if sender.browser else None

    def leave(self, token: str) -> str:
        """Follow a `withdraw` link of a proposal; its id. Again is as good as once. Raises Refused."""
        linked, at = self._links.read("withdraw", token), self._clock()
        if linked.kind is not Subject.PROPOSAL:
            raise NotFound("This link is about an offering.")

        def write(transaction: Transaction) -> str:
            item = self._proposals.get(transaction, linked.subject)
            for key in {linked.person, self._signals.person_of(transaction, linked.person)}:
                for subject in {item.id, item.merged_into or item.id}:
                    self._proposals.leave(transaction, subject, key, at)
                    self._following.stop(transaction, key, Subject.PROPOSAL, subject)
            return item.id

        return self._writer.do(write)

    # Within

    def _answer(
        self, purpose: str, subject_of: Callable[[Transaction, str], str], joining: Joining, email: str,
        form_key: str, sender: Sender,
    ) -> Recorded:  # fmt: skip
        """One write for both forms: find or make the proposal, join it, and ask for confirmation."""
        at = self._clock()

        def act(transaction: Transaction, person: str) -> Answer:
            subject = subject_of(transaction, person)
            replaced = self._proposals.join(
                transaction, subject, person, joining, language=sender.language, at=at, confirmed=is_confirmed(person)
            )
            title = {sender.language: self._proposals.get(transaction, subject).wish.title}
            confirm = bool(email) and self._following.ask(
                transaction, email, person, Subject.PROPOSAL, subject, language=sender.language, title=title, at=at
            )
            self._loop.check_threshold(transaction, subject, at)
            return Answer(subject, joining.level, replaced, confirm)

        return self._answering.once(form_key, purpose, sender, Subject.PROPOSAL, act)


def _purpose(proposal_id: str) -> str:
    return f"join:{proposal_id}" if proposal_id else _PROPOSE


def last_step(shown: ShownProposal, step: Step) -> TakenStep | None:
    """The latest step of a kind, such as the commitment that holds now."""
    return next((taken for taken in reversed(shown.history) if taken.step is step), None)
