"""Generations of an index on disk: each is made beside the current one and takes its place in one step.

`CURRENT` names the folder in use (`gen-7`). A generation's `manifest.json` has the SHA-256 of each of its files and of
itself; what does not agree is never opened, since a Whoosh index is pickle and so as good as code.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"gen-([1-9]\d*)")
_KEPT = 2
_CHUNK = 8 * 1024 * 1024  # bytes; large, since beside other threads each one waits for its turn
_FACTS = {"position", "documents", "blocks", "files"}


@dataclass(frozen=True)
class Current:
    """The generation in use. `stamp` tells it from one made anew under the same name; `facts`: its manifest."""

    name: str
    stamp: tuple[str, int, int]
    facts: dict

    @property
    def number(self) -> int:
        return int(self.name.removeprefix("gen-"))

    def sums(self, folder: str) -> tuple[str, ...]:
        """What stands in a folder of the generation, as sums: where they are the same, so are the files."""
        return tuple(total for name, total in self.facts["files"].items() if name.startswith(f"{folder}/"))


class Generations:
    """The folder of an index. One process at a time prepares a generation; any number read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._current: Current | None = None
        self._verified: dict[tuple[int, int, int], str] = {}
        self._writing = threading.RLock()
        self._is_alone = False

    def folder(self, name: str) -> Path:
        return self.root / name

    def current(self) -> Current | None:
        """The generation in use; None when there is none or its manifest is not one."""
        try:
            name = (self.root / "CURRENT").read_bytes().decode("ascii", "replace").strip()
            if not _NAME.fullmatch(name):
                return None
            path = self.folder(name) / "manifest.json"
            status = path.stat()
            stamp = (name, status.st_mtime_ns, status.st_ino)
            known = self._current
            if known is None or known.stamp != stamp:
                known = self._current = Current(name, stamp, _opened(json.loads(path.read_text())))
        except (OSError, ValueError):
            return None
        return known

    def is_sound(self, current: Current, *, anew: bool = False) -> bool:
        """True when every file of the generation is as its manifest says.

        What was looked at once is not read again unless it has another time; `anew`: all is.
        """
        if anew:
            self._verified = {}
        try:
            return current.facts["files"] == self._sums(self.folder(current.name))
        except OSError:
            return False

    def _sums(self, folder: Path) -> dict[str, str]:
        """File → SHA-256. Blocks never change, and go from generation to generation by hard links."""
        sums, known, seen = {}, self._verified, {}
        for name in _files(folder):
            status = (folder / name).stat()
            key = (status.st_ino, status.st_size, status.st_mtime_ns)
            sums[name] = seen[key] = known.get(key) or _sum(folder / name)
        self._verified = seen
        return sums

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process or thread writes meanwhile; waits for whoever does. Whoever has it may ask for it again."""
        with self._writing:
            if self._is_alone:
                yield
                return
            self.root.mkdir(parents=True, exist_ok=True)
            with (self.root / "LOCK").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)  # of a process that dies the system lets go
                self._is_alone = True
                try:
                    yield
                finally:
                    self._is_alone = False

    @contextmanager
    def prepare(self, *, rebuild: bool) -> Iterator[tuple[Path, dict]]:
        """A folder for the next generation, empty or with the current files linked in, and the current facts; the
        folder is gone again if it is not published."""
        with self.alone():
            self._sweep()  # what killed processes left takes up space
            current = None if rebuild else self.current()
            folder = self.folder(f"gen-{max(self._numbers(), default=0) + 1}")
            folder.mkdir()
            try:
                if current:
                    _link_files(self.folder(current.name), folder)
                yield folder, current.facts if current else {}
            finally:
                published = self.current()
                if published is None or published.name != folder.name:
                    shutil.rmtree(folder, ignore_errors=True)

    def publish(self, folder: Path, facts: dict) -> None:
        """Seal the folder with a manifest, make it the current generation and sweep away old ones."""
        for path in folder.rglob("*LOCK"):
            path.unlink()
        for path in folder.rglob("*"):
            _sync(path)
        manifest = folder / "manifest.json"
        manifest.write_text(json.dumps(_sealed(facts | {"files": self._sums(folder)})))
        _sync(manifest)
        _sync(folder)
        pointer = self.root / "CURRENT.new"
        pointer.write_text(folder.name + "\n")
        _sync(pointer)
        pointer.replace(self.root / "CURRENT")
        _sync(self.root)
        self._sweep()

    def _sweep(self) -> None:
        """Keep the current generation and the one before, which a reader may just be opening."""
        current = self.current()
        finished = [number for number in self._numbers() if current and number <= current.number]
        for number in set(self._numbers()).difference(finished[-_KEPT:]):
            shutil.rmtree(self.folder(f"gen-{number}"), ignore_errors=True)

    def _numbers(self) -> list[int]:
        """Of every generation there is, whole or not; they rise."""
        return sorted(int(match[1]) for path in self.root.iterdir() if (match := _NAME.fullmatch(path.name)))


def _sealed(facts: dict) -> dict:
    return facts | {"seal": hashlib.sha256(json.dumps(facts).encode()).hexdigest()}


def _opened(manifest: object) -> dict:
    """The facts of a manifest; raises ValueError when it is not as it was written."""
    if isinstance(manifest, dict):
        facts = {name: value for name, value in manifest.items() if name != "seal"}
        if facts.keys() >= _FACTS and manifest == _sealed(facts):
            return facts
    raise ValueError("not a manifest")


def _sum(path: Path) -> str:
    total, chunk = hashlib.sha256(), memoryview(bytearray(_CHUNK))
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(chunk):
            total.update(chunk[:size])
    return total.hexdigest()


def _link_files(source: Path, target: Path) -> None:
    """A written block never changes, so a hard link is as good as a copy."""
    for name in _files(source):
        (target / name).parent.mkdir(exist_ok=True)
        os.link(source / name, target / name)


def _files(folder: Path) -> list[str]:
    """Every file of a generation but its manifest, by its path in the folder."""
    every = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / "manifest.json")
    return [path.relative_to(folder).as_posix() for path in every if not path.name.endswith("LOCK")]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
