"""What a store promises of sent files and of headers, on both databases."""

import datetime as dt
from dataclasses import replace

import pytest
from factories import make_provider

from portal.model.message import Message
from portal.model.upload import UNDER_WAY, Upload, UploadState
from portal.store.catalog import CatalogStore
from portal.store.uploads import UploadStore

AT = dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC)


@pytest.fixture
def uploads(database):
    CatalogStore(database).save_providers([make_provider(), make_provider(id="aalto")])
    return UploadStore(database)


def add(database, uploads, **parts):
    item = replace(Upload("u1", "helsinki", "a.csv", AT, AT, mapping={"oma": "code"}), **parts)
    with database.write() as transaction:
        uploads.add(transaction, item)
    return item


def move(database, uploads, *arguments, **values):
    with database.write() as transaction:
        return uploads.move(transaction, "u1", *arguments, AT + dt.timedelta(hours=1), **values)


def test_an_upload_is_read_back_whole(database, uploads):
    item = add(database, uploads, counts={"new": 3}, error=Message("Broken {n}", {"n": 1}), total=7, complete=True)
    assert uploads.find("helsinki", "u1") == uploads.find_any("u1") == item
    assert uploads.ids() == {"u1"}


def test_an_upload_of_another_provider_is_not_found(database, uploads):
    add(database, uploads)
    assert uploads.find("aalto", "u1") is None and uploads.of_provider("aalto") == []


def test_an_upload_moves_only_from_a_state_that_was_expected(database, uploads):
    add(database, uploads)
    assert not move(database, uploads, (UploadState.CHECKED,), UploadState.APPROVED)
    assert move(database, uploads, UNDER_WAY, UploadState.CHECKED, counts={"new": 1})
    found = uploads.find_any("u1")
    assert (found.state, found.counts, found.updated_at) == (
        UploadState.CHECKED,
        {"new": 1},
        AT + dt.timedelta(hours=1),
    )


def test_what_waits_longest_comes_first_and_what_is_done_not_at_all(database, uploads):
    add(database, uploads)
    add(database, uploads, id="u2", updated_at=AT - dt.timedelta(hours=1))
    add(database, uploads, id="u3", state=UploadState.CHECKED)
    assert [item.id for item in uploads.under_way()] == ["u2", "u1"]


def test_progress_changes_nothing_else(database, uploads):
    item = add(database, uploads)
    uploads.note_progress("u1", 5, 10)
    assert uploads.find_any("u1") == replace(item, done=5, total=10)


def test_a_removed_upload_is_gone(database, uploads):
    add(database, uploads)
    with database.write() as transaction:
        uploads.remove(transaction, "u1")
    assert uploads.find_any("u1") is None


def test_the_last_meaning_of_a_header_counts_and_is_the_providers_own(database, uploads):
    with database.write() as transaction:
        uploads.remember(transaction, "helsinki", {"a": "code", "b": ""})
        uploads.remember(transaction, "helsinki", {"a": "title_fi"})
    assert uploads.mapping("helsinki") == {"a": "title_fi", "b": ""}
    assert uploads.mapping("aalto") == {}
