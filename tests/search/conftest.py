"""Understanding with the project's own vocabulary and providers, in both tiers of Finnish; and what a plan would find."""

import furnished
import pytest
from factories import make_entry, make_offering, make_provider

from portal import resources
from portal.ingest.providers import read_providers
from portal.search.document import Reading, make_document
from portal.search.engine import Position, Request
from portal.search.lexicon import Lexicon
from portal.search.memory_engine import MemoryEngine
from portal.search.understanding import Understanding


@pytest.fixture(scope="session")
def known_providers(codes):
    """The providers of the example catalogue by id."""
    providers, problems = read_providers(resources.folder("catalog_data") / "providers.csv", codes)
    assert problems == []
    return {provider.id: provider for provider in providers}


@pytest.fixture(scope="session")
def each_vocabulary(tier):
    return furnished.vocabulary(use_voikko=tier == "voikko")


@pytest.fixture(scope="session")
def understanding(each_analyzer, each_vocabulary, known_providers):
    return Understanding(each_analyzer, each_vocabulary, known_providers)


@pytest.fixture(scope="session")
def plan(understanding):
    """The plan of a query against a catalogue that has no words at all, unless some are given with their frequencies."""

    def act(text, language="fi", words=(), **options):
        return understanding.plan(text, language, Lexicon(dict(words)), **options)

    return act


@pytest.fixture(scope="session")
def finds(understanding, each_analyzer, each_vocabulary, codes, today):
    """Is the only offering of a catalogue, of which nothing but its title is known, a hit for a query?"""

    def act(query, language="fi", **title):
        offering = make_offering(title=title, description=None, learning_outcomes=[])
        reading = Reading(each_analyzer, each_vocabulary)
        document = make_document(make_entry(offering), make_provider(), pok=False, codes=codes, reading=reading)
        engine = MemoryEngine()
        engine.publish([document], (), Position("epoch", 1, "1"), rebuild=True)
        asked = understanding.plan(query, language, engine.lexicon())
        return engine.search(Request(today, asked)).total == 1

    return act
