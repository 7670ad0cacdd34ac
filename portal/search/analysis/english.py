"""English: base forms by dictionary and stems; its compounds are written apart."""

from pathlib import Path

import Stemmer

from portal.search.analysis.derivation import english_root
from portal.search.analysis.dictionary import VERSION as DICTIONARY_VERSION
from portal.search.analysis.dictionary import Dictionary
from portal.search.analysis.language import Word
from portal.search.analysis.spellings import one_spelling
from portal.search.analysis.splitting import split


class English:
    """English."""

    code = "en"
    version = f"2-dictionary-{DICTIONARY_VERSION}"
    tier = "dictionary"
    stem_tells = True

    def __init__(self, folder: Path | None) -> None:
        self._dictionary = Dictionary("en", folder)
        self._stemmer = Stemmer.Stemmer("english")

    def analyse(self, word: str) -> Word:
        found = self._dictionary.lemma(word)
        lemma = found and one_spelling(found)
        parts = () if lemma else split(word, self._base, self._bases)
        return Word((lemma,) if lemma else (), parts, known=lemma is not None, pieces=parts)

    def _base(self, part: str) -> str | None:
        return self._dictionary.lemma(part)

    def _bases(self, part: str) -> tuple[str, ...]:
        return (part,) if self._dictionary.lemma(part) else ()

    def stem(self, word: str) -> str:
        return self._stemmer.stemWord(word)

    def root(self, lemma: str) -> str:
        return english_root(lemma, self._stemmer.stemWord(lemma))
