"""What the desk tells a provider about its offerings, its wishes and what people said."""

import datetime as dt

import pytest
from demand_world import add_wish
from factories import make_offering, make_provider, make_run
from wishing import OFFERING, joined, promise, wish

from portal.model.admission import Admission, AdmissionStep
from portal.model.contact import Subject
from portal.model.errors import NotFound, Refused
from portal.model.feedback import Feedback, Report
from portal.services.desk import NO_RUN
from portal.store.opinions import OpinionStore
from portal.store.standing import StandingStore

AT = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
ENDED = make_run(end="2026-11-15", start="2026-10-01", enrol_from=None, enrol_by=None)
BEGUN = make_run(start="2026-11-01", end="2027-01-01", enrol_from=None, enrol_by=None)

CLOSED = make_run(enrol_by="2026-11-15")


def save(services, **parts):
    services.store.save([(make_offering(**parts), {})])


@pytest.mark.parametrize(
    ("runs", "has_one"),
    [([], False), ([ENDED], False), ([BEGUN], False), ([CLOSED], False), ([ENDED, make_run(id="k")], True)],
)
def test_a_run_is_coming_while_one_can_still_enrol(wishes, runs, has_one):
    save(wishes, runs=runs)
    [item] = wishes.desk.offerings("helsinki")
    assert (item.has_coming_run, item.lacks(NO_RUN)) == (has_one, not has_one)


def test_the_overview_counts_what_is_published_and_what_it_misses(wishes):
    save(wishes, code="A", runs=[make_run()])
    save(wishes, code="B", certificate=None)
    overview = wishes.desk.overview("helsinki")
    assert (len(overview.offerings), overview.complete, overview.without_run) == (3, 2, 2)
    assert [(criterion.id, number) for criterion, number in overview.missing] == [("certificate", 1)]


def test_a_change_and_a_new_day_are_seen_at_once(wishes, time):
    save(wishes, runs=[make_run(enrol_by="2026-11-16", start="2026-12-01")])
    assert wishes.desk.overview("helsinki").without_run == 0
    time.move(days=1)
    assert wishes.desk.overview("helsinki").without_run == 1
    wishes.store.withdraw("helsinki", ["HY-TA-0101"])
    assert wishes.desk.overview("helsinki").offerings == ()


def test_only_what_has_changed_is_read_again_until_the_next_day(wishes, time):
    save(wishes, code="A", title={"fi": "Vanha"})
    before = {item.id: item for item in wishes.desk.offerings("helsinki")}
    save(wishes, code="A", title={"fi": "Uusi"})
    after = {item.id: item for item in wishes.desk.offerings("helsinki")}
    assert after[OFFERING] is before[OFFERING] and after["helsinki-a"].title["fi"] == "Uusi"
    assert list(after) == ["helsinki-a", OFFERING]
    time.move(days=1)
    assert wishes.desk.offerings("helsinki")[1] is not before[OFFERING]


def test_the_kind_of_provider_decides_on_the_criteria_at_once(wishes):
    save(wishes, quality_assurance=None)
    assert wishes.desk.overview("helsinki").complete == 0
    wishes.store.save_providers([make_provider(type="study_centre")])
    assert wishes.desk.overview("helsinki").complete == 1


def test_the_desk_of_a_provider_holds_nothing_of_another(wishes):
    assert [item.id for item in wishes.desk.offerings("sivis")] == ["sivis-s"]
    assert wishes.desk.overview("sivis").wishes == ()


def test_wishes_of_field_and_region_wait_first_the_most_wished_for(wishes):
    few, elsewhere, other_field = wish(wishes), wish(wishes, region="19"), wish(wishes, field="09")
    many = wish(wishes)
    for _ in range(4):
        joined(wishes, many, confirm=True)
    found = wishes.answering_wishes.of("helsinki")
    assert [item.proposal.id for item in found if item.waits] == [many, few]
    assert {item.proposal.id for item in found} == {few, elsewhere, other_field, many}
    assert {item.proposal.id for item in found if item.standing} == {many, few}


def test_a_wish_that_was_taken_up_waits_for_nobody(wishes):
    made = wish(wishes)
    wishes.loop.commit(made, promise(provider="sivis"))
    [item] = wishes.answering_wishes.of("helsinki")
    assert (item.waits, item.is_ours, item.promise.provider) == (False, False, "sivis")
    [theirs] = wishes.answering_wishes.of("sivis")
    assert theirs.is_ours and theirs.standing


def test_what_one_leaves_to_others_waits_for_the_others(wishes):
    made = wish(wishes, field="061")
    wishes.answering_wishes.pass_over("helsinki", made, " Ei  opettajaa ")
    wishes.answering_wishes.pass_over("helsinki", made, "Ei tilaa")
    [item] = wishes.answering_wishes.of("helsinki")
    assert (item.waits, item.passed_over.reason) == (False, "Ei tilaa")
    assert wishes.answering_wishes.one("sivis", made).wish.passed_over is None
    wishes.answering_wishes.take_back("helsinki", made)
    assert wishes.answering_wishes.one("helsinki", made).wish.waits


def test_the_forecast_is_of_exact_numbers_and_falls_with_the_group(wishes):
    add_wish(wishes, "bees", 23, field="061")
    whole = wishes.answering_wishes.one("helsinki", "bees")
    assert whole.wish.standing.towards_threshold == 23
    assert 0 < whole.forecast.low < whole.forecast.high <= 23
    chances = list(whole.chances.values())
    assert list(whole.chances) == [5, 8, 10, 12, 15, 20] and chances == sorted(chances, reverse=True)


def test_a_suspended_provider_takes_nothing_up(wishes):
    made = wish(wishes)
    with wishes.database.write() as transaction:
        StandingStore(wishes.database).decide(transaction, AdmissionStep("helsinki", Admission.SUSPENDED, AT))
    with pytest.raises(Refused):
        wishes.loop.commit(made, promise())
    assert wishes.desk.overview("helsinki").provider.id == "helsinki"


def answered(services, number, said="yes", next="", offering=OFFERING):
    opinions = OpinionStore(services.database)
    with services.database.write() as transaction:
        for person in range(number):
            opinions.save_feedback(
                transaction, f"m:{said}{person}", offering, Feedback(said, "yes", next and f"{next} {person}"), "fi", AT
            )


def test_a_provider_sees_feedback_from_five_answers_and_by_fives(wishes):
    answered(wishes, 4)
    assert wishes.feedback.of_provider("helsinki") == []
    answered(wishes, 3, said="no", next="Lisää")
    [item] = wishes.feedback.of_provider("helsinki")
    assert (item.offering, item.summary.answers, item.summary.outcomes_met) == (OFFERING, 5, 80)
    assert item.next == ("Lisää 0",)
    assert wishes.feedback.of_provider("sivis") == []


def test_reports_are_handled_by_the_provider_they_are_about(wishes):
    opinions = OpinionStore(wishes.database)
    with wishes.database.write() as transaction:
        for kind, subject in (
            (Subject.OFFERING, OFFERING),
            (Subject.OFFERING, "sivis-s"),
            (Subject.PROPOSAL, OFFERING),
        ):
            opinions.add_report(transaction, kind, subject, Report("wrong", "Hinta on väärä."), "fi", AT)
    [item] = wishes.reporting.of_provider("helsinki")
    assert wishes.desk.overview("helsinki").pending.reports == 1
    for stranger in ("sivis", "nobody"):
        with pytest.raises(NotFound):
            wishes.reporting.set_handled(stranger, item.id, handled=True)
    wishes.reporting.set_handled("helsinki", item.id, handled=True)
    assert wishes.reporting.of_provider("helsinki")[0].seen_to_at is not None
    assert wishes.desk.overview("helsinki").pending.reports == 0
    assert item.id in {report.id for report in wishes.reporting.open_reports()}, "a moderator looks at it, too"
    wishes.reporting.set_handled("helsinki", item.id, handled=False)
    assert wishes.desk.overview("helsinki").pending.reports == 1
