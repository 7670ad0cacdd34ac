"""The figures that the search must reach, beside what was measured."""

from collections.abc import Iterator
from math import nan

from benchmarks.figures import Times, exponent
from benchmarks.results import OURS, Results, SizeResult

SMALL, USUAL, LARGE = 2_000, 20_709, 100_000
AGAIN, FIRST_TIME = f"{OURS}, again", f"{OURS}, first time"

Line = tuple[str, float, float, str, str, str]
HEAD = ("figure", "measured", "by CPU", "must", "aim", "")


def musts(results: Results) -> list[Line]:
    """Lines of a table; what was not measured in this run is left out."""
    usual, large, small = results.at(USUAL), results.at(LARGE), results.at(SMALL)
    lines: list[Line] = []
    if usual:
        lines += _of_usual(usual)
    if large:
        lines += _of_large(large, results.empty)
    sizes = [one for one in (small, usual, large) if one]
    return lines + ([_growth(sizes[0], sizes[-1])] if len(sizes) > 1 else [])


def _of_usual(result: SizeResult) -> Iterator[Line]:
    yield _most("p99 to tantivy's at 20,709, warm", _ratios(result, "tantivy"), 2, 1)
    yield _most("p99 to that of FTS5 + SQL facets at 20,709, warm", _ratios(result, "FTS5 + SQL facets"), 0.1, 0.1)
    misspelt = result.misspelt[OURS]
    yield _most("misspelt p95 at 20,709, warm, ms", (Times.of(misspelt.warm).p95, Times.of(misspelt.cpu).p95), 20, 20)
    yield _most("misspelt p95 at 20,709, cold, ms", (Times.of(misspelt.cold).p95, nan), 20, 20)
    again = result.size / result.index_seconds[AGAIN]
    yield _least("offerings/s of a rebuild on one core, word cache warm", again, 250, 500)
    yield _most("cold start of a worker at 20,709, s", (result.cold_start["all"], nan), 1, 1)
    if len(result.http) > 1:
        ours, datasette = result.http[0], result.http[-1]
        yield _least("requests/s to Datasette's, caches off", ours.per_second / datasette.per_second, 25, 50)


def _of_large(result: SizeResult, empty: tuple[int, int, int]) -> Iterator[Line]:
    yield _most("p99 to tantivy's at 100,000, warm", _ratios(result, "tantivy"), 3, 1.5)
    yield _most("p99 to that of FTS5 + SQL facets at 100,000, warm", _ratios(result, "FTS5 + SQL facets"), 0.1, 0.1)
    yield _most("KB an offering a worker at 100,000", ((result.memory[0] - empty[0]) / result.size / 1000, nan), 8, 2.5)


def _growth(small: SizeResult, large: SizeResult) -> Line:
    span = (small.size, large.size)
    warm = exponent(*(Times.of(one.ordinary[OURS].warm).p99 for one in (small, large)), span)
    cpu = exponent(*(Times.of(one.ordinary[OURS].cpu).p99 for one in (small, large)), span)
    return _most(f"growth exponent of p99, {small.size:,} → {large.size:,}", (warm, cpu), 0.8, 0.6)


def _ratios(result: SizeResult, peer: str) -> tuple[float, float]:
    """Ours to theirs: by the clock, and by the processor's time."""
    ours, theirs = result.ordinary[OURS], result.ordinary[peer]
    return Times.of(ours.warm).p99 / Times.of(theirs.warm).p99, Times.of(ours.cpu).p99 / Times.of(theirs.cpu).p99


def _most(what: str, measured: tuple[float, float], must: float, aim: float) -> Line:
    return what, *measured, f"≤ {must}", f"≤ {aim}", _verdict(measured[0] <= must, measured[0] <= aim)


def _least(what: str, measured: float, must: float, aim: float) -> Line:
    return what, measured, nan, f"≥ {must}", f"≥ {aim}", _verdict(measured >= must, measured >= aim)


def _verdict(must: bool, aim: bool) -> str:
    return "aim met" if aim else "met" if must else "NOT met"
