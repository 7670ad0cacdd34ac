"""What every store promises of published demand: the newest build is read whole, and older ones go."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.model.published import Beliefs, Beta, Build, Cell, Figure, Funnel, Row, Supply
from portal.store.published import PublishedStore

AT = dt.datetime(2026, 11, 21, 1, 0, tzinfo=dt.UTC)
REGION = Cell("region", "06", "01")
WORDS = Cell("words", "", "=1+1 'ö' \U0001f600 " + "x" * 180)


def make_build(people=5, **parts):
    whole = {
        "built_at": AT,
        "minimum": 5,
        "beliefs": Beliefs({"curious": Beta(0.25, 5.5)}, 0.05, 7),
        "figures": (
            Figure(Row(REGION, "2026-Q4", "curious", False), people),
            Figure(Row(REGION, "2026-Q4", "curious", True), 10),
            Figure(Row(REGION, "2026-Q4", "employers", True), 5, 40),
            Figure(Row(WORDS, "2026-11", "searches", False), 5),
        ),
        "supplies": (Supply(REGION, 3, 60, dt.date(2027, 1, 12)), Supply(Cell("scope", "06", "60+"), 1, 0)),
        "funnel": Funnel(wishes=9, taken_up=2, held=1, participants=15),
    }
    return Build(**(whole | parts))


@pytest.fixture
def published(database):
    return PublishedStore(database)


def test_before_the_first_build_there_is_none(published):
    assert (published.newest(), published.latest()) == (None, None)


def test_a_build_is_read_back_as_it_was_saved(published):
    number = published.save(make_build())
    assert published.latest() == replace(make_build(), number=number)
    assert published.newest() == number


def test_a_build_without_figures_is_a_build(published):
    published.save(make_build())
    published.save(make_build(figures=(), supplies=()))
    assert (published.latest().figures, published.latest().supplies) == ((), ())


def test_only_the_newest_build_is_read_and_only_two_are_kept(published, database):
    numbers = [published.save(make_build(people)) for people in (5, 10, 15, 20)]
    assert published.newest() == numbers[-1] and published.latest().figures[0].number == 20
    with database.read() as connection:
        for table, column in (("demand_build", "number"), ("demand_figure", "build"), ("demand_supply", "build")):
            kept = connection.scalars(sa.text(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1")).all()
            assert kept == numbers[-2:]


def test_a_build_that_cannot_be_saved_leaves_the_one_before(published):
    number = published.save(make_build())
    twice = (Figure(Row(REGION, "2026-Q4", "curious", False), 10),) * 2
    with pytest.raises(sa.exc.IntegrityError):
        published.save(make_build(figures=twice))
    assert published.newest() == number and len(published.latest().figures) == 4
