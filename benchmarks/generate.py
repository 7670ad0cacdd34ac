"""Makes a catalogue of any size, the same for the same seed and day: `generate(number, seed, today)`."""

import datetime as dt
import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from benchmarks.words import Words, concepts, read_words
from portal import resources
from portal.services.reference import read_codes

_LANGUAGE_MIXES = ((("fi",), 40), (("fi", "en"), 20), (("fi", "sv", "en"), 20), (("en",), 12), (("sv",), 8))
_TITLES = {
    "fi": ("{0}", "{0} ja {1}", "{0}: {1} käytännössä", "Johdatus aiheeseen {0}", "{0} työelämässä", "{w} ja {0}"),
    "sv": ("{0}", "{0} och {1}", "{0}: {1} i praktiken", "Introduktion till {0}", "{0} i arbetslivet", "{w} och {0}"),
    "en": ("{0}", "{0} and {1}", "{0}: {1} in practice", "Introduction to {0}", "{0} at work", "{w} and {0}"),
}
_ECTS = (1, 2, 2, 3, 3, 5, 5, 5, 5, 10, 15, 25, 30, 60, 0.5, {"min": 3, "max": 6})
_TARGETS = ("unemployed", "changing_job", "low_education", "over_55", "migrants", "employed", "entrepreneurs", "other")
_REPLACED = 0.4
_IN_A_FILE = 8_000


class Generator:
    """Draws one offering after another."""

    def __init__(self, seed: int, today: dt.date) -> None:
        self._chance = random.Random(seed)
        self._today = today
        self._words = read_words(seed)
        self._topics = concepts()
        self._chance.shuffle(self._topics)
        self._topic_weights = list(accumulate(1 / (rank + 5) ** 0.8 for rank in range(len(self._topics))))
        data = resources.folder("catalog_data")
        lines = (data / "providers.csv").read_text(encoding="utf-8").splitlines()[1:]
        self._providers = [line.split(",")[0] for line in lines]
        self._provider_weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._providers))))
        codes = read_codes(data / "codes")
        self._fields = [code for code in codes["fields"] if len(code) == 3]
        self._field_weights = list(accumulate(1 / (rank + 4) for rank in range(len(self._fields))))
        self._municipalities = list(codes["municipalities"])
        self._chance.shuffle(self._fields)

    def offering(self, number: int) -> dict:
        chance = self._chance
        mixes, weights = zip(*_LANGUAGE_MIXES, strict=True)
        mix = chance.choices(mixes, weights)[0]
        topics = chance.choices(self._topics, cum_weights=self._topic_weights, k=3)
        made = {
            "provider": chance.choices(self._providers, cum_weights=self._provider_weights)[0],
            "code": f"G{number:06d}",
            "title": self._title(mix, topics),
            "summary": {code: self._text(code, 1, topics) for code in mix},
            "description": {code: self._text(code, chance.randint(3, 9), topics) for code in mix},
            "learning_outcomes": self._outcomes(mix),
            "keywords": [{code: topic[code] for code in mix} for topic in topics],
        }
        return made | self._facts(mix)

    def _title(self, mix: tuple[str, ...], topics: list[dict[str, str]]) -> dict[str, str]:
        pattern = self._chance.randrange(len(_TITLES["fi"]))
        title = {}
        for code in mix:
            word = self._words[code].draw(self._chance, 1)[0]
            text = _TITLES[code][pattern].format(topics[0][code], topics[1][code], w=word)
            title[code] = text[0].upper() + text[1:]
        return title

    def _outcomes(self, mix: tuple[str, ...]) -> list[dict[str, str]]:
        number = self._chance.randint(0, 4)
        return [
            {code: self._sentence(self._words[code], self._words[code].outcomes) for code in mix} for _ in range(number)
        ]

    def _text(self, code: str, sentences: int, topics: list[dict[str, str]]) -> str:
        words = self._words[code]
        found = [self._sentence(words, words.sentences) for _ in range(sentences)]
        name = self._chance.choice(topics)[code]
        return " ".join([*found, name[0].upper() + name[1:] + "."])

    def _sentence(self, words: Words, sentences) -> str:
        """A sentence of the examples with many of its longer words drawn anew."""
        said = self._chance.choice(sentences).split()
        places = [i for i, word in enumerate(said) if len(word) > 5 and self._chance.random() < _REPLACED]
        for place, word in zip(places, words.draw(self._chance, len(places)), strict=True):
            end = said[place][-1]
            said[place] = word if end.isalnum() else word + end
        return " ".join(said)

    def _facts(self, mix: tuple[str, ...]) -> dict:
        chance = self._chance
        languages = [code for code in mix if chance.random() < 0.7] or [mix[0]]
        facts: dict = {
            "ects": chance.choice(_ECTS),
            "field": chance.choices(self._fields, cum_weights=self._field_weights)[0],
            "languages": languages,
            "target_groups": chance.sample(_TARGETS, chance.choice((0, 1, 1, 2, 3))),
            "price": {"amount": chance.choice((0, 0, 60, 240, 590)), "currency": "EUR"},
            "koski": chance.random() < 0.3,
            "organisations": {"available": chance.random() < 0.25},
            "runs": [self._run(n, languages) for n in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 5)))],
        }
        if chance.random() < 0.6:
            facts |= {
                "level": chance.choice((2, 4, 5, 6, 6, 7)),
                "assessment": {
                    "methods": ["assignment"],
                    "supervision": "supervised_online",
                    "description": {mix[0]: "x"},
                },
                "certificate": {"type": "digital", "shareable": True},
                "quality_assurance": {"description": {mix[0]: "x"}},
                "stackable": {"kind": "standalone"},
            }
        return {key: value for key, value in facts.items() if value not in ([], False)}

    def _run(self, number: int, languages: list[str]) -> dict:
        chance = self._chance
        start = self._today + dt.timedelta(days=chance.randint(-120, 400))
        mode = chance.choice(("online", "online", "onsite", "blended"))
        run = {
            "id": f"r{number}",
            "start": str(start),
            "end": str(start + dt.timedelta(days=chance.randint(10, 150))),
            "enrol_from": str(start - dt.timedelta(days=chance.randint(30, 150))),
            "enrol_by": str(start - dt.timedelta(days=chance.randint(1, 29))),
            "mode": mode,
            "languages": [chance.choice(languages)],
        }
        if mode != "online":
            run["municipality"] = chance.choice(self._municipalities)
        if chance.random() < 0.1:
            run = {"id": run["id"], "pace": "self_paced", "mode": "online", "languages": run["languages"]}
        return run


def offerings(number: int, seed: int, today: dt.date) -> Iterator[dict]:
    """The first `number` offerings of the endless catalogue of this seed and day."""
    generator = Generator(seed, today)
    return (generator.offering(n) for n in range(number))


def write_parts(folder: Path, sizes: list[int], seed: int, today: dt.date) -> list[list[Path]]:
    """Files for each size: what must be added to the one before to have so many; none larger than the import takes."""
    made = offerings(max(sizes), seed, today)
    parts, before = [], 0
    for size in sorted(sizes):
        begins = range(before, size, _IN_A_FILE)
        parts.append([_write(folder / f"offerings-{n}.jsonl", made, min(_IN_A_FILE, size - n)) for n in begins])
        before = size
    return parts


def _write(path: Path, made: Iterator[dict], number: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for _ in range(number):
            file.write(json.dumps(next(made), ensure_ascii=False) + "\n")
    return path
