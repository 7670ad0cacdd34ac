"""What gunicorn is told beside its command line: to end when the process that started it is gone, however it ended."""

import os
import signal
import threading
import time

_SECONDS_BETWEEN_LOOKS = 0.5
_PARENT = os.getppid()  # asked at once, since it may be gone when the site is ready


def when_ready(server: object) -> None:
    """Called by gunicorn in its first process. Left alone it would serve without an indexer, and hold the address."""
    threading.Thread(target=_end_without, args=(_PARENT,), daemon=True).start()


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
