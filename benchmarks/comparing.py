"""Runs queries through engines side by side, query by query in turn, and compares what they found."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.engines import Engine, Found
from benchmarks.queries import Query

WARM_ROUNDS = 2
Search = Callable[[Query], Found]


@dataclass
class Measured:
    """Seconds of one engine: `first` is its very first query, `cold` the first time of each query, `warm` later ones.

    `cpu` is what the warm ones took of the processor, which other work on the machine disturbs least.
    """

    first: float = 0.0
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)


def race(
    engines: Sequence[Engine], queries: Sequence[Query], most: dict[str, int], progress: Callable[[str], None]
) -> dict[str, Measured]:
    """Every engine answers every query once cold and then warm; who begins changes with each query.

    `most`: engine → how many queries it is asked, for those that are too slow for all.
    """
    searches = {engine.name: engine.open() for engine in engines}
    measured = {name: Measured() for name in searches}
    _settle()
    for round_number in range(1 + WARM_ROUNDS):
        for number, query in enumerate(queries):
            for name in _in_turn(list(searches), number):
                if number < most.get(name, len(queries)):
                    _note(measured[name], round_number, *_timed(searches[name], query))
            if number % 250 == 249:
                progress(f"round {round_number + 1}: {number + 1} queries")
    gc.unfreeze()
    return measured


def _settle() -> None:
    """The peers' data is not the business of our garbage collector, nor ours of theirs."""
    gc.collect()
    gc.freeze()


def _in_turn(names: list[str], number: int) -> list[str]:
    begin = number % len(names)
    return names[begin:] + names[:begin]


def _timed(search: Search, query: Query) -> tuple[float, float, Found]:
    began, used = time.perf_counter(), time.thread_time()
    found = search(query)
    return time.perf_counter() - began, time.thread_time() - used, found


def _note(measured: Measured, round_number: int, seconds: float, cpu: float, found: Found) -> None:
    if round_number:
        measured.warm.append(seconds)
        measured.cpu.append(cpu)
        return
    if not measured.totals:
        measured.first = seconds
    measured.cold.append(seconds)
    measured.totals.append(found.total)


@dataclass(frozen=True)
class Agreement:
    """How many of `n` queries two engines answered with the same total, and with the same counts of the facets."""

    what: str
    n: int
    totals: int
    facets: int


def agreement(what: str, one: Engine, other: Engine, queries: Sequence[Query]) -> Agreement:
    """For queries that mean the same to both."""
    first, second = one.open(), other.open()
    pairs = [(first(query), second(query)) for query in queries]
    return Agreement(
        what,
        len(pairs),
        sum(a.total == b.total for a, b in pairs),
        sum(_filled(a) == _filled(b) for a, b in pairs),
    )


def _filled(found: Found) -> dict[str, dict[str, int]]:
    return {name: dict(counts) for name, counts in found.facets.items() if counts}
