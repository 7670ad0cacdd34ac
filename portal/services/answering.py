"""Answers each form once: what was answered first is answered again, and nothing is written twice."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from portal.model.contact import Subject
from portal.model.interest import Level, Recorded, Sender
from portal.services.clock import Clock
from portal.services.forms import Forms
from portal.services.links import Linked, Links
from portal.services.persons import Persons
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.signals import SignalStore


@dataclass(frozen=True)
class Answer:
    """What a form did; kept as the first answer."""

    subject: str
    level: str
    replaced: bool
    confirm: bool


class Answering:
    """Runs what a form asks for and keeps its answer, in one transaction."""

    def __init__(
        self, signals: SignalStore, forms: Forms, persons: Persons, links: Links, writer: GroupCommit, clock: Clock
    ) -> None:
        self._signals = signals
        self._forms = forms
        self._persons = persons
        self._links = links
        self._writer = writer
        self._clock = clock

    def new_key(self, purpose: str) -> str:
        return self._forms.new_key(purpose)

    def is_hasty(self, form_key: str, purpose: str) -> bool:
        """True when the form came back faster than people write; raises StaleForm for a foreign key."""
        return self._forms.is_hasty(form_key, purpose)

    def once(
        self, form_key: str, purpose: str, sender: Sender, kind: Subject, act: Callable[[Transaction, str], Answer]
    ) -> Recorded:
        """What `act` did for this person, now or when the form came first; raises StaleForm, and what `act` raises.

        A browser is not told whether a confirmed person had a signal before: it may be another's browser.
        """
        self._forms.age(form_key, purpose)
        digest, at = self._forms.digest(form_key), self._clock()
        browser = sender.browser or self._persons.new_browser(form_key)
        key = self._persons.of_browser(browser)

        def write(transaction: Transaction) -> tuple[Answer, bool]:
            if first := self._signals.first_answer(transaction, digest):
                return Answer(**first), True
            self._forms.check(form_key, purpose)
            person = self._signals.person_of(transaction, key)
            answer = act(transaction, person)
            answer = replace(answer, replaced=answer.replaced and person == key)
            self._signals.keep_answer(transaction, digest, asdict(answer), person, at)
            return answer, False

        answer, repeated = self._writer.do(write)
        return Recorded(
            subject=answer.subject,
            browser=browser,
            level=Level(answer.level),
            replaced=answer.replaced,
            confirm=answer.confirm,
            withdraw_token=self._links.token("withdraw", Linked("", key, kind, answer.subject)),
            repeated=repeated,
        )
