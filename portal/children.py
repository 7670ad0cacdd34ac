"""Starts the work on sent files in processes of their own, and keeps those within limits."""

import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

from portal import config
from portal.config import Settings

_MEMORY = 2**30
_CPU_SECONDS = 15 * 60
_SECONDS = 60 * 60
_NICENESS = 10


def starter(settings: Settings) -> Callable[[str], None]:
    """Begins the work on an upload, by its id; whoever asks neither waits for it nor takes it along when ending."""

    def start(upload_id: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal", "upload", upload_id],
            env=config.environment_of(settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        threading.Thread(target=process.wait, daemon=True).start()  # else a zombie would stay

    return start


def limit_this_process() -> None:
    """Let others go first, and let the system end this process when it takes far more than any file needs."""
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(_SECONDS)
