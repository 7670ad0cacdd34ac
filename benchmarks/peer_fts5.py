"""SQLite FTS5 as a peer, its texts stemmed before: with the facet arrays, and with facets by SQL."""

import itertools
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.engines import SIZE, Found, Stems, needed
from benchmarks.facet_arrays import FacetArrays
from benchmarks.queries import Query
from benchmarks.rows import NAMES, Row
from benchmarks.words import LANGUAGES

_WORD = re.compile(r"[^\W_]+")
_COLUMNS = tuple(f"{part}_{code}" for code in LANGUAGES for part in ("title", "text"))
_WEIGHTS = ", ".join("8.0" if name.startswith("title") else "1.0" for name in _COLUMNS)


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


class Fts5:
    """The tables of both ways, made once. `plain` has the words as they are, for comparing totals."""

    def __init__(self, folder: Path, rows: Sequence[Row]) -> None:
        self.path = folder / "fts5.sqlite3"
        self.ids = [row.id for row in rows]
        self._stems = Stems()
        began = time.perf_counter()
        with sqlite3.connect(self.path) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            self._fill_texts(connection, rows)
            self.text_seconds = time.perf_counter() - began
            self._fill_facets(connection, rows)
            connection.execute("ANALYZE")
        self.seconds = time.perf_counter() - began
        with sqlite3.connect(self.path) as connection:
            self._fill_plain(connection, rows)
        connection.close()

    def _fill_texts(self, connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
        columns = ", ".join(_COLUMNS)
        connection.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5({columns}, content='', detail=column, tokenize='unicode61 remove_diacritics 0')"
        )
        marks = ", ".join("?" * len(_COLUMNS))
        connection.executemany(
            f"INSERT INTO texts (rowid, {columns}) VALUES (?, {marks})",
            ((number, *self._texts(row)) for number, row in enumerate(rows)),
        )
        connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")

    def _texts(self, row: Row) -> list[str]:
        return [
            self._stems.text(words((row.titles if part == "title" else row.texts).get(code, "")), code)
            for code in LANGUAGES
            for part in ("title", "text")
        ]

    def _fill_facets(self, connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
        connection.execute(
            "CREATE TABLE values_of (facet, value, row INTEGER, PRIMARY KEY (facet, value, row)) WITHOUT ROWID"
        )
        connection.executemany(
            "INSERT INTO values_of VALUES (?, ?, ?)",
            (
                (name, value, number)
                for number, row in enumerate(rows)
                for name, values in row.all_values().items()
                for value in values
            ),
        )
        connection.execute("CREATE INDEX by_row ON values_of (row, facet, value)")
        connection.execute("CREATE TABLE every_row (row INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO every_row VALUES (?)", ((number,) for number in range(len(rows))))

    def _fill_plain(self, connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
        connection.execute(
            "CREATE VIRTUAL TABLE plain USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        connection.executemany(
            "INSERT INTO plain (rowid, text) VALUES (?, ?)",
            ((number, "\n".join([*row.titles.values(), *row.texts.values()])) for number, row in enumerate(rows)),
        )

    def connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA mmap_size = 1073741824")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("CREATE TEMP TABLE matched (row INTEGER PRIMARY KEY, rank REAL)")
        return connection

    def matching(self, query: Query) -> tuple[str, str]:
        """Table and expression; enough of the words, each in any of the languages."""
        said = list(dict.fromkeys(words(query.text)))
        if query.literal:
            return "plain", " AND ".join(f'"{word}"' for word in said)
        each = []
        for word in said:
            stems = self._stems.of_word(word)
            each.append("(" + " OR ".join(f'{{title_{c} text_{c}}} : "{stem}"' for c, stem in stems.items()) + ")")
        enough = itertools.combinations(each, needed(len(each)))
        return "texts", " OR ".join(f"({' AND '.join(some)})" for some in enough)


class Fts5WithArrays:
    """FTS5 finds and ranks; the arrays filter and count."""

    name = "FTS5 + arrays"

    def __init__(self, tables: Fts5, arrays: FacetArrays) -> None:
        self._tables = tables
        self._arrays = arrays
        self.index_seconds = tables.text_seconds

    def open(self) -> Callable[[Query], Found]:
        connection, size, ids = self._tables.connect(), self._arrays.size, self._tables.ids

        def search(query: Query) -> Found:
            ranks = np.zeros(size)
            candidates = np.ones(size, dtype=bool)
            if query.text:
                table, match = self._tables.matching(query)
                rank = f"bm25(texts, {_WEIGHTS})" if table == "texts" else "bm25(plain)"
                got = connection.execute(
                    f"SELECT rowid, {rank} FROM {table} WHERE {table} MATCH ?", (match,)
                ).fetchall()
                candidates = np.zeros(size, dtype=bool)
                if got:
                    table_of_two = np.array(got)
                    numbers = table_of_two[:, 0].astype(np.int32)
                    candidates[numbers] = True
                    ranks[numbers] = table_of_two[:, 1]
            found, counts = self._arrays.select(candidates, query.filters)
            rows = np.flatnonzero(found)
            best = rows[np.argsort(ranks[rows], kind="stable")[:SIZE]]
            return Found(tuple(ids[row] for row in best), len(rows), counts)

        return search


class Fts5WithSql:
    """FTS5 and SQL alone: what matches goes into a table in memory, facets are counted by GROUP BY."""

    name = "FTS5 + SQL facets"

    def __init__(self, tables: Fts5) -> None:
        self._tables = tables
        self.index_seconds = tables.seconds

    def open(self) -> Callable[[Query], Found]:
        connection, ids = self._tables.connect(), self._tables.ids

        def search(query: Query) -> Found:
            connection.execute("DELETE FROM matched")
            if query.text:
                table, match = self._tables.matching(query)
                rank = f"bm25(texts, {_WEIGHTS})" if table == "texts" else "bm25(plain)"
                sql = f"INSERT INTO matched SELECT rowid, {rank} FROM {table} WHERE {table} MATCH ?"
                connection.execute(sql, (match,))
            else:
                connection.execute("INSERT INTO matched SELECT row, 0 FROM every_row")
            where, values = _where(query, None)
            total = connection.execute(f"SELECT count(*) FROM matched AS m WHERE {where}", values).fetchone()[0]
            page = connection.execute(
                f"SELECT row FROM matched AS m WHERE {where} ORDER BY rank, row LIMIT {SIZE}", values
            )
            return Found(tuple(ids[row] for (row,) in page), total, _counts(connection, query))

        return search


def _where(query: Query, without: str | None) -> tuple[str, list[str]]:
    parts, values = ["1"], []
    for name, chosen in query.filters.items():
        if name != without:
            marks = ", ".join("?" * len(chosen))
            parts.append(f"EXISTS (SELECT 1 FROM values_of WHERE row = m.row AND facet = ? AND value IN ({marks}))")
            values += [name, *chosen]
    return " AND ".join(parts), values


def _counts(connection: sqlite3.Connection, query: Query) -> dict[str, dict[str, int]]:
    """All facets without a choice by one statement, each of the others by its own."""
    counts: dict[str, dict[str, int]] = {name: {} for name in NAMES}
    for own in (None, *query.filters):
        where, values = _where(query, own)
        names = [own] if own else [name for name in NAMES if name not in query.filters]
        marks = ", ".join("?" * len(names))
        sql = (
            "SELECT v.facet, v.value, count(*) FROM matched AS m JOIN values_of AS v ON v.row = m.row "
            f"WHERE v.facet IN ({marks}) AND {where} GROUP BY v.facet, v.value"
        )
        for facet, value, number in connection.execute(sql, [*names, *values]):
            counts[facet][value] = number
    return counts
