"""Reads a query as a person would: credits, codes, providers, words in any form, other names of the same thing."""
from collections.abc import Iterable, Mapping

from portal.model.provider import Provider
from portal.model.query import MAX_WORDS
from portal.search.analysis import Analyzer
from portal.search.analysis.tokens import fold, parts, words
from portal.search.columns import code_key
from portal.search.lexicon import Lexicon
from portal.search.plan import Phrase, Plan, PlannedWord, Understood
from portal.search.scope_words import find_scope
from portal.search.small_words import MODES, OF_EVERY_OFFERING, STOP_WORDS
from portal.search.vocabulary import Concept, Vocabulary

_LONGEST_NAME = 6
_LONGEST_CONCEPT = 4
_MENDED = {1: 0.75, 2: 0.55}
_COMPLETED = 0.5
_SYNONYM, _TRANSLATION = 0.8, 0.75
_APART, _TOGETHER = 0.8, 0.95
_SHORTEST_PART = 4
_SHORTEST_PREFIX = 4


class Understanding:
    """Makes plans; holds what does not change between queries."""

    def __init__(self, analyzer: Analyzer, vocabulary: Vocabulary, providers: Mapping[str, Provider]) -> None:
        self.analyzer = analyzer
        self._vocabulary = vocabulary
        self._names, self._short_names = _provider_names(analyzer, providers.values())

    def plan(self, text: str, language: str, lexicon: Lexicon, *, literal: bool = False) -> Plan:
        """What the query asks for, for a reader of `language`. `literal`: the words as typed, and nothing else."""
        wish = None if literal else find_scope(text)
        rest = wish.rest if wish else text
        typed = rest.split()
        every = words(rest)[:MAX_WORDS]
        mode = next((name for name, said in MODES.items() if said & set(every)), "") if len(every) > 1 else ""
        chosen = every if literal else _telling(every, language, mode)
        if literal:
            planned = tuple(PlannedWord(word, {word: 1.0}, {}) for word in chosen)
            return Plan(" ".join(every), language, planned, code=code_key(text))
        reading = _Reading(self, chosen, language, lexicon, set(typed), sole=len(chosen) == len(every))
        reading.read()
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
            ects_min=wish.least if wish else None,
            ects_max=wish.most if wish else None,
            mode=mode,
            understood=tuple(told),
            did_you_mean=_replaced(text, reading.mended),
        )

    def concepts(self, phrase: str, language: str) -> list[Concept]:
        """Concepts that a phrase names: in the reader's language first, else in any."""
        found: dict[str, Concept] = {}
        for code in dict.fromkeys((language, *self.analyzer.languages)):
            for concept in self._vocabulary.find(self.analyzer.key(phrase, code), code):
                found.setdefault(concept.id, concept)
        return list(found.values())

    def providers(self, phrase: list[str], typed: set[str], *, sole: bool) -> tuple[str, ...]:
        """Providers that a phrase names; a short name that is also a word must be typed as the provider writes it."""
        joined = " ".join(phrase)
        if len(phrase) == 1:
            short = self._short_names.get(joined, {})
            exact = tuple(provider for provider, name in short.items() if name in typed)
            if exact or sole or not self.analyzer.known_in(joined):
                found = exact or tuple(short)
                if found:
                    return found
        for code in self.analyzer.languages:
            found = self._names.get(self.analyzer.key(joined, code))
            if found:
                return found
        return self._names.get(joined, ())


class _Reading:
    """The work of reading one query's words."""

    def __init__(
        self, understanding: Understanding, chosen: list[str], language: str, lexicon: Lexicon, typed: set[str], *, sole: bool
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
        named = self._read_providers()
        meant = self._read_concepts(named)
        self._read_joined()
        for number, word in enumerate(self._chosen):
            forms = self._analyzer.query_forms(word, self._language)
            weak = self._analyzer.weak_forms(word, self._language)
            self._read_hyphens(number, word, forms)
            self._read_compound(number, word)
            if number not in named | meant:
                self._mend(word, forms)
                self.understood.append(Understood("topic", self.mended.get(word, word)))
            self.planned.append(PlannedWord(word, forms, weak))

    def _windows(self, longest: int) -> Iterable[tuple[int, int, list[str]]]:
        for length in range(min(longest, len(self._chosen)), 0, -1):
            for begin in range(len(self._chosen) - length + 1):
                yield begin, begin + length, self._chosen[begin : begin + length]

    def _read_providers(self) -> set[int]:
        named: set[int] = set()
        for begin, end, window in self._windows(_LONGEST_NAME):
            if named & set(range(begin, end)):
                continue
            sole = self._sole and len(window) == len(self._chosen)
            found = self._by.providers(window, self._typed, sole=sole)
            if found:
                named |= set(range(begin, end))
                self.phrases.append(Phrase(begin, end, 1.0, providers=found))
                self.understood.append(Understood("provider", found[0]))
        return named

    def _read_concepts(self, named: set[int]) -> set[int]:
        """Other names of what a window of words means; a longer window hides the ones within it."""
        meant: set[int] = set()
        for begin, end, window in self._windows(_LONGEST_CONCEPT):
            places = set(range(begin, end))
            if places & (named | meant):
                continue
            phrase = " ".join(window)
            concepts = self._by.concepts(phrase, self._language)
            if not concepts:
                continue
            meant |= places
            also: list[str] = []
            for concept in concepts[:3]:
                for code, labels in concept.labels.items():
                    for place, label in enumerate(labels):
                        self._add_name(begin, end, label, code)
                        if place == 0 and label.lower() != phrase:
                            also.append(label)
            self.understood.append(Understood("topic", phrase, tuple(dict.fromkeys(also))[:3]))
        return meant

    def _add_name(self, begin: int, end: int, label: str, code: str) -> None:
        named = [word for word in words(label) if word not in STOP_WORDS[code]]
        if named:
            worth = _SYNONYM if code == self._language else _TRANSLATION
            forms = tuple(self._analyzer.forms_in(word, code) for word in named)
            self.phrases.append(Phrase(begin, end, worth, forms))

    def _read_joined(self) -> None:
        """Words that belong together: `data skydd` is dataskydd."""
        for begin, (first, second) in enumerate(zip(self._chosen, self._chosen[1:], strict=False)):
            joined = first + second
            if joined in self._lexicon or self._analyzer.known_in(joined):
                forms = self._analyzer.query_forms(joined, self._language)
                self.phrases.append(Phrase(begin, begin + 2, _TOGETHER, (forms,)))

    def _read_hyphens(self, number: int, word: str, forms: dict[str, float]) -> None:
        pieces = parts(word)
        if pieces:
            forms |= self._analyzer.query_forms("".join(pieces), self._language) | forms
            told = tuple(self._analyzer.query_forms(piece, self._language) for piece in pieces)
            self.phrases.append(Phrase(number, number + 1, _TOGETHER, told))

    def _read_compound(self, number: int, word: str) -> None:
        """`hiilijalanjälkilaskenta` also stands as `hiilijalanjäljen laskenta`."""
        for code in self._analyzer.known_in(word):
            analysed = self._analyzer.analyse(word, code)
            for lemma in analysed.lemmas[:1]:
                for first, last in _halves(lemma, analysed.parts):
                    forms = (self._analyzer.forms_in(first, code), self._analyzer.forms_in(last, code))
                    self.phrases.append(Phrase(number, number + 1, _APART, forms))

    def _mend(self, word: str, forms: dict[str, float]) -> None:
        """Only a word that no dictionary and no offering knows may be a slip; what is known is meant."""
        if word in self._lexicon or self._analyzer.known_in(word) or not word.isalpha():
            return
        near = self._lexicon.near(word) or self._lexicon.near(fold(word))
        for candidate, distance in near:
            for term, worth in self._analyzer.query_forms(candidate, self._language).items():
                forms[term] = max(forms.get(term, 0.0), worth * _MENDED[max(distance, 1)])
        if near:
            self.mended[word] = near[0][0]
        elif len(word) >= _SHORTEST_PREFIX:
            for candidate in self._lexicon.starting(word, 10):
                forms.setdefault(candidate, _COMPLETED)


def _telling(every: list[str], language: str, mode: str) -> list[str]:
    """Words that tell what is wanted; all of them when none does."""
    said = MODES.get(mode, frozenset())
    told = [word for word in every if word not in STOP_WORDS[language] and word not in OF_EVERY_OFFERING and word not in said]
    return list(dict.fromkeys(told or every))


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


def _provider_names(
    analyzer: Analyzer, providers: Iterable[Provider]
) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, str]]]:
    """Long names by key → ids; one-word names and abbreviations in lower case → id → as the provider writes it."""
    names: dict[str, list[str]] = {}
    short: dict[str, dict[str, str]] = {}
    for provider in providers:
        for language, name in [*provider.name.items(), *(("fi", alias) for alias in provider.aliases)]:
            if len(words(name)) > 1:
                for key in (" ".join(words(name)), analyzer.key(name, language)):
                    names.setdefault(key, []).append(provider.id)
            else:
                short.setdefault(name.lower(), {})[provider.id] = name
        for abbreviation in provider.abbreviations:
            short.setdefault(abbreviation.lower(), {})[provider.id] = abbreviation
    return {key: tuple(dict.fromkeys(ids)) for key, ids in names.items()}, short
