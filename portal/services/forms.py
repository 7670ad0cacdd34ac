"""Keys of forms: each form that is shown gets one, and is answered once however often it is sent."""

import hashlib
import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer

from portal.model.errors import StaleForm
from portal.model.message import N_, Message
from portal.services.clock import Clock
from portal.services.signing import serializer

MAX_AGE = 24 * 3600
_HASTY = 2.0

_STALE = Message(N_("The form was open too long. Your text is here, send it again."))


class Forms:
    """Signs form keys. `purpose` binds a key to one form, such as `interest:helsinki-hy-ta-0101` or `propose`."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def new_key(self, purpose: str) -> str:
        return self._signer(purpose).dumps(secrets.token_urlsafe(16))

    def check(self, key: str, purpose: str) -> None:
        """Raises StaleForm for a key that is forged, of another form, or older than a day."""
        if not 0 <= self.age(key, purpose) <= MAX_AGE:
            raise StaleForm(_STALE)

    def is_hasty(self, key: str, purpose: str) -> bool:
        """True when the form came back faster than people write; for the web's traps against robots."""
        return self.age(key, purpose) < _HASTY

    def age(self, key: str, purpose: str) -> float:
        """Seconds since the key was made, in whole seconds; raises StaleForm when it is not one of ours."""
        try:
            _, made = self._signer(purpose).loads(key, return_timestamp=True)
        except BadSignature as error:
            raise StaleForm(_STALE) from error
        return max(0.0, self._clock().timestamp() - made.timestamp())

    def digest(self, key: str) -> str:
        """Under which the answer is kept; the key itself is not."""
        return hashlib.sha256(key.encode()).hexdigest()

    def _signer(self, purpose: str) -> URLSafeTimedSerializer:
        return serializer(self._secret, f"form {purpose}", self._clock)
