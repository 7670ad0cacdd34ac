"""Publishes and withdraws single offerings for those who may: the same check as for files, and no silent overwriting."""

from collections.abc import Callable, Mapping, Sequence

from portal.ingest.checking import Checked, Checker
from portal.ingest.records import Record
from portal.model.admission import Admission
from portal.model.codes import Codes
from portal.model.criteria import RuleSet
from portal.model.errors import NotFound, Refused
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity
from portal.model.user import By
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Transaction
from portal.store.saving import Saved, save_one, withdraw_one
from portal.store.standing import StandingStore

_SUSPENDED = Message(N_("The provider cannot publish now. Ask the operator of the portal."))
_FAULTY = Message(N_("Some values cannot be published yet."))


class Faulty(Refused):
    """The offering has errors; `problems` has them, warnings and unmet criteria too."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(_FAULTY)
        self.problems = problems

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


class Publishing:
    """The way into the catalogue for one offering at a time. Data is in the shape of the provider format."""

    def __init__(
        self, store: CatalogStore, standing: StandingStore, codes: Codes, rules: RuleSet, writer: GroupCommit
    ) -> None:
        self._store = store
        self._standing = standing
        self._codes = codes
        self._rules = rules
        self._writer = writer

    def check(self, provider: str, data: Mapping) -> Checked:
        """What the importer would say of it, sent by this provider; nothing is written."""
        return self.checker(provider).check(Record(row=1, data=dict(data)))

    def checker(self, provider: str) -> Checker:
        """Judges one after another what this provider sends together."""
        return Checker(self._codes, self._store.providers(), self._rules, provider)

    def publish(
        self, provider: str, data: Mapping, by: By, *, expected: int | None = None,
        beside: Callable[[Transaction, Saved], None] = lambda transaction, saved: None,
    ) -> Saved:  # fmt: skip
        """Check and publish. `expected`: the revision it replaces, 0 for a new one, None for any. `beside` is written
        in the same transaction.

        Raises Faulty, Conflict (changed meanwhile), NotFound (no such provider) and Refused (provider suspended).
        """
        if provider not in self._store.providers():
            raise NotFound(f"There is no provider {provider}.")
        return self.publish_checked(provider, self.check(provider, data), by, expected=expected, beside=beside)

    def publish_checked(
        self, provider: str, checked: Checked, by: By, *, expected: int | None = None,
        beside: Callable[[Transaction, Saved], None] = lambda transaction, saved: None,
    ) -> Saved:  # fmt: skip
        """Publish what was checked for this provider; as `publish`."""
        if checked.offering is None:
            raise Faulty(checked.problems)

        def write(transaction: Transaction) -> Saved:
            self._require_admission(transaction, provider)
            saved = save_one(transaction, checked.offering, checked.detected, by, expected)
            beside(transaction, saved)
            return saved

        return self._writer.do(write)

    def publish_all(self, provider: str, batch: Sequence[Checked], by: By) -> list[Saved]:
        """Publish offerings that were found right, in one transaction. Raises Refused (provider suspended)."""

        def write(transaction: Transaction) -> list[Saved]:
            self._require_admission(transaction, provider)
            return [save_one(transaction, checked.offering, checked.detected, by) for checked in batch]

        return self._writer.do(write)

    def withdraw(self, provider: str, code: str, by: By, *, expected: int | None = None) -> Saved:
        """Withdraw; once more changes nothing. Raises Conflict, and NotFound where there is no such offering."""

        def write(transaction: Transaction) -> Saved:
            saved = withdraw_one(transaction, provider, code, by, expected)
            if saved is None:
                raise NotFound(f"{provider} has no offering with the code {code}.")
            return saved

        return self._writer.do(write)

    def refuse_suspended(self, provider: str) -> None:
        """Raises Refused when the provider cannot publish now."""
        if self._standing.admissions().get(provider, Admission.ADMITTED) is not Admission.ADMITTED:
            raise Refused(_SUSPENDED)

    def _require_admission(self, transaction: Transaction, provider: str) -> None:
        if self._standing.admission(transaction, provider) is not Admission.ADMITTED:
            raise Refused(_SUSPENDED)
