"""A file that a provider sent at the desk, and how far it has come."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.model.message import Message


class UploadState(StrEnum):
    """waiting → checking → checked → approved → applying → applied; failed from any of them.

    waiting: to be checked; checked: somebody is to look at the report; approved: to be published.
    """

    WAITING = "waiting"
    CHECKING = "checking"
    CHECKED = "checked"
    APPROVED = "approved"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"


UNDER_WAY = (UploadState.WAITING, UploadState.CHECKING, UploadState.APPROVED, UploadState.APPLYING)
"""States in which the portal has something to do."""


@dataclass(frozen=True)
class Upload:
    """One file of a provider.

    name: as the sender calls it. complete: it is all that the provider has. mapping: what its own headers mean.
    counts: offerings by what became (or would become) of them, problems by severity, `mark` (what the provider had
    when it was checked). error: why it failed. done, total: records. Times are UTC.
    """

    id: str
    provider: str
    name: str
    created_at: dt.datetime
    updated_at: dt.datetime
    user: str | None = None
    state: UploadState = UploadState.WAITING
    complete: bool = False
    language: str = "fi"
    mapping: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    error: Message | None = None
    done: int = 0
    total: int | None = None

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def suffix(self) -> str:
        """The end of its name, which tells the format: `.xlsx`."""
        return f".{self.name.rpartition('.')[2].lower()}"
