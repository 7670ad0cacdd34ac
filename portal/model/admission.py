"""Whether a provider may publish on the portal, and the steps by which that was decided."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Admission(StrEnum):
    """admitted: publishes; suspended: for a time, its offerings are hidden and kept; closed: for good."""

    ADMITTED = "admitted"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True)
class AdmissionStep:
    """One decision of the operator. `checklist`: the criteria that were found met. Times are UTC."""

    provider: str
    admission: Admission
    at: dt.datetime
    reason: str = ""
    checklist: tuple[str, ...] = ()
    user: str | None = None
