"""Marks the words of a text by which it was found, and picks the passage that tells most."""

import re
from typing import NamedTuple

from portal.search.analysis import Analyzer
from portal.search.analysis.tokens import normal, variants
from portal.search.plan import Plan

_WORD = re.compile(r"[^\W_]+[+#]{0,2}(?:[-–./'’&:][^\W_]+[+#]{0,2})*")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


class Piece(NamedTuple):
    """A piece of a text, and whether it is a found word."""

    text: str
    found: bool


class Highlighter:
    """Knows the terms of one plan."""

    def __init__(self, plan: Plan, analyzer: Analyzer) -> None:
        forms = [word.forms for word in plan.words] + [f for phrase in plan.phrases for f in phrase.words]
        self._terms = {term for terms in forms for term in terms}
        self._analyzer = analyzer

    def pieces(self, text: str, language: str) -> list[Piece]:
        """The text in pieces; put together they are the text."""
        if not self._terms:
            return [Piece(text, False)]
        found, end = [], 0
        for match in _WORD.finditer(text):
            if self._is_found(match.group(), language):
                found += [Piece(text[end : match.start()], False), Piece(match.group(), True)]
                end = match.end()
        return [piece for piece in (*found, Piece(text[end:], False)) if piece.text]

    def passage(self, text: str, language: str, length: int) -> str:
        """The sentences, at most `length` characters of them, that hold most different found words; the first on a tie."""
        sentences = _SENTENCE.split(text)
        found = [{w.lower() for w in _WORD.findall(s) if self._is_found(w, language)} for s in sentences]
        best, most = 0, -1
        for begin in range(len(sentences)):
            held, size = set(), 0
            for sentence, words in zip(sentences[begin:], found[begin:], strict=True):
                size += len(sentence) + 1
                held |= words
                if size >= length:
                    break
            if len(held) > most:
                best, most = begin, len(held)
        return " ".join(sentences[best:]) if most > 0 else text

    def _is_found(self, word: str, language: str) -> bool:
        return any(
            not self._terms.isdisjoint(self._analyzer.document_terms(variant, language))
            for variant in variants(normal(word))
        )
