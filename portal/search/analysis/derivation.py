"""What derived words have in common: yrittäjä, yrittäjyys and yrittää share a root."""

from portal.search.analysis.families import ENGLISH, FINNISH, SWEDISH

_FINNISH = (
    "llisuus", "llisyys", "jainen", "ttomuus", "ttömyys", "juus", "jyys", "minen", "nti", "inti", "nta", "ntä", "us", "ys",
    "uus", "yys", "ja", "jä", "da", "dä", "ta", "tä", "a", "ä",
)  # fmt: skip
_SWEDISH = ("arskap", "skap", "ning", "ande", "ende", "are", "het", "else", "ering", "era", "ör", "a")
_SHORTEST_ROOT = 5


def finnish_root(lemma: str) -> str:
    return FINNISH.get(lemma) or _without_ending(lemma, _FINNISH)


def swedish_root(lemma: str) -> str:
    return SWEDISH.get(lemma) or _without_ending(lemma, _SWEDISH)


def english_root(lemma: str, stem: str) -> str:
    """Its stem has all but what is derived in other ways: teacher, leadership, analysis."""
    return ENGLISH.get(lemma, stem)


def _without_ending(lemma: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= _SHORTEST_ROOT:
            return lemma[: -len(ending)]
    return lemma
