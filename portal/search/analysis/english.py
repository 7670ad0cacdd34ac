"""English: base forms by dictionary and stems; its compounds are written apart."""

from pathlib import Path

import Stemmer

from portal.search.analysis.dictionary import VERSION as DICTIONARY_VERSION
from portal.search.analysis.dictionary import Dictionary
from portal.search.analysis.language import Word
from portal.search.analysis.splitting import split


class English:
    """English."""

    code = "en"
    version = f"1-dictionary-{DICTIONARY_VERSION}"
    tier = "dictionary"

    def __init__(self, folder: Path | None) -> None:
        self._dictionary = Dictionary("en", folder)
        self._stemmer = Stemmer.Stemmer("english")

    def analyse(self, word: str) -> Word:
        lemma = self._dictionary.lemma(word)
        parts = () if lemma else split(word, self._base, self._bases)
        return Word((lemma,) if lemma else (), parts, known=lemma is not None)

    def _base(self, part: str) -> str | None:
        return self._dictionary.lemma(part)

    def _bases(self, part: str) -> tuple[str, ...]:
        return (part,) if self._dictionary.lemma(part) else ()

    def stem(self, word: str) -> str:
        return self._stemmer.stemWord(word)
