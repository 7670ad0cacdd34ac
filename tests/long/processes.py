"""The portal's own processes beside a test: indexers that follow, and a nursery where they start at once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from portal import config
from portal.config import Settings

ROOT = Path(__file__).resolve().parents[2]
SAFETY = 300.0
"""Seconds after which waiting is given up; nothing is measured by it."""


def wait_until(true: Callable[[], bool], *, pause: float = 0.02, seconds: float = SAFETY) -> bool:
    """Whether it came true before the time was up."""
    deadline = time.monotonic() + seconds
    while not (came := true()) and time.monotonic() < deadline:
        time.sleep(pause)
    return came


def start(settings: Settings, *arguments: str, **options: object) -> subprocess.Popen:
    environment = config.environment_of(settings) | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-W", "ignore", *arguments], env=environment, cwd=ROOT, **options)


class Indexer:
    """`portal index` as a process, what it says in a file."""

    def __init__(self, settings: Settings, log: Path, *options: str) -> None:
        self.log = log
        with log.open("wb") as said:
            self.process = start(settings, "-m", "portal", "index", *options, stdout=said, stderr=subprocess.STDOUT)

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def is_running(self) -> bool:
        return self.process.poll() is None

    def wait_until_up_to_date(self) -> None:
        assert wait_until(lambda: "offerings (" in self.said or not self.is_running())
        assert self.is_running(), self.said

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end, as an operator does; its exit code."""
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SAFETY)


@contextmanager
def following(settings: Settings, log: Path) -> Iterator[Indexer]:
    """A follower that is up to date and is gone afterwards, whatever happens."""
    indexer = Indexer(settings, log, "--follow")
    try:
        indexer.wait_until_up_to_date()
        yield indexer
    finally:
        indexer.kill()


class Nursery:
    """A process that has loaded the portal and forks followers, so that many can be killed in little time."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self.log = log
        self._process = start(
            settings, str(Path(__file__).with_name("forking.py")), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        self._ask()  # it is ready

    def _ask(self, *arguments: str) -> int:
        self._process.stdin.write(json.dumps([str(self.log), *arguments]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    @contextmanager
    def following(self) -> Iterator[None]:
        """A follower that has just begun; at the end it is killed and dead."""
        self.log.write_text("")
        child = self._ask("index", "--follow")
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            assert wait_until(lambda: not Path(f"/proc/{child}").exists(), pause=0.001)

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()
