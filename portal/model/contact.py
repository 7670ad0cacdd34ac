"""Someone who asks for mail, what about, and the mail that waits for them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Subject(StrEnum):
    """What a mail or a report can be about."""

    OFFERING = "offering"
    PROPOSAL = "proposal"
    DATA = "data"
    PROVIDER = "provider"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Subscription:
    """One person's wish for mail about one offering or proposal, in their language. `contact`: HMAC of the address."""

    contact: str
    person: str
    kind: Subject
    subject: str
    language: str
    known_runs: tuple[str, ...] = ()
    created_at: dt.datetime | None = None
    confirmed_at: dt.datetime | None = None


@dataclass(frozen=True)
class Letter:
    """A mail to be sent: `template` of templates/mail/, `content` its values.

    (contact, kind, subject, step) is sent once, ever. `address` is for providers and the operator; a person's address
    is looked up when the mail is sent, so that none is sent to someone who has left.
    """

    contact: str
    kind: Subject
    subject: str
    step: str
    template: str
    language: str
    content: Mapping[str, object] = field(default_factory=dict)
    address: str | None = None
    id: int = 0
    tries: int = 0
