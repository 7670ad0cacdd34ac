"""Compares this portal's search with its peers: `python -m benchmarks.search [--quick | --full]`.

Makes catalogues of 2,000 and 20,709 offerings (what Finland's study centres hold in a year), with --full also 100,000,
asks every engine the same queries in turn, and writes the figures to `benchmarks/RESULTS.md`.
"""

import argparse
import datetime as dt
import logging
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import over_http, report, worker
from benchmarks.comparing import agreement, race
from benchmarks.engines import Ours
from benchmarks.facet_arrays import FacetArrays
from benchmarks.generate import write_parts
from benchmarks.musts import AGAIN, FIRST_TIME, LARGE, SMALL, USUAL
from benchmarks.peer_fts5 import Fts5, Fts5WithArrays, Fts5WithSql
from benchmarks.peer_tantivy import Tantivy
from benchmarks.peer_whoosh import PlainWhoosh
from benchmarks.queries import QueryMaker
from benchmarks.results import Results, SizeResult
from benchmarks.rows import Row, read_rows
from portal import config, resources
from portal.bootstrap import Services, build
from portal.search.whoosh_engine import WhooshEngine
from portal.services import clock

SEED = 20_709
_QUERIES, _MISSPELT, _COMPARED = 1_000, 200, 200
_ASKED_OF_WHOOSH = 60


class Bench:
    """One run; the catalogue grows from size to size."""

    def __init__(self, folder: Path, arguments: argparse.Namespace) -> None:
        self._folder = folder
        self._share = 5 if arguments.quick else 1
        self._http_at = arguments.sizes[-1] if arguments.quick else USUAL
        self._skip_http = arguments.no_http
        self._today = clock.now().date()
        self._sizes = arguments.sizes
        made = config.from_environment({"PORTAL_DATA": str(folder / "data"), "PORTAL_SECRET_KEY": "x" * 40})
        self._settings = replace(made, search_rate="off", cache=False, voikko=arguments.voikko)
        self._began = time.monotonic()

    def run(self) -> Iterator[Results]:
        """What is known after each size."""
        load = report.load()
        self._say("makes offerings")
        parts = write_parts(self._folder, self._sizes, SEED, self._today)
        services = build(self._settings)
        services.importing.providers(resources.folder("catalog_data") / "providers.csv")
        services.indexer.bring_up_to_date(rebuild=True)
        services.database.close()
        empty = worker.memory(self._settings, [("johtaminen", "fi", {})])
        tier = "Voikko" if self._settings.voikko else "dictionary"
        measured: list[SizeResult] = []
        for size, files in zip(self._sizes, parts, strict=True):
            measured.append(self._at(size, files))
            yield Results(tier, load, empty, tuple(measured))

    def _at(self, size: int, files: list[Path]) -> SizeResult:
        result = SizeResult(size)
        self._say(f"{size}: imports")
        services = build(self._settings)
        for file in files:
            services.importing.offerings(file)
        rows = list(read_rows(services, self._today))
        services.database.close()
        self._say(f"{size}: indexes")
        for name in (FIRST_TIME, AGAIN) if self._share == 1 and size <= USUAL else (AGAIN,):
            result.index_seconds[name] = worker.index_seconds(self._settings, first_time=name == FIRST_TIME)
        maker = QueryMaker(rows, SEED)
        self._engines(result, rows, maker)
        self._say(f"{size}: processes")
        asked = [(query.text, query.language, dict(query.filters)) for query in maker.ordinary(200) + maker.misspelt(5)]
        result.memory = worker.memory(self._settings, asked)
        result.cold_start = worker.cold_start(self._settings)
        if size == self._http_at and not self._skip_http:
            self._say(f"{size}: HTTP")
            result.http = over_http.compare(self._settings, rows, maker.ordinary(400), self._folder)
        return result

    def _engines(self, result: SizeResult, rows: list[Row], maker: QueryMaker) -> None:
        self._say(f"{result.size}: peers index")
        folder = self._folder / str(result.size)
        folder.mkdir()
        arrays, tables = FacetArrays(rows), Fts5(folder, rows)
        ours, tantivy = Ours(self._open, self._today), Tantivy(folder, rows)
        with_arrays, with_sql = Fts5WithArrays(tables, arrays), Fts5WithSql(tables)
        engines = [ours, tantivy, with_arrays, with_sql]
        if result.size <= USUAL:
            engines.append(PlainWhoosh(folder, rows))
        result.index_seconds |= {engine.name: engine.index_seconds for engine in engines[1:]}
        ordinary, misspelt = maker.ordinary(_QUERIES // self._share), maker.misspelt(_MISSPELT // self._share)
        most = {PlainWhoosh.name: _ASKED_OF_WHOOSH // self._share}
        result.ordinary = race(engines, ordinary, most, lambda said: self._say(f"{result.size}: {said}"))
        result.misspelt = race([ours, tantivy], misspelt, {}, lambda said: None)
        number = _COMPARED // self._share
        browsing, literal = maker.browsing(number), maker.literal(number)
        result.agreements = [
            agreement("Osaset and FTS5 + arrays, filters alone", ours, with_arrays, browsing),
            agreement("Osaset (words as typed) and FTS5 + arrays, unstemmed", ours, with_arrays, literal),
            agreement("tantivy and FTS5 + SQL facets, filters alone", tantivy, with_sql, browsing),
            agreement("tantivy and FTS5 + SQL facets, words and filters", tantivy, with_sql, ordinary[:number]),
        ]

    def _open(self) -> tuple[Services, WhooshEngine]:
        engine = WhooshEngine(self._settings.data / "index")
        return build(self._settings, engine=engine), engine

    def _say(self, what: str) -> None:
        print(f"{time.monotonic() - self._began:6.0f} s  {what}", flush=True)


def main() -> None:
    arguments = _arguments()
    logging.getLogger("portal").setLevel(logging.ERROR)
    began = dt.datetime.now(dt.UTC)
    with tempfile.TemporaryDirectory() as folder:
        for results in Bench(Path(folder), arguments).run():
            page = report.page(results, arguments, began)
            if arguments.out:
                arguments.out.write_text(page, encoding="utf-8")
    print("\n" + page)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="2,000 offerings and 200 queries, written nowhere")
    parser.add_argument("--full", action="store_true", help="with 100,000 offerings, too")
    parser.add_argument("--sizes", type=int, nargs="+", help="these numbers of offerings instead")
    parser.add_argument("--voikko", action="store_true", help="analyse Finnish by Voikko, where it is installed")
    parser.add_argument("--no-http", action="store_true", help="leave out what goes over HTTP")
    parser.add_argument("--out", type=Path, help="where the page goes (default: benchmarks/RESULTS.md)")
    arguments = parser.parse_args()
    usual = [SMALL] if arguments.quick else [SMALL, USUAL, LARGE] if arguments.full else [SMALL, USUAL]
    arguments.sizes = sorted(arguments.sizes or usual)
    if not arguments.quick and arguments.out is None:
        arguments.out = Path(__file__).with_name("RESULTS.md")
    return arguments


if __name__ == "__main__":
    main()
