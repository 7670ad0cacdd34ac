"""Generations of an index on disk: each is made beside the current one and takes its place in one step.

`CURRENT` names the folder in use (`gen-7`). A generation's `manifest.json` has the SHA-256 of each of its files; what
does not agree is never opened, since a Whoosh index is pickle and so as good as code.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"gen-(\d+)")
_KEPT = 2
_FACTS = {"position", "documents", "blocks", "files"}


@dataclass(frozen=True)
class Current:
    """The generation in use. `stamp` tells it from one made anew under the same name; `facts`: its manifest."""

    name: str
    stamp: tuple[str, int, int]
    facts: dict


class Generations:
    """The folder of an index. One process at a time prepares a generation; any number read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._current: Current | None = None
        self._verified: dict[tuple[int, int, int], str] = {}

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
                known = self._current = Current(name, stamp, json.loads(path.read_text()))
        except (OSError, ValueError):
            return None
        return known if isinstance(known.facts, dict) and known.facts.keys() >= _FACTS else None

    def is_sound(self, current: Current) -> bool:
        """True when every file of the generation is as its manifest says. What was looked at once is not read again."""
        folder = self.folder(current.name)
        try:
            return current.facts["files"] == {name: self._hash(folder / name) for name in _files(folder)}
        except OSError:
            return False

    def _hash(self, path: Path) -> str:
        """The file's SHA-256; blocks never change, and go from generation to generation by hard links."""
        status = path.stat()
        key = (status.st_ino, status.st_size, status.st_mtime_ns)
        if key not in self._verified:
            self._verified[key] = hashlib.sha256(path.read_bytes()).hexdigest()
        return self._verified[key]

    @contextmanager
    def prepare(self, *, rebuild: bool) -> Iterator[tuple[Path, dict]]:
        """A folder for the next generation, empty or with the current files linked in, and the current facts; the
        folder is gone again if it is not published."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "LOCK").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            current = None if rebuild else self.current()
            numbers = [int(match[1]) for path in self.root.iterdir() if (match := _NAME.fullmatch(path.name))]
            folder = self.folder(f"gen-{max(numbers, default=0) + 1}")
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
        manifest.write_text(json.dumps(facts | {"files": {name: self._hash(folder / name) for name in _files(folder)}}))
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
        names = sorted(
            (path.name for path in self.root.iterdir() if _NAME.fullmatch(path.name)), key=lambda n: int(n[4:])
        )
        for name in names[:-_KEPT]:
            shutil.rmtree(self.folder(name), ignore_errors=True)


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
