"""Swedish: base forms by dictionary, compounds by splitting with the linking -s-."""

from pathlib import Path

import Stemmer

from portal.search.analysis.derivation import swedish_root
from portal.search.analysis.dictionary import VERSION as DICTIONARY_VERSION
from portal.search.analysis.dictionary import Dictionary
from portal.search.analysis.language import Word
from portal.search.analysis.splitting import split, with_joined

_SHORT_WORDS = frozenset(
    [
        "bil",
        "dag",
        "elev",
        "hem",
        "hus",
        "hav",
        "jord",
        "kök",
        "kost",
        "liv",
        "ljud",
        "ljus",
        "lag",
        "lek",
        "luft",
        "mat",
        "mål",
        "rum",
        "råd",
        "rätt",
        "sol",
        "stad",
        "tid",
        "tal",
        "tåg",
        "val",
        "vin",
        "väg",
        "vård",
        "år",
    ]
)

_FIRST_ONLY = frozenset(("äldre",))
_ENDINGS = ("barhet", "skap", "aktig", "lighet", "ning")


class Swedish:
    """Swedish as far as a dictionary of forms goes."""

    code = "sv"
    version = f"1-dictionary-{DICTIONARY_VERSION}"
    tier = "dictionary"

    def __init__(self, folder: Path | None) -> None:
        self._dictionary = Dictionary("sv", folder)
        self._stemmer = Stemmer.Stemmer("swedish")

    def analyse(self, word: str) -> Word:
        lemma = self._dictionary.lemma(word)
        parts = split(lemma or word, self._as_last, self._as_first, short=_SHORT_WORDS, link="s")
        if lemma is None and parts:
            lemma = _whole(word, parts[-1])
        lemmas = (lemma,) if lemma else ()
        return Word(lemmas, with_joined(parts) if parts else (), tuple(map(swedish_root, lemmas)), bool(lemmas))

    def stem(self, word: str) -> str:
        return self._stemmer.stemWord(word)

    def _as_last(self, part: str) -> str | None:
        """The base form of a last part; endings that look like words are not parts."""
        return None if part.startswith(_ENDINGS) else self._dictionary.lemma(part)

    def _as_first(self, part: str) -> tuple[str, ...]:
        """A first part is a base form, with or without a linking -s-, or without its last -a or -e."""
        if part in _SHORT_WORDS:
            return (part,)
        if part.endswith("s") and part[:-1] in _SHORT_WORDS:
            return (part[:-1],)
        bases = (part, part[:-1], part[:-1] + "e") if part.endswith("s") else (part, part + "a", part + "e")
        for base in bases:
            if self._dictionary.lemma(base) == base or base in _FIRST_ONLY:
                return (base,)
        return ()


def _whole(word: str, last: str) -> str:
    """`hållbarhetsrapporteringen` with the last part `rapportering` → `hållbarhetsrapportering`."""
    for length in range(len(last), 1, -1):
        position = word.rfind(last[:length])
        if position > 0:
            return word[:position] + last
    return word
