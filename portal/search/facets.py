"""What a catalogue can be narrowed by: each facet is one definition here, and nothing about it stands elsewhere."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from portal.model.codes import Codes
from portal.model.collation import sort_key
from portal.model.days import RunDays, months_after
from portal.model.ects import BANDS
from portal.model.message import N_, Message
from portal.model.offering import Offering, Run
from portal.model.provider import Provider

NO_RUN = Run(id="-")
"""Stands for the runs of an offering that has none, so that its own language and price still count."""


@dataclass(frozen=True)
class Subject:
    """All that the values of an offering follow from, but for the day."""

    offering: Offering
    provider: Provider
    pok: bool
    codes: Codes


@dataclass(frozen=True)
class Labels:
    """What a label is made from: code lists, providers by id, the reader's language and its gettext."""

    codes: Codes
    providers: Mapping[str, Provider]
    language: str
    translate: Callable[[str], str] = str


@dataclass(frozen=True)
class DayColumns:
    """Days of many runs. `dates` (m, 4): start, end, enrol_from and enrol_by as ordinals, 0 when not stated."""

    dates: np.ndarray
    self_paced: np.ndarray

    @classmethod
    def of(cls, days: Sequence[RunDays]) -> "DayColumns":
        dates = [[day.toordinal() if day else 0 for day in one[:4]] for one in days]
        return cls(
            np.array(dates, dtype=np.int32).reshape(-1, 4), np.array([one.self_paced for one in days], dtype=bool)
        )

    def have_ended(self, today: dt.date) -> np.ndarray:
        """`RunDays.have_ended` of each."""
        end = self.dates[:, 1]
        return (end > 0) & (end < today.toordinal())

    def enrolment_is_open(self, today: dt.date) -> np.ndarray:
        """`RunDays.enrolment_is_open` of each."""
        start, end, enrol_from, enrol_by = self.dates.T
        day = today.toordinal()
        last = np.where(enrol_by > 0, enrol_by, np.where((start > 0) & ~self.self_paced, start, end))
        stated = (enrol_from > 0) | (enrol_by > 0)
        return stated & ~self.have_ended(today) & (enrol_from <= day) & ((last == 0) | (day <= last))


@dataclass(frozen=True)
class Facet:
    """One facet; `name` is its search parameter.

    Exactly one of the three gives its values: `of_offering`; `of_run`, which must hold on the same run as every other
    run facet; or `on_day`, likewise on the run but different every day. `on_days` is `on_day` for many runs at once:
    each value with a mask of the runs that have it.
    """

    name: str
    title: Message
    label: Callable[[str, Labels], str]
    of_offering: Callable[[Subject], Iterable[str]] | None = None
    of_run: Callable[[Subject, Run], Iterable[str]] | None = None
    on_day: Callable[[RunDays, dt.date], Iterable[str]] | None = None
    on_days: Callable[[DayColumns, dt.date], Mapping[str, np.ndarray]] | None = None
    closed: tuple[str, ...] = ()
    """Every possible value in its order, where the list is closed; else the index's own values, by `order`."""
    order: Callable[[str, Labels], object] | None = None
    accepts: Callable[[str, Labels], bool] = field(default=lambda value, labels: True)

    @property
    def is_flag(self) -> bool:
        """A plain yes: chosen by `=1` and shown as one tick box."""
        return self.closed == ("1",)

    def knows(self, value: str, labels: Labels) -> bool:
        return value in self.closed if self.closed else self.accepts(value, labels)

    def in_order(self, values: Iterable[str], labels: Labels) -> list[str]:
        """The values to show: all of a closed list, else those given, in the facet's order."""
        if self.closed:
            return list(self.closed)
        order = self.order or (lambda value, labels: sort_key(self.label(value, labels), labels.language))
        return sorted(values, key=lambda value: order(value, labels))


def _from_list(name: str) -> Callable[[str, Labels], str]:
    return lambda value, labels: labels.codes.label(name, value, labels.language)


def _from_messages(messages: Mapping[str, Message]) -> Callable[[str, Labels], str]:
    return lambda value, labels: messages[value].render(labels.translate)


def _in_list(name: str) -> Callable[[str, Labels], bool]:
    return lambda value, labels: value in labels.codes[name]


def _fields(subject: Subject) -> Iterable[str]:
    code = subject.offering.field
    return filter(None, (subject.codes.broad_field(code), subject.codes.narrow_field(code)))


def _price(subject: Subject, run: Run) -> Iterable[str]:
    price = run.price or subject.offering.price
    return () if price is None else ("free",) if price.is_free else ("paid",)


def _start(days: RunDays, today: dt.date) -> Iterable[str]:
    if days.enrolment_is_open(today):
        yield "open"
    if days.start is not None and days.start >= today:
        yield from (f"{months}m" for months in (1, 3, 6) if days.start <= months_after(today, months))
    if days.self_paced:
        yield "any_time"


def _starts(days: DayColumns, today: dt.date) -> Mapping[str, np.ndarray]:
    start, day = days.dates[:, 0], today.toordinal()
    soon = {f"{months}m": (start >= day) & (start <= months_after(today, months).toordinal()) for months in (1, 3, 6)}
    return {"open": days.enrolment_is_open(today)} | soon | {"any_time": days.self_paced}


def _provider_label(value: str, labels: Labels) -> str:
    provider = labels.providers.get(value)
    return provider.name.choose(labels.language).text if provider else value


def _language_order(value: str, labels: Labels) -> object:
    first = ("fi", "sv", "en")
    return (
        (first.index(value), ("", ""))
        if value in first
        else (3, sort_key(_from_list("languages")(value, labels), labels.language))
    )


SCOPE_LABELS = {
    "lt1": Message(N_("under 1 ECTS")),
    "1-4": Message(N_("1–4 ECTS")),
    "5-9": Message(N_("5–9 ECTS")),
    "10-29": Message(N_("10–29 ECTS")),
    "30-59": Message(N_("30–59 ECTS")),
    "60+": Message(N_("60 ECTS or more")),
}
PRICE_LABELS = {"free": Message(N_("free")), "paid": Message(N_("for a fee"))}
START_LABELS = {
    "open": Message(N_("enrolment open today")),
    "1m": Message(N_("within a month")),
    "3m": Message(N_("within 3 months")),
    "6m": Message(N_("within 6 months")),
    "any_time": Message(N_("at your own pace")),
}
_NOT_A_LEVEL = 9

FACETS: tuple[Facet, ...] = (
    Facet("field", Message(N_("Field")), _from_list("fields"), of_offering=_fields,
          accepts=_in_list("fields"), order=lambda value, labels: value),
    Facet("scope", Message(N_("Scope")), _from_messages(SCOPE_LABELS), closed=tuple(BANDS),
          of_offering=lambda subject: subject.offering.ects.bands() if subject.offering.ects else ()),
    Facet("mode", Message(N_("Mode")), _from_list("modes"), closed=("online", "onsite", "blended"),
          of_run=lambda subject, run: filter(None, (run.mode,))),
    Facet("start", Message(N_("Starts")), _from_messages(START_LABELS), closed=tuple(START_LABELS), on_day=_start,
          on_days=_starts),
    Facet("language", Message(N_("Language of teaching")), _from_list("languages"), order=_language_order,
          accepts=_in_list("languages"), of_run=lambda subject, run: run.languages or subject.offering.languages),
    Facet("price", Message(N_("Price")), _from_messages(PRICE_LABELS), closed=("free", "paid"), of_run=_price),
    Facet("region", Message(N_("Region")), _from_list("regions"), accepts=_in_list("regions"),
          of_run=lambda subject, run: filter(None, (subject.codes.region_of(run),))),
    Facet("provider", Message(N_("Provider")), _provider_label, of_offering=lambda subject: (subject.provider.id,),
          accepts=lambda value, labels: value in labels.providers),
    Facet("provider_type", Message(N_("Type of provider")), _from_list("provider_types_plural"),
          closed=("university", "uas", "study_centre", "folk_high_school", "adult_education_centre", "other"),
          of_offering=lambda subject: (subject.provider.type,)),
    Facet("level", Message(N_("Level")), _from_list("levels"), closed=tuple(map(str, range(1, _NOT_A_LEVEL))),
          of_offering=lambda subject: (str(subject.offering.level),) if subject.offering.level else ()),
    Facet("target_group", Message(N_("For whom")), _from_list("target_groups"),
          closed=("unemployed", "changing_job", "low_education", "over_55", "migrants", "employed", "entrepreneurs",
                  "volunteers", "men_in_care", "other"),
          of_offering=lambda subject: subject.offering.target_groups),
    Facet("pok", Message(N_("Micro-credential criteria")),
          _from_messages({"1": Message(N_("Meets the micro-credential criteria"))}), closed=("1",),
          of_offering=lambda subject: ("1",) if subject.pok else ()),
    Facet("koski", Message(N_("Koski")), _from_messages({"1": Message(N_("Can be recorded in Koski"))}),
          closed=("1",), of_offering=lambda subject: ("1",) if subject.offering.koski else ()),
    Facet("organisations", Message(N_("For employers")), _from_messages({"1": Message(N_("Employers can order"))}),
          closed=("1",),
          of_offering=lambda subject: ("1",) if subject.offering.organisations and subject.offering.organisations.available else ()),
)  # fmt: skip
BY_NAME = {facet.name: facet for facet in FACETS}
