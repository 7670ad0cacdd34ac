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
from pathlib import Path

_NAME = re.compile(r"gen-(\d+)")
_KEPT = 2


class Generations:
    """The folder of an index. One process at a time prepares a generation; any number read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._manifest: tuple[tuple[str, int, int], object] | None = None

    def folder(self, name: str) -> Path:
        return self.root / name

    def current(self) -> str | None:
        """Name of the generation in use; None when there is none."""
        try:
            name = (self.root / "CURRENT").read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            return None
        return name if _NAME.fullmatch(name) else None

    def manifest(self) -> dict | None:
        """The current generation's manifest; None when there is none or it is not one."""
        name = self.current()
        if name is None:
            return None
        path = self.folder(name) / "manifest.json"
        try:
            stamp = (name, path.stat().st_mtime_ns, path.stat().st_ino)
            if self._manifest is None or self._manifest[0] != stamp:
                self._manifest = (stamp, json.loads(path.read_text()))
        except (OSError, ValueError):
            return None
        manifest = self._manifest[1]
        whole = isinstance(manifest, dict) and {"position", "documents", "files"} <= manifest.keys()
        return manifest if whole else None

    def stamp(self) -> tuple[str, int, int] | None:
        """Name of the current generation and the making of it: a folder made anew is another, whatever its name."""
        return self._manifest[0] if self.manifest() is not None and self._manifest else None

    def is_sound(self, name: str) -> bool:
        """True when every file of the generation is as its manifest says."""
        folder = self.folder(name)
        try:
            expected = json.loads((folder / "manifest.json").read_text())["files"]
            return expected == _hashes(folder)
        except (OSError, ValueError, KeyError, TypeError):
            return False

    @contextmanager
    def prepare(self, *, rebuild: bool) -> Iterator[Path]:
        """A folder for the next generation, empty or with the current files linked in; gone again if not published."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "LOCK").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            current = self.current()
            numbers = [int(match[1]) for path in self.root.iterdir() if (match := _NAME.fullmatch(path.name))]
            folder = self.folder(f"gen-{max(numbers, default=0) + 1}")
            folder.mkdir()
            try:
                if not rebuild and current:
                    _link_files(self.folder(current), folder)
                yield folder
            finally:
                if self.current() != folder.name:
                    shutil.rmtree(folder, ignore_errors=True)

    def publish(self, folder: Path, facts: dict) -> None:
        """Seal the folder with a manifest, make it the current generation and sweep away old ones."""
        for path in folder.glob("*LOCK"):
            path.unlink()
        for path in folder.iterdir():
            _sync(path)
        manifest = folder / "manifest.json"
        manifest.write_text(json.dumps(facts | {"files": _hashes(folder)}, indent=1))
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
    """Whoosh never changes a written segment file, so a hard link is as good as a copy."""
    for path in source.iterdir():
        if path.name != "manifest.json":
            os.link(path, target / path.name)


def _hashes(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.iterdir() if path.name != "manifest.json" and not path.name.endswith("LOCK"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
