"""Signed links to accounts of the desk: to sign in, to choose a new password, and to take an invitation."""

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from portal.model.errors import Refused
from portal.model.message import N_, Message
from portal.model.user import LinkPurpose
from portal.services.clock import Clock
from portal.services.signing import serializer

HOUR = 3600
AGES = {LinkPurpose.SIGN_IN: HOUR, LinkPurpose.PASSWORD: HOUR, LinkPurpose.INVITATION: 7 * 24 * HOUR}
"""Seconds for which a link works, unless it was used before."""

EXPIRED = Message(N_("This link is too old. Ask for a new one."))
FOREIGN = Message(N_("This link is not complete. Copy it whole from the mail."))


class AccountLinks:
    """A link holds the user's id and epoch; using it raises the epoch, so that it works once."""

    def __init__(self, secret: str, base_url: str, clock: Clock) -> None:
        self._secret = secret
        self._base_url = base_url
        self._clock = clock

    def url(self, purpose: LinkPurpose, user_id: str, epoch: int, language: str) -> str:
        """A whole address: `/<lang>/desk/link/<purpose>/<token>`."""
        token = self._signer(purpose).dumps([user_id, epoch])
        return f"{self._base_url}/{language}/desk/link/{purpose}/{token}"

    def read(self, purpose: LinkPurpose, token: str) -> tuple[str, int]:
        """The user's id and epoch; raises Refused for a link that is forged, cut or too old."""
        try:
            user_id, epoch = self._signer(purpose).loads(token, max_age=AGES[purpose])
            return str(user_id), int(epoch)
        except SignatureExpired as error:
            raise Refused(EXPIRED) from error
        except (BadSignature, ValueError, TypeError) as error:
            raise Refused(FOREIGN) from error

    def _signer(self, purpose: LinkPurpose) -> URLSafeTimedSerializer:
        return serializer(self._secret, f"account {purpose}", self._clock)
