"""Marks the words of a text by which it was found, and picks the passage that tells most."""

import re
from typing import NamedTuple

from portal.search.analysis import Analyzer
from portal.search.analysis.tokens import normal, variants
from portal.search.plan import Plan
from portal.search.vocabulary import NO_VOCABULARY, Vocabulary

_WORD = re.compile(r"[^\W_]+[+#]{0,2}(?:[-–./'’&:][^\W_]+[+#]{0,2})*")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


class Piece(NamedTuple):
    """A piece of a text, and whether it is a found word."""

    text: str
    found: bool


class Highlighter:
    """Knows the terms of one plan."""

    def __init__(self, plan: Plan, analyzer: Analyzer, vocabulary: Vocabulary = NO_VOCABULARY) -> None:
        forms = [word.forms for word in plan.words] + [f for phrase in plan.phrases for f in phrase.words]
        self._terms = {term for terms in forms for term in terms}
        self._analyzer = analyzer
        self._vocabulary = vocabulary

    def pieces(self, text: str, language: str) -> list[Piece]:
        """The text in pieces; put together they are the text."""
        if not self._terms:
            return [Piece(text, False)]
        found, end = [], 0
        for begin, stop in self._places(text, language):
            found += [Piece(text[end:begin], False), Piece(text[begin:stop], True)]
            end = stop
        return [piece for piece in (*found, Piece(text[end:], False)) if piece.text]

    def passage(self, text: str, language: str, length: int) -> str:
        """The text from the sentence on whose next `length` characters hold most different found words.

        Where the first found word would be out of sight all the same, from a few words before it on.
        """
        places = self._places(text, language)
        if not places:
            return text
        starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]

        def told(start: int) -> int:
            return len({text[b:e].lower() for b, e in places if start <= b and e <= start + length})

        best = max(starts, key=told)
        if not told(best):
            best = text.rfind(" ", 0, max(0, places[0][0] - length // 3)) + 1
        return text[best:]

    def _places(self, text: str, language: str) -> list[tuple[int, int]]:
        """Begin and end of every found word, and of the words of a found name where they stand together."""
        matches = list(_WORD.finditer(text))
        found = {n for n, match in enumerate(matches) if self._is_found(match.group(), language)}
        if any(term.startswith("@") for term in self._terms):
            atoms = [self._analyzer.telling_atoms(normal(match.group()), language) for match in matches]
            for begin, end, term in self._vocabulary.places(atoms, language):
                if term in self._terms:
                    found |= set(range(begin, end))
        return [matches[n].span() for n in sorted(found)]

    def _is_found(self, word: str, language: str) -> bool:
        return any(
            not self._terms.isdisjoint(self._analyzer.document_terms(variant, language))
            for variant in variants(normal(word))
        )
