"""Measures how many signals a second the store takes in: `python -m benchmarks.signals [--signals N] [--threads N]`.

Threads send forms of interest to the service, each waiting until its own is on the disk. Told beside it: one
transaction a signal, the wait of one form, and whether each form is kept once.
"""

import argparse
import statistics
import tempfile
import threading
import time

from portal import config
from portal.bootstrap import Services, build
from portal.model.interest import Interest, Level, Sender
from portal.search.memory_engine import MemoryEngine
from portal.services.writing import GroupCommit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signals", type=int, default=2_000)
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--database", help="instead of SQLite in a temporary folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        variables = {"PORTAL_DATA": folder, "PORTAL_SECRET_KEY": "x" * 40, "PORTAL_DATABASE_URL": arguments.database}
        settings = config.from_environment({name: value for name, value in variables.items() if value})
        services = build(settings, engine=MemoryEngine())
        services.demo.load()
        for name, most in (("group commit", 200), ("one transaction a signal", 1)):
            services.interests._answering._writer = GroupCommit(services.database.together, most)
            _measure(services, name, arguments.signals if most > 1 else arguments.signals // 4, arguments.threads)
        services.database.close()


def _measure(services: Services, name: str, number: int, threads: int) -> None:
    offerings = [id for id, _, _ in services.store.published_ids()]
    forms = [
        (offerings[n % len(offerings)], services.interests.form_key(offerings[n % len(offerings)]))
        for n in range(number)
    ]
    before = sum(1 for _ in services.demand_store.signals())
    waits: list[float] = []
    workers = [
        threading.Thread(target=_send, args=(services, forms[part::threads], f"{name} {part}", waits))
        for part in range(threads)
    ]
    began = time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.monotonic() - began
    kept = sum(1 for _ in services.demand_store.signals()) - before
    waits.sort()
    print(
        f"{name}: {number / seconds:.0f} signals/s from {threads} threads, "
        f"p50 {statistics.median(waits) * 1000:.0f} ms, p99 {waits[int(len(waits) * 0.99)] * 1000:.0f} ms, "
        f"{kept} of {number} kept"
    )


def _send(services: Services, forms: list[tuple[str, str]], browser: str, waits: list[float]) -> None:
    for turn, (offering, key) in enumerate(forms):
        began = time.monotonic()
        sender = Sender(f"{browser} {turn}")
        services.interests.record(offering, Interest(Level.WOULD_TAKE_PART), form_key=key, sender=sender)
        waits.append(time.monotonic() - began)


if __name__ == "__main__":
    main()
