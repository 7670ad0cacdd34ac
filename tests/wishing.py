"""Makes signals, wishes and mail for tests, as forms, browsers and mail programs would."""

import datetime as dt
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count

from portal.bootstrap import Services
from portal.model.interest import Interest, Level, Recorded, Sender
from portal.model.proposal import Commitment, Joining, Wish

OFFERING = "helsinki-hy-ta-0101"
_LINK = re.compile(r"https://osaset\.example/(fi|sv|en)/mail/(\w+)/(\S+)")
_NUMBERS = count(1)


class MovingClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def move(self, **parts: float) -> None:
        self.now += dt.timedelta(**parts)


def someone(language: str = "fi") -> Sender:
    """A browser that nobody has used before."""
    return Sender(f"browser {next(_NUMBERS)}", language)


def interested(
    services: Services, sender: Sender | None = None, *, level: str = "would_take_part", email: str = "",
    form_key: str = "", offering: str = OFFERING, **parts: object,
) -> Recorded:  # fmt: skip
    """One form of interest sent."""
    key = form_key or services.interests.form_key(offering)
    interest = Interest(Level(level), **parts)
    return services.interests.record(offering, interest, email=email, form_key=key, sender=sender or someone())


def wish(
    services: Services, sender: Sender | None = None, *, email: str = "", level: str = "would_take_part",
    visible: bool = True, **parts: object,
) -> str:  # fmt: skip
    """One wish sent, approved unless told otherwise; its id."""
    whole = {"title": "Tekoäly opettajille", "field": "061", "group_size": 5} | parts
    key = services.proposals.form_key()
    made = services.proposals.propose(
        Wish(**whole), Joining(Level(level)), email=email, form_key=key, sender=sender or someone()
    )
    if visible:
        services.moderating.approve(made.subject)
    return made.subject


def joined(
    services: Services, proposal_id: str, sender: Sender | None = None, *, level: str = "would_take_part",
    email: str = "", confirm: bool = False, **parts: object,
) -> Recorded:  # fmt: skip
    """One form of joining sent; `confirm` follows the link in the mail, too."""
    sender = sender or someone()
    if confirm:
        email = email or f"{sender.browser.replace(' ', '.')}@people.example"
    key = services.proposals.form_key(proposal_id)
    made = services.proposals.join(
        proposal_id, Joining(Level(level), **parts), email=email, form_key=key, sender=sender
    )
    if confirm:
        message = next(m for m in sent(services) if m["To"] == email)
        services.following.confirm(token(message, "confirm"))
    return made


def promise(**parts: object) -> Commitment:
    """A promise of `helsinki`, unless told otherwise."""
    whole = {"provider": "helsinki", "start": dt.date(2027, 3, 1), "min_group": 5, "price_cents": 7500}
    return Commitment(**(whole | parts))


def sent(services: Services) -> list[EmailMessage]:
    """Send what waits into the folder of mail; the new mails in the order of their receivers."""
    folder = services.settings.data / "mail"
    before = set(folder.glob("*.eml")) if folder.exists() else set()
    services.mailing.send()
    new = sorted(set(folder.glob("*.eml")) - before) if folder.exists() else []
    messages = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in new]
    return sorted(messages, key=lambda message: (message["To"], message["Subject"]))


def links(message: EmailMessage) -> dict[str, str]:
    """Purpose → token of every link in a mail."""
    return {purpose: token for _, purpose, token in _LINK.findall(message.get_content())}


def token(message: EmailMessage, purpose: str) -> str:
    return links(message)[purpose]
