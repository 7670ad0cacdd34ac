"""Turns addresses and browsers' keys into keys of persons, which tell nobody who they are."""

import hashlib
import hmac
import secrets

from portal.services.keys import Keys


class Persons:
    """`m:…` stands for a confirmed address, `b:…` for a browser; both follow from a key that is kept apart."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def of_address(self, email: str) -> str:
        """The key of an address, whatever its capitals."""
        return "m:" + self._hashed("address", email.strip().lower())

    def of_browser(self, browser: str) -> str:
        return "b:" + self._hashed("browser", browser)

    def new_browser(self, form_key: str) -> str:
        """A key for a browser that has none: always the same for one form, so that a repeated form meets itself."""
        return self._hashed("new browser", form_key)[:43] if form_key else secrets.token_hex(21)

    def searcher(self, trace: str, month: str) -> str:
        """The key of a searcher within one month; `trace` (address and browser of a request) is not kept."""
        return hmac.new(self._keys.salt(month), trace.encode(), hashlib.sha256).hexdigest()

    def _hashed(self, purpose: str, value: str) -> str:
        return hmac.new(self._keys.person(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def is_confirmed(person: str) -> bool:
    """True for the key of a confirmed address."""
    return person.startswith("m:")
