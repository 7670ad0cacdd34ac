"""The days of a run and what they mean today."""

import datetime as dt
from typing import NamedTuple


class RunDays(NamedTuple):
    """First and last day of a run and of enrolment to it, as far as stated."""

    start: dt.date | None = None
    end: dt.date | None = None
    enrol_from: dt.date | None = None
    enrol_by: dt.date | None = None
    self_paced: bool = False

    def have_ended(self, today: dt.date) -> bool:
        """True once the stated last day is past; a run that states none has not ended."""
        return self.end is not None and self.end < today

    def can_be_joined(self, today: dt.date) -> bool:
        """True when one can enrol today or later: at one's own pace, by the stated last day, else until it begins."""
        if self.have_ended(today):
            return False
        if self.enrol_by is not None:
            return self.enrol_by >= today
        return self.self_paced or self.start is None or self.start >= today

    def enrolment_is_open(self, today: dt.date) -> bool:
        """True when `today` lies in the stated enrolment time; without a stated last day a scheduled start ends it."""
        if self.enrol_from is None and self.enrol_by is None:
            return False
        last = self.enrol_by or (None if self.self_paced else self.start) or self.end
        return (
            not self.have_ended(today)
            and (self.enrol_from is None or self.enrol_from <= today)
            and (last is None or today <= last)
        )


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th day")
