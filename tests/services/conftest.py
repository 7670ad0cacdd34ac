"""A portal in which people can be interested, wish and get mail, with a clock that tests can move."""

from dataclasses import replace

import pytest
from factories import make_offering, make_provider
from wishing import MovingClock

from portal.bootstrap import build
from portal.search.memory_engine import MemoryEngine


@pytest.fixture
def time(clock):
    return MovingClock(clock())


@pytest.fixture
def wishes(settings, time):
    """A portal with the university `helsinki` (field 06, with a mail box), `sivis`, and one offering of each."""
    whole = replace(settings, base_url="https://osaset.example", operator_email="operator@osaset.example")
    services = build(whole, now=time, engine=MemoryEngine())
    services.store.save_providers(
        [
            make_provider(contact_email="courses@helsinki.example", fields=["06"], region="01"),
            make_provider(id="sivis", type="study_centre", fields=["03"], name={"fi": "Sivis"}),
        ]
    )
    offerings = [make_offering(), make_offering(provider="sivis", code="s", field="031")]
    services.store.save([(offering, {}) for offering in offerings])
    services.indexer.bring_up_to_date()
    yield services
    services.database.close()
