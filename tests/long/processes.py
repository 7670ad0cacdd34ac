"""The portal's own processes beside a test: an indexer that follows, and one that searches and tells how it went."""

import json
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
SAFETY = 120.0
"""Seconds after which waiting is given up; nothing is measured by it."""


def wait_until(true: Callable[[], bool], *, pause: float = 0.02, seconds: float = SAFETY) -> bool:
    """Whether it came true before the time was up."""
    deadline = time.monotonic() + seconds
    while not (came := true()) and time.monotonic() < deadline:
        time.sleep(pause)
    return came


def _start(settings: Settings, *arguments: str, **options: object) -> subprocess.Popen:
    environment = config.environment_of(settings) | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-W", "ignore", *arguments], env=environment, cwd=ROOT, **options)


class Indexer:
    """`portal index` as a process, what it says in a file."""

    def __init__(self, settings: Settings, log: Path, *options: str) -> None:
        self.log = log
        with log.open("wb") as said:
            self.process = _start(settings, "-m", "portal", "index", *options, stdout=said, stderr=subprocess.STDOUT)

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


class Asker:
    """A process that holds an engine open: each question is asked of the engine and of the whole search."""

    def __init__(self, settings: Settings) -> None:
        self._process = _start(
            settings,
            str(Path(__file__).with_name("asking.py")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, text: str) -> dict:
        """`engine`: `answered` or the error's name; `degraded`, `notices`, `total`, `ids` or `error` of the search."""
        try:
            self._process.stdin.write(json.dumps(text) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if answer:
            return json.loads(answer)
        ended = self._process.wait(SAFETY)
        return {"engine": f"died: {signal.Signals(-ended).name if ended < 0 else ended}", "error": "died"}

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        with suppress(BrokenPipeError):  # what a dead process no longer reads
            self._process.stdin.close()


@contextmanager
def asking(settings: Settings) -> Iterator[Asker]:
    asker = Asker(settings)
    try:
        yield asker
    finally:
        asker.close()
