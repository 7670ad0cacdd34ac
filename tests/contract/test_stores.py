"""What every store promises, on SQLite and on PostgreSQL."""

import threading

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from factories import make_offering, make_provider
from hypothesis import HealthCheck, given, settings
from strategies import offerings

from portal.model.catalog import State, collision_suffix
from portal.model.errors import Conflict
from portal.model.user import COMMAND, By, Origin
from portal.store import desk_tables, schema
from portal.store.catalog import CatalogStore
from portal.store.database import Database
from portal.store.history import HistoryStore
from portal.store.saving import Outcome, save_one, withdraw_one

ID = "helsinki-hy-ta-0101"


def save(store, *offerings, **options):
    return store.save([(offering, {}) for offering in offerings], **options)


def changes(store, since=0):
    return [(change.entity, change.entity_id) for change in store.changes_since(since)]


def test_a_saved_offering_is_read_back_whole(store):
    offering = make_offering(ects={"min": "1.5", "max": 10}, runs=[{"id": "1", "start": "2027-01-12"}])
    store.save([(offering, {"description.fi": "fi"})])
    entry = store.find(ID)
    assert (entry.offering, entry.detected) == (offering, {"description.fi": "fi"})
    assert (entry.state, entry.revision, entry.withdrawn_at) == (State.PUBLISHED, 1, None)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offering=offerings(max_runs=2))
def test_any_offering_that_the_format_knows_is_read_back_whole(store, offering):
    store.save_providers([make_provider(id=offering.provider)])
    save(store, offering)
    assert store.find(store.codes(offering.provider)[offering.code]).offering == offering


def test_times_are_aware_and_in_utc(store):
    save(store, make_offering())
    entry = store.find(ID)
    assert entry.created_at == entry.updated_at
    assert entry.created_at.utcoffset().total_seconds() == 0


def test_saving_tells_what_is_new_changed_and_unchanged(store):
    save(store, make_offering(code="a"), make_offering(code="b"))
    again = save(store, make_offering(code="a"), make_offering(code="b", ects=3), make_offering(code="c"))
    assert again == [Outcome.UNCHANGED, Outcome.CHANGED, Outcome.NEW]


def test_saving_the_same_again_writes_nothing(store):
    save(store, make_offering())
    before = (store.revision(), store.find(ID))
    save(store, make_offering())
    assert (store.revision(), store.find(ID)) == before


def test_a_change_keeps_the_id_and_the_day_of_creation_and_counts_the_revision(store):
    save(store, make_offering())
    first = store.find(ID)
    save(store, make_offering(title={"fi": "Uusi nimi"}))
    second = store.find(ID)
    assert (second.revision, second.created_at) == (2, first.created_at)
    assert second.offering.title == {"fi": "Uusi nimi"}
    assert second.updated_at >= first.updated_at


def test_a_newly_detected_language_is_a_change(store):
    save(store, make_offering())
    assert store.save([(make_offering(), {"description.fi": "en"})]) == [Outcome.CHANGED]


def test_a_dry_run_tells_the_same_and_writes_nothing(store):
    save(store, make_offering(code="a"))
    before = store.revision()
    told = save(store, make_offering(code="a"), make_offering(code="a", ects=9), make_offering(code="b"), dry_run=True)
    assert told == [Outcome.UNCHANGED, Outcome.CHANGED, Outcome.NEW]
    assert (store.revision(), set(store.codes("helsinki"))) == (before, {"a"})


def test_codes_that_would_share_an_id_get_one_each(store):
    save(store, *(make_offering(code=code) for code in ("C", "C#", "C++")))
    assert store.codes("helsinki") == {
        "C": "helsinki-c",
        "C#": f"helsinki-c-{collision_suffix('helsinki', 'C#')}",
        "C++": f"helsinki-c-{collision_suffix('helsinki', 'C++')}",
    }


def test_two_providers_whose_ids_would_meet_get_one_each(store):
    store.save_providers([make_provider(id="helsinki-ab")])
    save(store, make_offering(code="ab-1"), make_offering(provider="helsinki-ab", code="1"))
    assert store.codes("helsinki")["ab-1"] != store.codes("helsinki-ab")["1"]


def test_an_id_stays_when_the_offering_that_was_first_is_withdrawn(store):
    save(store, make_offering(code="C"), make_offering(code="C#"))
    second = store.codes("helsinki")["C#"]
    store.withdraw("helsinki", ["C"])
    save(store, make_offering(code="C#", ects=4))
    assert store.codes("helsinki") == {"C#": second}


def test_an_id_that_someone_took_on_purpose_stops_nobody(store):
    taken = f"c-{collision_suffix('helsinki', 'C#')}"
    save(store, make_offering(code="C"), make_offering(code=taken), make_offering(code="C#"))
    assert len(set(store.codes("helsinki").values())) == 3


def test_very_long_codes_of_one_beginning_are_kept_apart(store):
    save(store, make_offering(code="x" * 199 + "1"), make_offering(code="x" * 199 + "2"))
    assert len(set(store.codes("helsinki").values())) == 2


def test_a_withdrawn_offering_is_kept_but_no_longer_published(store):
    save(store, make_offering())
    assert store.withdraw("helsinki", ["HY-TA-0101"]) == [ID]
    entry = store.find(ID)
    assert (entry.state, entry.revision) == (State.WITHDRAWN, 2)
    assert entry.withdrawn_at == entry.updated_at
    assert list(store.published()) == [] and store.codes("helsinki") == {}


def test_withdrawing_twice_or_the_unknown_does_nothing(store):
    save(store, make_offering())
    store.withdraw("helsinki", ["HY-TA-0101"])
    before = store.revision()
    assert store.withdraw("helsinki", ["HY-TA-0101", "unknown"]) == []
    assert store.withdraw("nobody", ["HY-TA-0101"]) == []
    assert store.revision() == before


def test_a_withdrawn_offering_that_is_sent_again_is_published_again_under_its_id(store):
    save(store, make_offering())
    store.withdraw("helsinki", ["HY-TA-0101"])
    assert save(store, make_offering()) == [Outcome.CHANGED]
    entry = store.find(ID)
    assert (entry.state, entry.revision, entry.withdrawn_at) == (State.PUBLISHED, 3, None)


def test_every_change_stands_in_the_outbox_in_order(store):
    before = store.revision()
    save(store, make_offering(code="a"), make_offering(code="b"))
    store.withdraw("helsinki", ["a"])
    store.save_providers([make_provider(id="sivis", type="other")])
    a, b = "helsinki-a", "helsinki-b"
    assert changes(store, before) == [("offering", a), ("offering", b), ("offering", a), ("provider", "sivis")]


def test_the_revision_grows_with_every_change(store):
    seen = [store.revision()]
    save(store, make_offering())
    seen.append(store.revision())
    store.withdraw("helsinki", ["HY-TA-0101"])
    seen.append(store.revision())
    assert seen == sorted(set(seen))
    assert [change.seq for change in store.changes_since(0)][-1] == seen[-1]


def test_changes_come_in_portions_when_asked(store):
    assert len(store.changes_since(0)) == 2
    assert [change.entity_id for change in store.changes_since(0, limit=1)] == ["helsinki"]


def test_a_save_that_fails_leaves_neither_offerings_nor_changes(store):
    before = store.revision()
    with pytest.raises(sa.exc.IntegrityError):
        save(store, make_offering(code="a"), make_offering(provider="unknown"))
    assert (store.codes("helsinki"), store.revision()) == ({}, before)


def test_a_provider_is_new_changed_or_unchanged(store):
    counts = store.save_providers(
        [
            make_provider(),
            make_provider(id="sivis", type="other"),
            make_provider(id="aalto", url="https://www.aalto.fi"),
        ]
    )
    assert counts == {Outcome.NEW: 1, Outcome.CHANGED: 1, Outcome.UNCHANGED: 1}
    assert store.providers()["aalto"] == make_provider(id="aalto", url="https://www.aalto.fi")


def test_an_unchanged_provider_writes_nothing(store):
    before = store.revision()
    store.save_providers([make_provider()])
    assert store.revision() == before


@pytest.mark.parametrize("batch", [1, 3, 7, 500])
def test_all_published_offerings_come_once_each_whatever_the_batch(store, batch):
    save(store, *(make_offering(code=f"{number}") for number in range(7)))
    store.withdraw("helsinki", ["3"])
    ids = [entry.id for entry in store.published(batch=batch)]
    assert sorted(ids) == [f"helsinki-{number}" for number in (0, 1, 2, 4, 5, 6)]


def test_entries_are_found_by_id_in_any_state_and_unknown_ids_are_left_out(store):
    save(store, make_offering(code="a"), make_offering(code="b"))
    store.withdraw("helsinki", ["b"])
    assert set(store.find_many(["helsinki-a", "helsinki-b", "helsinki-c"])) == {"helsinki-a", "helsinki-b"}


def test_a_thousand_ids_and_more_can_be_asked_for_at_once(store):
    save(store, make_offering())
    assert set(store.find_many([ID, *(f"no-{number}" for number in range(33_000))])) == {ID}


def test_offerings_are_counted_by_state_examples_among_the_published_and_real_ones_in_any(store):
    save(store, *(make_offering(code=code, example=code != "a") for code in "abc"))
    store.withdraw("helsinki", ["c"])
    assert store.counts() == {"draft": 0, "published": 2, "withdrawn": 1, "suspended": 0, "example": 1, "real": 1}


def test_the_published_are_listed_with_their_last_change(store):
    save(store, make_offering(code="a", example=True), make_offering(code="b"))
    listed = store.published_ids()
    assert [(id, example) for id, _, example in listed] == [("helsinki-a", True), ("helsinki-b", False)]
    assert listed[0][1] == store.find("helsinki-a").updated_at


def test_a_store_keeps_its_epoch(database, store):
    epoch = store.epoch()
    database.migrate()
    assert epoch and CatalogStore(database).epoch() == epoch


def test_migrations_build_exactly_the_tables_of_the_schema(database):
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, schema.metadata) == []


def test_migrating_again_changes_nothing(database, store):
    save(store, make_offering())
    database.migrate()
    assert database.is_current() and store.find(ID)


def test_many_writers_at_once_lose_nothing_and_see_no_lock_errors(database, store):
    threads, writes, failures = 20, 20, []
    url = database.engine.url.render_as_string(hide_password=False)
    second = Database(url)  # as another process would have it
    stores = [store, CatalogStore(second)]

    def write(number):
        try:
            for turn in range(writes):
                save(stores[number % 2], make_offering(code=f"{number}", hours=turn + 1))
                stores[number % 2].find(f"helsinki-{number}")
        except Exception as error:
            failures.append(error)

    before = store.revision()
    workers = [threading.Thread(target=write, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    second.close()
    assert failures == []
    assert len(store.changes_since(before)) == threads * writes
    assert {entry.revision for entry in store.published()} == {writes}


def test_published_offerings_are_listed_by_words_as_they_stand_in_any_letters(store):
    made = [
        make_offering(code=code, title={"fi": title}) for code, title in (("1", "Työn ääni"), ("2", "Työn 100 % ilo"))
    ]
    store.save([(offering, {}) for offering in made])
    assert store.listed(["työn"], 0, 10)[0] == 2
    assert store.listed(["työn", "ääni"], 0, 10) == (1, ["helsinki-1"])
    assert store.listed(["100_%"], 0, 10) == (0, [])
    first, second = store.listed([], 0, 1), store.listed([], 1, 1)
    assert (first[0], {*first[1], *second[1]}) == (2, {"helsinki-1", "helsinki-2"})
    store.withdraw("helsinki", ["1"])
    assert store.listed([], 0, 10) == (1, ["helsinki-2"])


def suspend(database, provider="helsinki", admission="suspended"):
    with database.write() as connection:
        connection.execute(
            sa.insert(desk_tables.metadata.tables["provider_standing"]).values(
                provider=provider, admission=admission, four_eyes=False
            )
        )


@pytest.mark.parametrize("admission", ["suspended", "closed"])
def test_offerings_of_a_suspended_provider_are_kept_and_seen_by_nobody(database, store, admission):
    save(store, make_offering(code="a"), make_offering(code="b"))
    store.withdraw("helsinki", ["b"])
    suspend(database, admission=admission)
    assert store.find("helsinki-a").state is State.SUSPENDED
    assert store.find("helsinki-b").state is State.WITHDRAWN
    assert list(store.published()) == [] and store.published_ids() == [] and store.listed([], 0, 10) == (0, [])
    assert (store.counts()["published"], store.counts()["suspended"]) == (0, 1)
    with database.write() as transaction:
        assert store.state_within(transaction, "helsinki-a") is State.SUSPENDED
    assert "helsinki" in store.providers() and "helsinki" not in store.admitted_providers()


def test_each_revision_keeps_what_it_replaced_and_who_made_it(database, store):
    save(store, make_offering(hours=1))
    save(store, make_offering(hours=2), by=By(Origin.API))
    save(store, make_offering(hours=2))
    store.withdraw("helsinki", ["HY-TA-0101"])
    found = HistoryStore(database).revisions(ID)
    assert [(item.number, item.state, item.by.origin) for item in found] == [
        (3, State.WITHDRAWN, Origin.COMMAND),
        (2, State.PUBLISHED, Origin.API),
        (1, State.PUBLISHED, Origin.COMMAND),
    ]
    assert [item.data["hours"] for item in found] == [2, 2, 1]


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_what_was_changed_meanwhile_is_not_overwritten(database, store, expected):
    save(store, make_offering(hours=1))
    save(store, make_offering(hours=2))
    before = store.find(ID)
    for act in (
        lambda transaction: save_one(transaction, make_offering(hours=3), {}, COMMAND, expected),
        lambda transaction: withdraw_one(transaction, "helsinki", "HY-TA-0101", COMMAND, expected),
    ):
        with pytest.raises(Conflict), database.write() as transaction:
            act(transaction)
    assert store.find(ID) == before


def test_who_knows_the_revision_may_replace_it(database, store):
    with database.write() as transaction:
        first = save_one(transaction, make_offering(), {}, COMMAND, 0)
        second = save_one(transaction, make_offering(hours=2), {}, COMMAND, first.revision)
        third = withdraw_one(transaction, "helsinki", "HY-TA-0101", COMMAND, second.revision)
    assert [saved.revision for saved in (first, second, third)] == [1, 2, 3]
    assert {saved.id for saved in (first, second, third)} == {ID}
