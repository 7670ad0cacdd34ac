"""What the stores of signals, wishes, people and letters promise, on SQLite and on PostgreSQL."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from factories import make_offering

from portal.model.contact import Letter, Subject, Subscription
from portal.model.errors import NotFound, Refused
from portal.model.interest import Interest, Level
from portal.model.message import Message
from portal.model.outcome import Outcome
from portal.model.proposal import Commitment, Joining, Moderation, State, Step, Wish
from portal.model.searched import Frequent, Searched, Verdict
from portal.services.writing import GroupCommit
from portal.store import signal_tables
from portal.store.database import Database
from portal.store.demand import DemandStore
from portal.store.letters import LetterStore
from portal.store.outcomes import OutcomeStore
from portal.store.people import PeopleStore
from portal.store.proposals import ProposalStore
from portal.store.retention import _RULES, RetentionStore
from portal.store.searches import SearchStore
from portal.store.signals import SignalStore

AT = dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(minutes=5)
OFFERING = "helsinki-hy-ta-0101"
TAKE_PART = Interest(Level.WOULD_TAKE_PART)


@pytest.fixture
def signals(database, store):
    store.save([(make_offering(), {})])
    return SignalStore(database)


@pytest.fixture
def proposals(database, store):
    return ProposalStore(database)


@pytest.fixture
def people(database):
    return PeopleStore(database)


@pytest.fixture
def letters(database):
    return LetterStore(database)


def add(database, proposals, **parts):
    whole = {"text_language": "fi", "author": "b:1", "at": AT, "moderation": Moderation.VISIBLE} | parts
    with database.write() as transaction:
        return proposals.add(transaction, Wish("Tekoäly", field="061", group_size=5), **whole)


def interest(database, signals, person="b:1", item=TAKE_PART, at=AT, **parts):
    with database.write() as transaction:
        return signals.save_interest(transaction, person, OFFERING, item, language="fi", at=at, **parts)


def rows(database, name):
    with database.read() as connection:
        return connection.execute(sa.select(signal_tables.metadata.tables[name])).all()


def letter(step="s", contact="m:1", address="x@people.example", **parts):
    return Letter(contact, Subject.PROPOSAL, "p", step, "confirm", "fi", {"title": "T"}, address, **parts)


def test_migrations_build_exactly_these_tables_too(database):
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, signal_tables.metadata) == []


def test_an_interest_is_read_back_whole(database, signals):
    whole = Interest(Level.ORGANISATION, 12, "01", "online", dt.date(2027, 1, 1), dt.date(2027, 6, 1))
    interest(database, signals, item=whole)
    assert signals.interest_of("b:1", OFFERING) == whole
    assert signals.interest_counts(OFFERING) == {(Level.ORGANISATION, False): 12}


def test_a_later_interest_replaces_the_earlier_and_stays_confirmed(database, signals):
    assert not interest(database, signals, confirmed=True)
    assert interest(database, signals, item=Interest(Level.CURIOUS), at=LATER)
    (row,) = rows(database, "interest")
    assert (row.level, row.confirmed, row.created_at, row.updated_at) == ("curious", True, AT, LATER)


def test_every_signal_stands_in_its_outbox_and_not_in_the_catalogues(database, signals, store, proposals):
    before, revision = signals.revision(), store.revision()
    interest(database, signals)
    made = add(database, proposals)
    assert [change[1:] for change in signals.changes_since(before)] == [("interest", OFFERING), ("proposal", made)]
    assert store.revision() == revision


def test_a_write_that_fails_leaves_neither_signal_nor_outbox_row(database, signals):
    before = signals.revision()
    with pytest.raises(ZeroDivisionError), database.write() as transaction:
        signals.save_interest(transaction, "b:1", OFFERING, TAKE_PART, language="fi", at=AT)
        raise ZeroDivisionError
    assert (rows(database, "interest"), signals.revision()) == ([], before)


def test_writes_together_fail_one_by_one(database, signals):
    def good(person):
        return lambda transaction: signals.save_interest(transaction, person, OFFERING, TAKE_PART, language="fi", at=AT)

    def bad(transaction):
        good("b:bad")(transaction)
        raise Refused(Message("no"))

    def foreign(transaction):
        signals.save_interest(transaction, "b:3", "unknown", TAKE_PART, language="fi", at=AT)

    results = database.together([good("b:1"), bad, foreign, good("b:2")])
    assert results[0] is False and results[3] is False
    assert isinstance(results[1], Refused) and isinstance(results[2], sa.exc.IntegrityError)
    assert {row.person for row in rows(database, "interest")} == {"b:1", "b:2"}


def test_many_writers_at_once_lose_and_double_nothing(database, signals):
    second = Database(database.engine.url.render_as_string(hide_password=False))  # as another process would have it
    writers = [GroupCommit(database.together), GroupCommit(second.together)]
    failures = []

    def write(number):
        try:
            for turn in range(20):
                person = f"b:{number}-{turn}"
                writers[number % 2].do(
                    lambda transaction, person=person: signals.save_interest(
                        transaction, person, OFFERING, TAKE_PART, language="fi", at=AT
                    )
                )
        except Exception as error:
            failures.append(error)

    workers = [threading.Thread(target=write, args=(number,)) for number in range(16)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    second.close()
    assert failures == []
    assert len(rows(database, "interest")) == len(rows(database, "signal_outbox")) == 320


def test_the_first_answer_of_a_form_is_kept(database, signals):
    with database.write() as transaction:
        assert signals.first_answer(transaction, "k") is None
        signals.keep_answer(transaction, "k", {"level": "curious", "replaced": False}, "b:1", AT)
    with database.write() as transaction:
        assert signals.first_answer(transaction, "k") == {"level": "curious", "replaced": False}
    with pytest.raises(sa.exc.IntegrityError), database.write() as transaction:
        signals.keep_answer(transaction, "k", {}, "b:1", AT)


def test_steps_move_a_proposal_and_stay_in_its_history(database, proposals):
    made = add(database, proposals)
    with database.write() as transaction:
        promise = Commitment("helsinki", dt.date(2027, 1, 12), 5, 20, None, 7500)
        number = proposals.commit(transaction, made, promise, AT)
        proposals.take_step(transaction, made, Step.COMMITTED, AT, provider="helsinki", commitment_id=number)
    (step,) = proposals.history(made)
    assert (step.step, step.state, step.at, step.provider) == (Step.COMMITTED, State.COMMITTED, AT, "helsinki")
    assert (step.commitment.price_cents, step.commitment.max_group, step.commitment.ending) == (7500, 20, "")
    assert proposals.find(made).state is State.COMMITTED


def test_a_step_out_of_turn_changes_nothing(database, proposals):
    made = add(database, proposals)
    with pytest.raises(Refused), database.write() as transaction:
        proposals.take_step(transaction, made, Step.HELD, AT)
    assert proposals.history(made) == [] and proposals.find(made).state is State.OPEN


def test_what_is_not_there_is_not_found(database, proposals):
    assert proposals.find("none") is None
    with pytest.raises(NotFound), database.write() as transaction:
        proposals.take_step(transaction, "none", Step.COMMITTED, AT)


def test_listings_hold_what_was_asked_for_the_newest_first(database, proposals):
    old = add(database, proposals)
    new = add(database, proposals, at=LATER)
    add(database, proposals, moderation=Moderation.WAITING)
    assert [item.id for item in proposals.listing()] == [new, old]
    assert proposals.listing(states=(State.HELD,)) == []


def test_joinings_are_counted_by_level_confirmed_and_all(database, proposals):
    made = add(database, proposals)
    with database.write() as transaction:
        for person, level, people, confirmed in [
            ("b:1", Level.CURIOUS, 1, False), ("m:2", Level.WOULD_PAY, 1, True), ("m:3", Level.ORGANISATION, 7, True),
            ("b:4", Level.ORGANISATION, 3, False),
        ]:  # fmt: skip
            joining = Joining(level, people)
            proposals.join(transaction, made, person, joining, language="fi", at=AT, confirmed=confirmed)
    standing = proposals.standing(made)
    assert standing.confirmed == {Level.WOULD_PAY: 1, Level.ORGANISATION: 7}
    assert standing.everyone == {Level.CURIOUS: 1, Level.WOULD_PAY: 1, Level.ORGANISATION: 10}
    assert (standing.employers, standing.seats, standing.towards_threshold) == (2, 10, 8)


def subscribe(database, people, contact="m:1", person="b:1", subject="p", email="x@people.example"):
    with database.write() as transaction:
        people.keep_contact(transaction, contact, email, "fi", AT)
        wish = Subscription(contact, person, Subject.PROPOSAL, subject, "fi")
        return people.subscribe(transaction, wish, AT)


def confirm(database, people, contact="m:1", person="b:1", subject="p"):
    with database.write() as transaction:
        return people.confirm(transaction, contact, person, Subject.PROPOSAL, subject, LATER)


def test_only_confirmed_wishes_for_mail_have_followers(database, people):
    assert subscribe(database, people)
    assert people.subscriptions(Subject.PROPOSAL, "p") == []
    assert confirm(database, people) is not None
    assert [item.contact for item in people.subscriptions(Subject.PROPOSAL, "p")] == ["m:1"]
    assert not subscribe(database, people, person="m:1")


def test_confirming_what_was_forgotten_confirms_nothing(database, people):
    assert confirm(database, people) is None


def test_one_address_that_follows_twice_is_one_follower(database, people):
    for person in ("b:1", "b:2"):
        subscribe(database, people, person=person)
        confirm(database, people, person=person)
    assert len(people.subscriptions(Subject.PROPOSAL, "p")) == 1


@pytest.mark.parametrize(("browser_at", "contact_at", "kept"), [(AT, LATER, "curious"), (LATER, AT, "would_pay")])
def test_of_two_signals_of_one_person_the_later_stays(database, signals, people, browser_at, contact_at, kept):
    interest(database, signals, "b:1", Interest(Level.WOULD_PAY), at=browser_at)
    interest(database, signals, "m:1", Interest(Level.CURIOUS), at=contact_at, confirmed=True)
    with database.write() as transaction:
        people.unite(transaction, "b:1", "m:1", LATER)
    assert [(row.person, row.level, row.confirmed) for row in rows(database, "interest")] == [("m:1", kept, True)]
    with database.write() as transaction:
        assert signals.person_of(transaction, "b:1") == "m:1"


def test_the_last_unsubscribing_forgets_the_address(database, people):
    for subject in ("p", "q"):
        subscribe(database, people, subject=subject)
    with database.write() as transaction:
        assert people.unsubscribe(transaction, "m:1", Subject.PROPOSAL, "p")
    assert len(rows(database, "contact")) == 1
    with database.write() as transaction:
        assert people.unsubscribe(transaction, "m:1", Subject.PROPOSAL, "q")
        assert not people.unsubscribe(transaction, "m:1", Subject.PROPOSAL, "q")
    assert rows(database, "contact") == []


def test_followers_move_with_a_merge_once_each(database, people):
    for subject in ("source", "target"):
        subscribe(database, people, subject=subject)
        confirm(database, people, subject=subject)
    with database.write() as transaction:
        people.move_followers(transaction, Subject.PROPOSAL, "source", "target")
    assert [item.subject for item in people.subscriptions(Subject.PROPOSAL)] == ["target"]


def test_the_same_letter_waits_once_and_is_never_sent_again(database, letters):
    with database.write() as transaction:
        assert letters.enqueue(transaction, letter(), AT)
        assert not letters.enqueue(transaction, letter(), AT)
    claimed = letters.claim(AT, LATER)
    letters.note_sent(claimed.id, AT)
    with database.write() as transaction:
        assert not letters.enqueue(transaction, letter(), LATER)
    assert letters.claim(LATER, LATER) is None and letters.waiting() == 0
    (row,) = rows(database, "mail")
    assert (row.address, row.content, row.sent_at) == (None, {}, AT)


def test_a_claimed_letter_is_nobody_elses_until_its_time(database, letters):
    with database.write() as transaction:
        letters.enqueue(transaction, letter(), AT)
    assert letters.claim(AT, LATER).tries == 1
    assert letters.claim(AT, LATER) is None
    assert letters.claim(LATER, LATER + dt.timedelta(hours=1)).tries == 2


def test_a_letter_that_was_given_up_is_not_tried_again(database, letters):
    with database.write() as transaction:
        letters.enqueue(transaction, letter(), AT)
    letters.note_failed(letters.claim(AT, LATER).id, "550", None)
    assert letters.claim(AT + dt.timedelta(days=9), LATER) is None and letters.waiting() == 0


def test_a_letter_to_a_person_needs_a_confirmed_address(database, letters, people):
    subscribe(database, people)
    step = Letter("m:1", Subject.PROPOSAL, "p", "s", "proposal_step", "fi")
    with database.write() as transaction:
        letters.enqueue(transaction, step, AT)
        letters.enqueue(transaction, letter("c", address=None), AT)
    assert letters.claim(AT, LATER).template == "confirm"
    assert [row.template for row in rows(database, "mail")] == ["confirm"]


def test_words_are_frequent_by_distinct_searchers_of_one_month(database, store):
    searches = SearchStore(database)
    with database.write() as transaction:
        for day, searcher in [(1, "a"), (2, "a"), (3, "b"), (20, "c")]:
            item = Searched("hunaja", "fi", f"page={day}")
            searches.note_vain(transaction, item, Verdict.NOTHING_EXISTS, searcher, dt.date(2026, 11, day))
        searches.note_vain(transaction, Searched("hunaja", "fi"), Verdict.NOTHING_EXISTS, "d", dt.date(2026, 10, 31))
        searches.note_vain(transaction, Searched("hunaja", "sv"), Verdict.NOTHING_EXISTS, "d", dt.date(2026, 11, 3))
    assert searches.frequent(3, dt.date(2026, 1, 1)) == [Frequent("hunaja", "fi", 3)]
    assert searches.frequent(4, dt.date(2026, 1, 1)) == []


@pytest.mark.parametrize("example", [True, False])
def test_examples_count_only_while_there_is_nothing_else(database, store, signals, proposals, example):
    store.save([(make_offering(code="e", example=True), {})])
    if example:
        store.withdraw("helsinki", ["HY-TA-0101"])
    interest(database, signals, example=True)
    made = add(database, proposals, example=True)
    with database.write() as transaction:
        proposals.join(transaction, made, "e:1", Joining(Level.CURIOUS), language="fi", at=AT, example=True)
        item = Searched("hunaja", "fi")
        SearchStore(database).note_vain(transaction, item, Verdict.NOTHING_EXISTS, "e:1", AT.date(), example=True)
        outcome = Outcome("helsinki", AT.date(), 7, {"curious": 9}, 2, made, OFFERING, True)
        OutcomeStore().add(transaction, outcome, AT)
    demand = DemandStore(database)
    assert len(list(demand.signals())) == (3 if example else 0)
    assert demand.outcomes() == ([outcome] if example else [])


@pytest.mark.parametrize("name", _RULES)
def test_every_rule_of_retention_runs(database, name):
    kept = RetentionStore(database)
    assert kept.count(name, AT) == kept.remove(name, AT) == 0


def test_erasing_leaves_others_and_tells_followers(database, signals, people):
    for person in ("m:1", "m:2"):
        interest(database, signals, person)
    before = signals.revision()
    with database.write() as transaction:
        assert people.erase(transaction, {"m:1"}, LATER) == 1
    assert [row.person for row in rows(database, "interest")] == ["m:2"]
    assert [change[1:] for change in signals.changes_since(before)] == [("interest", OFFERING)]
