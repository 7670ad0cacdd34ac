"""The nightly build of demand: from signals and catalogue to tables that everybody may read."""

import datetime as dt

import pytest
import sqlalchemy as sa
from demand_world import add_people, add_searches, save_offering
from factories import make_offering, make_run

from portal.model.published import Cell
from portal.services.demand.building import Demand
from portal.services.demand.supplying import supply
from portal.services.demand.tables import Trend

TODAY = dt.date(2026, 11, 16)
REGION = Cell("region", "06", "01")


@pytest.fixture
def offering(stocked):
    return save_offering(stocked, ects=2, runs=[run(seats=30, municipality="091")])


def run(**parts):
    return make_run(**parts).model_dump(mode="json", exclude_none=True)


def build(services):
    services.demand.build()
    return services.demand.current()


def test_before_the_first_build_there_is_nothing_to_read(stocked):
    assert stocked.demand.current() is None


def test_people_are_shown_from_five_on_and_rounded_down(stocked, offering):
    add_people(stocked, offering, 4, region="01")
    assert build(stocked).line(REGION).asked.people == 0
    add_people(stocked, offering, 3, region="01", first=4)
    assert build(stocked).line(REGION).asked.people == 5


def test_readers_see_the_build_before_until_the_next_is_whole(stocked, offering):
    add_people(stocked, offering, 5, region="01")
    before = build(stocked)
    add_people(stocked, offering, 5, region="01", first=5)
    assert stocked.demand.current() is before
    assert build(stocked).line(REGION).asked.people == 10


def test_a_build_that_fails_leaves_the_one_before(stocked, offering, monkeypatch):
    add_people(stocked, offering, 5, region="01")
    before = build(stocked)
    monkeypatch.setattr(Demand, "axes", lambda self: {"region": None})
    with pytest.raises(TypeError):
        stocked.demand.build()
    assert stocked.demand.current() is before


def test_only_two_builds_are_kept(stocked, offering):
    add_people(stocked, offering, 5, region="01")
    for _ in range(4):
        stocked.demand.build()
    with stocked.database.read() as connection:
        kept = connection.scalars(sa.text("SELECT number FROM demand_build ORDER BY number")).all()
        figures = connection.scalars(sa.text("SELECT DISTINCT build FROM demand_figure ORDER BY build")).all()
    assert kept == figures == [3, 4]


def test_what_is_kept_is_read_back_as_it_was(stocked, offering):
    add_people(stocked, offering, 7, region="01")
    add_people(stocked, offering, 6, level="organisation", people=4, first=10)
    made = stocked.demand.build()
    read = stocked.demand.current().build
    assert (read.figures, read.supplies, read.beliefs) == (made.figures, made.supplies, made.beliefs)
    assert read.funnel == made.funnel and read.minimum == 5 and read.figures


def test_a_person_who_withdraws_is_gone_from_the_next_build(stocked, offering):
    add_people(stocked, offering, 5, region="01")
    build(stocked)
    with stocked.database.write() as connection:
        connection.execute(sa.text("DELETE FROM interest WHERE person = 'b:0'"))
    assert build(stocked).line(REGION).asked.people == 0


def test_searches_in_vain_show_their_words_from_five_searchers_on(stocked):
    add_searches(stocked, "mehiläishoito", 5)
    add_searches(stocked, "kvanttilaskenta", 4)
    assert build(stocked).words() == [("mehiläishoito", 5)]


def test_the_gap_is_the_weighed_demand_less_the_places_offered(stocked, offering):
    add_people(stocked, offering, 100, region="01", level="would_pay", confirmed=True)
    line = build(stocked).line(REGION)
    assert (line.asked.people, line.index, line.supply.seats, line.gap) == (100, 40, 30, 10)


def test_unconfirmed_people_weigh_half(stocked, offering):
    add_people(stocked, offering, 100, region="01", level="would_pay")
    assert build(stocked).line(REGION).index == 20


def test_sums_are_sums_of_published_figures(stocked, offering):
    add_people(stocked, offering, 9, region="01")
    add_people(stocked, offering, 4, region="06", first=20)
    tables = build(stocked)
    assert [line.asked.people for line in tables.by_value("region")] == [5]
    assert tables.total.people == sum(line.asked.people for line in tables.lines("language")) == 10


def test_a_figure_is_lowered_where_it_would_give_away_hidden_ones(stocked, offering):
    """Ten in one region, and no mode that five of them share: each of the three modes would have at least one."""
    for number, mode in enumerate(("online", "onsite", "blended", "online", "onsite", "blended", "online", "onsite",
                                   "blended", "online")):  # fmt: skip
        add_people(stocked, offering, 1, region="01", mode=mode, first=number)
    assert build(stocked).line(REGION).asked.people == 5


def test_scopes_stand_in_their_order(stocked):
    for code, credits in (("A", 30), ("B", 2), ("C", 0.5)):
        save_offering(stocked, code=code, ects=credits)
    assert [line.cell.value for line in build(stocked).by_value("scope")] == ["lt1", "1-4", "30-59"]


def test_a_single_offering_shows_at_least_how_many(stocked, offering):
    add_people(stocked, offering, 13)
    tables = build(stocked)
    assert tables.single("offering", offering).people == 10
    assert tables.single("offering", "unknown").people == 0


def test_the_forecast_is_made_of_published_figures_alone(stocked, offering):
    add_people(stocked, offering, 10, level="would_take_part")
    ten = build(stocked)
    add_people(stocked, offering, 4, level="would_take_part", first=10)
    fourteen = build(stocked)
    expected = [t.forecast(t.single("offering", offering), "06", 12) for t in (ten, fourteen)]
    assert expected[0] == expected[1] and expected[0].expected == pytest.approx(2.5)


def test_there_is_no_forecast_for_too_few(stocked, offering):
    add_people(stocked, offering, 4)
    tables = build(stocked)
    assert tables.forecast(tables.single("offering", offering), "06") is None


def test_the_trend_compares_the_last_two_whole_quarters(stocked, offering):
    add_people(stocked, offering, 5, region="01", at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
    add_people(stocked, offering, 12, region="01", first=5, at=dt.datetime(2026, 8, 1, tzinfo=dt.UTC))
    line = build(stocked).line(REGION)
    assert line.trend is Trend.RISING
    assert list(line.quarters.values()) == [0, 5, 10, 0]


def test_supply_counts_seats_one_can_still_get(codes):
    offering = make_offering(
        ects=2,
        runs=[
            run(id="a", seats=12, municipality="091"),
            run(id="b", municipality="091"),
            run(id="c", seats=50, enrol_by="2026-11-15", municipality="091"),
        ],
    )
    found = {item.cell: item for item in supply([offering], codes, TODAY, 20)}
    assert (found[REGION].offerings, found[REGION].seats) == (1, 32)
    assert found[REGION].next_start == dt.date(2026, 11, 30)
    assert found[Cell("scope", "06", "1-4")].offerings == 1


def test_supply_leaves_out_what_has_ended(codes):
    ended = make_offering(runs=[run(start="2026-01-01", end="2026-02-01", enrol_from=None, enrol_by=None)])
    assert supply([ended], codes, TODAY, 20) == ()


@pytest.mark.parametrize(
    ("parts", "is_it"),
    [
        ({"enrol_by": "2026-11-15"}, False),
        ({"enrol_by": "2026-11-16"}, True),
        ({"enrol_from": None, "enrol_by": None, "start": "2026-11-15"}, False),
        ({"enrol_from": None, "enrol_by": None, "start": "2026-11-15", "pace": "self_paced"}, True),
    ],
)
def test_a_run_is_open_while_one_can_enrol(parts, is_it):
    assert make_run(**parts).days.can_be_joined(TODAY) is is_it


def test_examples_do_not_count_among_real_offerings(stocked):
    save_offering(stocked, code="R1")
    save_offering(stocked, code="X1", example=True)
    lines = build(stocked).lines("scope")
    assert [line.supply.offerings for line in lines] == [1]
