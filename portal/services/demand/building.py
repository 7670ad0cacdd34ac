"""Builds the published tables of demand from signals and catalogue, and hands out the newest."""

import threading
from collections.abc import Iterator

from portal.model.catalog import State
from portal.model.codes import Codes
from portal.model.ects import BANDS
from portal.model.offering import Offering
from portal.model.outcome import Outcome
from portal.model.proposal import State as WishState
from portal.model.published import OTHER_LANGUAGE, Build, Funnel
from portal.model.text import LANGUAGES
from portal.services.clock import Clock
from portal.services.demand.counting import count
from portal.services.demand.disclosing import publish
from portal.services.demand.forecasting import learn
from portal.services.demand.supplying import supply
from portal.services.demand.tables import Tables
from portal.services.demand.weighing import Conversion, Weights
from portal.store.catalog import CatalogStore
from portal.store.demand import DemandStore
from portal.store.proposals import ProposalStore
from portal.store.published import PublishedStore

_TAKEN_UP = (WishState.COMMITTED, WishState.ENROLMENT_OPEN, WishState.HELD)


class Demand:
    """The demand that everybody may see. Only `build` ever looks at signals; all else reads what it published."""

    def __init__(
        self, signals: DemandStore, published: PublishedStore, catalog: CatalogStore, proposals: ProposalStore,
        codes: Codes, weights: Weights, conversion: Conversion, minimum: int, clock: Clock,
    ) -> None:  # fmt: skip
        self._signals = signals
        self._published = published
        self._catalog = catalog
        self._proposals = proposals
        self._codes = codes
        self._minimum = minimum
        self._clock = clock
        self._lock = threading.Lock()
        self._current: Tables | None = None
        self.weights = weights
        self.conversion = conversion

    def build(self) -> Build:
        """Count everything anew and publish it; readers see the build before until this one is whole."""
        now = self._clock()
        counts = self._catalog.counts()
        examples = counts[State.PUBLISHED] == counts["example"]
        outcomes = self._signals.outcomes()
        enough = len(outcomes) >= self._minimum  # a share learnt from one run would tell how many came to it
        build = Build(
            built_at=now,
            minimum=self._minimum,
            example=examples,
            beliefs=learn(self.conversion.prior, outcomes if enough else []),
            figures=tuple(publish(count(self._signals.signals(), self._codes.broad_field), self.axes(), self._minimum)),
            supplies=supply(
                self._offerings(examples), self._codes, now.date(), int(self.weights.seats_unknown.value)
            ),
            funnel=self._funnel(outcomes, examples),
        )  # fmt: skip
        self._published.save(build)
        return build

    def current(self) -> Tables | None:
        """The tables of the newest build, read once; None before the first."""
        newest = self._published.newest()
        with self._lock:
            if newest is not None and (self._current is None or self._current.build.number != newest):
                self._current = Tables(self._published.latest(), self.weights)
            return self._current if newest is not None else None

    def axes(self) -> dict[str, tuple[str, ...]]:
        """Every value that a table has."""
        return {
            "region": tuple(self._codes["regions"]),
            "scope": tuple(BANDS),
            "language": (*LANGUAGES, OTHER_LANGUAGE),
            "mode": tuple(self._codes["modes"]),
        }

    def _offerings(self, examples: bool) -> Iterator[Offering]:
        offerings = (entry.as_read() for entry in self._catalog.published())
        return (offering for offering in offerings if examples or not offering.example)

    def _funnel(self, outcomes: list[Outcome], examples: bool) -> Funnel:
        states = [wish.state for wish in self._proposals.listing() if examples or not wish.example]
        came = sum(outcome.participants for outcome in outcomes)
        return Funnel(
            wishes=len(states),
            taken_up=sum(state in _TAKEN_UP for state in states),
            held=states.count(WishState.HELD),
            participants=came // 5 * 5 if len(outcomes) >= self._minimum and came >= self._minimum else 0,
        )
