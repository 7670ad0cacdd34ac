"""Where searches are counted: a small file that all workers share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.web import limits
from portal.web.limits import SqliteStorage


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the time that the storage sees."""

    def set_time(seconds: float) -> None:
        monkeypatch.setattr(limits.time, "time", lambda: seconds)

    return set_time


@pytest.fixture
def storage(tmp_path: Path) -> SqliteStorage:
    return SqliteStorage(f"portal-sqlite://{tmp_path / 'limits.sqlite3'}")


def another(tmp_path: Path) -> SqliteStorage:
    return SqliteStorage(f"portal-sqlite://{tmp_path / 'limits.sqlite3'}")


def test_each_search_counts_one_more(storage: SqliteStorage):
    assert [storage.incr("a", 60) for _ in range(3)] == [1, 2, 3]


def test_visitors_are_counted_apart(storage: SqliteStorage):
    storage.incr("a", 60)
    assert storage.incr("b", 60) == 1


def test_two_workers_count_together(storage: SqliteStorage, tmp_path: Path):
    storage.incr("a", 60)
    assert another(tmp_path).incr("a", 60) == 2


def test_counting_begins_anew_when_the_window_has_passed(storage: SqliteStorage, clock):
    clock(1_000_001)
    storage.incr("a", 60)
    clock(1_000_060)
    assert storage.incr("a", 60) == 2
    clock(1_000_062)
    assert storage.incr("a", 60) == 1


def test_searching_on_does_not_make_the_window_longer(storage: SqliteStorage, clock):
    clock(1_000_001)
    storage.incr("a", 60)
    clock(1_000_031)
    storage.incr("a", 60)
    assert storage.get_expiry("a") == 1_000_061


def test_a_window_that_has_passed_counts_nothing(storage: SqliteStorage, clock):
    clock(1_000_001)
    storage.incr("a", 60)
    clock(1_000_062)
    assert storage.get("a") == 0


def test_nobody_unknown_has_searched(storage: SqliteStorage):
    assert storage.get("nobody") == 0


def test_what_has_passed_is_forgotten_for_good(storage: SqliteStorage, clock):
    clock(1_000_001)
    storage.incr("key-of-long-ago", 60)
    for second in range(1_000_100, 1_000_400):
        clock(second)
        storage.incr("b", 60)
    assert storage._row("key-of-long-ago") is None


def test_what_has_passed_is_forgotten_even_when_few_search(storage: SqliteStorage, clock):
    clock(1_000_001)
    storage.incr("key-of-long-ago", 60)
    clock(1_003_601)
    storage.incr("b", 60)
    assert storage._row("key-of-long-ago") is None


def test_one_visitor_can_be_forgotten(storage: SqliteStorage):
    storage.incr("a", 60)
    storage.incr("b", 60)
    storage.clear("a")
    assert (storage.get("a"), storage.get("b")) == (0, 1)


def test_everything_can_be_forgotten(storage: SqliteStorage):
    storage.incr("a", 60)
    assert storage.reset() == 1 and storage.get("a") == 0


def test_a_storage_that_is_there_says_so(storage: SqliteStorage, tmp_path: Path):
    assert storage.check()
    (tmp_path / "limits.sqlite3").unlink()
    assert not storage.check()
