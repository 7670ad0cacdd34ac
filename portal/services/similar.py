"""Finds proposals like what someone is about to wish, by the same reading of words as the search."""

import threading
from collections.abc import Mapping

from portal.model.catalog import CatalogEntry, State
from portal.model.codes import Codes
from portal.model.offering import Offering
from portal.model.proposal import Moderation, Proposal
from portal.model.proposal import State as Way
from portal.model.provider import Provider
from portal.model.query import SearchQuery
from portal.model.text import LocalizedText
from portal.search.document import Document, Reading, make_document
from portal.search.plan import Plan
from portal.services.clock import Clock
from portal.services.searching import Searching
from portal.store.proposals import ProposalStore

_NOBODY = Provider(id="nobody", type="other", name=LocalizedText({"fi": "-"}))
_JOINABLE = (Way.OPEN, Way.THRESHOLD_REACHED, Way.COMMITTED, Way.ENROLMENT_OPEN)
_LEAST = 0.5
_NEAR_THE_BEST = 0.3


class SimilarProposals:
    """Reads each visible proposal once, as if it were an offering, and again only when it has changed."""

    def __init__(
        self, proposals: ProposalStore, searching: Searching, reading: Reading, codes: Codes, clock: Clock
    ) -> None:
        self._proposals = proposals
        self._searching = searching
        self._reading = reading
        self._codes = codes
        self._clock = clock
        self._documents: dict[Proposal, Document] = {}
        self._lock = threading.Lock()

    def find(self, text: str, language: str, limit: int = 5) -> list[Proposal]:
        """Proposals that can be joined and cover at least half of the words, the best first."""
        plan = self._searching.understand(SearchQuery(text=text, language=language))
        if not plan.words:
            return []
        scored = [(_score(document, plan), proposal) for proposal, document in self._current().items()]
        least = max((score for score, _ in scored), default=0.0) * _NEAR_THE_BEST
        best = sorted((-score, proposal.id, proposal) for score, proposal in scored if score and score >= least)
        return [proposal for _, _, proposal in best[:limit]]

    def _current(self) -> dict[Proposal, Document]:
        visible = self._proposals.listing((Moderation.VISIBLE,), _JOINABLE)
        with self._lock:
            known = self._documents
            self._documents = {item: known.get(item) or self._document(item) for item in visible}
            return self._documents

    def _document(self, item: Proposal) -> Document:
        field = self._codes["fields"].labels.get(item.wish.field or "")
        offering = Offering(
            provider=_NOBODY.id,
            code=item.id,
            title=LocalizedText({item.text_language: item.wish.title}),
            description=LocalizedText({item.text_language: item.wish.text}),
            keywords=(field,) if field else (),
        )
        entry = CatalogEntry(item.id, State.PUBLISHED, 1, offering)
        return make_document(entry, _NOBODY, pok=False, codes=self._codes, reading=self._reading)


def _score(document: Document, plan: Plan) -> float:
    """What the covered words are worth together, near ones too; 0 when they are fewer than half."""
    worths = [_worth(document, {**word.weak, **word.forms}) for word in plan.words]
    for phrase in plan.phrases:
        found = [_worth(document, forms) for forms in phrase.words]
        if found and all(found):
            whole = phrase.worth * sum(found) / len(found)
            for place in range(phrase.begin, phrase.end):
                worths[place] = max(worths[place], whole)
    covered = sum(1 for worth in worths if worth)
    return sum(worths) if covered >= _LEAST * len(worths) else 0.0


def _worth(document: Document, terms: Mapping[str, float]) -> float:
    """The most that any of the terms is worth in the document; 0 when it has none."""
    return max(
        (worth * document.impacts[term] for term, worth in terms.items() if term in document.impacts), default=0.0
    )
