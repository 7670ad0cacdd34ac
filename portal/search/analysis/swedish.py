"""Swedish: base forms by dictionary, compounds by splitting with the linking -s-."""

from pathlib import Path

import Stemmer

from portal.search.analysis.derivation import swedish_root
from portal.search.analysis.dictionary import VERSION as DICTIONARY_VERSION
from portal.search.analysis.dictionary import Dictionary
from portal.search.analysis.language import Word
from portal.search.analysis.splitting import split, with_joined


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SHORT_WORDS = _set(
    "app arm bad ben bil bio bär båt dag del död eko el elev fel gas gym hat hav hem hot hud hus hår jord kod kol kost kyl "
    "kön kök lag lek liv ljud ljus luft lär läs lön mat mun mur mål mät nät nöd nöt ord ost ras rum råd rätt sjö snö sol stad "
    "sy tak tal tid tro trä tyg tåg ull val ved vin vän väg vård yta ägg år öga öra"
)
_NEVER_LINKED = frozenset(
    ["bil", "el", "elev", "hem", "jord", "kost", "luft", "mat", "sol", "vin", "väg", "ost", "ord"]
)
"""They take no linking -s-: matsvinn is mat and svinn."""

_FIRST_ONLY = _set(
    "bio cyber eko elektro fler foto geo hydro inter kris kyl lär läs makro mikro mini multi mät neuro psyk sy tele termo video "
    "växt äldre"
)
_ENDINGS = tuple(
    _set(
        "barhet skap aktig lighet ning ande ende ring ling nare rare mera tagare vare sion slig slös mun sekvens takt troll "
        "trast port gänglig hälla hällen drag"
    )
)
"""Endings that look like words."""
_SHORT = 3
_NO_PARTS = _set("efter fort fram före genom inne mellan närvar samma till tills under upp vari åter öster över")
"""What comes before a verb or an ending makes no compound: undervisning is nothing under a showing."""


class Swedish:
    """Swedish as far as a dictionary of forms goes."""

    code = "sv"
    version = f"5-dictionary-{DICTIONARY_VERSION}"
    tier = "dictionary"
    stem_tells = False

    def __init__(self, folder: Path | None) -> None:
        self._dictionary = Dictionary("sv", folder)
        self._stemmer = Stemmer.Stemmer("swedish")

    def analyse(self, word: str) -> Word:
        lemmas = self._bases(word)
        parts = split(lemmas[0] if lemmas else word, self._as_last, self._as_first, short=_SHORT_WORDS, link="s")
        if parts and not lemmas:
            lemmas = (_whole(word, parts[-1]),)
        joined = with_joined(parts) if parts else ()
        return Word(lemmas, joined, tuple(map(swedish_root, lemmas)), bool(lemmas), parts)

    def stem(self, word: str) -> str:
        return self._stemmer.stemWord(word)

    def root(self, lemma: str) -> str:
        return swedish_root(lemma)

    def _bases(self, word: str) -> tuple[str, ...]:
        """The dictionary has one base form of each word; where that is a verb, the noun of the same look comes along.

        `avfall` is itself before it is the imperative of avfalla; `poddar` is of podda and of podd.
        """
        found = self._dictionary.lemma(word)
        if found is None:
            return ()
        if found == word + "a":
            return (word, found)
        noun = word[:-2]
        of_both = found == noun + "a" and word.endswith(("ar", "er")) and self._dictionary.lemma(noun) in (noun, found)
        return (found, noun) if of_both and noun else (found,)

    def _as_last(self, part: str) -> str | None:
        """The base form of a last part; endings that look like words are not parts."""
        return None if part.startswith(_ENDINGS) else next(iter(self._bases(part)), None)

    def _as_first(self, part: str) -> tuple[str, ...]:
        """A first part is a base form, with or without a linking -s-, or with another last vowel: hälso-, tjänste-, skol-."""
        if part in _NO_PARTS:
            return ()
        if part in _SHORT_WORDS:
            return (part,)
        if part.endswith("s") and part[:-1] in _SHORT_WORDS:
            return () if part[:-1] in _NEVER_LINKED else (part[:-1],)
        if part.endswith("s"):
            bases = (part, part[:-1], part[:-1] + "e")
        elif part.endswith(("o", "u", "e")):
            bases = (part, part[:-1] + "a", part[:-1], part[:-1] + "um", part + "s")
        elif part.endswith("a"):
            bases = (part, part[:-1] + "um")
        else:
            bases = (part, part + "a", part + "e") if len(part) > _SHORT else (part,)
        for base in bases:
            if base in self._bases(base)[:1] or base in _FIRST_ONLY:
                return (base,)
        return ()


def _whole(word: str, last: str) -> str:
    """`hållbarhetsrapporteringen` with the last part `rapportering` → `hållbarhetsrapportering`."""
    for length in range(len(last), 1, -1):
        position = word.rfind(last[:length])
        if position > 0:
            return word[:position] + last
    return word
