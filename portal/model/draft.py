"""What a provider is writing: an offering that need not be right yet, kept apart from what visitors see."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class DraftState(StrEnum):
    """editing: anybody of the provider goes on writing; review: it waits for someone who may publish."""

    EDITING = "editing"
    REVIEW = "review"


@dataclass(frozen=True)
class Draft:
    """One draft. `data` is an offering in the shape of the provider format, right or not; what was typed stays.

    offering: id of the published or withdrawn offering it will replace, None for a new one. base_revision: the
    offering's revision when the draft was begun. revision: 1, 2, …, one more at every save. note: what a reviewer
    wrote when sending it back. Times are UTC; `created_by` and `updated_by` are ids of users, None when removed.
    """

    id: str
    provider: str
    data: dict
    offering: str | None = None
    base_revision: int | None = None
    revision: int = 1
    state: DraftState = DraftState.EDITING
    note: str = ""
    created_by: str | None = None
    updated_by: str | None = None
    created_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
