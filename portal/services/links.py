"""Signed links for mail and answers: what they stand for is in the link, and nobody else can make one."""

from dataclasses import dataclass

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from portal.model.contact import Subject
from portal.model.errors import Refused
from portal.model.message import N_, Message
from portal.services.clock import Clock
from portal.services.signing import serializer

DAY = 86_400
_AGES = {"confirm": 7 * DAY, "erase": 30 * DAY, "feedback": 90 * DAY, "unsubscribe": 800 * DAY, "withdraw": 800 * DAY}

_EXPIRED = Message(N_("This link is too old. Ask for a new one."))
_FOREIGN = Message(N_("This link is not complete. Copy it whole from the mail."))


@dataclass(frozen=True)
class Linked:
    """What a link stands for: a person (contact key or browser person) and what it is about."""

    contact: str
    person: str
    kind: Subject
    subject: str


class Links:
    """Makes and reads links. Paths: `/<lang>/mail/<purpose>/<token>` with the purposes confirm, unsubscribe, withdraw,
    erase and feedback. Each page asks by a button before it acts, since mail programs open links by themselves; only
    a POST to unsubscribe acts at once (RFC 8058)."""

    def __init__(self, secret: str, base_url: str, clock: Clock) -> None:
        self._secret = secret
        self._base_url = base_url
        self._clock = clock

    def token(self, purpose: str, linked: Linked) -> str:
        return self._signer(purpose).dumps([linked.contact, linked.person, linked.kind, linked.subject])

    def url(self, purpose: str, linked: Linked, language: str) -> str:
        return f"{self._base_url}{self.path(purpose, self.token(purpose, linked), language)}"

    @staticmethod
    def path(purpose: str, token: str, language: str) -> str:
        return f"/{language}/mail/{purpose}/{token}"

    def page(self, path: str) -> str:
        """A whole address of one of the portal's pages."""
        return f"{self._base_url}{path}"

    def read(self, purpose: str, token: str) -> Linked:
        """What the link stands for; raises Refused for one that is forged, cut or too old."""
        try:
            contact, person, kind, subject = self._signer(purpose).loads(token, max_age=_AGES[purpose])
            return Linked(contact, person, Subject(kind), subject)
        except SignatureExpired as error:
            raise Refused(_EXPIRED) from error
        except (BadSignature, ValueError, TypeError) as error:
            raise Refused(_FOREIGN) from error

    def _signer(self, purpose: str) -> URLSafeTimedSerializer:
        return serializer(self._secret, f"link {purpose}", self._clock)
