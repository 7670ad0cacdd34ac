"""Works on a file that was sent at the desk, in a process of its own and within limits: `python -m portal.upload_process ID`."""

import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

from portal import config, resources
from portal.config import Settings
from portal.services import clock
from portal.services.files.folder import UploadFolder
from portal.services.files.working import UploadWork
from portal.services.importing import Importing
from portal.services.reference import read_codes, read_rules
from portal.store.catalog import CatalogStore
from portal.store.database import Database
from portal.store.standing import StandingStore
from portal.store.uploads import UploadStore

_MEMORY = 2**30
_CPU_SECONDS = 15 * 60
_SECONDS = 60 * 60
_NICENESS = 10


def starter(settings: Settings) -> Callable[[str], None]:
    """Begins the work on an upload, by its id; whoever asks neither waits for it nor takes it along when ending."""

    def start(upload_id: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.upload_process", upload_id],
            env=config.environment_of(settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        threading.Thread(target=process.wait, daemon=True).start()  # else a zombie would stay

    return start


def build_work(settings: Settings, *, now: clock.Clock = clock.now) -> UploadWork:
    """What takes in sent files, without the search and the words that it does not need, so that it starts at once."""
    database = Database(settings.database_url)
    store, data = CatalogStore(database), resources.folder("catalog_data")
    importing = Importing(store, read_codes(data / "codes"), read_rules(data / "criteria"))
    folder = UploadFolder(settings.uploads)
    return UploadWork(database, UploadStore(database), store, StandingStore(database), importing, folder, now)


def main(upload_id: str) -> None:
    """Do what is to be done with the upload."""
    _limit_this_process()
    settings = config.from_environment()
    build_work(settings).work(upload_id, starter(settings))


def _limit_this_process() -> None:
    """Let others go first, and let the system end this process when it takes far more than any file needs."""
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1])
