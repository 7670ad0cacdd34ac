"""The days of a run: whether it has ended, and whether one can enrol today."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.days import RunDays, months_after

TODAY = dt.date(2026, 11, 16)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(1), TODAY + dt.timedelta(1)


def test_a_run_has_ended_the_day_after_its_last_day():
    assert RunDays(end=YESTERDAY).have_ended(TODAY)


def test_on_its_last_day_a_run_has_not_ended():
    assert not RunDays(end=TODAY).have_ended(TODAY)


def test_a_run_without_a_last_day_has_not_ended():
    assert not RunDays(start=dt.date(2020, 1, 1)).have_ended(TODAY)


@pytest.mark.parametrize(
    ("days", "open_today"),
    [
        (RunDays(), False),
        (RunDays(start=TOMORROW), False),
        (RunDays(self_paced=True), False),
        (RunDays(enrol_by=TODAY), True),
        (RunDays(enrol_by=YESTERDAY), False),
        (RunDays(enrol_from=TODAY), True),
        (RunDays(enrol_from=TOMORROW), False),
        (RunDays(enrol_from=YESTERDAY, enrol_by=TOMORROW), True),
        (RunDays(enrol_from=YESTERDAY, enrol_by=YESTERDAY), False),
        (RunDays(start=TODAY, enrol_from=YESTERDAY), True),
        (RunDays(start=YESTERDAY, enrol_from=YESTERDAY), False),
        (RunDays(start=YESTERDAY, enrol_from=YESTERDAY, self_paced=True), True),
        (RunDays(start=YESTERDAY, enrol_by=TOMORROW), True),
        (RunDays(end=YESTERDAY, enrol_by=TOMORROW), False),
        (RunDays(end=YESTERDAY, enrol_from=YESTERDAY), False),
        (RunDays(end=TOMORROW, enrol_from=YESTERDAY), True),
        (RunDays(start=YESTERDAY, end=YESTERDAY, enrol_from=YESTERDAY, self_paced=True), False),
    ],
)
def test_enrolment_is_open_only_within_the_time_that_is_stated(days, open_today):
    assert days.enrolment_is_open(TODAY) is open_today


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-16", 1, "2026-12-16"),
        ("2026-11-16", 3, "2027-02-16"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-11-30", 3, "2027-02-28"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, expected):
    assert months_after(dt.date.fromisoformat(day), months).isoformat() == expected


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 24))
def test_months_later_always_lies_in_the_month_asked_for(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(1)).day == 1)
