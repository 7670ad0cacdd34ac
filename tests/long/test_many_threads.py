"""Many threads on one engine get the answers of the plainest engine there is, each and every time."""

import random
import threading
from collections import Counter

import generated
import pytest

from portal.search.engine import Position, Request
from portal.search.memory_engine import MemoryEngine
from portal.search.whoosh_engine import WhooshEngine

pytestmark = pytest.mark.long
THREADS, QUERIES = 8, 500


def _request(query, plan, today):
    return Request(
        today=today,
        plan=plan,
        filters=query.filters,
        ects_min=None if query.ects_min is None else int(query.ects_min * 10),
        ects_max=None if query.ects_max is None else int(query.ects_max * 10),
        sort=query.sort,
        language=query.language,
        limit=1_000_000,
    )


def _comparable(result, sort):
    """The order too where it does not depend on scores, of which the memory engine has plain ones."""
    ids = tuple(id for id, _ in result.hits)
    facets = {name: {value: n for value, n in counts.items() if n} for name, counts in result.facets.items()}
    return ids if sort != "relevance" else frozenset(ids), result.total, facets


@pytest.fixture(scope="module")
def oracle(shared_large):
    engine = MemoryEngine()
    engine.publish(shared_large.indexer.documents(), (), Position("epoch", 1, "1"), rebuild=True)
    return engine


@pytest.fixture(scope="module")
def expected(shared_large, oracle, today):
    """Query, plan and the oracle's answer of 500 distinct queries."""
    made = []
    for query in generated.queries(QUERIES):
        plan = shared_large.searching.understand(query)
        made.append((query, plan, _comparable(oracle.search(_request(query, plan, today)), query.sort)))
    return made


def test_the_queries_find_nothing_little_and_much(expected, tell):
    """Else their answers would promise little."""
    totals = [total for _, _, (_, total, _) in expected]
    kinds = Counter("none" if total == 0 else "few" if total < 50 else "many" for total in totals)
    mended = sum(bool(plan.did_you_mean) for _, plan, _ in expected)
    tell(f"totals: {dict(kinds)}; {mended} with did-you-mean")
    assert min(kinds["none"], kinds["few"], kinds["many"], mended) >= 15


def test_eight_threads_with_500_queries_each_get_the_answers_of_the_memory_engine(shared_large, expected, today, tell):
    engine, wrong = WhooshEngine(shared_large.settings.data / "index"), []

    def ask(seed):
        shuffled = random.Random(seed).sample(expected, len(expected))
        for query, plan, answer in shuffled:
            try:
                understood = shared_large.searching.understand(query)
                if understood != plan:
                    wrong.append(("understood", query, understood))
                result = engine.search(_request(query, understood, today))
                if _comparable(result, query.sort) != answer:
                    wrong.append(("found", query, _difference(_comparable(result, query.sort), answer)))
            except Exception as error:
                wrong.append(("error", query, repr(error)))

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kinds = Counter(kind for kind, *_ in wrong)
    tell(f"{THREADS * len(expected)} searches in {THREADS} threads: {sum(kinds.values())} wrong {dict(kinds)}")
    assert wrong[:5] == []


def _difference(given, wanted):
    facets = {name: (given[2].get(name), counts) for name, counts in wanted[2].items() if given[2].get(name) != counts}
    return f"{given[1]} for {wanted[1]}", list(set(given[0]) ^ set(wanted[0]))[:5], facets


def test_threads_that_begin_at_once_on_a_cold_engine_get_the_same(shared_large, expected, today):
    wrong, hardest = [], [item for item in expected if item[0].text][:40]
    for turn in range(10):
        engine, gate = WhooshEngine(shared_large.settings.data / "index"), threading.Barrier(THREADS)

        def ask(engine=engine, gate=gate, turn=turn):
            gate.wait(60)
            for query, plan, answer in hardest[turn * 4 : turn * 4 + 4]:
                try:
                    engine.lexicon()
                    if _comparable(engine.search(_request(query, plan, today)), query.sort) != answer:
                        wrong.append(query)
                except Exception as error:
                    wrong.append((query, repr(error)))

        threads = [threading.Thread(target=ask) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
