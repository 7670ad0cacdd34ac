"""Shows providers the wishes of their fields, with exact numbers and a forecast, and keeps which they leave to others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.model.codes import Codes
from portal.model.errors import Refused
from portal.model.interest import Level
from portal.model.message import N_, Message
from portal.model.proposal import Commitment, Joining, Proposal, Standing, State, TakenStep
from portal.services.clock import Clock
from portal.services.demand.building import Demand
from portal.services.demand.forecasting import Forecast, forecast
from portal.services.proposals import Proposals
from portal.services.routing import providers_for
from portal.services.writing import GroupCommit
from portal.store.answers import AnswerStore, PassedOver
from portal.store.catalog import CatalogStore
from portal.store.proposals import ProposalStore

_SIZES = (5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100)
_OWN_PROMISE = Message(N_("You have taken up this wish. Withdraw the commitment first."))


@dataclass(frozen=True)
class DeskWish:
    """A wish as one provider sees it.

    concerns: it is of the provider's fields and region. standing: exact numbers, for those whom it concerns and the one
    that took it up; None for others, who see what everybody sees. promise: the one that holds, or led to the run.
    """

    proposal: Proposal
    concerns: bool
    is_ours: bool
    promise: Commitment | None = None
    passed_over: PassedOver | None = None
    standing: Standing | None = None

    @property
    def waits(self) -> bool:
        """True while this provider has not answered it and nobody has taken it up."""
        return self.concerns and self.is_open and self.passed_over is None

    @property
    def is_open(self) -> bool:
        return self.proposal.state in (State.OPEN, State.THRESHOLD_REACHED)

    @property
    def has_enough(self) -> bool:
        return self.proposal.state is State.THRESHOLD_REACHED


@dataclass(frozen=True)
class WholeWish:
    """One wish with its history (the oldest step first) and, where `wish.standing` is told, who stands behind it.

    employers: without names that are not public. chances: size of the smallest group → chance that it fills.
    """

    wish: DeskWish
    history: tuple[TakenStep, ...]
    employers: tuple[Joining, ...] = ()
    forecast: Forecast | None = None
    chances: Mapping[int, float] | None = None


class AnsweringWishes:
    """Wishes for one provider's desk. The steps of the way from wish to course are those of `Loop`."""

    def __init__(
        self, answers: AnswerStore, proposals: ProposalStore, shown: Proposals, demand: Demand, catalog: CatalogStore,
        codes: Codes, writer: GroupCommit, clock: Clock,
    ) -> None:  # fmt: skip
        self._answers = answers
        self._proposals = proposals
        self._shown = shown
        self._demand = demand
        self._catalog = catalog
        self._codes = codes
        self._writer = writer
        self._clock = clock

    def of(self, provider_id: str) -> list[DeskWish]:
        """Every visible wish: those that wait for the provider's answer first, of these the most wished for."""
        wishes = self._seen_by(provider_id, self._shown.visible())
        return sorted(wishes, key=lambda wish: (not wish.waits, not wish.has_enough, -_number(wish)))

    def one(self, provider_id: str, proposal_id: str) -> WholeWish:
        """One visible wish, or the one that it was joined with (as `Proposals.shown`); raises NotFound."""
        shown = self._shown.shown(proposal_id)
        (wish,) = self._seen_by(provider_id, [shown.proposal])
        if wish.standing is None:
            return WholeWish(wish, shown.history)
        people = {str(level): number for level, number in wish.standing.everyone.items()}
        enough = sum(people.values()) >= _SIZES[0]  # of fewer an estimate would tell who they are
        return WholeWish(
            wish,
            shown.history,
            tuple(map(_named, self._proposals.employers(shown.proposal.id, public_only=False))),
            self._forecast(people) if enough else None,
            self._chances(wish, people) if enough else None,
        )

    def pass_over(self, provider_id: str, proposal_id: str, reason: str) -> None:
        """Leave a wish to others: it no longer waits for this provider. For others it stays as it is."""
        at, reason = self._clock(), " ".join(reason.split())[:1000]
        (wish,) = self._seen_by(provider_id, [self._shown.shown(proposal_id).proposal])
        if wish.is_ours:
            raise Refused(_OWN_PROMISE)
        self._writer.do(
            lambda transaction: self._answers.pass_over(transaction, provider_id, wish.proposal.id, reason, at)
        )

    def take_back(self, provider_id: str, proposal_id: str) -> None:
        """The wish waits for this provider again."""
        self._writer.do(lambda transaction: self._answers.take_back(transaction, provider_id, proposal_id))

    # Within

    def _seen_by(self, provider_id: str, proposals: list[Proposal]) -> list[DeskWish]:
        provider = self._catalog.providers()[provider_id]
        passed, promises = self._answers.passed_over(provider_id), self._answers.promises()
        wishes = []
        for item in proposals:
            promise = promises.get(item.id)
            is_ours = promise is not None and promise.provider == provider_id
            concerns = bool(providers_for(item.wish, [provider], self._codes))
            wishes.append(DeskWish(item, concerns, is_ours, promise, passed.get(item.id)))
        standings = self._answers.standings([wish.proposal.id for wish in wishes if wish.concerns or wish.is_ours])
        return [replace(wish, standing=standings.get(wish.proposal.id)) for wish in wishes]

    def _forecast(self, people: Mapping[str, int], minimum: int | None = None) -> Forecast:
        tables = self._demand.current()
        beliefs = tables.build.beliefs if tables else self._demand.conversion.prior
        return forecast(beliefs, people, minimum)

    def _chances(self, wish: DeskWish, people: Mapping[str, int]) -> dict[int, float]:
        """For the size that was asked for or promised, and for usual sizes that these people could fill."""
        total = sum(people.values())
        asked = {wish.proposal.wish.group_size, *([wish.promise.min_group] if wish.promise else [])}
        sizes = sorted({size for size in _SIZES if size <= total} | asked)
        return {size: self._forecast(people, size).chance or 0.0 for size in sizes}


def _number(wish: DeskWish) -> int:
    """How many would take part, confirmed or not; the curious do not count."""
    if wish.standing is None:
        return 0
    return sum(number for level, number in wish.standing.everyone.items() if level is not Level.CURIOUS)


def _named(employer: Joining) -> Joining:
    """Without a name that others were not to see."""
    return employer if employer.name_public else replace(employer, name="")
