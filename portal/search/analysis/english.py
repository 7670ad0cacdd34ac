"""English: base forms by dictionary and stems; its compounds are written apart."""
from pathlib import Path

import Stemmer

from portal.search.analysis.dictionary import VERSION as DICTIONARY_VERSION
from portal.search.analysis.dictionary import Dictionary
from portal.search.analysis.language import Word


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
        return Word((lemma,) if lemma else (), known=lemma is not None)

    def stem(self, word: str) -> str:
        return self._stemmer.stemWord(word)
