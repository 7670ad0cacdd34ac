"""A search that did not help, as it is kept: normal words, filters, and why nothing was found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Why a search found nothing; robots are told apart and not kept."""

    NOTHING_EXISTS = "nothing_exists"
    OVER_FILTERED = "over_filtered"
    TYPING_ERROR = "typing_error"
    ROBOT = "robot"


@dataclass(frozen=True)
class Searched:
    """Words in small letters, interface language, filters as `name=value&…` in order, and the single values among them.

    A facet with several chosen values gives None for its own value.
    """

    words: str
    language: str
    filters: str = ""
    field: str | None = None
    region: str | None = None
    mode: str | None = None
    taught_in: str | None = None
    scope: str | None = None


@dataclass(frozen=True)
class Frequent:
    """Words that many searched in vain. `searchers`: distinct ones, the most of any one month; exact, so not to be shown."""

    words: str
    language: str
    searchers: int
