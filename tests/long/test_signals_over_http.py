"""Signals sent to a running site are neither lost nor doubled, whatever is killed; a hundred a second meet no lock."""

import random
import statistics
import sys
import time as timing
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from factories import make_offering, make_provider
from wishing import OFFERING, sent

sys.path.append(str(Path(__file__).parent))

from people_over_http import People
from real_server import Server

from portal.bootstrap import build
from portal.services.keys import Keys
from portal.services.persons import Persons

FORM = f"/en/offerings/{OFFERING}/interest"
WORKER_KILLS, SERVER_KILLS = 52, 4

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not Path("/proc/self/stat").exists(), reason="Workers to kill are found by /proc, which is missing."
    ),
]


@pytest.fixture
def portal(settings):
    """The services on the same data folder as the server, by the real clock, with one offering."""
    services = build(replace(settings, base_url="https://osaset.example"))
    services.store.save_providers([make_provider()])
    services.store.save([(make_offering(), {})])
    yield services
    services.database.close()


@pytest.fixture
def server(portal):
    running = Server(portal.settings.data, portal.settings.secret_key, workers=2)
    running.start()
    yield running
    running.stop()


def kept(portal) -> list[str]:
    return sorted(signal.person for signal in portal.demand_store.signals())


def expected(portal, browsers: list[str]) -> list[str]:
    persons = Persons(Keys(portal.settings.data))
    return sorted(persons.of_browser(browser) for browser in browsers)


def test_each_answered_form_counts_once_whatever_is_killed(portal, server):
    chance = random.Random(11)
    whole_server = set(chance.sample(range(5, WORKER_KILLS), SERVER_KILLS))
    kills, began = 0, timing.monotonic()
    with People(server.port, FORM, a_second=50, threads=24, again=0.1) as people:
        while kills < WORKER_KILLS:
            timing.sleep(chance.uniform(0.1, 1.3))
            kills += server.kill_a_worker(chance)
            if kills in whole_server:
                whole_server.remove(kills)
                server.kill()
                server.start()
    seconds, heard = timing.monotonic() - began, people.heard
    print(f"\n{len(heard.people) / seconds:.0f} signals/s, {kills} workers killed, {heard.tries} requests lost")
    assert heard.complaints == []
    assert kept(portal) == expected(portal, heard.people)
    assert heard.tries and heard.sent_again and len(heard.people) > kills
    letters = Counter(message["To"] for message in sent(portal))
    assert letters == Counter(heard.addresses)


def test_a_site_whose_first_process_was_killed_can_be_started_again(server):
    server.kill_the_first()
    server.start()
    assert server.kill_a_worker(random.Random(11))


def test_a_hundred_signals_a_second_meet_no_lock(portal, server):
    began = timing.monotonic()
    with People(server.port, FORM, a_second=100, threads=40) as people:
        timing.sleep(10)
    seconds, heard = timing.monotonic() - began, people.heard
    assert heard.complaints == [] and heard.tries == 0
    assert "OperationalError" not in server.log.read_text()
    assert kept(portal) == expected(portal, heard.people)
    cuts = statistics.quantiles(heard.waits, n=100)
    print(
        f"\n{len(heard.people) / seconds:.0f} signals/s, each after its form page: "
        f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms"
    )
