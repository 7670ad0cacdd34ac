"""English: base forms by dictionary and stems; its compounds are written apart."""

from pathlib import Path

import Stemmer

from portal.search.analysis.derivation import english_root
from portal.search.analysis.dictionary import VERSION as DICTIONARY_VERSION
from portal.search.analysis.dictionary import Dictionary
from portal.search.analysis.language import Word
from portal.search.analysis.spellings import one_spelling
from portal.search.analysis.splitting import split


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HEADS = _set(
    "back base being board body book bread building cake card care chair craft day farm field fish food ground hand home house "
    "keep land line load make maker market media paper people person place plan play point print room sheet ship shop side "
    "space station stone store study table talk time tool town trade water way week wood work worker yard year"
)
"""What compounds end in that the dictionary has whole; in other words it would find parts that are none (agree-ment)."""


class English:
    """English."""

    code = "en"
    version = f"3-dictionary-{DICTIONARY_VERSION}"
    tier = "dictionary"
    stem_tells = True

    def __init__(self, folder: Path | None) -> None:
        self._dictionary = Dictionary("en", folder)
        self._stemmer = Stemmer.Stemmer("english")

    def analyse(self, word: str) -> Word:
        found = self._dictionary.lemma(word)
        lemma = found and one_spelling(found)
        parts = split(word, self._base, self._bases)
        if lemma is None:
            return Word((), parts, pieces=parts)
        return Word((lemma,), known=True, pieces=parts if parts and parts[-1] in _HEADS else ())

    def _base(self, part: str) -> str | None:
        return self._dictionary.lemma(part)

    def _bases(self, part: str) -> tuple[str, ...]:
        return (part,) if self._dictionary.lemma(part) else ()

    def stem(self, word: str) -> str:
        return self._stemmer.stemWord(word)

    def root(self, lemma: str) -> str:
        return english_root(lemma, self._stemmer.stemWord(lemma))
