"""Where sent files and their reports lie, and the locks that tell who is at work on them."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

_PIECE = 256 * 1024
AT_ONCE = 2
"""Files that are worked on at once, whoever sent them."""


class UploadFolder:
    """One folder an upload under `root`. Locks go with the process that holds them, however it ends."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, upload_id: str) -> Path:
        return self._root / upload_id

    def sent(self, upload_id: str, suffix: str) -> Path:
        """The file as it came; only the end of its name is the sender's."""
        return self.of(upload_id) / f"sent{suffix}"

    def remarks(self, upload_id: str, suffix: str) -> Path:
        """The same file with remarks, or a report in JSON."""
        return self.of(upload_id) / f"remarks{suffix if suffix in ('.csv', '.tsv', '.xlsx') else '.json'}"

    def keep(self, upload_id: str, suffix: str, stream: BinaryIO) -> None:
        self.of(upload_id).mkdir(parents=True, mode=0o700)
        with self.sent(upload_id, suffix).open("wb") as file:
            shutil.copyfileobj(stream, file, _PIECE)

    def remove(self, upload_id: str) -> None:
        shutil.rmtree(self.of(upload_id), ignore_errors=True)

    def ids(self) -> list[str]:
        return [path.name for path in self._root.glob("*") if path.is_dir()]

    # Who is at work

    @contextmanager
    def at_work(self, upload_id: str, provider: str) -> Iterator[bool]:
        """False when the provider has another file at work, or as many are at work as may be."""
        with ExitStack() as held:
            names = (f"provider-{provider}.lock", f"{upload_id}/at-work.lock")
            free = any(self._lock(held, f"place-{number}.lock") for number in range(AT_ONCE))
            yield free and all(self._lock(held, name) for name in names)

    def is_at_work(self, upload_id: str) -> bool:
        with ExitStack() as held:
            return self.of(upload_id).is_dir() and not self._lock(held, f"{upload_id}/at-work.lock")

    def has_room(self, provider: str) -> bool:
        """Whether a file of this provider could be worked on now."""
        with ExitStack() as held:
            return any(self._lock(held, f"place-{number}.lock") for number in range(AT_ONCE)) and self._lock(
                held, f"provider-{provider}.lock"
            )

    def note_start(self, upload_id: str) -> None:
        (self.of(upload_id) / "started").touch()

    def seconds_since_start(self, upload_id: str) -> float:
        try:
            return time.time() - (self.of(upload_id) / "started").stat().st_mtime
        except OSError:
            return float("inf")

    def _lock(self, held: ExitStack, name: str) -> bool:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        held.callback(os.close, descriptor)
        return True
