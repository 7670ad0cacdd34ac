"""Words of the generated catalogue: those of the examples, of the vocabulary and made-up compounds, by Zipf's law."""

import csv
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from portal import resources

LANGUAGES = ("fi", "sv", "en")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDINGS = {
    "fi": ("", "n", "a", "ssa", "sta", "lla", "t", "ksi"),
    "sv": ("", "en", "et", "er", "ar", "s"),
    "en": ("", "s", "ing", "ed"),
}
_LINKS = {"fi": ("", "n"), "sv": ("", "s"), "en": ("-",)}
_MADE_UP = 60_000
_SLOPE, _SHIFT = 1.07, 2.7


@dataclass(frozen=True)
class Words:
    """What texts of one language are made of; `forms` from the most to the least frequent, `weights` cumulated."""

    forms: Sequence[str]
    weights: Sequence[float]
    sentences: Sequence[str]
    outcomes: Sequence[str]

    def draw(self, chance: random.Random, number: int) -> list[str]:
        return chance.choices(self.forms, cum_weights=self.weights, k=number)


def examples() -> list[dict]:
    """The example offerings as their files have them."""
    files = sorted((resources.folder("catalog_data") / "offerings").glob("*.json"))
    return [one for file in files for one in json.loads(file.read_text(encoding="utf-8"))["offerings"]]


def concepts() -> list[dict[str, str]]:
    """Preferred names of the project's concepts: language → name."""
    files = sorted((resources.folder("catalog_data") / "vocabulary").glob("*.csv"))
    return [{code: row[code] for code in LANGUAGES} for file in files for row in _rows(file)]


def read_words(seed: int) -> dict[str, Words]:
    """The words of each language; the same for the same seed and the same catalogue data."""
    offerings, named = examples(), concepts()
    return {code: _words(code, offerings, named, random.Random(f"{seed} {code}")) for code in LANGUAGES}


def _words(code: str, offerings: list[dict], named: list[dict[str, str]], chance: random.Random) -> Words:
    texts = [one[key][code] for one in offerings for key in ("summary", "description") if code in one.get(key, {})]
    outcomes = [text[code] for one in offerings for text in one.get("learning_outcomes", []) if code in text]
    sentences = [s for text in texts for s in _SENTENCE.split(text) if 4 <= len(s.split()) <= 30]
    counts = Counter(word.lower() for text in (*texts, *outcomes) for word in _WORD.findall(text))
    seen = [word for word, _ in counts.most_common()]
    names = [word.lower() for name in named for word in _WORD.findall(name[code])]
    forms = list(dict.fromkeys([*_long(seen), *names, *_made_up(code, names, chance)]))
    weights = list(accumulate(1 / (rank + _SHIFT) ** _SLOPE for rank in range(len(forms))))
    return Words(forms, weights, sentences, outcomes)


def _long(words: list[str]) -> list[str]:
    """Function words stand in the sentences already."""
    return [word for word in words if len(word) > 4]


def _made_up(code: str, names: list[str], chance: random.Random) -> list[str]:
    """Compounds in all sorts of forms: the long tail that every catalogue has."""
    parts = [name for name in dict.fromkeys(names) if 4 <= len(name) <= 10]
    return [
        chance.choice(parts) + chance.choice(_LINKS[code]) + chance.choice(parts) + chance.choice(_ENDINGS[code])
        for _ in range(_MADE_UP)
    ]


def _rows(file) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
