"""The port of a language: what analysis asks of Finnish, Swedish and English."""

from typing import NamedTuple, Protocol


class Word(NamedTuple):
    """What a language makes of one word.

    lemmas: base forms. parts: base forms of a compound's parts, its own base form not among them. roots: what derived
    words have in common (yrittäjä, yrittäjyys → yrittä). known: a dictionary, or all parts of it, know the word.
    """

    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    known: bool = False


class Language(Protocol):
    """One language. `version` changes whenever its answers do; `tier` tells an operator what it works with."""

    code: str
    version: str
    tier: str

    def analyse(self, word: str) -> Word: ...

    def stem(self, word: str) -> str: ...
