"""The port of a language: what analysis asks of Finnish, Swedish and English."""

from typing import NamedTuple, Protocol


class Word(NamedTuple):
    """What a language makes of one word.

    lemmas: base forms. parts: base forms of a compound's parts, its own base form not among them. roots: what derived
    words have in common (yrittäjä, yrittäjyys → yrittä). known: a dictionary, or all parts of it, know the word.
    pieces: base forms of the smallest parts that a compound is made of, first to last.
    """

    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    known: bool = False
    pieces: tuple[str, ...] = ()


class Language(Protocol):
    """One language. `version` changes whenever its answers do; `tier` tells an operator what it works with.

    stem_tells: stems bring derived words together, so that they are worth keeping of words in the dictionary, too.
    """

    code: str
    version: str
    tier: str
    stem_tells: bool

    def analyse(self, word: str) -> Word: ...

    def stem(self, word: str) -> str: ...

    def root(self, lemma: str) -> str: ...
