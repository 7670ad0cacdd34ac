"""Reads a query as a person would: credits, codes, providers, words in any form, other names of the same thing."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from portal.model.provider import Provider
from portal.model.query import MAX_WORDS
from portal.search.analysis import Analyzer
from portal.search.analysis.tokens import fold, parts, words
from portal.search.concept_names import ConceptNames
from portal.search.lexicon import Lexicon
from portal.search.plan import Phrase, Plan, PlannedWord, Understood
from portal.search.provider_names import ProviderNames
from portal.search.scope_words import find_scope
from portal.search.small_words import MODES, OF_EVERY_OFFERING, STOP_WORDS, WISHES
from portal.search.table import code_key
from portal.search.vocabulary import LONGEST_NAME as LONGEST_CONCEPT
from portal.search.vocabulary import Concept, Vocabulary

_LONGEST_NAME = 6
_MENDED = {1: 0.75, 2: 0.55}
_COMPLETED = 0.5
_COMPLETIONS = 30
_NAMED = 0.9
_APART, _TOGETHER = 0.8, 0.95
_ALONE = 0.6
_SHORTEST_PART = 4
_MOST_CONCEPTS = 3
_SHORTEST_PREFIX = 4


class Understanding:
    """Makes plans; holds what does not change between queries."""

    def __init__(self, analyzer: Analyzer, vocabulary: Vocabulary, providers: Mapping[str, Provider]) -> None:
        self.analyzer = analyzer
        self.concepts = ConceptNames(analyzer, vocabulary)
        self._vocabulary = vocabulary
        self.providers = ProviderNames(analyzer, providers.values())

    def plan(
        self, text: str, language: str, lexicon: Lexicon, *, literal: bool = False, completing: bool = False
    ) -> Plan:
        """What the query asks for, for a reader of `language`. `literal`: the words as typed, and nothing else.

        `completing`: the last word is only begun.
        """
        wish = None if literal else find_scope(text)
        rest = wish.rest if wish else text
        typed = rest.split()
        every = words(rest)[:MAX_WORDS]
        mode = next((name for name, said in MODES.items() if said & set(every)), "") if len(every) > 1 else ""
        chosen = every if literal else _telling(every, language, mode, self._names_in(every, language), wish is None)
        if literal:
            planned = tuple(PlannedWord(word, {word: 1.0}, {}) for word in chosen)
            return Plan(" ".join(every), language, planned, code=code_key(text), impossible=not chosen)
        reading = _Reading(self, chosen, language, lexicon, set(typed), sole=len(chosen) == len(every))
        reading.read()
        if completing:
            reading.complete_last()
        told = list(reading.understood)
        if wish:
            told.append(Understood("scope", wish.told))
        if mode:
            told.append(Understood("mode", mode))
        return Plan(
            text=" ".join(every),
            language=language,
            words=tuple(reading.planned),
            phrases=tuple(reading.phrases),
            code=code_key(text),
            impossible=not (chosen or wish),
            ects_min=wish.least if wish else None,
            ects_max=wish.most if wish else None,
            mode=mode,
            understood=tuple(told),
            did_you_mean=_replaced(text, reading.mended),
        )

    def _names_in(self, every: list[str], language: str) -> set[str]:
        """Small words that belong to a name: `learning` in machine learning, `ja` in sosiaali- ja terveysala."""
        return {
            word
            for length in range(2, LONGEST_CONCEPT + 1)
            for begin in range(len(every) - length + 1)
            if self.concepts.named(" ".join(every[begin : begin + length]), language)
            for word in every[begin : begin + length]
        }

    @cached_property
    def _labels(self) -> Lexicon:
        """Names of one word; made when a slip is first typed."""
        every = (label for concept in self._vocabulary for labels in concept.labels.values() for label in labels)
        return Lexicon({label.lower(): 1 for label in every if label.isalpha()})

    def near(self, word: str, lexicon: Lexicon) -> list[tuple[str, int]]:
        """Words that `word` may be a slip of: the index's own, else names in the vocabulary."""
        return lexicon.near(word) or lexicon.near(fold(word)) or self._labels.near(word)


class _Reading:
    """The work of reading one query: its words become units, each a provider, a concept or a word of its own."""

    def __init__(
        self,
        understanding: Understanding,
        chosen: list[str],
        language: str,
        lexicon: Lexicon,
        typed: set[str],
        *,
        sole: bool,
    ) -> None:
        self._by = understanding
        self._analyzer = understanding.analyzer
        self._chosen = chosen
        self._language = language
        self._lexicon = lexicon
        self._typed = typed
        self._sole = sole
        self.planned: list[PlannedWord] = []
        self.phrases: list[Phrase] = []
        self.understood: list[Understood] = []
        self.mended: dict[str, str] = {}

    def read(self) -> None:
        units = self._segments()
        for number, (kind, window, meant) in enumerate(units):
            if kind == "provider":
                self._read_provider(number, window, meant)
            elif kind in ("concept", "akin"):
                self._read_concept(number, window, meant)
            else:
                self._read_word(number, window[0])
                if window[0] not in self.mended:  # what may have been meant is told apart, as a question
                    self.understood.append(Understood("topic", window[0]))
        for number in range(len(units) - 1):
            self._read_joined(number, units[number][1], units[number + 1][1])

    def complete_last(self) -> None:
        """Words of the index that begin like the last one stand for it as well."""
        if self.planned:
            last = self.planned[-1]
            begun = {word: _COMPLETED for word in self._lexicon.starting(self._chosen[-1], _COMPLETIONS)}
            self.planned[-1] = PlannedWord(last.text, begun | dict(last.forms), last.weak)

    def _segments(self) -> list[tuple[str, list[str], list]]:
        """The longest names of providers first, then of concepts; what is left are words."""
        taken: dict[int, tuple[str, list[str], list]] = {}
        for kind, begin, window in self._windows():
            places = range(begin, begin + len(window))
            if any(place in taken for place in places):
                continue
            meant = self._meant(kind, window)
            if meant:
                taken |= {place: ("", [], []) for place in places}
                taken[begin] = (kind, window, meant)
        units = [taken.get(place, ("word", [word], [])) for place, word in enumerate(self._chosen)]
        return [unit for unit in units if unit[0]]

    def _windows(self) -> Iterator[tuple[str, int, list[str]]]:
        for kinds, longest in ((("provider",), _LONGEST_NAME), (("concept", "akin"), LONGEST_CONCEPT)):
            for length in range(min(longest, len(self._chosen)), 0, -1):
                for kind in kinds:
                    for begin in range(len(self._chosen) - length + 1):
                        yield kind, begin, self._chosen[begin : begin + length]

    def _meant(self, kind: str, window: list[str]) -> list:
        if kind == "provider":
            sole = self._sole and len(window) == len(self._chosen)
            return list(self._by.providers.find(window, self._typed, sole=sole))
        named_by = self._by.concepts.named if kind == "concept" else self._by.concepts.akin
        return named_by(" ".join(window), self._language)

    def _read_provider(self, number: int, window: list[str], providers: list[str]) -> None:
        self.planned.append(PlannedWord(" ".join(window), {}, {}))
        self.phrases.append(Phrase(number, number + 1, 1.0, providers=tuple(providers)))
        self._all_of(number, window)
        self.understood.append(Understood("provider", providers[0]))

    def _read_concept(self, number: int, window: list[str], concepts: list[Concept]) -> None:
        """What it is called elsewhere counts nearly as much; words of a longer name count only together."""
        phrase = " ".join(window)
        weak = {t: w for concept in concepts for t, w in self._by.concepts.near_terms(concept.id).items()}
        if len(window) == 1:
            self._read_word(number, phrase, weak)
        else:
            telling = [word for word in window if word not in STOP_WORDS[self._language]]
            alone = {
                t: w * _ALONE for word in telling for t, w in self._analyzer.query_forms(word, self._language).items()
            }
            self.planned.append(PlannedWord(phrase, {}, weak | alone))
        also = self._add_names(number, concepts, 1.0 if len(window) > 1 else _NAMED)
        key = self._analyzer.key(phrase, self._language)
        told = [label for label in also if self._analyzer.key(label, self._language) != key]
        self.understood.append(Understood("topic", phrase, tuple(dict.fromkeys(told))[:3]))

    def _add_names(self, number: int, concepts: list[Concept], worth: float = _NAMED) -> list[str]:
        """Let every name of the concepts stand for the unit; the preferred names."""
        terms: dict[str, float] = {}
        for concept in concepts[:_MOST_CONCEPTS]:
            for term, share in self._by.concepts.terms(concept.id, self._language).items():
                terms[term] = max(terms.get(term, 0.0), min(1.0, share / worth))
        if terms:
            self.phrases.append(Phrase(number, number + 1, worth, (terms,)))
        return [labels[0] for concept in concepts[:_MOST_CONCEPTS] for labels in concept.labels.values()]

    def _read_word(self, number: int, word: str, near: Mapping[str, float] = MappingProxyType({})) -> None:
        forms = self._analyzer.query_forms(word, self._language)
        pieces = parts(word)
        if pieces:
            forms = self._analyzer.query_forms("".join(pieces), self._language) | forms
            self._all_of(number, list(pieces), _TOGETHER)
        self._read_compound(number, word)
        self._mend(word, forms)
        if meant := self.mended.get(word):
            self._add_names(number, self._by.concepts.named(meant, self._language))
        weak = dict(near) | self._analyzer.weak_forms(word, self._language)
        self.planned.append(PlannedWord(word, forms, weak))

    def _all_of(self, number: int, window: list[str], worth: float = 1.0) -> None:
        forms = tuple(self._analyzer.query_forms(word, self._language) for word in window)
        self.phrases.append(Phrase(number, number + 1, worth, forms))

    def _read_joined(self, number: int, window: list[str], following: list[str]) -> None:
        """Words that belong together: `data skydd` is dataskydd."""
        joined = window[-1] + following[0]
        if len(window) == len(following) == 1 and (joined in self._lexicon or self._analyzer.known_in(joined)):
            forms = self._analyzer.query_forms(joined, self._language)
            self.phrases.append(Phrase(number, number + 2, _TOGETHER, (forms,)))

    def _read_compound(self, number: int, word: str) -> None:
        """`hiilijalanjälkilaskenta`, which no text has, may stand as `hiilijalanjäljen laskenta`."""
        for code in self._analyzer.languages:
            analysed = self._analyzer.analyse(word, code)
            lemma = self._analyzer.lemma(word, code)
            if lemma in self._lexicon:
                return
            for first, last in _halves(lemma, analysed.parts or analysed.pieces):
                forms = (self._analyzer.forms_in(first, code), self._analyzer.forms_in(last, code))
                self.phrases.append(Phrase(number, number + 1, _APART, forms))

    def _mend(self, word: str, forms: dict[str, float]) -> None:
        """Only a word that no dictionary and no offering knows may be a slip; what is known is meant."""
        if word in self._lexicon or self._analyzer.known_in(word) or not word.isalpha():
            return
        near = self._by.near(word, self._lexicon)
        for candidate, distance in near:
            for term, worth in self._analyzer.query_forms(candidate, self._language).items():
                forms[term] = max(forms.get(term, 0.0), worth * _MENDED[max(distance, 1)])
        if near:
            self.mended[word] = near[0][0]
        elif len(word) >= _SHORTEST_PREFIX:
            for candidate in self._lexicon.starting(word, 10):
                forms.setdefault(candidate, _COMPLETED)


def _telling(every: list[str], language: str, mode: str, named: set[str], needed: bool) -> list[str]:
    """Words that tell what is wanted; when none does, all of them if any is `needed` (credits may be wish enough)."""
    small = STOP_WORDS[language] | WISHES[language] | OF_EVERY_OFFERING | MODES.get(mode, frozenset())
    told = [word for word in every if word in named or word not in small]
    return list(dict.fromkeys(told or (every if needed else ())))


def _halves(lemma: str, compound: tuple[str, ...]) -> list[tuple[str, str]]:
    """Ways to write a compound as two words of four letters or more."""
    return [
        (first, last)
        for last in compound
        for first in compound
        if len(last) >= _SHORTEST_PART
        and len(first) >= _SHORTEST_PART
        and lemma.endswith(last)
        and lemma.startswith(first[:-2])
        and abs(len(first) + len(last) - len(lemma)) <= 2
    ][:2]


def _replaced(text: str, mended: Mapping[str, str]) -> str:
    return " ".join(mended.get(word, word) for word in words(text)) if mended else ""
