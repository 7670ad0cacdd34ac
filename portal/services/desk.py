"""Tells one provider where it stands: its offerings at a glance, what to do next, and what is asked for in its fields."""

import datetime as dt
import threading
from collections import Counter, OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from portal.model.catalog import CatalogEntry
from portal.model.codes import Codes
from portal.model.criteria import Criterion, PokResult, RuleSet, evaluate
from portal.model.ects import Ects
from portal.model.provider import Provider
from portal.model.text import LANGUAGES, LocalizedText
from portal.services.answering_wishes import AnsweringWishes, DeskWish
from portal.services.clock import Clock
from portal.services.demand.building import Demand
from portal.services.demand.tables import Line
from portal.store.catalog import CatalogStore
from portal.store.desk import DeskStore, Pending

NO_RUN = "no_run"
"""What a list of offerings may be narrowed to, beside the id of a criterion that is missing."""

_PROVIDERS = 16
_GAPS, _WORDS = 5, 5


@dataclass(frozen=True)
class Glance:
    """One published offering in a list of the desk, without its long texts, since thousands are kept in memory.

    languages: of the interface, in which its title is written. next_start: of the runs that one can still enrol to,
    None where none states it.
    """

    id: str
    code: str
    title: LocalizedText
    ects: Ects | None
    hours: Decimal | None
    field: str | None
    example: bool
    pok: PokResult
    languages: tuple[str, ...]
    has_runs: bool
    has_coming_run: bool
    next_start: dt.date | None

    @property
    def missing(self) -> list[Criterion]:
        return [check.criterion for check in self.pok.checks if check.status == "missing"]

    def lacks(self, what: str) -> bool:
        """`what`: NO_RUN, or the id of a criterion."""
        return not self.has_coming_run if what == NO_RUN else any(criterion.id == what for criterion in self.missing)


@dataclass(frozen=True)
class Overview:
    """The first page of a provider's desk. missing: criterion and how many offerings miss it, the most first.

    gaps: demand of the provider's fields, in its region where it has one; words: searched in vain on the whole portal,
    by at least so many. Both as they were published last.
    """

    provider: Provider
    offerings: tuple[Glance, ...]
    pending: Pending
    wishes: tuple[DeskWish, ...]
    missing: tuple[tuple[Criterion, int], ...]
    gaps: tuple[Line, ...] = ()
    words: tuple[tuple[str, int], ...] = ()

    @property
    def without_run(self) -> int:
        return sum(not item.has_coming_run for item in self.offerings)

    @property
    def complete(self) -> int:
        """How many meet every criterion."""
        return sum(item.pok.met for item in self.offerings)


_Glances = Mapping[str, tuple[int, Glance]]
"""Id → revision of the offering, and how it looks."""


@dataclass(frozen=True)
class _Kept:
    """One provider's offerings as they were read; `day` and `type` of the provider decide how they look, too."""

    day: dt.date
    type: str
    revision: int = -1
    glances: _Glances = field(default_factory=dict)


class Desk:
    """Reads only. What lies behind a page is read in a few queries, however many offerings there are."""

    def __init__(
        self, store: CatalogStore, desk: DeskStore, wishes: AnsweringWishes, demand: Demand, codes: Codes,
        rules: RuleSet, clock: Clock,
    ) -> None:  # fmt: skip
        self._store = store
        self._desk = desk
        self._wishes = wishes
        self._demand = demand
        self._codes = codes
        self._rules = rules
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def provider(self, provider_id: str) -> Provider:
        """The provider itself, suspended or not."""
        return self._store.providers()[provider_id]

    def overview(self, provider_id: str) -> Overview:
        provider = self.provider(provider_id)
        offerings = self.offerings(provider_id)
        missing = Counter(criterion.id for item in offerings for criterion in item.missing)
        criteria = {criterion.id: criterion for criterion in self._rules.criteria}
        return Overview(
            provider,
            offerings,
            self._desk.pending(provider_id),
            tuple(wish for wish in self._wishes.of(provider_id) if wish.waits or wish.is_ours),
            tuple((criteria[name], number) for name, number in missing.most_common()),
            self._gaps(provider),
            tuple(tables.words()[:_WORDS]) if (tables := self._demand.current()) else (),
        )

    def offerings(self, provider_id: str) -> tuple[Glance, ...]:
        """Its published offerings, the last changed first. Read again are those that have changed, and all of them on
        a new day."""
        provider = self.provider(provider_id)
        today, revision = self._clock().date(), self._store.revision()
        with self._lock:
            kept = self._kept.get(provider_id)
        if kept is None or (kept.day, kept.type) != (today, provider.type):
            kept = _Kept(today, provider.type)
        if kept.revision != revision:
            kept = replace(kept, revision=revision, glances=self._renewed(kept.glances, provider, today))
        with self._lock:
            self._kept[provider_id] = kept
            self._kept.move_to_end(provider_id)
            while len(self._kept) > _PROVIDERS:
                self._kept.popitem(last=False)
        return tuple(glance for _, glance in kept.glances.values())

    def titles(self, ids: Collection[str]) -> dict[str, LocalizedText]:
        """Titles of offerings by id, in whatever state they are."""
        return {name: entry.as_read().title for name, entry in self._store.find_many(list(ids)).items()}

    def _renewed(self, known: _Glances, provider: Provider, today: dt.date) -> _Glances:
        revisions = self._store.revisions_of(provider.id)
        changed = [name for name, revision in revisions.items() if name not in known or known[name][0] != revision]
        read = {
            name: (entry.revision, self._glance(entry, provider, today))
            for name, entry in self._store.find_many(changed).items()
        }
        return {name: read.get(name) or known[name] for name in revisions}

    def _glance(self, entry: CatalogEntry, provider: Provider, today: dt.date) -> Glance:
        offering = entry.as_read()
        coming = [run for run in offering.runs if run.days.can_be_joined(today)]
        starts = [run.start for run in coming if run.start and run.start >= today]
        return Glance(
            id=entry.id,
            code=offering.code,
            title=offering.title,
            ects=offering.ects,
            hours=offering.hours,
            field=offering.field,
            example=offering.example,
            pok=evaluate(self._rules, offering, provider),
            languages=tuple(language for language in LANGUAGES if language in offering.title),
            has_runs=bool(offering.runs),
            has_coming_run=bool(coming),
            next_start=min(starts, default=None),
        )

    def _gaps(self, provider: Provider) -> tuple[Line, ...]:
        tables = self._demand.current()
        if tables is None:
            return ()
        fields: Sequence[str] = sorted({broad for code in provider.fields if (broad := self._codes.broad_field(code))})
        lines = [line for field in fields for line in tables.widest("region", field=field, value=provider.region)]
        return tuple(sorted((line for line in lines if line.gap > 0), key=lambda line: (-line.gap, line.cell))[:_GAPS])
