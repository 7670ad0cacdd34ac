"""Takes reports that something is wrong or outdated, and passes them to the provider and the operator."""

import datetime as dt

from portal.model.contact import Subject
from portal.model.errors import NotFound
from portal.model.feedback import Report
from portal.model.interest import Sender
from portal.model.proposal import Moderation
from portal.services.announcing import Announcing
from portal.services.catalog import Catalog
from portal.services.clock import Clock
from portal.services.forms import Forms
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.opinions import KeptReport, OpinionStore
from portal.store.proposals import ProposalStore
from portal.store.signals import SignalStore

MOST_MAILS_A_DAY = 5


class Reporting:
    """Reports tell nothing of their senders. Reading of the form: `portal.model.feedback.read_report`."""

    def __init__(
        self, opinions: OpinionStore, signals: SignalStore, catalog: Catalog, proposals: ProposalStore,
        announcing: Announcing, forms: Forms, writer: GroupCommit, clock: Clock,
    ) -> None:  # fmt: skip
        self._opinions = opinions
        self._signals = signals
        self._catalog = catalog
        self._proposals = proposals
        self._announcing = announcing
        self._forms = forms
        self._writer = writer
        self._clock = clock

    def form_key(self, kind: Subject, subject: str) -> str:
        return self._forms.new_key(f"report:{kind}:{subject}")

    def report(self, kind: Subject, subject: str, item: Report, *, form_key: str, sender: Sender) -> None:
        """Keep a report and tell the provider (of an offering) and the operator, by at most five mails a day and
        subject. The same form again does nothing. Raises NotFound and StaleForm."""
        purpose = f"report:{kind}:{subject}"
        self._forms.age(form_key, purpose)
        provider, title = None, ""
        if kind is Subject.OFFERING:
            shown = self._catalog.offering(subject)
            provider, title = shown.provider, shown.offering.title.choose("fi").text
        else:
            proposal = self._proposals.find(subject)
            if proposal is None or proposal.moderation is not Moderation.VISIBLE:
                raise NotFound(f"There is no proposal {subject}.")
            title = proposal.wish.title
        digest, at = self._forms.digest(form_key), self._clock()
        content = {"title": title, "reason": item.reason, "text": item.text}

        def write(transaction: Transaction) -> None:
            if self._signals.first_answer(transaction, digest) is not None:
                return
            self._forms.check(form_key, purpose)
            today = self._opinions.reports_since(transaction, kind, subject, at - dt.timedelta(days=1))
            number = self._opinions.add_report(transaction, kind, subject, item, sender.language, at)
            self._signals.keep_answer(transaction, digest, {"report": number}, None, at)
            if today < MOST_MAILS_A_DAY:
                name = f"report:{number}"
                if provider:
                    self._announcing.provider(transaction, provider, kind, subject, name, "report", content, at)
                self._announcing.operator(transaction, kind, subject, name, "report", content, at)

        self._writer.do(write)

    # The provider's desk

    def of_provider(self, provider_id: str) -> list[KeptReport]:
        """Reports on the provider's offerings: first those that nobody has seen to, the newest first."""
        return self._opinions.reports_of_provider(provider_id)

    def set_handled(self, provider_id: str, report_id: int, *, handled: bool) -> None:
        """Note that a report was seen to, or that it was not yet; raises NotFound for another provider's."""
        at = self._clock() if handled else None

        def write(transaction: Transaction) -> None:
            if not self._opinions.set_provider_handled(transaction, provider_id, report_id, at):
                raise NotFound(f"{provider_id} has no report {report_id}.")

        self._writer.do(write)

    # The moderator's

    def open_reports(self) -> list[KeptReport]:
        """What no moderator has handled yet, the oldest first; a provider's own note takes nothing from this list."""
        return self._opinions.open_reports()

    def handle(self, report_id: int) -> None:
        """A moderator has seen to it; raises NotFound."""
        at = self._clock()
        if not self._writer.do(lambda transaction: self._opinions.handle_report(transaction, report_id, at)):
            raise NotFound(f"There is no report {report_id}.")
