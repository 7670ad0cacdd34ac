"""Finnish: base forms and compound parts by Voikko where it is installed, else by dictionary and splitting."""

import re
import threading
from pathlib import Path

import Stemmer

from portal.search.analysis.derivation import finnish_root
from portal.search.analysis.dictionary import VERSION as DICTIONARY_VERSION
from portal.search.analysis.dictionary import Dictionary
from portal.search.analysis.language import Language, Word
from portal.search.analysis.splitting import split, with_joined

_VERSION = "3"
_SHORT_WORDS = frozenset(
    [
        "työ",
        "tie",
        "maa",
        "suo",
        "puu",
        "pää",
        "syy",
        "ilo",
        "ikä",
        "isä",
        "ala",
        "apu",
        "asu",
        "ase",
        "ero",
        "etu",
        "koe",
        "yhtye",
        "jää",
        "kuu",
        "äly",
        "uni",
        "luu",
        "koti",
        "tuki",
        "etä",
        "lähi",
        "osa",
        "oma",
        "idea",
        "digi",
        "some",
        "moni",
        "itse",
        "esi",
        "ulko",
        "sisä",
    ]
)
_GENITIVE = re.compile(r"(?<=[aeiouyäö])n$")


class DictionaryFinnish:
    """Without Voikko: looks words up, splits unknown ones into known parts."""

    code = "fi"
    version = f"{_VERSION}-dictionary-{DICTIONARY_VERSION}"
    tier = "dictionary (install libvoikko for better Finnish)"
    stem_tells = False

    def __init__(self, folder: Path | None) -> None:
        self._dictionary = Dictionary("fi", folder)
        self._stemmer = Stemmer.Stemmer("finnish")

    def analyse(self, word: str) -> Word:
        lemma = word if word in _SHORT_WORDS else self._dictionary.lemma(word)
        parts = split(lemma or word, self._as_last, self._as_first, short=_SHORT_WORDS)
        if lemma is None and parts:
            # The compound's base form: all but the last part as written, the last part's base form.
            lemma = _whole(word, parts[-1])
        lemmas = (lemma,) if lemma else ()
        joined = with_joined(parts) if parts else ()
        return Word(lemmas, joined, tuple(map(finnish_root, lemmas)), bool(lemmas), parts)

    def stem(self, word: str) -> str:
        return self._stemmer.stemWord(word)

    def root(self, lemma: str) -> str:
        return finnish_root(lemma)

    def _as_last(self, part: str) -> str | None:
        return part if part in _SHORT_WORDS else self._dictionary.lemma(part)

    def _as_first(self, part: str) -> tuple[str, ...]:
        """A part before another stands in the nominative or the genitive."""
        if part in _SHORT_WORDS:
            return (part,)
        lemma = self._dictionary.lemma(part)
        if lemma is None:
            human = self._dictionary.lemma(part[:-1] + "nen") if part.endswith("s") else None  # mehiläis- of mehiläinen
            return (human,) if human else ()
        if lemma.endswith("t"):
            return (part,)  # opinto- is known only in the plural, opinnot
        return (lemma,) if lemma == part or _GENITIVE.search(part) else ()


class VoikkoFinnish:
    """With Voikko, which knows every inflection and the structure of compounds."""

    code = "fi"
    version = f"{_VERSION}-voikko"
    tier = "voikko"
    stem_tells = False

    def __init__(self) -> None:
        from libvoikko import Voikko

        self._voikko = Voikko("fi")
        self._lock = threading.Lock()  # Voikko's handle serves one thread at a time
        self._stemmer = Stemmer.Stemmer("finnish")

    def analyse(self, word: str) -> Word:
        with self._lock:
            readings = self._voikko.analyze(word)
        lemmas, parts, roots, pieces = [], [], [], []
        # `johtamaan` is of johtaa; johtama, by whom one is led, is hardly ever meant.
        readings = [reading for reading in readings if reading.get("PARTICIPLE") != "agent"] or readings
        # `asiantuntijoille` is of asiantuntija, not of a river: the fewer parts, the likelier.
        fewest = min((reading.get("STRUCTURE", "").count("=") for reading in readings), default=0)
        for reading in [reading for reading in readings if reading.get("STRUCTURE", "").count("=") == fewest][:3]:
            base = reading["BASEFORM"].lower()
            lemmas.append(base)
            roots.append(finnish_root(base))
            cuts = self._cuts(base, reading.get("STRUCTURE", ""))
            bases = tuple(map(self._base, cuts[:-1])) + cuts[-1:]
            pieces.append(bases)
            parts += (*bases[:-1], *with_joined(cuts)) if cuts else ()
        once = tuple(dict.fromkeys(lemmas))
        others = tuple(part for part in dict.fromkeys(parts) if part not in once)
        return Word(once, others, tuple(dict.fromkeys(roots)), bool(once), pieces[0] if pieces else ())

    def stem(self, word: str) -> str:
        return self._stemmer.stemWord(word)

    def root(self, lemma: str) -> str:
        return finnish_root(lemma)

    def _cuts(self, base: str, structure: str) -> tuple[str, ...]:
        """A compound's parts as they stand in it, by Voikko's structure: `=pppp=ppp` is four letters and three."""
        lengths = [len(piece.replace("-", "")) for piece in structure.split("=") if piece]
        letters = base.replace("-", "")
        if len(lengths) < 2:
            return ()
        cuts, begin = [], 0
        for length in lengths[:-1]:
            cuts.append(letters[begin : begin + length])
            begin += length
        return (*cuts, letters[begin:])

    def _base(self, part: str) -> str:
        """`kosteuden` → `kosteus`; a part that stands in no case stays as it is."""
        if not _GENITIVE.search(part):
            return part
        with self._lock:
            readings = self._voikko.analyze(part)
        return readings[0]["BASEFORM"].lower() if readings else part


def _whole(word: str, last: str) -> str:
    """`opintokokonaisuuden` with the last part `kokonaisuus` → `opintokokonaisuus`."""
    for length in range(len(last), 1, -1):
        position = word.rfind(last[:length])
        if position > 0:
            return word[:position] + last
    return word


def finnish(folder: Path | None, *, use_voikko: bool = True) -> Language:
    """The best Finnish that this machine has."""
    if use_voikko:
        try:
            return VoikkoFinnish()
        except Exception:  # no module, no library or no dictionary: each machine fails in its own way
            pass
    return DictionaryFinnish(folder)
