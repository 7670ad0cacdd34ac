"""Whether a provider may publish on the portal, what it must meet for that, and the steps by which it was decided."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.model.message import N_, Message


class Admission(StrEnum):
    """admitted: publishes; suspended: for a time, its offerings are hidden and kept; closed: for good."""

    ADMITTED = "admitted"
    SUSPENDED = "suspended"
    CLOSED = "closed"


ADMISSION_LABELS = {
    Admission.ADMITTED: Message(N_("Admitted")),
    Admission.SUSPENDED: Message(N_("Suspended")),
    Admission.CLOSED: Message(N_("Closed")),
}


@dataclass(frozen=True)
class AdmissionStep:
    """One decision of the operator. `checklist`: the criteria that were found met. Times are UTC."""

    provider: str
    admission: Admission
    at: dt.datetime
    reason: str = ""
    checklist: tuple[str, ...] = ()
    user: str | None = None


@dataclass(frozen=True)
class Criterion:
    """One thing that a provider takes upon itself. `why` is for its readers; not `required` ones are wished for."""

    name: Message
    why: Message
    required: bool = True


CRITERIA: Mapping[str, Criterion] = {
    "education": Criterion(
        Message(N_("It is a legal provider of education in Finland, or has an agreement with one")),
        Message(N_("Universities, universities of applied sciences, study centres, folk high schools and the like.")),
    ),
    "contact": Criterion(
        Message(N_("It names a contact person and an address that is read")),
        Message(N_("Wishes, reports and reminders go there.")),
    ),
    "outcomes": Criterion(
        Message(N_("It describes the learning outcomes")),
        Message(N_("Learners and employers choose by what one can do afterwards.")),
    ),
    "scope": Criterion(
        Message(N_("It states the scope in credits or hours")),
        Message(N_("Without it nobody knows how much work it is.")),
    ),
    "assessment": Criterion(
        Message(N_("It assesses what was learnt, and says how")),
        Message(N_("A micro-credential is assessed; attendance alone is not enough.")),
    ),
    "certificate": Criterion(
        Message(N_("It gives a certificate, an electronic one where it can")),
        Message(N_("The learner owns it and can show it to others.")),
    ),
    "quality": Criterion(
        Message(N_("It says how quality is assured")),
        Message(N_("Universities must; others are asked to.")),
        required=False,
    ),
    "correct": Criterion(
        Message(N_("It answers for what it publishes being correct")),
        Message(N_("The portal checks the form, not the content.")),
    ),
    "current": Criterion(
        Message(N_("It withdraws what is no longer offered")),
        Message(N_("A search that leads to nothing is a disappointment.")),
    ),
    "open": Criterion(
        Message(N_("Price, days and the way to enrol are open to everybody")),
        Message(N_("Nobody should have to register or pay to see them.")),
    ),
    "accessible": Criterion(
        Message(N_("Its enrolment and materials are accessible, or it says where they are not")),
        Message(N_("The law demands it of public services.")),
    ),
    "privacy": Criterion(
        Message(N_("It looks after the personal data of its learners itself")),
        Message(N_("Enrolment happens at the provider, so the portal has no data of learners.")),
    ),
    "answers": Criterion(
        Message(N_("It answers wishes in its field within two weeks")),
        Message(N_("A no is an answer, too.")),
        required=False,
    ),
}
"""What the operator ticks when admitting a provider, and what the page on joining says, in this order."""


def unmet(checklist: Collection[str]) -> list[str]:
    """Required criteria that are not ticked."""
    return [name for name, criterion in CRITERIA.items() if criterion.required and name not in checklist]
