"""What a learner can complete and get a certificate for, and the runs in which it can be taken.

One definition for the import check, the API and the published JSON Schema (`/api/v1/schema/offering.json`).
"""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from portal.model.days import RunDays
from portal.model.ects import EctsField, Number
from portal.model.text import LanguageCode, LocalizedText

Mode = Literal["online", "onsite", "blended"]
Pace = Literal["scheduled", "self_paced"]
AssessmentMethod = Literal["exam", "assignment", "portfolio", "demonstration", "project", "oral", "continuous", "other"]
Supervision = Literal["none", "unsupervised", "supervised_online", "supervised_onsite"]
TargetGroup = Literal[
    "unemployed", "changing_job", "low_education", "over_55", "migrants",
    "employed", "entrepreneurs", "volunteers", "men_in_care", "other",
]  # fmt: skip

URL_PATTERN = r"^https://[^\s<>\"'\\]{1,2000}$"
EMAIL_PATTERN = r"^[^\s@<>\"']{1,64}@[^\s@<>\"']{1,255}$"

Url = Annotated[str, StringConstraints(strip_whitespace=True, pattern=URL_PATTERN)]
Email = Annotated[str, StringConstraints(strip_whitespace=True, pattern=EMAIL_PATTERN)]
EmailOrUrl = Annotated[str, StringConstraints(strip_whitespace=True, pattern=f"{URL_PATTERN}|{EMAIL_PATTERN}")]
ProviderId = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
FieldCode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{2,4}$")]
RegionCode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{2}$")]
MunicipalityCode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{3}$")]


def _iso_text(value: object) -> object:
    """Only a written day counts: a bare number would be read as seconds since 1970."""
    if isinstance(value, dt.datetime) or not isinstance(value, str | dt.date):
        raise PydanticCustomError("date_expected", "a day is expected")
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise PydanticCustomError("date_expected", "a day is expected")
    return value.strip() if isinstance(value, str) else value


def _likely_day(value: dt.date) -> dt.date:
    if not 1950 <= value.year <= 2150:
        raise PydanticCustomError("date_unlikely", "the year is unlikely")
    return value


Day = Annotated[dt.date, BeforeValidator(_iso_text), AfterValidator(_likely_day)]


class Part(BaseModel):
    """Values of the catalogue never change once read; unknown keys are reported by the importer, not refused."""

    # Python's patterns: Rust takes a tenth of a second at every start to prepare those of addresses.
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True, regex_engine="python-re")


class Price(Part):
    """What a learner pays; 0 is free."""

    amount: Number
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"
    vat: Literal["included", "excluded", "exempt"] | None = None

    @property
    def is_free(self) -> bool:
        return self.amount == 0


class Assessment(Part):
    """How what was learnt is assessed."""

    methods: tuple[AssessmentMethod, ...] = ()
    description: LocalizedText = LocalizedText()
    supervision: Supervision | None = None


class Certificate(Part):
    """What the learner gets as proof."""

    type: Literal["digital", "paper", "none"] | None = None
    shareable: bool = False
    description: LocalizedText = LocalizedText()


class QualityAssurance(Part):
    """How the provider assures quality."""

    description: LocalizedText = LocalizedText()
    url: Url | None = None


class Whole(Part):
    """Something larger that an offering is a piece of."""

    title: LocalizedText
    ects: EctsField | None = None
    url: Url | None = None

    @model_validator(mode="after")
    def _has_a_title(self) -> "Whole":
        _require_title(self.title)
        return self


class Stackable(Part):
    """Whether, and into what, the offering accumulates."""

    kind: Literal["standalone", "stackable"] | None = None
    part_of: tuple[Whole, ...] = Field(default=(), max_length=50)


class Organisations(Part):
    """Whether an employer can buy it for its staff."""

    available: bool = False
    min_group: Annotated[int, Field(ge=1, le=100_000)] | None = None
    contact: EmailOrUrl | None = None


class Contact(Part):
    """Whom a learner asks."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None
    email: Email | None = None
    url: Url | None = None


class Run(Part):
    """One dated or continuous way of taking an offering (toteutus, genomförande)."""

    id: Code
    start: Day | None = None
    end: Day | None = None
    enrol_from: Day | None = None
    enrol_by: Day | None = None
    mode: Mode | None = None
    pace: Pace | None = None
    languages: tuple[LanguageCode, ...] = ()
    municipality: MunicipalityCode | None = None
    region: RegionCode | None = None
    seats: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    price: Price | None = None
    url: Url | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> "Run":
        for first, last in (("start", "end"), ("enrol_from", "enrol_by")):
            one, other = getattr(self, first), getattr(self, last)
            if one and other and one > other:
                raise PydanticCustomError("days_reversed", "{last} is before {first}", {"first": first, "last": last})
        return self

    @property
    def days(self) -> RunDays:
        return RunDays(self.start, self.end, self.enrol_from, self.enrol_by, self.pace == "self_paced")


def _as_list(value: object) -> object:
    """One text by language stands for a list of one outcome."""
    return [value] if isinstance(value, dict | LocalizedText) else value


class Offering(Part):
    """A small piece of learning with a certificate; (provider, code) is its identity."""

    provider: ProviderId
    code: Code
    title: LocalizedText
    summary: LocalizedText = LocalizedText()
    description: LocalizedText = LocalizedText()
    learning_outcomes: Annotated[tuple[LocalizedText, ...], BeforeValidator(_as_list), Field(max_length=200)] = ()
    ects: EctsField | None = None
    hours: Number | None = None
    field: FieldCode | None = None
    level: Annotated[int, Field(ge=1, le=8)] | None = None
    languages: tuple[LanguageCode, ...] = ()
    assessment: Assessment | None = None
    certificate: Certificate | None = None
    quality_assurance: QualityAssurance | None = None
    prerequisites: LocalizedText = LocalizedText()
    stackable: Stackable | None = None
    koski: bool = False
    target_groups: tuple[TargetGroup, ...] = ()
    keywords: tuple[LocalizedText, ...] = Field(default=(), max_length=200)
    skills: tuple[Annotated[str, StringConstraints(pattern=r"^https?://\S{1,2000}$")], ...] = Field(
        default=(), max_length=500
    )
    price: Price | None = None
    organisations: Organisations | None = None
    grading: Literal["pass_fail", "scale_0_5", "other"] | None = None
    recognition: LocalizedText = LocalizedText()
    guidance: LocalizedText = LocalizedText()
    contact: Contact | None = None
    partners: tuple[ProviderId, ...] = Field(default=(), max_length=100)
    example: bool = False
    url: Url | None = None
    runs: tuple[Run, ...] = Field(default=(), max_length=10_000)

    @model_validator(mode="after")
    def _has_a_title(self) -> "Offering":
        _require_title(self.title)
        return self

    def to_json(self) -> dict:
        """The offering as the provider format writes it; what is not stated is left out."""
        return _stated(self.model_dump(mode="json"))

    def runs_that_count(self, today: dt.date) -> tuple[Run, ...]:
        """Runs that have not ended; all of them when every one has (the offering stays, marked as ended)."""
        return tuple(run for run in self.runs if not run.days.have_ended(today)) or self.runs

    def has_ended(self, today: dt.date) -> bool:
        return bool(self.runs) and all(run.days.have_ended(today) for run in self.runs)


def _require_title(title: LocalizedText) -> None:
    if not title:
        raise PydanticCustomError("title_missing", "a title in at least one language is needed")


def _stated(value: object) -> object:
    """The same JSON value without what says nothing: nulls, empty texts, lists and objects."""
    if isinstance(value, dict):
        pruned = {key: _stated(part) for key, part in value.items()}
        return {key: part for key, part in pruned.items() if part is not None and part not in ({}, [])}
    if isinstance(value, list):
        return [_stated(part) for part in value]
    return value
