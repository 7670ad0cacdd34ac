"""Loads example wishes and signals beside the example catalogue: invented, marked, and always the same."""

import datetime as dt
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.model.catalog import slug
from portal.model.feedback import Feedback
from portal.model.interest import Interest, Level
from portal.model.outcome import Outcome
from portal.model.proposal import Commitment, Joining, Moderation, Step, Wish
from portal.model.searched import Searched, Verdict
from portal.services.clock import HELSINKI, Clock
from portal.store.catalog import CatalogStore
from portal.store.database import Database, Transaction
from portal.store.opinions import OpinionStore
from portal.store.outcomes import OutcomeStore
from portal.store.proposals import ProposalStore
from portal.store.searches import SearchStore
from portal.store.signals import SignalStore

_DAYS_BACK = 270
_SIZES = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20)


class DemoSignals:
    """The examples of `catalog_data/proposals/` and `catalog_data/signals/`, their days moved like the offerings'."""

    def __init__(self, database: Database, store: CatalogStore, folder: Path, clock: Clock) -> None:
        self._database = database
        self._store = store
        self._folder = folder
        self._clock = clock
        self._signals = SignalStore(database)
        self._proposals = ProposalStore(database)
        self._searches = SearchStore(database)
        self._opinions = OpinionStore(database)
        self._outcomes = OutcomeStore()
        self._random = random.Random("osaset examples")

    def load(self) -> int:
        """Load everything, in one transaction; how many wishes."""
        self._random.seed("osaset examples")
        with self._database.write() as transaction:
            number = self._load_proposals(transaction)
            self._load_signals(transaction)
        return number

    # Wishes

    def _load_proposals(self, transaction: Transaction) -> int:
        items = [
            (item, self._shift(content))
            for path in sorted((self._folder / "proposals").glob("*.json"))
            for content in [json.loads(path.read_text(encoding="utf-8"))]
            for item in content["proposals"]
        ]
        for item, shift in items:
            self._load_proposal(transaction, item, shift)
        for item, shift in items:
            if target := item.get("merged_into"):
                at = _moment(item["created"], shift, days=7)
                self._proposals.take_step(transaction, item["id"], Step.MERGED, at, other=target)
                self._proposals.moderate(transaction, item["id"], Moderation.MERGED, at, merged_into=target)
        return len(items)

    def _load_proposal(self, transaction: Transaction, item: Mapping, shift: dt.timedelta) -> None:
        names = ("title", "text", "field", "scope", "language", "region", "mode", "group_size")
        wish = Wish(
            **{name: item[name] for name in names if name in item},
            start_by=_day(item["start_by"], shift) if "start_by" in item else None,
        )
        self._proposals.add(
            transaction, wish, text_language=item["text_language"], author=None, at=_moment(item["created"], shift),
            moderation=Moderation(item.get("moderation", "visible")), example=True, proposal_id=item["id"],
        )  # fmt: skip
        self._join(transaction, item, shift)
        for step in item["steps"]:
            self._take(transaction, item, step, shift)

    def _join(self, transaction: Transaction, item: Mapping, shift: dt.timedelta) -> None:
        behind = item["behind"]
        joinings = [(Joining(level), True) for level in list(Level)[:3] for _ in range(behind[level])]
        joinings += [(Joining(Level.WOULD_TAKE_PART), False)] * behind["unconfirmed"]
        for organisation in behind["organisations"]:
            day = organisation.get("needed_by")
            named = organisation | {"needed_by": _day(day, shift) if day else None}
            joinings.append((Joining(Level.ORGANISATION, **named), True))
        persons = self._random.sample(range(900), len(joinings))
        first = _moment(item["created"], shift)
        room = max((self._clock() - first).days, 1)
        for person, (joining, confirmed) in zip(persons, joinings, strict=True):
            at = first + dt.timedelta(days=self._random.randrange(room))
            self._proposals.join(
                transaction, item["id"], f"e:{person}", joining, language=item["text_language"], at=at,
                confirmed=confirmed, example=True,
            )  # fmt: skip

    def _take(self, transaction: Transaction, item: Mapping, step: Mapping, shift: dt.timedelta) -> None:
        kind, at = Step(step["step"]), _moment(step["on"], shift)
        promise = self._proposals.commitment_within(transaction, item["id"])
        offering = slug(*step["offering"]) if "offering" in step else None
        if kind is Step.COMMITTED:
            made = Commitment(
                step["provider"], _day(step["start"], shift), step["min_group"], step["max_group"], None,
                step["price_cents"],
            )  # fmt: skip
            promise = made
            number = self._proposals.commit(transaction, item["id"], made, at)
        else:
            number = promise.id if promise else None
        provider = promise.provider if promise else step.get("provider")
        if offering:
            self._proposals.name_offering(transaction, number, offering)
        if kind is Step.HELD:
            outcome = self._outcome(transaction, item["id"], promise, step["participants"], at)
            self._outcomes.add(transaction, outcome, at)
        self._proposals.take_step(
            transaction, item["id"], kind, at, reason=step.get("reason", ""), provider=provider, commitment_id=number
        )
        endings = {Step.COMMITMENT_WITHDRAWN: "withdrawn", Step.HELD: "held", Step.CANCELLED: "cancelled"}
        if kind in endings:
            self._proposals.end_commitment(transaction, number, endings[kind], at)

    def _outcome(
        self, transaction: Transaction, proposal_id: str, promise: Commitment, participants: int, at: dt.datetime
    ) -> Outcome:
        standing = self._proposals.standing_within(transaction, proposal_id)
        signals = {str(level): number for level, number in standing.everyone.items()}
        return Outcome(
            promise.provider, at.date(), participants, signals, standing.employers, proposal_id, promise.offering, True
        )

    # Signals

    def _load_signals(self, transaction: Transaction) -> None:
        content = json.loads((self._folder / "signals" / "examples.json").read_text(encoding="utf-8"))
        by_field: dict[str, list[tuple[str, str]]] = {}
        for entry in self._store.published():
            languages = entry.offering.languages
            by_field.setdefault((entry.offering.field or "")[:2], []).append(
                (entry.id, languages[0] if languages and languages[0] in ("fi", "sv", "en") else "fi")
            )
        for group in content["interest"]:
            self._interest(transaction, group, content["people"], by_field[group["field"]])
        for item in content["vain"]:
            searched = Searched(item["words"], item["language"], "", item["field"], item.get("region"))
            for searcher in range(item["searchers"]):
                day = self._clock().date() - dt.timedelta(days=self._random.randrange(14))
                self._searches.note_vain(
                    transaction, searched, Verdict.NOTHING_EXISTS, f"e:{searcher}", day, example=True
                )
        for item in content["unsuitable"]:
            searched = Searched(item["words"], item["language"], "", item["field"])
            for searcher, reason in enumerate(_spread(item["reasons"])):
                self._searches.note_unsuitable(
                    transaction, searched, reason, f"e:{searcher}", self._clock().date(), example=True
                )
        for item in content["feedback"]:
            self._feedback(transaction, item)

    def _interest(
        self, transaction: Transaction, group: Mapping, people: int, offerings: list[tuple[str, str]]
    ) -> None:
        """Some offerings of a field are asked for more than others, and more of late than before."""
        persons = self._random.sample(range(people), group["signals"])
        columns = [self._shuffled(group[name]) for name in ("regions", "modes", "levels")]
        for person, region, mode, level in zip(persons, *columns, strict=True):
            offering, language = offerings[int(len(offerings) * self._random.random() ** 2)]
            back = int(_DAYS_BACK * self._random.random() ** 1.5)
            interest = Interest(
                level=Level(level),
                people=self._random.choice(_SIZES) if level == Level.ORGANISATION else 1,
                region=region,
                mode=mode,
            )
            self._signals.save_interest(
                transaction, f"e:{person}", offering, interest, language=language,
                at=self._clock() - dt.timedelta(days=back), confirmed=self._random.random() < 0.6, example=True,
            )  # fmt: skip

    def _shuffled(self, numbers: Mapping[str, int]) -> list[str]:
        values = list(_spread(numbers))
        self._random.shuffle(values)
        return values

    def _feedback(self, transaction: Transaction, item: Mapping) -> None:
        answers = zip(_spread(item["outcomes_met"]), _spread(item["recommends"]), strict=True)
        for person, (met, recommends) in enumerate(answers):
            said = Feedback(met, recommends, item["next"] if person == 0 else "")
            self._opinions.save_feedback(transaction, f"e:{person}", slug(*item["offering"]), said, "fi", self._clock())

    def _shift(self, content: Mapping) -> dt.timedelta:
        return self._clock().date() - dt.date.fromisoformat(content["as_of"])


def _spread(numbers: Mapping[str, int]) -> Iterator[str]:
    """{"a": 2, "b": 1} → a, a, b."""
    for value, number in numbers.items():
        for _ in range(number):
            yield value


def _day(text: str, shift: dt.timedelta) -> dt.date:
    return dt.date.fromisoformat(text) + shift


def _moment(text: str, shift: dt.timedelta, days: int = 0) -> dt.datetime:
    """Nine in the morning of that day in Helsinki."""
    day = _day(text, shift) + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(9), HELSINKI)
