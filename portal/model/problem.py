"""What is wrong with a provider's data, told so that the sender can mend it."""

from dataclasses import dataclass
from enum import StrEnum

from portal.model.message import Message

MAX_SHOWN = 80


class Severity(StrEnum):
    """error: the offering is left out; warning: it goes in; info: what the POK criteria miss."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Problem:
    """One finding at one place of a file.

    row: 1-based with the header as row 1 (tables), line number (JSON Lines) or index path (JSON); None for the file.
    column: the column or key path; value: what stood there, cut to 80 characters when shown.
    """

    severity: Severity
    message: Message
    remedy: Message
    row: int | str | None = None
    column: str = ""
    value: str = ""
    offering: str = ""


def shown(value: object) -> str:
    """A value as a report shows it: one line, at most 80 characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
