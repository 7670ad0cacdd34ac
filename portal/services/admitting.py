"""Decides which providers may publish, and keeps what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.model.admission import Admission, AdmissionStep
from portal.model.errors import NotFound, Refused, Rejected
from portal.model.message import N_, Message
from portal.model.provider import Provider
from portal.services.clock import Clock
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Transaction
from portal.store.saving import Outcome
from portal.store.standing import StandingStore
from portal.store.users import UserStore

_KNOWN = Message(N_("There is a provider with this id already."))
_SAME = Message(N_("The provider is in this state already."))
_REASON = Message(N_("Write the reason. The provider sees it."))


@dataclass(frozen=True)
class Listed:
    """A provider as the operator's list shows it. `offerings`: published ones, hidden or not."""

    provider: Provider
    admission: Admission
    users: int
    offerings: int


class Admitting:
    """The operator's decisions, and providers' own settings."""

    def __init__(
        self, catalog: CatalogStore, standing: StandingStore, users: UserStore, writer: GroupCommit, clock: Clock
    ) -> None:
        self._catalog = catalog
        self._standing = standing
        self._users = users
        self._writer = writer
        self._clock = clock

    # Reading

    def listing(self) -> list[Listed]:
        """Every provider, suspended and closed ones too, by id."""
        admissions, users, offerings = (
            self._standing.admissions(), self._users.numbers(), self._catalog.published_numbers()
        )  # fmt: skip
        return [
            Listed(item, admissions.get(name, Admission.ADMITTED), users.get(name, 0), offerings.get(name, 0))
            for name, item in sorted(self._catalog.providers().items())
        ]

    def provider(self, provider_id: str) -> Provider:
        """In whatever state it is; raises NotFound."""
        provider = self._catalog.providers().get(provider_id)
        if provider is None:
            raise NotFound(f"There is no provider {provider_id}.")
        return provider

    def admission(self, provider_id: str) -> Admission:
        return self._standing.admissions().get(provider_id, Admission.ADMITTED)

    def steps(self, provider_id: str) -> Sequence[AdmissionStep]:
        """The decisions, the newest first."""
        return self._standing.steps(provider_id)

    def wants_four_eyes(self, provider_id: str) -> bool:
        return self._standing.wants_four_eyes(provider_id)

    # Deciding

    def admit(self, provider: Provider, checklist: tuple[str, ...], user: str | None) -> None:
        """Take in a new provider; raises Rejected when there is one with its id."""
        step = AdmissionStep(provider.id, Admission.ADMITTED, self._clock(), "", checklist, user)

        def write(transaction: Transaction) -> None:
            if self._catalog.save_provider(transaction, provider) is not Outcome.NEW:
                raise Rejected({"id": _KNOWN})
            self._standing.decide(transaction, step)

        self._writer.do(write)

    def decide(self, provider_id: str, admission: Admission, reason: str, user: str | None) -> None:
        """Suspend, close or reopen. Raises Rejected without a reason, Refused when it is in that state already.

        Its offerings are hidden, or shown again, at once; the search index follows.
        """
        provider = self.provider(provider_id)
        reason = " ".join(reason.split())[:1000]
        if not reason:
            raise Rejected({"reason": _REASON})
        step = AdmissionStep(provider.id, admission, self._clock(), reason, (), user)

        def write(transaction: Transaction) -> None:
            if self._standing.admission(transaction, provider.id) is admission:
                raise Refused(_SAME)
            self._standing.decide(transaction, step)

        self._writer.do(write)

    # Describing

    def describe(self, provider: Provider) -> None:
        """Keep what was changed of a provider."""
        self._writer.do(lambda transaction: self._catalog.save_provider(transaction, provider))

    def settle(self, provider: Provider, four_eyes: bool) -> None:
        """The same, and whether somebody else than the author must publish."""

        def write(transaction: Transaction) -> None:
            self._catalog.save_provider(transaction, provider)
            self._standing.set_four_eyes(transaction, provider.id, four_eyes)

        self._writer.do(write)
