"""Keeps compiled templates in the data folder, since compiling those of one page takes a tenth of a second."""

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

_SUM = hashlib.sha256().digest_size


class CompiledTemplates(BytecodeCache):
    """A file a template. Each begins with the SHA-256 of the rest: what was damaged is code, and must not run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # none yet
            kept = (self._folder / bucket.key).read_bytes()
            if hashlib.sha256(kept[_SUM:]).digest() == kept[:_SUM]:
                bucket.bytecode_from_string(kept[_SUM:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = bucket.bytecode_to_string()
        new = self._folder / f"{bucket.key}.{os.getpid()}-{threading.get_ident()}"
        with suppress(OSError):  # where nothing can be written, each process compiles for itself
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(hashlib.sha256(code).digest() + code)
            new.replace(self._folder / bucket.key)
