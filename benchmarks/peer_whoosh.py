"""Plain Whoosh as a peer, as its documentation has it: language analysers, query parser, filter and groupedby."""

import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.engines import SIZE, Found, needed
from benchmarks.queries import Query
from benchmarks.rows import NAMES, Row
from benchmarks.words import LANGUAGES

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import analysis, fields, index, sorting
    from whoosh import query as terms

_TITLE_BOOST = 8.0


class PlainWhoosh:
    """Its counts are under all choices, the facet's own too: leaving that out would take more searches (an easier job)."""

    name = "plain Whoosh"

    def __init__(self, folder: Path, rows: Sequence[Row]) -> None:
        self._folder = folder / "whoosh"
        self._folder.mkdir()
        self._ids = [row.id for row in rows]
        self._analyzers = {code: analysis.LanguageAnalyzer(code) for code in LANGUAGES}
        columns = {f"title_{code}": self._text(code, _TITLE_BOOST) for code in LANGUAGES}
        columns |= {f"text_{code}": self._text(code, 1.0) for code in LANGUAGES}
        columns |= {name: fields.KEYWORD(commas=True) for name in NAMES}
        began = time.perf_counter()
        made = index.create_in(str(self._folder), fields.Schema(row=fields.STORED, **columns))
        writer = made.writer(limitmb=256)
        for number, row in enumerate(rows):
            texts = {f"title_{code}": text for code, text in row.titles.items() if code in LANGUAGES}
            texts |= {f"text_{code}": text for code, text in row.texts.items() if code in LANGUAGES}
            values = {name: ",".join(sorted(values)) for name, values in row.all_values().items() if values}
            writer.add_document(row=number, **texts, **values)
        writer.commit(optimize=True)
        self.index_seconds = time.perf_counter() - began

    def _text(self, code: str, boost: float) -> fields.TEXT:
        return fields.TEXT(analyzer=self._analyzers[code], phrase=False, field_boost=boost)

    def open(self) -> Callable[[Query], Found]:
        searcher, ids = index.open_dir(str(self._folder), readonly=True).searcher(), self._ids

        def search(query: Query) -> Found:
            grouped = sorting.Facets()
            for name in NAMES:
                grouped.add_facet(name, sorting.FieldFacet(name, allow_overlap=True, maptype=sorting.Count))
            filters = [
                terms.Or([terms.Term(name, value) for value in chosen]) for name, chosen in query.filters.items()
            ]
            found = searcher.search(
                self._words(query), limit=SIZE, filter=terms.And(filters) if filters else None, groupedby=grouped
            )
            counts = {name: {value: n for value, n in found.groups(name).items() if value} for name in NAMES}
            return Found(tuple(ids[hit["row"]] for hit in found), len(found), counts)

        return search

    def _words(self, query: Query) -> terms.Query:
        said = list(dict.fromkeys(query.text.lower().split()))
        each = [terms.Or(list(self._word(word))) for word in said]
        if not each:
            return terms.Every()
        return terms.And(each) if needed(len(each)) == len(each) else terms.Or(each, minmatch=needed(len(each)))

    def _word(self, word: str):
        for code, analyzer in self._analyzers.items():
            for token in analyzer(word, mode="query"):
                yield terms.Term(f"title_{code}", token.text)
                yield terms.Term(f"text_{code}", token.text)
