"""Catalogues of 200 and 2,000 generated offerings, made once; each test gets a copy that it may harm."""

import shutil

import furnished
import generated
import pytest

from portal import config, resources
from portal.bootstrap import build
from portal.model.query import SearchQuery
from portal.search.engine import Request
from portal.search.generations import Generations
from portal.search.whoosh_engine import WhooshEngine

_SHARES = (0.6, 0.85, 0.95, 1.0)


@pytest.fixture(scope="session")
def tell(request):
    """Prints a measured figure, also where pytest keeps what tests print."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def act(text):
        with capture.global_and_fixture_disabled():
            print(f"\n    {text}", end="", flush=True)

    return act


def _settings(folder):
    return config.from_environment({"PORTAL_DATA": str(folder), "PORTAL_SECRET_KEY": "of the long tests " * 3})


def _make(folder, number, clock):
    """A catalogue that came in steps, so that its index has several blocks with dead rows."""
    services = build(_settings(furnished.furnish(folder)), now=clock)
    services.importing.providers(resources.folder("catalog_data") / "providers.csv")
    offerings, done = list(generated.offerings(number)), 0
    for end in (int(share * number) for share in _SHARES):
        again = [offering.model_copy(update={"url": f"https://example.org/{end}"}) for offering in offerings[:done:50]]
        services.store.save([(offering, {}) for offering in [*offerings[done:end], *again]])
        services.indexer.bring_up_to_date(rebuild=not done)
        done = end
    services.database.close()
    return folder


@pytest.fixture(scope="session")
def catalogue_of_200(tmp_path_factory, clock):
    return _make(tmp_path_factory.mktemp("small") / "data", 200, clock)


@pytest.fixture(scope="session")
def catalogue_of_2000(tmp_path_factory, clock):
    return _make(tmp_path_factory.mktemp("large") / "data", 2_000, clock)


@pytest.fixture
def settings(tmp_path, catalogue_of_200):
    """Settings of a portal of its own: 200 offerings, in the store and in the index."""
    return _settings(shutil.copytree(catalogue_of_200, tmp_path / "data", symlinks=True))


@pytest.fixture
def large_settings(tmp_path, catalogue_of_2000):
    return _settings(shutil.copytree(catalogue_of_2000, tmp_path / "large", symlinks=True))


@pytest.fixture
def large(large_settings, clock):
    """The portal of 2,000 offerings."""
    services = build(large_settings, now=clock)
    yield services
    services.database.close()


@pytest.fixture(scope="session")
def shared_large(catalogue_of_2000, clock):
    """The same, for tests that change nothing."""
    services = build(_settings(catalogue_of_2000), now=clock)
    yield services
    services.database.close()


@pytest.fixture(scope="session")
def ids_in(today):
    """Ids that an engine finds for a word as it is typed, or all; never one of them twice."""

    def act(engine, services, word=""):
        plan = services.searching.understand(SearchQuery(text=word, literal=True))
        result = engine.search(Request(today, plan, limit=1_000_000))
        ids = [id for id, _ in result.hits]
        assert len(ids) == len(set(ids)) == result.total
        return set(ids)

    return act


@pytest.fixture(scope="session")
def published():
    """Ids of what the store has published."""
    return lambda services: {id for id, _, _ in services.store.published_ids()}


@pytest.fixture
def equals_the_store(services, settings, ids_in, published):
    """Whether the index is sound and has what the store has."""

    def act():
        index = settings.data / "index"
        engine, current = WhooshEngine(index), Generations(index).current()
        return (
            current is not None
            and Generations(index).is_sound(current)
            and engine.position().seq == services.store.revision()
            and ids_in(engine, services) == published(services)
        )

    return act
