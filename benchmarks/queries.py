"""Seeded queries: words in the forms in which texts have them, filters with several values, and misspelt ones."""

import random
import re
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.rows import NAMES, OF_OFFERING, Row
from benchmarks.words import LANGUAGES, concepts

_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER_OF_WORDS = ((1, 35), (2, 35), (3, 20), (4, 10))
_NUMBER_OF_FILTERS = ((0, 30), (1, 20), (2, 18), (3, 14), (4, 10), (5, 8))
_LEAST_MISSPELT = 6


@dataclass(frozen=True)
class Query:
    """One search. `filters`: facet → values, any of which will do. `literal`: exactly these words."""

    text: str
    language: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    literal: bool = False
    fuzzy: bool = False

    @property
    def of_runs(self) -> bool:
        """Whether a filter must hold on one and the same run, which not every engine can tell."""
        return any(name not in OF_OFFERING for name in self.filters)


class QueryMaker:
    """Draws queries from the rows of a catalogue."""

    def __init__(self, rows: Sequence[Row], seed: int) -> None:
        self._chance = random.Random(f"queries {seed}")
        self._rows = rows
        self._concepts = concepts()
        self._values = {name: Counter() for name in NAMES}
        for row in rows:
            for name, values in row.all_values().items():
                self._values[name].update(sorted(values))  # sets have another order in every process
        self._known = {word for row in rows for text in row.texts.values() for word in text.lower().split()}

    def ordinary(self, number: int) -> list[Query]:
        return [self._query(self._words(_drawn(self._chance, _NUMBER_OF_WORDS))) for _ in range(number)]

    def misspelt(self, number: int) -> list[Query]:
        """One word of each has one slip and is no word of any text."""
        return [self._query(self._with_slip(), fuzzy=True) for _ in range(number)]

    def literal(self, number: int) -> list[Query]:
        """One or two words exactly as typed and facets of offerings only: every engine should agree on them."""
        made = [self._query(self._words(self._chance.choice((1, 2))), names=OF_OFFERING) for _ in range(number)]
        return [Query(query.text, query.language, query.filters, literal=True) for query in made]

    def browsing(self, number: int) -> list[Query]:
        """Filters without a word."""
        return [self._query(("", query.language)) for query in self.ordinary(number)]

    def _query(self, words: tuple[str, str], names: Sequence[str] = NAMES, *, fuzzy: bool = False) -> Query:
        filled = [name for name in names if self._values[name]]
        chosen = self._chance.sample(filled, _drawn(self._chance, _NUMBER_OF_FILTERS))
        return Query(*words, {name: self._some_of(self._values[name]) for name in chosen}, fuzzy=fuzzy)

    def _some_of(self, values: Counter) -> tuple[str, ...]:
        number = self._chance.randint(1, 3)
        drawn = self._chance.choices(list(values), weights=list(values.values()), k=number)
        return tuple(dict.fromkeys(drawn))

    def _words(self, number: int) -> tuple[str, str]:
        """Words of one title, of one text, or the name of a concept; and their language."""
        for _ in range(100):
            row = self._chance.choice(self._rows)
            language = self._chance.choice(sorted(set(row.titles) & set(LANGUAGES)) or ["fi"])
            source = self._chance.random()
            if source < 0.5:
                found = _WORD.findall(row.titles.get(language, ""))[:number]
            elif source < 0.8:
                words = _WORD.findall(row.texts.get(language, ""))
                found = self._chance.sample(words, min(number, len(words)))
            else:
                found = _WORD.findall(self._chance.choice(self._concepts)[language])[:number]
            if len(found) == number:
                return " ".join(found).lower(), language
        return "koulutus", "fi"

    def _with_slip(self) -> tuple[str, str]:
        for _ in range(100):
            text, language = self._words(self._chance.choice((1, 1, 2, 3)))
            words = text.split()
            longest = max(words, key=len)
            slipped = _slip(longest, self._chance)
            if len(longest) >= _LEAST_MISSPELT and slipped not in self._known:
                return " ".join(slipped if word == longest else word for word in words), language
        return "koulutsu", "fi"


def _slip(word: str, chance: random.Random) -> str:
    """One letter left out, doubled, swapped with the next or another one."""
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :]


def _drawn(chance: random.Random, shares: Sequence[tuple[int, int]]) -> int:
    numbers, weights = zip(*shares, strict=True)
    return chance.choices(numbers, weights)[0]
