"""What derived words have in common: yrittäjä, yrittäjyys and yrittää share a root."""

_FINNISH = (
    "llisuus", "llisyys", "jainen", "ttomuus", "ttömyys", "juus", "jyys", "minen", "nti", "inti", "nta", "ntä", "us", "ys",
    "uus", "yys", "ja", "jä", "da", "dä", "ta", "tä", "a", "ä",
)  # fmt: skip
_SWEDISH = ("arskap", "skap", "ning", "ande", "ende", "are", "het", "else", "ering", "era", "ör", "a")
_SHORTEST_ROOT = 5


def finnish_root(lemma: str) -> str:
    return _without_ending(lemma, _FINNISH)


def swedish_root(lemma: str) -> str:
    return _without_ending(lemma, _SWEDISH)


def _without_ending(lemma: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= _SHORTEST_ROOT:
            return lemma[: -len(ending)]
    return lemma
