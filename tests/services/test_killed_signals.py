"""No acknowledged signal is lost or doubled when the process that takes it in is killed, and forms are sent again."""

import os
import random
import signal
import subprocess
import sys
import time as timing
from pathlib import Path

import pytest
from wishing import OFFERING

from portal.services import clock
from portal.services.forms import Forms

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a secret of the tests, long enough to be accepted"
FORMS, MOST_KILLS = 6_000, 25


def start(services, keys):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    environment |= {"PORTAL_DATA": str(services.settings.data), "PORTAL_SECRET_KEY": SECRET, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", Path(__file__).with_name("sending.py")],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdin.write("\n".join(keys))
    process.stdin.close()
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.long
def test_killed_at_any_moment_each_form_counts_once(wishes):
    moments = random.Random(7)
    forms = Forms(SECRET, clock.now)  # the other process lives by the real clock
    keys = [forms.new_key(f"interest:{OFFERING}") for _ in range(FORMS)]
    acknowledged, kills = set(), 0
    while len(acknowledged) < FORMS:
        # Some that were acknowledged are sent again, as by a browser that lost the answer.
        again = moments.sample(sorted(acknowledged), min(50, len(acknowledged)))
        process = start(wishes, [*again, *(key for key in keys if key not in acknowledged)])
        if kills < MOST_KILLS:
            timing.sleep(moments.uniform(0.02, 0.25))
            process.send_signal(signal.SIGKILL)
            kills += 1
        lines = process.stdout.read()
        process.wait(timeout=120)
        process.stdout.close()
        acknowledged |= set(lines.split("\n")[:-1])
        kept = len(list(wishes.demand_store.signals()))
        assert len(acknowledged) <= kept <= FORMS
    signals = list(wishes.demand_store.signals())
    assert kills >= 10
    assert len(signals) == len({item.person for item in signals}) == FORMS
    assert {item.offering_id for item in signals} == {OFFERING}
