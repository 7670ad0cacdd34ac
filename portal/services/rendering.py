"""Makes a mail of a letter: plain text from a template, in the reader's language, with the headers good mail has."""

import datetime as dt
import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from urllib.parse import urlsplit

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal import resources
from portal.model.contact import Letter, Subject
from portal.model.feedback import REPORT_REASONS
from portal.model.proposal import STEP_LABELS, Step
from portal.model.text import LocalizedText
from portal.model.user import LinkPurpose
from portal.services.account_links import ADDRESS, AccountLinks
from portal.services.clock import Clock
from portal.services.links import Linked, Links
from portal.services.wording import day, money, translator

PERSONAL = frozenset({"confirm", "proposal_step", "new_run", "feedback", "erase"})
"""Templates of mail to people; each leads to leaving and erasing. The others go to providers and the operator."""

_POLICY = SMTP.clone(cte_type="7bit")  # any mail server takes it


class Rendering:
    """Renders letters. A template's first line is the subject, the rest after an empty line the text."""

    def __init__(self, links: Links, account_links: AccountLinks, clock: Clock, *, sender: str, base_url: str) -> None:
        self._links = links
        self._account_links = account_links
        self._clock = clock
        self._host = urlsplit(base_url).hostname or "localhost"
        self._sender = sender or f"Osaset <osaset@{self._host}>"

    def message(self, letter: Letter) -> EmailMessage:
        """The mail, ready to be handed over. The same letter always has the same Message-ID."""
        subject, text = self.texts(letter)
        message = EmailMessage(policy=_POLICY)
        message["From"] = self._sender
        message["To"] = _address(letter.address)
        message["Subject"] = subject
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = f"<{_identity(letter)}@{self._host}>"
        message["Auto-Submitted"] = "auto-generated"
        if letter.template in PERSONAL and letter.kind is not Subject.DATA:
            message["List-Unsubscribe"] = f"<{self._link(letter, 'unsubscribe')}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(text, cte="quoted-printable")
        message["Content-Language"] = letter.language
        return message

    def texts(self, letter: Letter) -> tuple[str, str]:
        """Subject (one line) and text."""
        environment = _environment(letter.language)
        whole = environment.get_template(f"{letter.template}.txt").render(self._values(letter)).strip()
        subject, _, text = whole.partition("\n")
        return " ".join(subject.split()), text.strip() + "\n"

    def _values(self, letter: Letter) -> dict[str, object]:
        content = letter.content
        language = letter.language
        title = content.get("title", "")
        title = LocalizedText(title).choose(language).text if isinstance(title, dict) else title
        provider = content.get("provider")
        start = content.get("start")
        translate = translator(language)
        return {
            "content": content,
            "kind": str(letter.kind),
            "is_personal": letter.template in PERSONAL,
            "title": " ".join(title.split()),  # one line, as it stands in the subject
            "provider": LocalizedText(provider).choose(language).text if provider else "",
            "start": day(dt.date.fromisoformat(start), language) if start else "",
            "price": _price(content.get("price_cents"), language),
            "reason": REPORT_REASONS[content["reason"]].render(translate)
            if letter.template == "report"
            else content.get("reason", ""),
            "step": STEP_LABELS[Step(content["step"])].render(translate) if "step" in content else "",
            "link": lambda purpose: self._link(letter, purpose),
            "page": lambda path: self._links.page(f"/{language}{path}"),
            "desk": lambda path="": self._links.page(f"/{language}/desk/{path}"),
            "in_words": lambda text: LocalizedText(text).choose(language).text,
            "day": lambda iso: day(dt.date.fromisoformat(iso), language),
            "subject": letter.subject,
            "about": self._links.page(f"/{language}{_path(letter)}"),
        }

    def _link(self, letter: Letter, purpose: str) -> str:
        if letter.kind is Subject.ACCOUNT and purpose == ADDRESS:
            return self._account_links.address_url(
                letter.subject, letter.content["epoch"], letter.address, letter.language
            )
        if letter.kind is Subject.ACCOUNT:
            return self._account_links.url(
                LinkPurpose(purpose), letter.subject, letter.content["epoch"], letter.language
            )
        person = letter.content.get("person", letter.contact) if purpose == "confirm" else letter.contact
        kind, subject = letter.kind, letter.subject
        if purpose == "feedback":
            kind, subject = Subject.OFFERING, letter.content["offering"]
        elif purpose == "erase":
            kind, subject = Subject.DATA, ""
        return self._links.url(purpose, Linked(letter.contact, person, kind, subject), letter.language)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(  # plain text: nothing to escape
        loader=FileSystemLoader(resources.folder("templates") / "mail"),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    catalog = (
        Translations.load(resources.folder("translations"), [language]) if language != "en" else NullTranslations()
    )
    environment.install_gettext_translations(catalog, newstyle=True)
    return environment


def _path(letter: Letter) -> str:
    if letter.kind is Subject.DATA:
        return "/privacy"
    if letter.kind in (Subject.PROVIDER, Subject.ACCOUNT):
        return "/desk/"
    return f"/{'offerings' if letter.kind is Subject.OFFERING else 'proposals'}/{letter.subject}"


def _price(cents: int | None, language: str) -> str:
    return money(cents, language) if cents is not None else ""


def _address(value: str) -> Address:
    """The receiver as a header value; the local part may hold what would otherwise need quoting."""
    user, _, domain = parseaddr(value)[1].rpartition("@")
    return Address(username=user, domain=domain)


def _identity(letter: Letter) -> str:
    """Follows from what makes a letter the same, so that a copy after a crash can be told for one."""
    whole = "\0".join((letter.contact, letter.kind, letter.subject, letter.step))
    return hashlib.sha256(whole.encode()).hexdigest()[:32]
