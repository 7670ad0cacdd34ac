"""Puts mail about a proposal in the outbox, as part of the write that it tells of."""

import datetime as dt
from collections.abc import Mapping

from portal.model.codes import Codes
from portal.model.contact import Letter, Subject
from portal.model.proposal import Proposal, Step
from portal.model.provider import Provider
from portal.services.persons import Persons
from portal.services.routing import providers_for
from portal.store.catalog import CatalogStore
from portal.store.database import Transaction
from portal.store.letters import LetterStore
from portal.store.people import PeopleStore
from portal.store.proposals import ProposalStore


class Announcing:
    """Letters to followers in their own languages, to providers of the field, and to the operator."""

    def __init__(
        self, letters: LetterStore, people: PeopleStore, proposals: ProposalStore, catalog: CatalogStore,
        persons: Persons, codes: Codes, operator_email: str = "",
    ) -> None:  # fmt: skip
        self._letters = letters
        self._people = people
        self._proposals = proposals
        self._catalog = catalog
        self._persons = persons
        self._codes = codes
        self._operator_email = operator_email

    def step(
        self, transaction: Transaction, item: Proposal, step: Step, name: str, at: dt.datetime, *, reason: str = "",
        provider: Provider | None = None, other: str | None = None,
    ) -> None:  # fmt: skip
        """Tell followers of a step. `name` makes it one of its kind: nobody is told of the same name twice."""
        promise = self._proposals.commitment_within(transaction, item.id)
        content: dict[str, object] = {"step": str(step), "title": item.wish.title, "reason": reason, "other": other}
        if provider:
            content["provider"] = dict(provider.name)
        if promise:
            content |= {
                "start": promise.start.isoformat(),
                "price_cents": promise.price_cents,
                "min_group": promise.min_group,
                "max_group": promise.max_group,
                "offering": promise.offering,
            }
        for follower in self._people.followers(transaction, Subject.PROPOSAL, item.id):
            letter = Letter(
                follower.contact, Subject.PROPOSAL, item.id, name, "proposal_step", follower.language, content
            )
            self._letters.enqueue(transaction, letter, at)

    def ask_for_feedback(self, transaction: Transaction, item: Proposal, offering_id: str, at: dt.datetime) -> None:
        """One link each to learners who followed a run that was held; employers are not asked."""
        title = dict(self._catalog.find(offering_id).as_read().title)
        employers = self._proposals.employers_among(transaction, item.id)
        for follower in self._people.followers(transaction, Subject.PROPOSAL, item.id):
            if follower.contact not in employers:
                letter = Letter(
                    follower.contact, Subject.PROPOSAL, item.id, "feedback", "feedback", follower.language,
                    {"title": title, "offering": offering_id},
                )  # fmt: skip
                self._letters.enqueue(transaction, letter, at)

    def providers(self, transaction: Transaction, item: Proposal, step: Step, at: dt.datetime) -> None:
        """Tell the providers that the wish concerns, each once a step."""
        content = {"step": str(step), "title": item.wish.title, "text": item.wish.text}
        for provider in providers_for(item.wish, self._catalog.providers().values(), self._codes):
            name = f"{step}:{provider.id}"
            self.provider(transaction, provider, Subject.PROPOSAL, item.id, name, "provider_proposal", content, at)

    def provider(
        self, transaction: Transaction, provider: Provider, kind: Subject, subject: str, name: str, template: str,
        content: Mapping[str, object], at: dt.datetime,
    ) -> None:  # fmt: skip
        if provider.contact_email:
            letter = Letter(
                self._persons.of_address(provider.contact_email), kind, subject, name, template,
                _language_of(provider), content, address=provider.contact_email,
            )  # fmt: skip
            self._letters.enqueue(transaction, letter, at)

    def operator(
        self, transaction: Transaction, kind: Subject, subject: str, name: str, template: str,
        content: Mapping[str, object], at: dt.datetime,
    ) -> None:  # fmt: skip
        if self._operator_email:
            key = self._persons.of_address(self._operator_email)
            letter = Letter(key, kind, subject, name, template, "fi", content, address=self._operator_email)
            self._letters.enqueue(transaction, letter, at)


def _language_of(provider: Provider) -> str:
    """Swedish for a provider whose name is Swedish in Finnish too, else Finnish."""
    name = provider.name
    return "sv" if "sv" in name and name.get("fi", name["sv"]) == name["sv"] else "fi"
