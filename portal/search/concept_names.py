"""Finds the concepts that a phrase names, and the terms under which texts are found that name them."""

from functools import lru_cache

from portal.search.analysis import Analyzer
from portal.search.analysis.tokens import words
from portal.search.vocabulary import Concept, Vocabulary, concept_term

_SYNONYM, _TRANSLATION = 0.8, 0.75
_OTHER_NAME = 0.9
_NEAR = 0.5
_SHORTEST_FOREIGN = 6
_KEPT = 5_000


class ConceptNames:
    """A vocabulary as queries use it."""

    def __init__(self, analyzer: Analyzer, vocabulary: Vocabulary) -> None:
        self._analyzer = analyzer
        self._vocabulary = vocabulary
        self.terms = lru_cache(maxsize=_KEPT)(self._terms)
        self.near_terms = lru_cache(maxsize=_KEPT)(self._near_terms)

    def named(self, phrase: str, language: str) -> list[Concept]:
        """Concepts that a phrase names: in the reader's language, else in any.

        A short word that the reader's language has is not taken for another one's: an English `barn` is no child.
        """
        found: dict[str, Concept] = {}
        for code in self._languages_of(phrase, language):
            key = self._analyzer.key(phrase, code)
            concepts = self._vocabulary.find(key, code)
            # What has it for its first name is meant before what is only called so as well.
            concepts.sort(
                key=lambda concept, code=code, key=key: self._analyzer.key(concept.labels[code][0], code) != key
            )
            found |= {concept.id: concept for concept in concepts if concept.id not in found}
            if found and code == language:
                break
        return list(found.values())

    def akin(self, phrase: str, language: str) -> list[Concept]:
        """Concepts that a phrase may name in other forms or another order; each of its words must tell something."""
        for code in self._languages_of(phrase, language):
            found = self._vocabulary.akin(self._analyzer.gist(phrase, code), code)
            if found and all(self._analyzer.telling_atoms(word, code) for word in words(phrase)):
                return found
        return []

    def _languages_of(self, phrase: str, language: str) -> list[str]:
        """Languages that a phrase may be in, the reader's first."""
        own = len(phrase) < _SHORTEST_FOREIGN and self._analyzer.analyse(phrase, language).known
        return [language] if own else list(dict.fromkeys((language, *self._analyzer.languages)))

    def _terms(self, concept_id: str, language: str) -> dict[str, float]:
        """Terms of a concept with their worth: its own, and the forms of its names of one word.

        Names of several words are found by the concept's own term. Preferred names and the reader's language count more.
        """
        terms: dict[str, float] = {}
        for code, labels in self._vocabulary[concept_id].labels.items():
            for place, label in enumerate(labels):
                share = (_SYNONYM if code == language else _TRANSLATION) * (_OTHER_NAME if place else 1.0)
                named = words(label)
                forms = self._analyzer.forms_in(named[0], code) if len(named) == 1 else {}
                for term, worth in forms.items():
                    terms[term] = max(terms.get(term, 0.0), worth * share)
        return terms | {concept_term(concept_id): 1.0}

    def _near_terms(self, concept_id: str) -> dict[str, float]:
        """Terms of the concepts that are close to one, by their preferred names: enough to be related."""
        terms: dict[str, float] = {}
        for near in self._vocabulary.near(self._vocabulary[concept_id]):
            terms[concept_term(near.id)] = _NEAR
            for code, labels in near.labels.items():
                if len(words(labels[0])) == 1:
                    terms[f"{code}={self._analyzer.lemma(words(labels[0])[0], code)}"] = _NEAR
        return terms
