"""What the documents of an index can be filtered, counted and ordered by, as arrays: in memory and in a folder."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from portal.model.collation import sort_key
from portal.model.text import LANGUAGES
from portal.search.analysis.tokens import words
from portal.search.document import Document, IndexRun
from portal.search.facets import FACETS, DayColumns

_OF_OFFERING = tuple(facet.name for facet in FACETS if facet.of_offering)
_OF_RUN = tuple(facet.name for facet in FACETS if facet.of_run)


def code_key(code: str) -> str:
    """A provider's code as people may type it: `HY-TA-0101` is `hyta0101`; empty when it is too plain to be one."""
    key = "".join(letter for letter in code.casefold() if letter.isalnum())
    return key if len(key) >= 4 and any(letter.isdigit() for letter in key) else ""


def key_hash(text: str) -> int:
    """64 bits that stand for a title or a code."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True)
class Pairs:
    """The values of one facet: row `rows[i]` has the value `values[codes[i]]`; `rows` never falls."""

    rows: np.ndarray
    codes: np.ndarray
    values: tuple[str, ...]

    @classmethod
    def of(cls, values_by_row: Iterable[Iterable[str]]) -> "Pairs":
        numbers: dict[str, int] = {}
        rows, codes = [], []
        for row, values in enumerate(values_by_row):
            for value in dict.fromkeys(values):
                rows.append(row)
                codes.append(numbers.setdefault(value, len(numbers)))
        return cls(np.array(rows, dtype=np.int32), np.array(codes, dtype=np.int32), tuple(numbers))

    def taken(self, new_rows: np.ndarray) -> "Pairs":
        """The same with row r called `new_rows[r]`; rows called -1 are gone."""
        rows = new_rows[self.rows]
        stays = rows >= 0
        return Pairs(rows[stays], self.codes[stays], self.values)


@dataclass(frozen=True)
class Table:
    """`ects` (n, 2) in tenths, 0 when not stated; `created` in seconds; runs of a document stand together.

    `titles` and `codes`: pairs (hash, row) in the order of hashes; `sort_titles`: language → a key for each row.
    """

    ids: tuple[str, ...]
    ects: np.ndarray
    created: np.ndarray
    has_runs: np.ndarray
    run_document: np.ndarray
    days: DayColumns
    facets: dict[str, Pairs]
    run_facets: dict[str, Pairs]
    languages: Pairs
    titles: tuple[np.ndarray, np.ndarray]
    codes: tuple[np.ndarray, np.ndarray]
    sort_titles: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Table":
        runs: list[IndexRun] = [run for document in documents for run in document.runs]
        lengths = [len(document.runs) for document in documents]
        titles = [
            (key_hash(title), row)
            for row, document in enumerate(documents)
            for title in {" ".join(words(title)) for title in document.titles.values()} - {""}
        ]
        codes = [(key_hash(key), row) for row, d in enumerate(documents) if (key := code_key(d.code))]
        return cls(
            ids=tuple(document.id for document in documents),
            ects=np.array([document.ects for document in documents], dtype=np.int32).reshape(-1, 2),
            created=np.array([document.created for document in documents], dtype=np.float64),
            has_runs=np.array([document.has_runs for document in documents], dtype=bool),
            run_document=np.repeat(np.arange(len(documents), dtype=np.int32), lengths),
            days=DayColumns.of([run.days for run in runs]),
            facets={name: Pairs.of(document.facets[name] for document in documents) for name in _OF_OFFERING},
            run_facets={name: Pairs.of(run.facets[name] for run in runs) for name in _OF_RUN},
            languages=Pairs.of(document.languages for document in documents),
            titles=_by_hash(titles),
            codes=_by_hash(codes),
            sort_titles={
                code: tuple("\0".join(sort_key(document.titles[code], code)) for document in documents)
                for code in LANGUAGES
            },
        )

    @property
    def size(self) -> int:
        return len(self.ids)

    def save(self, folder: Path) -> None:
        arrays = {
            "ects": self.ects,
            "created": self.created,
            "has_runs": self.has_runs,
            "run_document": self.run_document,
            "days": self.days.dates,
            "self_paced": self.days.self_paced,
            "title_hashes": self.titles[0],
            "title_rows": self.titles[1],
            "code_hashes": self.codes[0],
            "code_rows": self.codes[1],
        }
        values = {}
        for name, pairs in self._all_pairs().items():
            arrays |= {f"rows {name}": pairs.rows, f"codes {name}": pairs.codes}
            values[name] = pairs.values
        np.savez(folder / "columns.npz", **arrays)
        (folder / "names.json").write_text(json.dumps({"ids": self.ids, "values": values}))
        (folder / "titles.json").write_text(json.dumps(self.sort_titles))

    @classmethod
    def load(cls, folder: Path) -> "Table":
        """The table without its `sort_titles`, which are large and seldom needed: `load_sort_titles`."""
        names = json.loads((folder / "names.json").read_text())
        with np.load(folder / "columns.npz", allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}

        def pairs(name: str) -> Pairs:
            return Pairs(arrays[f"rows {name}"], arrays[f"codes {name}"], tuple(names["values"][name]))

        return cls(
            ids=tuple(names["ids"]),
            ects=arrays["ects"],
            created=arrays["created"],
            has_runs=arrays["has_runs"],
            run_document=arrays["run_document"],
            days=DayColumns(arrays["days"], arrays["self_paced"]),
            facets={name: pairs(name) for name in _OF_OFFERING},
            run_facets={name: pairs(name) for name in _OF_RUN},
            languages=pairs("languages spoken"),
            titles=(arrays["title_hashes"], arrays["title_rows"]),
            codes=(arrays["code_hashes"], arrays["code_rows"]),
            sort_titles={},
        )

    def _all_pairs(self) -> dict[str, Pairs]:
        return self.facets | self.run_facets | {"languages spoken": self.languages}


def load_sort_titles(folder: Path) -> dict[str, tuple[str, ...]]:
    return {code: tuple(keys) for code, keys in json.loads((folder / "titles.json").read_text()).items()}


def join(parts: Sequence[tuple[Table, np.ndarray]]) -> Table:
    """One table of several; of each the rows given, which rise. Rows are numbered through, part by part."""
    if not parts:
        return Table.of(())
    if len(parts) == 1 and len(parts[0][1]) == parts[0][0].size:
        return parts[0][0]
    new_rows, new_runs, run_rows = _renumbered(parts)
    tables = [table for table, _ in parts]

    def pairs(each: Sequence[Pairs], numbers: Sequence[np.ndarray]) -> Pairs:
        return _joined([one.taken(new) for one, new in zip(each, numbers, strict=True)])

    return Table(
        ids=tuple(table.ids[row] for table, rows in parts for row in rows.tolist()),
        ects=np.concatenate([table.ects[rows] for table, rows in parts]),
        created=np.concatenate([table.created[rows] for table, rows in parts]),
        has_runs=np.concatenate([table.has_runs[rows] for table, rows in parts]),
        run_document=np.concatenate(run_rows),
        days=DayColumns(
            np.concatenate([t.days.dates[runs >= 0] for t, runs in zip(tables, new_runs, strict=True)]),
            np.concatenate([t.days.self_paced[runs >= 0] for t, runs in zip(tables, new_runs, strict=True)]),
        ),
        facets={name: pairs([t.facets[name] for t in tables], new_rows) for name in _OF_OFFERING},
        run_facets={name: pairs([t.run_facets[name] for t in tables], new_runs) for name in _OF_RUN},
        languages=pairs([t.languages for t in tables], new_rows),
        titles=_join_hashes([t.titles for t in tables], new_rows),
        codes=_join_hashes([t.codes for t in tables], new_rows),
        sort_titles={
            code: tuple(t.sort_titles[code][row] for t, rows in parts for row in rows.tolist())
            for code in LANGUAGES
            if all(t.sort_titles for t in tables)
        },
    )


def _renumbered(
    parts: Sequence[tuple[Table, np.ndarray]],
) -> tuple[list[np.ndarray], list[np.ndarray], list[np.ndarray]]:
    """For each part: the new number of each row and of each run, -1 for those left out; and the new rows of its runs."""
    new_rows, new_runs, run_rows, documents, runs = [], [], [], 0, 0
    for table, rows in parts:
        row_numbers = np.full(table.size, -1, dtype=np.int32)
        row_numbers[rows] = np.arange(documents, documents + len(rows), dtype=np.int32)
        owners = row_numbers[table.run_document]
        stay = owners >= 0
        run_numbers = np.full(len(owners), -1, dtype=np.int32)
        run_numbers[stay] = np.arange(runs, runs + np.count_nonzero(stay), dtype=np.int32)
        new_rows.append(row_numbers)
        new_runs.append(run_numbers)
        run_rows.append(owners[stay])
        documents += len(rows)
        runs += int(np.count_nonzero(stay))
    return new_rows, new_runs, run_rows


def _joined(parts: Sequence[Pairs]) -> Pairs:
    numbers: dict[str, int] = {}
    for part in parts:
        for value in part.values:
            numbers.setdefault(value, len(numbers))
    codes = [np.array([numbers[v] for v in part.values], dtype=np.int32)[part.codes] for part in parts]
    return Pairs(np.concatenate([part.rows for part in parts]), np.concatenate(codes), tuple(numbers))


def _by_hash(found: Sequence[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    hashes = np.array([number for number, _ in found], dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    return hashes[order], np.array([row for _, row in found], dtype=np.int32)[order]


def _join_hashes(
    each: Sequence[tuple[np.ndarray, np.ndarray]], new_rows: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    hashes = np.concatenate([one[0] for one in each])
    rows = np.concatenate([new[one[1]] for one, new in zip(each, new_rows, strict=True)])
    stays = rows >= 0
    order = np.argsort(hashes[stays], kind="stable")
    return hashes[stays][order], rows[stays][order]
