"""Writes the page of results: tables, what they must reach, and on what machine they were made."""

import argparse
import datetime as dt
import itertools
import os
from collections.abc import Sequence

from benchmarks import over_http
from benchmarks.comparing import Measured
from benchmarks.figures import Times, exponent, machine, table
from benchmarks.musts import HEAD, musts
from benchmarks.results import OURS, Results, SizeResult

_ABOUT = """Every engine got the same texts, the same facet values and the same queries, in one run and in turn, query by query:
1 to 4 words in the forms in which texts have them, and 0 to 5 filters of up to three values. Each answers ids of the
first 20, the total, and counts of all 14 facets. Times are milliseconds of one thread. Cold is the first time that an
opened engine sees a query, warm the times after; CPU is what the warm ones took of the processor, which tells more
where other work runs on the machine (the load below says).

What is not the same job:
- Osaset reads queries (credits, providers, concepts in three languages, spelling) and finds by base forms, parts of
  compounds and folded letters; the peers find by Snowball stems. Its totals differ from theirs for that reason.
- Osaset and FTS5 + arrays hold run filters on one and the same run. The others know only what any run has.
- Plain Whoosh counts facets under all choices, the facet's own too, and was asked fewer queries.
- tantivy counts by its own aggregations: one for all facets without a choice, and one for each with.
- For misspelt queries tantivy looks for words within one error (two from eight letters on). The others find nothing.
- Datasette's lists can be asked for one value only; it searches words as they are, and counts what any run has.
"""


def page(results: Results, arguments: argparse.Namespace, began: dt.datetime) -> str:
    head = [
        "# Results of the search benchmark",
        f"Made by `{command(arguments)}` on {began:%Y-%m-%d %H:%M} UTC.",
        "\n".join(
            [
                machine(),
                f"- Finnish by {results.tier}; load of the machine before the run and after: {results.load:.1f}, {load():.1f}",
            ]
        ),
        _ABOUT,
        "## What it must reach",
        table(HEAD, musts(results)),
    ]
    parts = [part for result in results.sizes for part in _of_size(result, results)]
    return "\n\n".join([*head, *parts, *_growth(results.sizes)]) + "\n"


def command(arguments: argparse.Namespace) -> str:
    flags = ["--quick"] * arguments.quick + ["--full"] * arguments.full + ["--voikko"] * arguments.voikko
    return " ".join(["python -m benchmarks.search", *flags])


def _of_size(result: SizeResult, results: Results) -> list[str]:
    parts = [f"## {result.size:,} offerings", f"### Queries ({_asked(result.ordinary)})", _times(result.ordinary)]
    parts += [f"### Misspelt queries ({_asked(result.misspelt)})", _times(result.misspelt)]
    parts += [
        "### Index",
        table(("", "s", "offerings/s"), [(n, s, result.size / s) for n, s in result.index_seconds.items()]),
    ]
    parts += ["### Worker", table(("", "figure"), _worker(result, results.empty))]
    agreements = [(a.what, f"{a.totals} of {a.n}", f"{a.facets} of {a.n}") for a in result.agreements]
    parts += ["### Where the job is the same", table(("", "same total", "same counts of all facets"), agreements)]
    if result.http:
        parts += [f"### Over HTTP, {over_http.CLIENTS} clients", _http(result.http)]
    return parts


def _asked(measured: dict[str, Measured]) -> str:
    return f"{len(measured[OURS].cold)} of them, once cold and {len(measured[OURS].warm) // len(measured[OURS].cold)} times warm"


def _times(measured: dict[str, Measured]) -> str:
    """`ratio`: our 99th percentile of warm queries to theirs, below 1 where ours is faster."""
    ours = measured[OURS]
    rows = []
    for name, one in measured.items():
        warm, cold, cpu = Times.of(one.warm), Times.of(one.cold), Times.of(one.cpu)
        ratios = (Times.of(ours.warm).p99 / warm.p99, Times.of(ours.cpu).p99 / cpu.p99)
        figures = (warm.p50, warm.p95, warm.p99, ratios[0], cpu.p50, cpu.p95, cpu.p99, ratios[1])
        rows.append((name, *figures, cold.p50, cold.p95, cold.p99, one.first * 1000))
    head = (
        "ms",
        "warm p50",
        "p95",
        "p99",
        "ratio",
        "CPU p50",
        "p95",
        "p99",
        "ratio",
        "cold p50",
        "p95",
        "p99",
        "very first",
    )
    return table(head, rows)


def _worker(result: SizeResult, empty: Sequence[int]) -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = [
        (f"{name}, bytes an offering more than without offerings", (now - then) / result.size)
        for name, now, then in zip(
            ("resident memory", "of that its own, not files", "peak"), result.memory, empty, strict=True
        )
    ]
    rows.append(("resident memory, MiB", result.memory[0] / 2**20))
    return rows + [(f"cold start, s: {name}", seconds) for name, seconds in result.cold_start.items()]


def _http(served: Sequence[over_http.Served]) -> str:
    rows = [
        (s.name, s.times.n, s.per_second, s.times.p50, s.times.p95, s.times.p99, s.size / 1024, s.failed)
        for s in served
    ]
    return table(("", "requests", "a second", "p50 ms", "p95", "p99", "KiB a page", "failed"), rows)


def _growth(sizes: Sequence[SizeResult]) -> list[str]:
    """How the 99th percentile grows with the number of offerings: time ~ size to the power of …"""
    if len(sizes) < 2:
        return []
    rows = []
    for small, large in (*itertools.pairwise(sizes), *([(sizes[0], sizes[-1])] if len(sizes) > 2 else [])):
        for name in large.ordinary:
            pair = [Times.of(one.ordinary[name].warm).p99 for one in (small, large)]
            cpu = [Times.of(one.ordinary[name].cpu).p99 for one in (small, large)]
            span = (small.size, large.size)
            rows.append((name, f"{small.size:,} → {large.size:,}", exponent(*pair, span), exponent(*cpu, span)))
    return ["## Growth exponent of p99, warm", table(("", "offerings", "exponent", "by CPU"), rows)]


def load() -> float:
    return os.getloadavg()[0]
