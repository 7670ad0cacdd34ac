"""How signals are counted: each person once in a cell, employers and searchers apart."""

import datetime as dt

from portal.model.demand import CountedSignal
from portal.model.published import Cell, Row
from portal.services.demand.counting import count

ICT = Cell("region", "06", "01")


def signal(person="a", **parts):
    whole = {
        "person": person, "kind": "interest", "level": "curious", "people": 1, "confirmed": False, "field": "0611",
        "region": "01", "mode": None, "language": None, "scope": None, "offering_id": None, "proposal_id": None,
        "at": dt.date(2026, 11, 1),
    }  # fmt: skip
    return CountedSignal(**(whole | parts))


def counted(*signals):
    tallies = count(signals, lambda code: code[:2] if code else None)
    return {row: tally.number for row, tally in tallies.items()}


def test_a_person_counts_once_in_a_cell_at_the_highest_level_in_the_first_quarter():
    rows = counted(
        signal(at=dt.date(2026, 9, 30), level="would_pay"),
        signal(at=dt.date(2026, 10, 1), field="0688", confirmed=True),
    )
    assert rows == {Row(ICT, "2026-Q3", "would_pay", True): 1}


def test_a_person_counts_in_every_cell_they_told_of():
    rows = counted(signal(), signal(region="06"), signal(field="0913"))
    assert {row.cell for row in rows} == {ICT, Cell("region", "06", "06"), Cell("region", "09", "01")}


def test_what_is_not_stated_counts_in_no_row_of_that_table():
    assert counted(signal(region=None)) == {}


def test_a_signal_without_field_counts_under_the_unknown_field():
    assert [row.cell for row in counted(signal(field=None))] == [Cell("region", "99", "01")]


def test_languages_that_few_ask_for_stand_together():
    rows = counted(signal(region=None, language="uk"), signal("b", region=None, language="ru"))
    assert rows == {Row(Cell("language", "06", "other"), "2026-Q4", "curious", False): 2}


def test_an_employer_counts_apart_from_the_same_person_as_a_learner_with_the_largest_number_it_gave():
    signals = [signal(), signal(level="organisation", people=8), signal(level="organisation", people=12)]
    tallies = count(signals, lambda code: code[:2])
    assert tallies[Row(ICT, "2026-Q4", "employers", False)].sizes == [12]
    assert tallies[Row(ICT, "2026-Q4", "curious", False)].number == 1


def test_searchers_are_counted_by_month_since_they_are_told_apart_within_one_only():
    rows = counted(
        *(signal(person, kind="vain", level=None, words="tuohityö", at=dt.date(2026, month, 5))
          for person, month in [("x", 10), ("x", 10), ("y", 10), ("z", 11)])
    )  # fmt: skip
    assert rows[Row(ICT, "2026-10", "searches", False)] == 2
    assert rows[Row(Cell("words", "", "tuohityö"), "2026-11", "searches", False)] == 1


def test_an_answer_that_nothing_was_suitable_is_not_counted_as_a_person_who_asks():
    assert counted(signal(kind="unsuitable", level=None)) == {}


def test_a_proposal_counts_each_of_its_people_once():
    rows = counted(
        *(signal(person, region=None, proposal_id="p1", at=dt.date(2026, month, 1))
          for person, month in [("a", 7), ("b", 10), ("a", 11)])
    )  # fmt: skip
    assert rows[Row(Cell("proposal", "", "p1"), "", "people", False)] == 2
