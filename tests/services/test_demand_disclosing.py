"""What is published of demand tells about crowds, never about a few: attacked with everything that is published.

The criterion: whatever was published, before and now, no row and no change of a row may be known to be of one to four
people; 0, or 5 and more, must always be possible too. An attacker knows the method and everything but the people.
"""

import datetime as dt
from dataclasses import replace

import pytest
from demand_attacker import Enumerator, row, sure_of_someone
from hypothesis import given
from hypothesis import strategies as st

from portal.model.demand import CountedSignal
from portal.model.errors import ConfigurationError
from portal.model.published import Cell, Row
from portal.services.demand import disclosing
from portal.services.demand.counting import Tally, count
from portal.services.demand.disclosing import publish

AXES = {
    "region": ("01", "06", "19"),
    "scope": ("lt1", "1-4", "5-9"),
    "language": ("fi", "sv", "en", "other"),
    "mode": ("online", "onsite", "blended"),
}
SHAPES = [(1, 2, 34), (2, 2, 24), (2, 3, 19), (3, 3, 14)]
TOTAL = Row(Cell("offering", "", "helsinki-a"), "", "people", False)


def broad(code):
    return code[:2] if code else None


def published(signals):
    return publish(count(signals, broad), AXES)


def signal(person="a", **parts):
    whole = {
        "person": person, "kind": "interest", "level": "curious", "people": 1, "confirmed": False, "field": "0611",
        "region": "01", "mode": "online", "language": "fi", "scope": "1-4", "offering_id": None, "proposal_id": None,
        "at": dt.date(2026, 11, 1),
    }  # fmt: skip
    return CountedSignal(**(whole | parts))


def without_holding_back(tallies, axes):
    """A careless publisher: rounds and hides, and does not look at what tables tell together."""
    figures = {r: disclosing._rounded(tally.number, 5) for r, tally in tallies.items()}
    return [disclosing.Figure(r, number) for r, number in figures.items() if number]


def without_rounding(tallies, axes):
    """A careless publisher: hides small rows, and shows the rest exactly."""
    return [disclosing.Figure(r, tally.number) for r, tally in tallies.items() if tally.number >= 5]


def without_a_limit(tallies, axes):
    """A careless publisher: rounds to the nearest five and hides nothing."""
    return [disclosing.Figure(r, (tally.number + 2) // 5 * 5) for r, tally in tallies.items() if tally.number > 2]


def with_the_exact_total(tallies, axes):
    """A careless publisher: hides small rows, and shows how many people there are in all."""
    total = sum(tally.number for r, tally in tallies.items() if r.cell.table == "region")
    figures = publish(tallies, axes)
    return [*figures, disclosing.Figure(row("region", "0"), total)] if total else figures


people = st.builds(
    signal,
    person=st.sampled_from([f"p{number}" for number in range(60)]),
    level=st.sampled_from(["curious", "would_take_part", "would_pay"]),
    confirmed=st.booleans(),
    field=st.sampled_from(["0611", "0913"]),
    region=st.sampled_from([*AXES["region"], None]),
    mode=st.sampled_from([*AXES["mode"], None]),
    language=st.sampled_from(["fi", "sv", "en", "ru", None]),
    scope=st.sampled_from([*AXES["scope"], None]),
    offering_id=st.sampled_from(["helsinki-a", "helsinki-b", None]),
    at=st.dates(dt.date(2026, 7, 1), dt.date(2026, 12, 31)),
)
crowds = st.lists(people, max_size=150)


@pytest.mark.parametrize("shape", SHAPES)
def test_who_thinks_through_every_crowd_is_never_sure_of_a_few_people(shape):
    attacker = Enumerator(publish, *shape)
    assert len(attacker.worlds) > 5 and attacker.finds() == []


def test_a_publisher_who_does_not_round_would_be_found_out_by_comparing_builds():
    assert Enumerator(without_rounding, 1, 2, 14).finds_between_builds()


@pytest.mark.parametrize("shape", SHAPES)
def test_who_compares_two_builds_is_never_sure_that_a_few_people_came_or_left(shape):
    assert Enumerator(publish, *shape).finds_between_builds() == []


@pytest.mark.parametrize("careless", [without_holding_back, without_a_limit, with_the_exact_total])
def test_a_careless_publisher_would_be_found_out(careless):
    assert Enumerator(careless, 2, 2, 24).finds()


@given(st.lists(st.tuples(*(st.integers(0, len(values) - 1) for values in AXES.values())), max_size=120))
def test_tables_of_the_same_people_do_not_give_each_other_away(crowd):
    stated = [
        signal(f"p{number}", **{axis: AXES[axis][place] for axis, place in zip(AXES, places, strict=True)})
        for number, places in enumerate(crowd)
    ]
    assert sure_of_someone(published(stated), AXES) == []


def test_tables_of_the_same_people_would_give_each_other_away_if_nothing_were_held_back():
    crowd = [signal(f"p{n}", mode="online" if n < 9 else "onsite") for n in range(10)]
    axes = {"region": ("01",), "mode": ("online", "onsite")}
    assert sure_of_someone(without_holding_back(count(crowd, broad), axes), axes)
    assert sure_of_someone(publish(count(crowd, broad), axes), axes) == []


@given(crowds, crowds)
def test_hidden_people_leave_no_trace_in_anything_published_before_or_after(first, second):
    """The same figures would come out, in both builds, if those in a hidden row had not told that one thing."""
    for crowd in (first, first + second):
        figures = published(crowd)
        shown = {figure.row for figure in figures}
        hidden = [r for r in count(crowd, broad) if r.cell.table in AXES and r not in shown][:3]
        for gone in hidden:
            silent = [_silenced(s, gone, crowd) for s in crowd]
            assert gone not in count(silent, broad)
            assert published(silent) == figures


def _silenced(item, gone, crowd):
    """The signal without what put its giver into the row `gone`."""
    mine = [s for s in crowd if s.person == item.person]
    is_there = gone in count(mine, broad)
    in_cell = gone.cell in {r.cell for r in count([item], broad)}
    return replace(item, **{gone.cell.table: None}) if is_there and in_cell else item


@given(crowds)
def test_a_figure_is_a_multiple_of_five_and_never_more_than_the_people_behind_it(crowd):
    tallies = count(crowd, broad)
    for figure in published(crowd):
        assert figure.number % 5 == 0 and 5 <= figure.number <= tallies[figure.row].number


@given(crowds)
def test_with_a_higher_limit_nothing_under_it_is_shown(crowd):
    tallies = count(crowd, broad)
    assert all(tallies[figure.row].number >= 12 for figure in publish(tallies, AXES, minimum=12))


def test_the_limit_can_only_be_raised():
    with pytest.raises(ConfigurationError, match="At least 5"):
        publish({}, AXES, minimum=4)


@pytest.mark.parametrize(("number", "figure"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (14, 10), (23, 20)])
def test_a_number_is_rounded_down_to_five_and_under_five_it_is_hidden(number, figure):
    figures = publish({row("region", "01"): Tally(number)}, {"region": AXES["region"]})
    assert [item.number for item in figures] == ([figure] if figure else [])


def test_of_a_single_offering_only_the_total_is_shown():
    crowd = [signal(f"p{n}", offering_id="helsinki-a", confirmed=n % 2 == 0) for n in range(7)]
    assert [figure for figure in published(crowd) if figure.row.cell.table == "offering"] == [
        disclosing.Figure(TOTAL, 5)
    ]


def test_a_single_total_stays_so_low_that_hidden_rows_could_hold_it_with_one_of_them_empty():
    spread = [
        signal(f"p{n}", offering_id="helsinki-a", at=dt.date(2026, 1 + n % 12, 1), confirmed=n % 2 == 0, level=level)
        for n, level in enumerate(["curious", "would_take_part", "would_pay"] * 15)
    ]
    figures = {figure.row: figure.number for figure in published(spread)}
    own = sum(n for r, n in figures.items() if r.cell.table == "scope")
    assert figures[TOTAL] <= own + 20 < len(spread)


def employers(*sizes):
    crowd = [signal(f"e{n}", level="organisation", people=size, mode=None) for n, size in enumerate(sizes)]
    return {figure.row.cell.table: figure for figure in published(crowd)}.get("region")


def test_seats_of_fewer_than_five_employers_are_not_shown():
    assert employers(30, 30, 30, 30) is None
    assert (employers(3, 3, 3, 3, 3).number, employers(3, 3, 3, 3, 3).seats) == (5, 15)


@pytest.mark.parametrize("largest", [20, 21, 50, 1000, 100_000])
def test_how_large_the_largest_employer_is_cannot_be_read(largest):
    assert employers(largest, 20, 10, 10, 5) == employers(20, 20, 10, 10, 5)


def test_two_large_employers_among_small_ones_cannot_be_read_either():
    assert employers(500, 400, 1, 1, 1).seats <= 15


@given(st.lists(st.integers(1, 300), min_size=5, max_size=12))
def test_seats_are_a_promise_too_and_the_two_largest_make_up_no_more_than_four_fifths(sizes):
    seats = disclosing._seats(sizes)
    assert seats % 5 == 0 and 5 <= seats <= sum(sizes)
    assert seats <= 5 * sum(sorted(sizes)[:-2])
