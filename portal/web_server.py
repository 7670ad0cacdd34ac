"""What gunicorn is told beside its command line: what its first process does before it forks, and when it ends."""

import os
import signal
import threading
import time

_SECONDS_BETWEEN_LOOKS = 0.5
_PARENT = os.getppid()  # asked at once, since it may be gone when the site is ready


def when_ready(server: object) -> None:
    """Called by gunicorn in its first process, before it forks the workers, which so have every template at once.

    Left alone it would serve without an indexer, and hold the address.
    """
    application = server.app.wsgi()
    for name in application.jinja_env.list_templates():
        application.jinja_env.get_template(name)
    threading.Thread(target=_end_without, args=(_PARENT,), daemon=True).start()


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
