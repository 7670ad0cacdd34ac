"""What every store promises of drafts, and of the list of a provider's own offerings."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
from factories import make_offering
from hypothesis import HealthCheck, given, settings
from strategies import offering_jsons

from portal.model.catalog import State
from portal.model.draft import Draft, DraftState
from portal.model.errors import Conflict
from portal.model.user import Role, User
from portal.store.drafts import DraftStore
from portal.store.users import UserStore

AT = dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(hours=1)


@pytest.fixture
def drafts(database, store):
    with database.write() as transaction:
        for name in ("eva", "ida"):
            UserStore(database).add(
                transaction, User(name, f"{name}@desk.example", name, Role.EDITOR, "fi", "helsinki"), AT
            )
    return DraftStore(database)


def make_draft(**parts):
    whole = {
        "id": "d1",
        "provider": "helsinki",
        "data": {"title": {"fi": "Äiti"}, "ects": "kaksi"},
        "created_by": "eva",
    }
    return Draft(**(whole | {"updated_by": "eva", "created_at": AT, "updated_at": AT} | parts))


def add(database, drafts, draft):
    with database.write() as transaction:
        drafts.add(transaction, draft)
    return draft


def test_a_draft_is_read_back_as_it_was_written(database, drafts):
    draft = add(database, drafts, make_draft())
    assert drafts.find("d1") == draft and drafts.of_provider("helsinki") == [draft]
    assert drafts.find("d2") is None and drafts.of_provider("sivis") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(offering_jsons())
def test_whatever_is_written_stays_as_it_is(database, drafts, data):
    current = drafts.find("d1") or add(database, drafts, make_draft())
    with database.write() as transaction:
        drafts.save(transaction, "d1", current.revision, data, "ida", LATER)
    assert drafts.find("d1").data == data


def test_a_save_makes_the_next_revision_and_takes_the_draft_out_of_review(database, drafts):
    draft = add(database, drafts, make_draft(state=DraftState.REVIEW, note="Look"))
    with database.write() as transaction:
        drafts.save(transaction, "d1", 1, {"hours": 1}, "ida", LATER)
    assert drafts.find("d1") == replace(
        draft, data={"hours": 1}, revision=2, state=DraftState.EDITING, updated_by="ida", updated_at=LATER
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda drafts, transaction, revision: drafts.save(transaction, "d1", revision, {}, "ida", LATER),
        lambda drafts, transaction, revision: drafts.move(transaction, "d1", revision, DraftState.REVIEW, "", LATER),
        lambda drafts, transaction, revision: drafts.base_on(transaction, "d1", revision, 7),
        lambda drafts, transaction, revision: drafts.remove(transaction, "d1", revision),
    ],
    ids=["save", "move", "base_on", "remove"],
)
@pytest.mark.parametrize("revision", [0, 2])
def test_another_revision_than_the_one_that_was_seen_is_left_alone(database, drafts, write, revision):
    draft = add(database, drafts, make_draft())
    with pytest.raises(Conflict), database.write() as transaction:
        write(drafts, transaction, revision)
    assert drafts.find("d1") == draft


def test_of_many_who_save_one_revision_at_once_one_wins(database, drafts):
    add(database, drafts, make_draft())
    told = []

    def save(number):
        try:
            with database.write() as transaction:
                drafts.save(transaction, "d1", 1, {"hours": number}, "ida", LATER)
            told.append(number)
        except Conflict:
            told.append(None)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = [number for number in told if number is not None]
    assert len(told) == 6 and drafts.find("d1").data == {"hours": winner}


def test_a_draft_stays_when_its_writer_is_removed(database, drafts):
    add(database, drafts, make_draft())
    with database.write() as transaction:
        UserStore(database).remove(transaction, "eva")
    assert (drafts.find("d1").created_by, drafts.find("d1").updated_by) == (None, None)


def test_the_draft_of_an_offering_is_found_by_it(database, store, drafts):
    store.save([(make_offering(), {})])
    draft = add(database, drafts, make_draft(offering="helsinki-hy-ta-0101", base_revision=1))
    assert drafts.of_offering("helsinki-hy-ta-0101") == draft


def test_a_providers_own_offerings_are_listed_by_words_and_state_the_latest_first(store):
    for code, title in (("a", "Öljyn historia"), ("b", "Äänen historia"), ("c", "Historia")):
        store.save([(make_offering(code=code, title={"fi": title}), {})])
    store.save([(make_offering(provider="sivis", code="d", title={"fi": "Historia"}), {})])
    store.withdraw("helsinki", ["a"])

    def listed(words=(), state=None, offset=0, limit=9):
        total, entries = store.of_provider("helsinki", words, state, offset, limit)
        return total, [entry.offering.code for entry in entries]

    assert listed() == (3, ["a", "c", "b"])
    assert listed(offset=1, limit=1) == (3, ["c"])
    assert listed(["historia", "äänen"]) == listed(["ÄÄNEN"]) == (1, ["b"])
    assert listed(state=State.WITHDRAWN) == (1, ["a"]) and listed(["%"]) == (0, [])
    assert listed(state=State.PUBLISHED) == (2, ["c", "b"])
