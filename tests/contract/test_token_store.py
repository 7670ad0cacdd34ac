"""What the store of keys promises, on SQLite and on PostgreSQL."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.model.token import Scope, Token
from portal.store.desk_tables import api_token
from portal.store.tokens import TokenStore

AT = dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 11, 17, 10, tzinfo=dt.UTC)
TOKEN = Token("0123456789ab", "helsinki", "Peppi", frozenset({Scope.READ, Scope.PUBLISH}), created_at=AT)


@pytest.fixture
def tokens(database, store) -> TokenStore:
    made = TokenStore(database)
    with database.write() as transaction:
        made.add(transaction, TOKEN, "a" * 64)
        made.add(transaction, Token("other", "sivis", "Theirs", frozenset(Scope), created_at=AT), "b" * 64)
    return made


def test_a_key_is_found_by_its_hash_alone(tokens: TokenStore):
    assert tokens.find_by_hash("a" * 64) == TOKEN
    assert tokens.find_by_hash("c" * 64) is tokens.find_by_hash(TOKEN.id) is None


def test_a_revoked_key_is_listed_and_not_found(database, tokens: TokenStore):
    for at in (AT, LATER):
        with database.write() as transaction:
            assert tokens.revoke(transaction, "helsinki", TOKEN.id, at)
    assert tokens.find_by_hash("a" * 64) is None
    assert [token.revoked_at for token in tokens.of_provider("helsinki")] == [AT]


def test_nobody_revokes_the_key_of_another(database, tokens: TokenStore):
    with database.write() as transaction:
        assert not tokens.revoke(transaction, "sivis", TOKEN.id, AT)
    assert tokens.find_by_hash("a" * 64) == TOKEN


def test_the_newest_key_comes_first(database, tokens: TokenStore):
    newer = Token("ffff", "helsinki", "New", frozenset({Scope.WITHDRAW}), created_at=LATER)
    with database.write() as transaction:
        tokens.add(transaction, newer, "d" * 64)
    assert tokens.of_provider("helsinki") == [newer, TOKEN]


def test_the_day_of_use_is_kept(database, tokens: TokenStore):
    with database.write() as transaction:
        tokens.note_use(transaction, TOKEN.id, LATER.date())
    assert tokens.find_by_hash("a" * 64).last_used_on == LATER.date()


def test_no_two_keys_have_one_secret(database, tokens: TokenStore):
    with pytest.raises(sa.exc.IntegrityError), database.write() as transaction:
        tokens.add(transaction, Token("twin", "sivis", "Twin", frozenset(Scope), created_at=AT), "a" * 64)
    with database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(api_token)) == 2
