"""Compares the faceted search page with Datasette's over HTTP, both on 127.0.0.1, asked by four clients at once."""

import contextlib
import http.client
import json
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import worker
from benchmarks.figures import Times
from benchmarks.queries import Query
from benchmarks.rows import NAMES, Row
from portal.config import Settings

CLIENTS = 4
_WARM_UP = 40
_LONGEST = 90.0
_START_LIMIT = 60.0
_LISTS = ("field", "scope", "mode", "start", "language", "price", "region", "target_group")


@dataclass(frozen=True)
class Served:
    """What one server managed. `size`: mean bytes of a page."""

    name: str
    times: Times
    per_second: float
    failed: int
    size: float


def compare(settings: Settings, rows: Sequence[Row], queries: Sequence[Query], folder: Path) -> list[Served]:
    """Ours without and with caches, and Datasette; all on the same queries and facets."""
    ours = [_our_page(query) for query in queries]
    served = []
    with _portal(settings, caches=False) as port:
        served.append(_ask("Osaset, caches off", port, ours))
    with _portal(replace(settings, cache=True), caches=True) as port:
        _ask("", port, ours)
        served.append(_ask("Osaset, caches on, pages asked before", port, ours))
    with _datasette(folder, rows) as port:
        served.append(_ask("Datasette", port, [_datasette_page(query) for query in queries]))
    return served


def _our_page(query: Query) -> str:
    pairs = [("q", query.text), *((name, value) for name, values in query.filters.items() for value in values)]
    return f"/{query.language}/search?{urlencode(pairs)}"


def _datasette_page(query: Query) -> str:
    """Where a column is a list, Datasette can ask for one value only: the first."""
    pairs = [("_search", query.text), ("_size", "20"), ("_col", "title"), ("_col", "summary")]
    for name, values in query.filters.items():
        pairs.append((f"{name}__arraycontains", values[0]) if name in _LISTS else (f"{name}__in", ",".join(values)))
    return f"/bench/offerings?{urlencode(pairs)}"


@contextlib.contextmanager
def _portal(settings: Settings, *, caches: bool) -> Iterator[int]:
    port = _free_port()
    command = [sys.executable, "-W", "ignore", "-m", "portal", "serve", "--port", str(port), "--workers", "2"]
    told = worker.environment(settings) | {"PORTAL_CACHE": "on" if caches else "off"}
    with _running(command, port, told):
        yield port


@contextlib.contextmanager
def _datasette(folder: Path, rows: Sequence[Row]) -> Iterator[int]:
    port, database, metadata = _free_port(), folder / "bench.db", folder / "metadata.json"
    _fill(database, rows)
    facets = [{"array": name} if name in _LISTS else name for name in NAMES]
    metadata.write_text(json.dumps({"databases": {"bench": {"tables": {"offerings": {"facets": facets}}}}}))
    command = [sys.executable, "-W", "ignore", "-m", "datasette", "serve", "-i", str(database), "-m", str(metadata)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--setting", "suggest_facets", "off"]
    for limit in ("facet_time_limit_ms", "sql_time_limit_ms"):
        command += ["--setting", limit, "60000"]
    with _running(command, port, None):
        yield port


def _fill(database: Path, rows: Sequence[Row]) -> None:
    database.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        columns = ", ".join(("id TEXT PRIMARY KEY", "title", "summary", *NAMES))
        connection.execute(f"CREATE TABLE offerings ({columns})")
        marks = ", ".join("?" * (3 + len(NAMES)))
        connection.executemany(f"INSERT INTO offerings VALUES ({marks})", map(_record, rows))
        connection.execute("CREATE VIRTUAL TABLE offerings_fts USING fts5(title, summary, content='offerings')")
        connection.execute("INSERT INTO offerings_fts (offerings_fts) VALUES ('rebuild')")
        for name in NAMES:
            if name not in _LISTS:
                connection.execute(f"CREATE INDEX by_{name} ON offerings ({name})")


def _record(row: Row) -> list[str | None]:
    """Titles and texts in all languages; facets as one value or a JSON list."""
    found = row.all_values()
    facets = [json.dumps(sorted(found[name])) if name in _LISTS else min(found[name], default=None) for name in NAMES]
    return [row.id, " / ".join(row.titles.values()), "\n".join(row.texts.values()), *facets]


@contextlib.contextmanager
def _running(command: list[str], port: int, environment: dict[str, str] | None) -> Iterator[None]:
    """The server until the end of the block; it must answer within a minute."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _START_LIMIT
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{command[4]} does not answer.")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def _ask(name: str, port: int, pages: Sequence[str]) -> Served:
    """All pages once, after a warm-up, but not for longer than a minute and a half."""
    _Clients(port, pages[:_WARM_UP]).run()
    clients = _Clients(port, pages)
    began = time.perf_counter()
    clients.run()
    taken = time.perf_counter() - began
    times = Times.of(clients.seconds)
    size = sum(clients.sizes) / max(1, len(clients.sizes))
    return Served(name, times, times.n / taken, clients.failed, size)


class _Clients:
    """Four threads that take page after page from one list, each over one connection."""

    def __init__(self, port: int, pages: Sequence[str]) -> None:
        self._port = port
        self._pages = iter(pages)
        self._lock = threading.Lock()
        self._until = time.monotonic() + _LONGEST
        self.seconds: list[float] = []
        self.sizes: list[int] = []
        self.failed = 0

    def run(self) -> None:
        threads = [threading.Thread(target=self._client) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _client(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        with contextlib.closing(connection):
            while time.monotonic() < self._until and (page := self._next()):
                began = time.perf_counter()
                try:
                    connection.request("GET", page)
                    answer = connection.getresponse()
                    size, fine = len(answer.read()), answer.status == 200
                except (OSError, http.client.HTTPException):
                    connection.close()
                    size, fine = 0, False
                self._note(time.perf_counter() - began, size, fine)

    def _next(self) -> str | None:
        with self._lock:
            return next(self._pages, None)

    def _note(self, seconds: float, size: int, fine: bool) -> None:
        with self._lock:
            self.seconds.append(seconds)
            self.sizes.append(size)
            self.failed += not fine
