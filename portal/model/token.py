"""A key by which a provider's own system publishes, and what it is allowed to do."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from portal.model.message import N_, Message


class Scope(StrEnum):
    """publish: add and change offerings; withdraw: take them out of the catalogue; read: the provider's own offerings,
    those that visitors do not see too."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    READ = "read"


SCOPE_LABELS = {
    Scope.PUBLISH: Message(N_("Publish and change")),
    Scope.WITHDRAW: Message(N_("Withdraw micro-credentials")),
    Scope.READ: Message(N_("Read, also what visitors do not see")),
}


@dataclass(frozen=True)
class Token:
    """One key of one provider; the secret itself is kept nowhere. Times are UTC, `last_used_on` is a day in Helsinki."""

    id: str
    provider: str
    name: str
    scopes: frozenset[Scope]
    created_by: str | None = None
    created_at: dt.datetime | None = None
    last_used_on: dt.date | None = None
    revoked_at: dt.datetime | None = None

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
