"""Signed links to accounts of the desk: to sign in, to choose a password, to take an invitation or another address."""

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from portal.model.errors import Refused
from portal.model.message import N_, Message
from portal.model.user import LinkPurpose
from portal.services.clock import Clock
from portal.services.signing import serializer

HOUR = 3600
AGES = {
    LinkPurpose.SIGN_IN: HOUR,
    LinkPurpose.PASSWORD: HOUR,
    LinkPurpose.INVITATION: 7 * 24 * HOUR,
}
"""Seconds for which a link works, unless it was used before."""

ADDRESS = "address"
"""What a link is for that takes another e-mail address; it works for an hour, and lets nobody in."""

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

    def address_url(self, user_id: str, epoch: int, email: str, language: str) -> str:
        """A whole address by which a signed-in user takes another e-mail address: `/<lang>/desk/account/address/<token>`."""
        token = self._signer(ADDRESS).dumps([user_id, epoch, email])
        return f"{self._base_url}/{language}/desk/account/address/{token}"

    def read(self, purpose: LinkPurpose, token: str) -> tuple[str, int]:
        """The user's id and epoch; raises Refused for a link that is forged, cut or too old."""
        user_id, epoch = self._loads(purpose, token, AGES[purpose])
        return str(user_id), int(epoch)

    def read_address(self, token: str) -> tuple[str, int, str]:
        """The user's id and epoch and the new address; raises Refused as `read` does."""
        user_id, epoch, email = self._loads(ADDRESS, token, HOUR)
        return str(user_id), int(epoch), str(email)

    def _loads(self, purpose: str, token: str, max_age: int) -> list:
        try:
            return self._signer(purpose).loads(token, max_age=max_age)
        except SignatureExpired as error:
            raise Refused(EXPIRED) from error
        except BadSignature as error:
            raise Refused(FOREIGN) from error

    def _signer(self, purpose: str) -> URLSafeTimedSerializer:
        return serializer(self._secret, f"account {purpose}", self._clock)
