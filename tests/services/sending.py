"""Sends forms of interest until it is killed: reads form keys, and writes each one whose answer it has."""

import sys
import threading

from portal import config
from portal.bootstrap import build
from portal.model.interest import Interest, Level, Sender
from portal.search.memory_engine import MemoryEngine

OFFERING = "helsinki-hy-ta-0101"
_THREADS = 8


def main() -> None:
    services = build(config.from_environment(), engine=MemoryEngine())
    keys = iter(sys.stdin.read().split())
    lock = threading.Lock()
    print("ready", flush=True)

    def send() -> None:
        while True:
            with lock:
                key = next(keys, None)
            if key is None:
                return
            services.interests.record(OFFERING, Interest(Level.CURIOUS), form_key=key, sender=Sender())
            with lock:
                print(key, flush=True)

    threads = [threading.Thread(target=send) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
