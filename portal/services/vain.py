"""Notes searches that found nothing and why, and what kept searchers from choosing; never who searched."""

import re
from dataclasses import replace

from portal.model.errors import Rejected
from portal.model.feedback import UNSUITABLE_REASONS
from portal.model.form import CHOOSE
from portal.model.private_data import looks_private
from portal.model.query import SearchQuery
from portal.model.searched import Frequent, Searched, Verdict
from portal.search.analysis.tokens import words
from portal.services.clock import Clock
from portal.services.persons import Persons
from portal.services.searching import SearchAnswer, Searching
from portal.services.writing import GroupCommit
from portal.store.database import Transaction
from portal.store.searches import SearchStore

MIN_SEARCHERS = 5
_ROBOT = re.compile(
    r"bot\b|bot[/-]|crawl|spider|slurp|monitor|uptime|pingdom|check|scan|curl|wget|python|java/|go-http|httpclient"
    r"|headless|lighthouse|preview|facebookexternalhit|feed",
    re.IGNORECASE,
)
_MAX_WORDS, _MAX_FILTERS = 200, 500


class SearchesInVain:
    """Searches of people that found nothing. `trace` tells searchers apart within a month and is not kept."""

    def __init__(
        self, searches: SearchStore, searching: Searching, persons: Persons, writer: GroupCommit, clock: Clock
    ) -> None:
        self._searches = searches
        self._searching = searching
        self._persons = persons
        self._writer = writer
        self._clock = clock

    def note(self, answer: SearchAnswer, *, trace: str, agent: str) -> Verdict | None:
        """Note a search that found nothing; why, or None when it found something or was not kept.

        trace: what tells this searcher from others (network address and browser); only its keyed hash is kept, and the
        key is destroyed at the end of the month. agent: the browser's name; robots and monitors are not kept.
        Searches with words that look private are not kept at all.
        """
        query = answer.query
        if answer.total or answer.degraded or query.page > 1 or not (query.text or query.is_filtered):
            return None
        if is_robot(agent):
            return Verdict.ROBOT
        item = searched(query)
        if looks_private(query.text) or looks_private(item.words):
            return None
        verdict, day = self._judge(answer), self._clock().date()
        searcher = self._persons.searcher(trace, f"{day:%Y-%m}")

        def write(transaction: Transaction) -> None:
            self._searches.note_vain(transaction, item, verdict, searcher, day)

        self._writer.do(write)
        return verdict

    def not_suitable(self, query: SearchQuery, reason: str, *, trace: str, agent: str) -> bool:
        """Note why nothing that was found suited (level, time, language, price, place, content); False when it was not
        kept. Raises Rejected for another reason."""
        if reason not in UNSUITABLE_REASONS:
            raise Rejected({"reason": CHOOSE})
        if is_robot(agent) or looks_private(query.text):
            return False
        item, day = searched(query), self._clock().date()
        searcher = self._persons.searcher(trace, f"{day:%Y-%m}")

        def write(transaction: Transaction) -> None:
            self._searches.note_unsuitable(transaction, item, reason, searcher, day)

        self._writer.do(write)
        return True

    def frequent(self) -> list[Frequent]:
        """What at least five people searched in vain within one month, in the last year; exact numbers, for providers'
        desks and for the build of demand, which rounds them."""
        since = self._clock().date().replace(day=1)
        return self._searches.frequent(MIN_SEARCHERS, since.replace(year=since.year - 1))

    def _judge(self, answer: SearchAnswer) -> Verdict:
        """Without its filters first; then as it was probably meant, which an exact search never tries by itself."""
        query = _unfiltered(answer.query)
        if answer.query.is_filtered and self._searching.count(query):
            return Verdict.OVER_FILTERED
        free = replace(query, literal=False)
        meant = self._searching.understand(free).did_you_mean
        if meant and self._searching.count(replace(free, text=meant)):
            return Verdict.TYPING_ERROR
        return Verdict.NOTHING_EXISTS


def is_robot(agent: str) -> bool:
    """True for the names of robots, monitors and programs, and for none at all."""
    return not agent.strip() or bool(_ROBOT.search(agent))


def searched(query: SearchQuery) -> Searched:
    """The query as it is kept: words in small letters without signs, filters in order."""

    def single(name: str) -> str | None:
        values = query.filters.get(name, ())
        return values[0] if len(values) == 1 else None

    pairs = sorted(pair for pair in query.pairs() if pair[0] not in ("q", "sort", "literal"))
    return Searched(
        words=" ".join(words(query.text))[:_MAX_WORDS],
        language=query.language,
        filters="&".join(f"{name}={value}" for name, value in pairs)[:_MAX_FILTERS],
        field=single("field"),
        region=single("region"),
        mode=single("mode"),
        taught_in=single("language"),
        scope=single("scope"),
    )


def _unfiltered(query: SearchQuery) -> SearchQuery:
    return replace(query, filters={}, ects_min=None, ects_max=None, page=1)
