"""An offering as the index keeps it: its terms, its facet values and what it can be ordered by."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log1p

from portal.model.catalog import CatalogEntry
from portal.model.codes import Codes
from portal.model.days import RunDays
from portal.model.provider import Provider
from portal.model.text import LANGUAGES, LocalizedText
from portal.search.analysis import Analyzer
from portal.search.analysis.tokens import tokens
from portal.search.facets import FACETS, NO_RUN, Subject
from portal.search.vocabulary import NO_VOCABULARY, Vocabulary

_WEIGHTS = {"title": 8.0, "keywords": 4.0, "summary": 2.0, "outcomes": 1.5, "description": 1.0}
"""How much a word counts by where it stands; the only table of weights."""


@dataclass(frozen=True)
class Reading:
    """What texts are read with."""

    analyzer: Analyzer
    vocabulary: Vocabulary = NO_VOCABULARY


@dataclass(frozen=True)
class IndexRun:
    """One run of a document: its days and its values of the run facets that do not depend on the day."""

    days: RunDays
    facets: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Document:
    """All that an engine needs of one offering. `impacts`: term → weight; ECTS in tenths, 0 when not stated.

    `runs` is never empty: an offering without runs has one that states nothing but its language and price.
    """

    id: str
    facets: Mapping[str, tuple[str, ...]]
    runs: tuple[IndexRun, ...]
    has_runs: bool
    ects: tuple[int, int]
    titles: Mapping[str, str]
    created: float
    impacts: Mapping[str, float]
    code: str = ""
    languages: tuple[str, ...] = ()
    """Languages in which there is a text to read, whatever their labels say."""

    def without_terms(self) -> "Document":
        """The same without what postings keep, to be lighter."""
        return replace(self, impacts={})

    def runs_that_count(self, today: dt.date) -> tuple[IndexRun, ...]:
        return tuple(run for run in self.runs if not run.days.have_ended(today)) or self.runs


def make_document(entry: CatalogEntry, provider: Provider, *, pok: bool, codes: Codes, reading: Reading) -> Document:
    """The document of a published offering."""
    offering = entry.offering
    subject = Subject(offering, provider, pok, codes)
    return Document(
        id=entry.id,
        facets={facet.name: tuple(facet.of_offering(subject)) for facet in FACETS if facet.of_offering},
        runs=tuple(
            IndexRun(run.days, {facet.name: tuple(facet.of_run(subject, run)) for facet in FACETS if facet.of_run})
            for run in offering.runs or (NO_RUN,)
        ),
        has_runs=bool(offering.runs),
        ects=offering.ects.tenths if offering.ects else (0, 0),
        titles={language: offering.title.choose(language).text for language in LANGUAGES},
        created=entry.created_at.timestamp() if entry.created_at else 0.0,
        impacts=_impacts(entry, reading),
        code=offering.code,
        languages=_languages(entry),
    )


def _languages(entry: CatalogEntry) -> tuple[str, ...]:
    offering = entry.as_read()
    return tuple(offering.description or offering.summary or offering.title)


def _impacts(entry: CatalogEntry, reading: Reading) -> dict[str, float]:
    offering = entry.as_read()
    impacts: dict[str, float] = {}
    _add(impacts, offering.title, "title", reading)
    for keyword in offering.keywords:
        _add(impacts, keyword, "keywords", reading)
    _add(impacts, offering.summary, "summary", reading)
    for outcome in offering.learning_outcomes:
        _add(impacts, outcome, "outcomes", reading)
    _add(impacts, offering.description, "description", reading)
    for token in (offering.code.lower(), *tokens(offering.code)):
        impacts[token] = impacts.get(token, 0.0) + _WEIGHTS["description"]
    return impacts


def _add(impacts: dict[str, float], texts: LocalizedText, place: str, reading: Reading) -> None:
    """Each language counts for itself, so that a translation into three languages is worth no more than one."""
    strongest: dict[str, float] = {}
    for language, text in texts.items():
        read = tokens(text)
        words = Counter(read)
        # Many words in a text thin out each of them; repetition counts less and less.
        dilution = 1.0 + log1p(words.total() / 20.0)
        counts: Counter[str] = Counter()
        for word, count in words.items():
            for term in reading.analyzer.document_terms(word, language):
                counts[term] += count
        atoms = [reading.analyzer.telling_atoms(word, language) for word in read]
        counts.update(term for _, _, term in reading.vocabulary.places(atoms, language))
        for term, count in counts.items():
            impact = _WEIGHTS[place] * (1.0 + log1p(count - 1)) / dilution
            strongest[term] = max(strongest.get(term, 0.0), impact)
    for term, impact in strongest.items():
        impacts[term] = impacts.get(term, 0.0) + impact
