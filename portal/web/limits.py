"""Limits how often one address may search and send forms. What is kept is a keyed hash of the address, for a few minutes."""

import hashlib
import hmac
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from flask import Flask, current_app, g, request
from flask_limiter import Limiter, RequestLimit
from limits.storage import Storage
from werkzeug.exceptions import TooManyRequests

from portal.web.current import services


class SqliteStorage(Storage):
    """Fixed windows in a small SQLite file that all workers share; losing it only forgets recent requests."""

    STORAGE_SCHEME = ["portal-sqlite"]

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: object) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._path = Path(uri.partition("://")[2])
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS hits (key TEXT PRIMARY KEY, number INTEGER, until REAL) WITHOUT ROWID"
            )
            connection.execute("CREATE INDEX IF NOT EXISTS hits_until ON hits (until)")

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = time.time()
        with closing(self._connect()) as connection:
            connection.execute("DELETE FROM hits WHERE until < ?", (now,))
            return connection.execute(
                "INSERT INTO hits VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
                "number = CASE WHEN until < ? THEN excluded.number ELSE number + excluded.number END, "
                "until = CASE WHEN until < ? THEN excluded.until ELSE until END RETURNING number",
                (key, amount, now + expiry, now, now),
            ).fetchone()[0]

    def get(self, key: str) -> int:
        row = self._row(key)
        return row[0] if row and row[1] >= time.time() else 0

    def get_expiry(self, key: str) -> float:
        row = self._row(key)
        return row[1] if row else time.time()

    def check(self) -> bool:
        return self._path.exists()

    def reset(self) -> int | None:
        with closing(self._connect()) as connection:
            return connection.execute("DELETE FROM hits").rowcount

    def clear(self, key: str) -> None:
        with closing(self._connect()) as connection:
            connection.execute("DELETE FROM hits WHERE key = ?", (key,))

    def _row(self, key: str) -> tuple[int, float] | None:
        with closing(self._connect()) as connection:
            return connection.execute("SELECT number, until FROM hits WHERE key = ?", (key,)).fetchone()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=2, isolation_level=None)
        connection.execute("PRAGMA synchronous=OFF")
        return connection


def _address() -> str:
    """A keyed hash of the visitor's address, so that the address itself is stored nowhere."""
    return _hashed(f"rate {request.remote_addr}")


def _hashed(value: str) -> str:
    return hmac.new(current_app.config["SECRET_KEY"].encode(), value.encode(), hashlib.sha256).hexdigest()[:32]


def _refuse(limit: RequestLimit) -> None:
    error = TooManyRequests()
    error.retry_after = max(1, int(limit.reset_at - time.time()) + 1)
    raise error


limiter = Limiter(key_func=_address, on_breach=_refuse, swallow_errors=True)
_NO_LIMIT = "1000000/second"  # a rate is parsed even where the limit is lifted
search_limit = limiter.shared_limit(
    lambda: _NO_LIMIT if services().settings.search_rate == "off" else services().settings.search_rate,
    scope="search",
    exempt_when=lambda: services().settings.search_rate == "off",
)
"""Put on every view that searches; they share one allowance."""

_MOST_WISHES = "60/hour"  # a class that makes wishes together has one address, too


def _forms_are_unlimited() -> bool:
    return services().settings.form_rate == "off"


form_limit = limiter.shared_limit(
    lambda: _NO_LIMIT if _forms_are_unlimited() else services().settings.form_rate,
    scope="forms",
    methods=["POST"],
    exempt_when=_forms_are_unlimited,
)
"""Put on every view that takes a form; they share one allowance."""

wish_limit = limiter.shared_limit(_MOST_WISHES, scope="wishes", methods=["POST"], exempt_when=_forms_are_unlimited)
"""Put as well on what makes work for others: wishes, which a moderator reads, and mail to any address."""

_MOST_TRIES = "10/5minutes"


def _account() -> str:
    """A keyed hash of the account that someone tries to enter; the address itself is stored nowhere."""
    return _hashed(f"account {request.form.get('email', '').strip().lower()[:320]}")


_tries_at_account = limiter.shared_limit(_MOST_TRIES, scope="account", methods=["POST"], key_func=_account)
_tries_from_address = limiter.shared_limit(_MOST_TRIES, scope="sign in", methods=["POST"])


def sign_in_limit(view: Callable) -> Callable:
    """Put on every view that takes a password or sends a link: ten tries in five minutes an account and an address."""
    return _tries_at_account(_tries_from_address(view))


def _token() -> str:
    return _hashed(f"token {g.token.id}")


api_limit = limiter.shared_limit("600/minute", scope="api", key_func=_token, exempt_when=_forms_are_unlimited)
"""Put on every view that is entered by a key; they share one allowance a key."""

bulk_limit = limiter.shared_limit("30/hour", scope="bulk", key_func=_token, exempt_when=_forms_are_unlimited)
"""Put as well on what publishes many offerings at once."""


def install(app: Flask) -> None:
    data = app.extensions["services"].settings.data
    app.config["RATELIMIT_STORAGE_URI"] = f"portal-sqlite://{data / 'limits.sqlite3'}"
    limiter.init_app(app)
