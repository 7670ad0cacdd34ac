"""What the stores behind the desk's wishes, opinions and reminders promise, on SQLite and on PostgreSQL."""

import datetime as dt

import pytest
from factories import make_offering, make_run

from portal.model.days import RunDays
from portal.model.draft import DraftState
from portal.model.feedback import Feedback, Report
from portal.model.interest import Level
from portal.model.proposal import Commitment, Joining, Moderation, Wish
from portal.store.answers import AnswerStore
from portal.store.desk import DeskStore, Pending
from portal.store.desk_tables import draft
from portal.store.freshness import FreshnessStore
from portal.store.opinions import OpinionStore
from portal.store.proposals import ProposalStore

AT = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)
OFFERING = "helsinki-hy-ta-0101"


@pytest.fixture
def answers(database, store):
    store.save([(make_offering(runs=[make_run()]), {}), (make_offering(provider="sivis", code="s"), {})])
    return AnswerStore(database)


def wish(database, moderation=Moderation.VISIBLE):
    with database.write() as transaction:
        return ProposalStore(database).add(
            transaction, Wish("Tekoäly", field="061"), text_language="fi", author=None, at=AT, moderation=moderation
        )


def test_a_wish_is_left_to_others_by_one_provider_and_taken_back(database, answers):
    made = wish(database)
    with database.write() as transaction:
        answers.pass_over(transaction, "helsinki", made, "Ei", AT)
        answers.pass_over(transaction, "helsinki", made, "Ei vielä", LATER)
    [(subject, passed)] = answers.passed_over("helsinki").items()
    assert (subject, passed.reason, passed.at) == (made, "Ei vielä", LATER)
    assert answers.passed_over("sivis") == {}
    with database.write() as transaction:
        answers.take_back(transaction, "helsinki", made)
        answers.take_back(transaction, "helsinki", made)
    assert answers.passed_over("helsinki") == {}


def test_standings_of_many_are_those_of_each(database, answers):
    proposals, made = ProposalStore(database), [wish(database) for _ in range(3)]
    with database.write() as transaction:
        for number, proposal_id in enumerate(made[:2]):
            for person in range(number + 2):
                proposals.join(
                    transaction, proposal_id, f"m:{person}", Joining(Level.ORGANISATION, 3), language="fi", at=AT,
                    confirmed=bool(person),
                )  # fmt: skip
    assert answers.standings(made) == {proposal_id: proposals.standing(proposal_id) for proposal_id in made}
    assert answers.standings([]) == {}


def test_promises_are_those_that_hold_or_were_held(database, answers):
    proposals, made = ProposalStore(database), [wish(database) for _ in range(3)]
    hidden = wish(database, Moderation.HIDDEN)
    with database.write() as transaction:
        for proposal_id, ending in zip((*made, hidden), ("", "held", "withdrawn", ""), strict=True):
            promise = Commitment("helsinki", dt.date(2027, 1, 1), 5)
            number = proposals.commit(transaction, proposal_id, promise, AT)
            if ending:
                proposals.end_commitment(transaction, number, ending, LATER)
    assert {name: item.ending for name, item in answers.promises().items()} == {made[0]: "", made[1]: "held"}


def test_feedback_and_reports_are_those_of_the_provider(database, answers):
    opinions = OpinionStore(database)
    with database.write() as transaction:
        for person in ("m:1", "m:2"):
            opinions.save_feedback(transaction, person, OFFERING, Feedback("yes", "no"), "fi", AT)
        opinions.save_feedback(transaction, "m:1", "sivis-s", Feedback("no", "no"), "fi", AT)
        first = opinions.add_report(transaction, "offering", OFFERING, Report("wrong"), "fi", AT)
        second = opinions.add_report(transaction, "offering", OFFERING, Report("link"), "fi", LATER)
        opinions.add_report(transaction, "offering", "sivis-s", Report("wrong"), "fi", AT)
        opinions.add_report(transaction, "proposal", OFFERING, Report("wrong"), "fi", AT)
    assert opinions.feedback_of_provider("helsinki") == {OFFERING: [Feedback("yes", "no")] * 2}
    assert [item.id for item in opinions.reports_of_provider("helsinki")] == [second, first]
    with database.write() as transaction:
        assert not opinions.set_provider_handled(transaction, "sivis", second, AT)
        assert opinions.set_provider_handled(transaction, "helsinki", second, LATER)
    found = opinions.reports_of_provider("helsinki")
    assert [(item.id, item.provider_handled_at) for item in found] == [(first, None), (second, LATER)]


def test_what_is_unfinished_is_counted_by_provider(database, answers):
    opinions = OpinionStore(database)
    with database.write() as transaction:
        opinions.add_report(transaction, "offering", OFFERING, Report("wrong"), "fi", AT)
        for number, state in enumerate((DraftState.EDITING, DraftState.REVIEW, DraftState.EDITING)):
            row = {"id": f"d{number}", "provider": "helsinki", "revision": 1, "state": state, "note": "", "data": {}}
            transaction.execute(draft.insert().values(**row, created_at=AT, updated_at=AT))
    assert DeskStore(database).pending("helsinki") == Pending(drafts=3, in_review=1, reports=1)
    assert DeskStore(database).pending("sivis") == Pending(drafts=0, in_review=0, reports=0)


def test_days_of_runs_are_read_without_examples_and_what_is_withdrawn(database, answers, store):
    store.save([(make_offering(code="X", example=True), {}), (make_offering(code="G"), {})])
    store.withdraw("helsinki", ["G"])
    [item] = FreshnessStore(database).offerings({"helsinki"})
    run = make_run()
    assert (item.id, item.provider, item.title["fi"]) == (OFFERING, "helsinki", "Tekoälyn perusteet")
    assert [(one.id, one.days) for one in item.runs] == [(run.id, run.days)]
    assert isinstance(item.runs[0].days, RunDays)
    assert list(FreshnessStore(database).offerings(set())) == []


def test_runs_are_noted_as_looked_through_once_a_day(database):
    freshness, day = FreshnessStore(database), dt.date(2026, 11, 2)
    assert freshness.looked_through_on() is None
    with database.write() as transaction:
        assert freshness.note_looked_through(transaction, day)
        assert not freshness.note_looked_through(transaction, day)
        assert freshness.note_looked_through(transaction, day + dt.timedelta(days=1))
    assert freshness.looked_through_on() == day + dt.timedelta(days=1)


def test_revisions_of_what_a_provider_has_published_come_with_the_last_changed_first(answers, store):
    store.save([(make_offering(code="B"), {})])
    store.save([(make_offering(runs=[]), {}), (make_offering(code="G"), {})])
    store.withdraw("helsinki", ["G"])
    assert list(store.revisions_of("helsinki").items()) == [(OFFERING, 2), ("helsinki-b", 1)]
