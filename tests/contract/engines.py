"""The engines that must keep the contract, and how the tests ask them."""

from pathlib import Path

import furnished
from catalogues import TODAY

from portal.search.engine import Position, Request
from portal.search.memory_engine import MemoryEngine
from portal.search.plan import Plan, PlannedWord
from portal.search.whoosh_engine import WhooshEngine

AT = Position("epoch", 1, "1")
ENGINES = {"whoosh": lambda folder: WhooshEngine(Path(folder)), "memory": lambda folder: MemoryEngine()}


def plan_of(*words):
    """A plan of these words in all their Finnish forms."""
    forms = furnished.analyzer().query_forms
    return Plan(text=" ".join(words), words=tuple(PlannedWord(word, forms(word, "fi"), {}) for word in words))


def search(engine, *words, **parts):
    return engine.search(Request(**{"today": TODAY, "plan": plan_of(*words), "limit": 1000} | parts))


def ids(result):
    return [id for id, _ in result.hits]
