"""tantivy as a peer: its stemmers for the three languages, facets counted by its own aggregations on fast fields."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import tantivy

from benchmarks.engines import SIZE, Found, needed
from benchmarks.queries import Query
from benchmarks.rows import NAMES, Row
from benchmarks.words import LANGUAGES

_STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
_TITLE_BOOST = 8.0
_MOST_VALUES = 1_000
_TWO_ERRORS_FROM = 8
_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


class Tantivy:
    """Facet values are numbers in fast fields. It knows no runs: a run's values are the offering's (an easier job)."""

    name = "tantivy"

    def __init__(self, folder: Path, rows: Sequence[Row]) -> None:
        self._folder = folder / "tantivy"
        self._folder.mkdir()
        self._ids = [row.id for row in rows]
        self._schema = _schema()
        self._analyzers = {code: _analyzer(name) for code, name in _STEMMERS.items()}
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in NAMES}
        began = time.perf_counter()
        writer = self._opened().writer(128_000_000, 1)
        for number, row in enumerate(rows):
            writer.add_document(self._document(number, row))
        writer.commit()
        writer.wait_merging_threads()
        self.index_seconds = time.perf_counter() - began
        self._values = {name: {n: value for value, n in numbers.items()} for name, numbers in self._numbers.items()}

    def open(self) -> Callable[[Query], Found]:
        searcher = self._opened().searcher()
        ids = self._ids

        def search(query: Query) -> Found:
            asked = self._words(query)
            found = searcher.search(self._filtered(asked, query, None), SIZE, count=True)
            rows = searcher.fast_field_values("row", [address for _, address in found.hits])
            return Found(tuple(ids[row] for row in rows), found.count, self._facets(searcher, asked, query))

        return search

    def _opened(self) -> tantivy.Index:
        index = tantivy.Index(self._schema, str(self._folder))
        for code, analyzer in self._analyzers.items():
            index.register_tokenizer(code, analyzer)
        index.reload()
        return index

    def _document(self, number: int, row: Row) -> tantivy.Document:
        document = tantivy.Document()
        document.add_unsigned("row", number)
        for code in LANGUAGES:
            document.add_text(f"title_{code}", row.titles.get(code, ""))
            document.add_text(f"text_{code}", row.texts.get(code, ""))
        for name, values in row.all_values().items():
            numbers = self._numbers[name]
            for value in values:
                document.add_unsigned(name, numbers.setdefault(value, len(numbers)))
        return document

    def _words(self, query: Query) -> tantivy.Query:
        """Enough of the words, each in any of the languages."""
        said = list(dict.fromkeys(query.text.lower().split()))
        if not said:
            return tantivy.Query.all_query()
        each = [(_SHOULD, self._word(word, fuzzy=query.fuzzy)) for word in said]
        return tantivy.Query.boolean_query(each, minimum_number_should_match=needed(len(each)))

    def _word(self, word: str, *, fuzzy: bool) -> tantivy.Query:
        ways = []
        for code, analyzer in self._analyzers.items():
            for stem in analyzer.analyze(word):
                ways += [(f"title_{code}", stem, _TITLE_BOOST), (f"text_{code}", stem, 1.0)]
        return tantivy.Query.boolean_query([(_SHOULD, self._term(*way, fuzzy=fuzzy)) for way in ways])

    def _term(self, field: str, stem: str, boost: float, *, fuzzy: bool) -> tantivy.Query:
        if fuzzy:
            errors = 2 if len(stem) >= _TWO_ERRORS_FROM else 1
            term = tantivy.Query.fuzzy_term_query(self._schema, field, stem, errors, True)
        else:
            term = tantivy.Query.term_query(self._schema, field, stem, "freq")
        return tantivy.Query.boost_query(term, boost) if boost != 1.0 else term

    def _filtered(self, asked: tantivy.Query, query: Query, without: str | None) -> tantivy.Query:
        """The words and all filters but one; filters do not score."""
        parts = [(_MUST, asked)]
        for name, chosen in query.filters.items():
            if name != without:
                any_of = [(_SHOULD, self._value(name, value)) for value in chosen]
                parts.append((_MUST, tantivy.Query.const_score_query(tantivy.Query.boolean_query(any_of), 0.0)))
        return tantivy.Query.boolean_query(parts) if len(parts) > 1 else asked

    def _value(self, name: str, value: str) -> tantivy.Query:
        """Several of these do the work of a term_set_query in a fifth of its time."""
        number = self._numbers[name].get(value)
        empty = tantivy.Query.empty_query()
        return empty if number is None else tantivy.Query.term_query(self._schema, name, number, "basic")

    def _facets(self, searcher: tantivy.Searcher, asked: tantivy.Query, query: Query) -> dict[str, dict[str, int]]:
        """All facets without a choice in one aggregation, each of the others in its own."""
        counts: dict[str, dict[str, int]] = {}
        for own in (None, *query.filters):
            names = [own] if own else [name for name in NAMES if name not in query.filters]
            wanted = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}
            answer = searcher.aggregate(self._filtered(asked, query, own), wanted)
            for name in names:
                values = self._values[name]
                counts[name] = {values[int(one["key"])]: one["doc_count"] for one in answer[name]["buckets"]}
        return counts


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", fast=True)
    for code in LANGUAGES:
        for part in ("title", "text"):
            builder.add_text_field(f"{part}_{code}", tokenizer_name=code, index_option="freq")
    for name in NAMES:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


def _analyzer(language: str) -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer(language))
        .build()
    )
