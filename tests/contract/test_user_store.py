"""What the stores of users and of standing promise, on SQLite and on PostgreSQL."""

import datetime as dt
from dataclasses import replace

import pytest
from factories import make_offering

from portal.model.admission import Admission, AdmissionStep
from portal.model.contact import Letter, Subject
from portal.model.feedback import Report
from portal.model.user import By, Origin, Role, User
from portal.store.history import HistoryStore
from portal.store.letters import LetterStore
from portal.store.opinions import OpinionStore
from portal.store.standing import StandingStore
from portal.store.users import UserStore

AT = dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC)
EVA = User("u1", "eva@desk.example", "Eva", Role.ADMIN, "fi", "helsinki")
ULF = User("u2", "ulf@desk.example", "Ulf", Role.ADMIN, "sv", "helsinki")
OLLI = User("u3", "olli@desk.example", "Olli", Role.OPERATOR, "fi")


@pytest.fixture
def users(database, store):
    kept = UserStore(database)
    with database.write() as transaction:
        for user in (EVA, ULF, OLLI):
            kept.add(transaction, user, AT)
    return kept


def test_an_epoch_is_raised_once(database, users):
    with database.write() as transaction:
        assert users.raise_epoch(transaction, EVA)
        assert not users.raise_epoch(transaction, EVA)
        assert not users.raise_epoch(transaction, replace(EVA, id="nobody"))
    assert (users.find("u1").epoch, users.find("u2").epoch) == (1, 0)


def test_others_in_the_same_role_are_counted_while_they_are_active(database, users):
    with database.write() as transaction:
        assert users.active_others(transaction, EVA) == 1
        assert users.active_others(transaction, OLLI) == 0
        users.change(transaction, "u2", active=False)
        assert users.active_others(transaction, EVA) == 0


def test_users_are_counted_by_provider(users):
    assert users.numbers() == {"helsinki": 2, None: 1}


def test_sessions_that_last_are_listed(database, users):
    with database.write() as transaction:
        for number, hours in enumerate((1, 3, 2)):
            at = AT + dt.timedelta(hours=number)
            users.add_session(transaction, f"key {number}", "u1", at, AT + dt.timedelta(hours=hours))
    now = AT + dt.timedelta(hours=1, minutes=30)
    assert users.sessions("u1", now) == [AT + dt.timedelta(hours=2), AT + dt.timedelta(hours=1)]
    assert users.sessions("u2", now) == []


def test_with_an_account_goes_its_name_from_what_was_done(database, store, users):
    standing, history = StandingStore(database), HistoryStore(database)
    store.save([(make_offering(), {})], by=By(Origin.DESK, "u1"))
    (entry,) = store.published()
    with database.write() as transaction:
        standing.decide(transaction, AdmissionStep("helsinki", Admission.SUSPENDED, AT, "x", (), "u1"))
        users.add_session(transaction, "key", "u1", AT, AT + dt.timedelta(hours=1))
    assert history.revisions(entry.id)[0].by.user == "u1"
    with database.write() as transaction:
        users.remove(transaction, "u1")
    assert [revision.by for revision in history.revisions(entry.id)] == [By(Origin.DESK)]
    assert [step.user for step in standing.steps("helsinki")] == [None]
    assert users.user_of_session("key", AT) is None


def test_letters_about_one_account_are_forgotten(database, users):
    letters = LetterStore(database)
    with database.write() as transaction:
        for user in (EVA, ULF):
            letter = Letter(user.id, Subject.ACCOUNT, user.id, "x", "account", "fi", {}, address=user.email)
            letters.enqueue(transaction, letter, AT)
        letters.forget(transaction, Subject.ACCOUNT, "u1")
    assert letters.claim(AT, AT).address == ULF.email and letters.waiting() == 1


def test_a_report_is_open_until_it_is_handled(database, store):
    opinions = OpinionStore(database)
    with database.write() as transaction:
        first, second = (opinions.add_report(transaction, "offering", "x", Report("wrong"), "fi", AT) for _ in range(2))
        assert opinions.handle_report(transaction, first, AT) and opinions.handle_report(transaction, first, AT)
        assert not opinions.handle_report(transaction, second + 1, AT)
    assert [report.id for report in opinions.open_reports()] == [second]


def test_published_offerings_are_counted_by_provider_hidden_ones_too(database, store):
    store.save([(make_offering(), {}), (make_offering(code="B"), {})])
    store.withdraw("helsinki", ["B"])
    with database.write() as transaction:
        StandingStore(database).decide(transaction, AdmissionStep("helsinki", Admission.CLOSED, AT))
    assert store.published_numbers() == {"helsinki": 1}
