"""Made-up catalogues and queries of any size, from the words of the examples; the same for the same seed."""

import json
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from portal import resources
from portal.model.offering import Offering
from portal.model.query import SearchQuery

LANGUAGES = ("fi", "sv", "en")
_MIXED = ("field", "ects", "level", "price", "languages", "target_groups", "runs")
_CHOICES = {
    "field": ("01", "02", "04", "06", "061", "09", "10"),
    "scope": ("lt1", "1-4", "5-9", "10-29", "30-59", "60+"),
    "provider_type": ("university", "uas", "study_centre"),
    "language": LANGUAGES,
    "mode": ("online", "onsite", "blended"),
    "region": ("01", "02", "06", "13"),
    "price": ("free", "paid"),
    "start": ("open", "1m", "3m", "6m", "any_time"),
    "level": ("5", "6", "7"),
    "pok": ("1",),
    "organisations": ("1",),
}


@cache
def examples() -> tuple[dict, ...]:
    """The example offerings as a provider sends them."""
    sources = sorted((resources.folder("catalog_data") / "offerings").glob("*.json"))
    return tuple(offering for source in sources for offering in json.loads(source.read_text())["offerings"])


@cache
def example_words(language: str) -> tuple[str, ...]:
    """Words of the titles and summaries of the examples."""
    texts = (offering.get(part, {}).get(language, "") for offering in examples() for part in ("title", "summary"))
    return tuple(sorted({word.lower() for text in texts for word in re.findall(r"[^\W_][\w+#-]*", text)}))


def offerings(number: int, seed: int = 1, first: int = 0) -> Iterator[Offering]:
    """Examples under other codes; from the second round on with titles and facets of one another."""
    chance = random.Random(seed)
    sources = examples()
    for n in range(first, first + number):
        made = sources[n % len(sources)]
        if n >= len(sources):
            other = chance.choice(sources)
            made = made | {part: other[part] for part in _MIXED if part in other and chance.random() < 0.5}
            made = made | {"title": {code: _title(made, other, code, chance) for code in made["title"]}}
        yield Offering.model_validate(made | {"code": f"{made['code']}-{n}"})


def _title(made: dict, other: dict, language: str, chance: random.Random) -> str:
    added = chance.sample((other["title"].get(language) or "Osa").split(), 1)
    return " ".join([made["title"][language], *added, str(chance.randrange(1000))])


def queries(number: int, seed: int = 1) -> list[SearchQuery]:
    """Distinct queries: words of one language as they are, cut, or misspelt, most with filters; some with none."""
    chance = random.Random(seed)
    made: dict[str, SearchQuery] = {}
    while len(made) < number:
        query = _query(chance)
        made[repr(query)] = query
    return list(made.values())


def _query(chance: random.Random) -> SearchQuery:
    language = chance.choice(LANGUAGES)
    words = chance.sample(
        example_words(chance.choice((language, language, *LANGUAGES))), chance.choice((0, 1, 1, 2, 3))
    )
    text = " ".join(misspelt(word, chance) if chance.random() < 0.2 else word for word in words)
    if chance.random() < 0.1:
        text += chance.choice((" 5 op", " 1,5 sp", " alle 5 op", " 3–5 op", " 5 credits", " HY", " verkossa"))
    names = chance.sample(sorted(_CHOICES), chance.choice((0, 0, 1, 1, 2, 3)))
    filters = {
        name: tuple(chance.sample(_CHOICES[name], min(len(_CHOICES[name]), chance.choice((1, 1, 2))))) for name in names
    }
    return SearchQuery(
        text=text.strip(),
        filters=filters,
        ects_min=chance.choice((None, None, None, Decimal(2), Decimal("4.5"))),
        ects_max=chance.choice((None, None, None, Decimal(5), Decimal(30))),
        sort=chance.choice(("relevance", "relevance", "title", "scope", "start", "new")),
        language=language,
    )


def misspelt(word: str, chance: random.Random) -> str:
    """The word with one letter dropped, doubled, exchanged for another, or in the place of its neighbour."""
    if len(word) < 3:
        return word
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("aeiknst") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
