"""Secrets that the portal makes itself and keeps as files, apart from the database and its backups."""

import os
import re
import secrets
from pathlib import Path

_PERSON_FILE = "person.key"
_DEMO_FILE = "demo.key"
_SALT_FILE = re.compile(r"\d{4}-\d{2}")


class Keys:
    """The key of persons, made at first use unless it is given, and one salt a month that is destroyed after it."""

    def __init__(self, folder: Path, given: str = "") -> None:
        self._folder = folder
        self._given = given
        self._person = b""
        self._salt: tuple[str, bytes] = ("", b"")

    def person(self) -> bytes:
        """The key that turns addresses into persons' keys; apart from PORTAL_SECRET_KEY, so that either can change."""
        if not self._person:
            self._person = self._given.encode() or _made_once(self._folder / _PERSON_FILE)
        return self._person

    def salt(self, month: str) -> bytes:
        """The salt of a month (`2026-11`); asking for a later month destroys those before it."""
        if self._salt[0] != month:
            self._salt = (month, _made_once(self._folder / "salts" / month))
            self.destroy_salts_before(month)
        return self._salt[1]

    def destroy_salts_before(self, month: str) -> int:
        """How many were destroyed; nobody can then tell whose searches of an earlier month were whose."""
        old = [
            path
            for path in sorted((self._folder / "salts").glob("*"))
            if _SALT_FILE.fullmatch(path.name) and path.name < month
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def demo_secret(folder: Path, *, make: bool) -> str:
    """The secret of a demo on this machine, so that its commands and its pages agree; "" when there is none to make."""
    path = folder / _DEMO_FILE
    return _made_once(path).decode() if make or path.exists() else ""


def _made_once(path: Path) -> bytes:
    """The content of `path`; written first when it is not there, whole or not at all, for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(new, path)  # fails when another process was first; its key is then ours too
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_bytes()
