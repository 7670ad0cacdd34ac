"""The fields in which providers write an offering and its runs: where each belongs in the format, and what it is called."""

from dataclasses import dataclass
from typing import Literal

from portal.model.message import N_
from portal.model.text import LANGUAGES

Kind = Literal[
    "text", "line", "lines", "scope", "number", "whole", "money", "day", "choice", "choices", "yes", "parts", "list",
]  # fmt: skip


@dataclass(frozen=True)
class OfferingField:
    """One field. path: its place in the format without indexes; codes: the list that it is chosen from.

    label and hint are English sources. text: several lines; line: one; lines: a list of texts, one a line; list: values
    one a line; parts: `title | ects | url`, one a line; yes: a tick. `by_language`: once in each of our languages.
    """

    path: str
    kind: Kind
    label: str
    hint: str = ""
    codes: str = ""
    by_language: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its inputs: the path, by language `title.fi`, `title.sv`, `title.en`."""
        return tuple(f"{self.path}.{language}" for language in LANGUAGES) if self.by_language else (self.path,)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.path.split("."))

    @property
    def is_ticked(self) -> bool:
        """True when nothing is sent for a field in which nothing is chosen."""
        return self.kind in ("choices", "yes")


def _text(path: str, label: str, hint: str = "", kind: Kind = "text") -> OfferingField:
    return OfferingField(path, kind, label, hint, by_language=True)


_DAY = N_("For example 12.1.2027")
_ADDRESS = N_("Begins with https://")

MAIN_TEXTS = (
    _text("title", N_("Name")),
    _text("summary", N_("Summary"), N_("One or two sentences, shown in lists")),
    _text("learning_outcomes", N_("Learning outcomes"), N_("One a line, in the same order in each language"), "lines"),
    _text("description", N_("Description")),
)
OTHER_TEXTS = (
    _text("prerequisites", N_("Before you start")),
    _text("assessment.description", N_("How learning is assessed")),
    _text("certificate.description", N_("About the certificate")),
    _text("quality_assurance.description", N_("How quality is assured")),
    _text("recognition", N_("Recognition in other studies")),
    _text("guidance", N_("Guidance")),
    _text("keywords", N_("Keywords"), N_("One a line, in the same order in each language"), "lines"),
)
SCOPE = (
    OfferingField("code", "line", N_("Code"), N_("Your own code, for example TA-0101")),
    OfferingField("ects", "scope", N_("Scope in credits"), N_("For example 2 or 1.5, or a range 2–10")),
    OfferingField("hours", "number", N_("Hours of work"), N_("Where there are no credits")),
    OfferingField("field", "choice", N_("Field"), codes="fields"),
    OfferingField("level", "choice", N_("Level"), codes="levels"),
    OfferingField("languages", "choices", N_("Language of teaching"), codes="languages"),
)
ASSESSMENT = (
    OfferingField("assessment.methods", "choices", N_("How is learning assessed?"), codes="assessment_methods"),
    OfferingField("assessment.supervision", "choice", N_("Supervision of assessment"), codes="supervisions"),
    OfferingField("grading", "choice", N_("Grading"), codes="gradings"),
    OfferingField("certificate.type", "choice", N_("Certificate"), codes="certificate_types"),
    OfferingField("certificate.shareable", "yes", N_("Learners can share the certificate")),
    OfferingField("koski", "yes", N_("The result can be recorded in Koski")),
    OfferingField("quality_assurance.url", "line", N_("Page about quality assurance"), _ADDRESS),
)
AUDIENCE = (
    OfferingField("target_groups", "choices", N_("For whom"), codes="target_groups"),
    OfferingField("price.amount", "money", N_("Price in euros"), N_("Write 0 when it is free.")),
    OfferingField("price.vat", "choice", N_("Value added tax"), codes="vat"),
    OfferingField("organisations.available", "yes", N_("Employers can order it for their staff")),
    OfferingField("organisations.min_group", "whole", N_("Smallest group")),
    OfferingField("organisations.contact", "line", N_("Whom employers ask"), N_("An e-mail address or a web page")),
)
PLACES = (
    OfferingField("url", "line", N_("Page of the offering"), _ADDRESS),
    OfferingField("contact.name", "line", N_("Contact person or office")),
    OfferingField("contact.email", "line", N_("E-mail for learners")),
    OfferingField("contact.url", "line", N_("Contact page"), _ADDRESS),
    OfferingField("stackable.kind", "choice", N_("Part of something larger?"), codes="stackable_kinds"),
    OfferingField("stackable.part_of", "parts", N_("What it is part of"), N_("One a line: title | credits | web page")),
    OfferingField("partners", "choices", N_("Offered together with"), codes="providers"),
    OfferingField("skills", "list", N_("Skills"), N_("Addresses of ESCO or YSO concepts, one a line")),
)
RUN = (
    OfferingField("id", "line", N_("Id of the run"), N_("Your own, for example 2027-autumn")),
    OfferingField("start", "day", N_("Starts"), _DAY),
    OfferingField("end", "day", N_("Ends"), _DAY),
    OfferingField("enrol_from", "day", N_("Enrolment opens"), _DAY),
    OfferingField("enrol_by", "day", N_("Enrolment closes"), _DAY),
    OfferingField("mode", "choice", N_("Mode"), codes="modes"),
    OfferingField("pace", "choice", N_("Pace"), codes="paces"),
    OfferingField("municipality", "choice", N_("Municipality"), codes="municipalities"),
    OfferingField("region", "choice", N_("Region"), N_("Follows from the municipality"), codes="regions"),
    OfferingField("languages", "choices", N_("Language of teaching"), codes="languages"),
    OfferingField("seats", "whole", N_("Places")),
    OfferingField("price.amount", "money", N_("Price in euros"), N_("When it differs from the price of the offering")),
    OfferingField("price.vat", "choice", N_("Value added tax"), codes="vat"),
    OfferingField("url", "line", N_("Page of the run"), _ADDRESS),
)

OFFERING = (*MAIN_TEXTS, *SCOPE, *ASSESSMENT, *AUDIENCE, *PLACES, *OTHER_TEXTS)
"""Every field of an offering; its runs have those of `RUN`."""
