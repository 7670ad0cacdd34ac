"""The search engine in production: Whoosh keeps dictionary, postings and documents on disk; arrays answer.

Only what is documented or held by `tests/search/test_whoosh_parts.py` is used of Whoosh 2.7.4: no query parser, no
shared searcher, no scoring, no grouping. Postings are decoded once per generation and word.
"""

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from whoosh import fields, formats, index
from whoosh.reading import IndexReader

from portal.model.days import RunDays
from portal.search.analysis import lexicon_word
from portal.search.columns import Columns
from portal.search.counting import Selection, order
from portal.search.document import Document, IndexRun
from portal.search.engine import RELATED, IndexMissing, Position, Request, Result
from portal.search.generations import Generations
from portal.search.lexicon import Lexicon
from portal.search.scoring import Scored, score

_TERMS_KEPT = 20_000
_LEXICON_AGE = 60.0  # seconds
_WRITER_MEMORY = 1024  # MiB; less, and Whoosh sorts postings on disk


class Impacts(formats.Format):
    """A posting format that takes finished weights: the value is a list of (term, weight) pairs."""

    posting_size = 0  # a weight and no value; merging segments relies on it

    def __init__(self, field_boost: float = 1.0, **options: object) -> None:
        super().__init__(field_boost, **options)

    def word_values(self, value: list[tuple[str, float]], analyzer: object, **kwargs: object):
        return ((term, 1, weight, b"") for term, weight in value)


class _Words(fields.FieldType):
    """An indexed, unstored field whose terms and weights come from `portal.search.document`."""

    def __init__(self) -> None:
        self.format = Impacts()
        self.analyzer = None
        self.scorable = False  # weights are finished; lengths of texts need not be kept
        self.stored = False
        self.unique = False
        self.indexed = True

    def index(self, value: list[tuple[str, float]], **kwargs: object):
        return (
            (term.encode(), frequency, weight, vector)
            for term, frequency, weight, vector in self.format.word_values(value, None)
        )


def _schema() -> fields.Schema:
    return fields.Schema(id=fields.ID(stored=True, unique=True), words=_Words(), facts=fields.STORED)


_NOTHING = (np.zeros(0, np.int32), np.zeros(0, np.float32))


def _read_blocks(matcher: object, offset: int, numbers: list[int], weights: list[float]) -> None:
    """Take whole blocks of postings out of a leaf matcher of Whoosh 2.7.4; one posting at a time is ten times slower.

    `tests/search/test_whoosh_parts.py` holds that this reads what the documented way reads.
    """
    matcher = getattr(matcher, "child", matcher)  # deleted documents are filtered by their rows, not by Whoosh
    while matcher.is_active():
        if matcher._ids is None:
            matcher._read_ids()
        if matcher._weights is None:
            matcher._read_weights()
        numbers.extend(number + offset for number in matcher._ids)
        weights.extend(matcher._weights)
        matcher._next_block()


class _Generation:
    """One generation opened for reading: its columns, and postings as arrays."""

    def __init__(self, folder: Path) -> None:
        opened = index.open_dir(str(folder), readonly=True)
        self._reader: IndexReader = opened.reader()
        self._lock = threading.Lock()
        numbers, documents = [], []
        for number in self._reader.all_doc_ids():
            numbers.append(number)
            stored = self._reader.stored_fields(number)
            documents.append(_document(stored["id"], json.loads(stored["facts"])))
        self.columns = Columns(documents)
        # Whoosh numbers have holes where documents were deleted; rows have none.
        self._row_by_number = np.full(self._reader.doc_count_all(), -1, dtype=np.int32)
        self._row_by_number[numbers] = np.arange(len(numbers), dtype=np.int32)
        self.postings = lru_cache(maxsize=_TERMS_KEPT)(self._decode)

    def _decode(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Rows that have the term and the weight it has there; a Whoosh reader serves one thread at a time."""
        numbers: list[int] = []
        weights: list[float] = []
        with self._lock:
            for leaf, offset in self._reader.leaf_readers():
                if ("words", term) in leaf:
                    _read_blocks(leaf.postings("words", term), offset, numbers, weights)
        if not numbers:
            return _NOTHING
        rows = self._row_by_number[np.array(numbers, dtype=np.int64)]
        alive = rows >= 0
        return rows[alive], np.array(weights, dtype=np.float32)[alive]

    def read_lexicon(self) -> Lexicon:
        """Every word of the dictionary with its number of documents; some hundred thousand terms are looked at."""
        frequencies: dict[str, int] = {}
        with self._lock:
            for term, info in self._reader.iter_field("words"):
                word = lexicon_word(term.decode())
                if word:
                    frequencies[word] = max(frequencies.get(word, 0), int(info.doc_frequency()))
        return Lexicon(frequencies)

    def close(self) -> None:
        self._reader.close()


class WhooshEngine:
    """Reads the current generation in a folder and publishes new ones; see `Generations` for how they replace."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._opened: tuple[tuple[str, int, int], _Generation] | None = None
        self._lexicon: tuple[object, float, Lexicon | None] = (None, 0.0, None)
        self._lexicon_lock = threading.Lock()
        self._lock = threading.Lock()

    def position(self) -> Position | None:
        manifest = self._generations.manifest()
        try:
            return Position(**manifest["position"]) if manifest else None
        except TypeError:
            return None  # of another version of the portal

    def generation(self) -> str:
        return self._generations.current() or ""

    def count(self) -> int:
        manifest = self._generations.manifest()
        return manifest["documents"] if manifest else 0

    def search(self, request: Request) -> Result:
        generation = self._open()
        columns = generation.columns
        scored = score(request.plan, columns, generation.postings)
        selection = Selection(columns, request, scored.confident)
        rows = order(columns, request, selection.found, scored.scores)
        page = rows[request.offset : request.offset + request.limit]
        related = _best_related(columns, request, scored) if request.offset == 0 and request.plan.has_words else ()
        hits = tuple((columns.ids[row], round(float(scored.scores[row]), 4)) for row in page)
        return Result(len(rows), hits, selection.facets(), related)

    def lexicon(self) -> Lexicon:
        """Read once, and again beside the searches when it has become old: words come and go slowly."""
        try:
            generation = self._open()
        except IndexMissing:
            return Lexicon({})
        with self._lexicon_lock:
            stamp, read_at, lexicon = self._lexicon
            if lexicon is None:
                self._read_lexicon(generation)
            elif stamp is not generation and time.monotonic() - read_at > _LEXICON_AGE:
                self._lexicon = (generation, time.monotonic(), lexicon)
                threading.Thread(target=self._read_lexicon, args=(generation,), daemon=True).start()
            return self._lexicon[2]

    def publish(
        self, changed: Iterable[Document], removed: Iterable[str], position: Position, *, rebuild: bool,
        progress: Callable[[int], None] = lambda done: None,
    ) -> None:  # fmt: skip
        with self._generations.prepare(rebuild=rebuild) as folder:
            opened = index.create_in(str(folder), _schema()) if rebuild else index.open_dir(str(folder))
            writer = opened.writer(limitmb=_WRITER_MEMORY)
            try:
                for gone in removed:
                    writer.delete_by_term("id", gone)
                for done, document in enumerate(changed, start=1):
                    add = writer.add_document if rebuild else writer.update_document
                    add(id=document.id, words=list(document.impacts.items()), facts=json.dumps(_facts(document)))
                    progress(done)
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
            with opened.reader() as reader:
                documents = reader.doc_count()
            self._generations.publish(folder, {"position": position._asdict(), "documents": documents})

    def _read_lexicon(self, generation: _Generation) -> None:
        self._lexicon = (generation, time.monotonic(), generation.read_lexicon())

    def _open(self) -> _Generation:
        """The current generation, opened once; raises IndexMissing when it is not sound."""
        stamp = self._generations.stamp()
        opened = self._opened
        if opened and opened[0] == stamp:
            return opened[1]
        with self._lock:
            stamp = self._generations.stamp()
            if self._opened and self._opened[0] == stamp:
                return self._opened[1]
            if stamp is None or not self._generations.is_sound(stamp[0]):
                raise IndexMissing("There is no sound index. Run: portal index")
            self._opened = (stamp, _Generation(self._generations.folder(stamp[0])))
            return self._opened[1]


def _best_related(columns: Columns, request: Request, scored: Scored) -> tuple[tuple[str, float], ...]:
    """The best documents that are near the query and satisfy the filters."""
    near = Selection(columns, request, scored.related).found
    rows = order(columns, replace(request, sort="relevance"), near, scored.scores)[:RELATED]
    return tuple((columns.ids[row], round(float(scored.scores[row]), 4)) for row in rows)


def _facts(document: Document) -> dict:
    """What the columns are made from, as JSON; the words are in the postings."""
    return {
        "facets": document.facets,
        "runs": [
            [*(day and day.isoformat() for day in run.days[:4]), run.days.self_paced, run.facets]
            for run in document.runs
        ],
        "has_runs": document.has_runs,
        "ects": document.ects,
        "titles": document.titles,
        "created": document.created,
        "code": document.code,
        "languages": document.languages,
    }


def _document(document_id: str, facts: dict) -> Document:
    runs = tuple(
        IndexRun(RunDays(*(day and dt.date.fromisoformat(day) for day in days), self_paced), facets)
        for *days, self_paced, facets in facts["runs"]
    )
    return Document(
        id=document_id,
        facets=facts["facets"],
        runs=runs,
        has_runs=facts["has_runs"],
        ects=tuple(facts["ects"]),
        titles=facts["titles"],
        created=facts["created"],
        impacts={},
        code=facts["code"],
        languages=tuple(facts["languages"]),
    )
