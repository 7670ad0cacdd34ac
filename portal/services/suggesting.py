"""What to offer while someone types: offerings, fields, providers and concepts."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.model.collation import sort_key
from portal.model.query import SearchQuery
from portal.search.analysis.tokens import fold, words
from portal.search.facets import Labels
from portal.search.lexicon import Lexicon
from portal.search.vocabulary import Vocabulary
from portal.services.catalog import Catalog
from portal.services.searching import Searching

_OFFERINGS, _FIELDS, _PROVIDERS, _CONCEPTS = 5, 3, 3, 4
_CONCEPTS_TRIED = 12
_LONGEST = 100


@dataclass(frozen=True)
class Suggestion:
    """`kind`: offering, field, provider or concept; `value`: id, code or the words to search for."""

    kind: str
    value: str
    label: str


class Suggesting:
    """Completes the last word typed; forgives one wrong letter in four."""

    def __init__(self, catalog: Catalog, searching: Searching, vocabulary: Vocabulary) -> None:
        self._catalog = catalog
        self._searching = searching
        self._names = {
            code: Lexicon(
                {labels[code][0].lower(): 1 for concept in vocabulary if (labels := concept.labels).get(code)}
            )
            for code in ("fi", "sv", "en")
        }

    def suggest(self, text: str, labels: Labels) -> list[Suggestion]:
        """At most fifteen suggestions, in groups; none for an empty text."""
        typed = words(text[:_LONGEST])
        if not typed:
            return []
        typed = self._mended(typed)
        return [
            *self._concepts(" ".join(typed), labels),
            *self._offerings(typed, labels),
            *self._fields(typed, labels),
            *self._providers(typed, labels),
        ]

    def _mended(self, typed: list[str]) -> list[str]:
        """The last word as it may have been meant, when no word begins like it."""
        last, lexicon = typed[-1], self._searching.lexicon()
        if lexicon.starting(last, 1) or any(names.starting(" ".join(typed), 1) for names in self._names.values()):
            return typed
        return [*typed[:-1], next(iter(lexicon.near_beginning(last)), last)]

    def _offerings(self, typed: list[str], labels: Labels) -> Iterable[Suggestion]:
        query = SearchQuery(text=" ".join(typed), size=_OFFERINGS, language=labels.language)
        for hit in self._searching.complete(query):
            yield Suggestion("offering", hit.id, hit.offering.title.choose(labels.language).text)

    def _fields(self, typed: list[str], labels: Labels) -> list[Suggestion]:
        codes = self._catalog.codes["fields"]
        named = ((code, codes.label(code, labels.language)) for code in codes if code != "99" and code[-1] not in "89")
        found = [Suggestion("field", code, label) for code, label in named if _fits(typed, label)]
        return sorted({item.label: item for item in reversed(found)}.values(), key=lambda item: item.value)[:_FIELDS]

    def _providers(self, typed: list[str], labels: Labels) -> list[Suggestion]:
        found = []
        for provider in labels.providers.values():
            names = [*provider.name.values(), *provider.abbreviations, *provider.aliases]
            if any(_fits(typed, name) for name in names):
                found.append(Suggestion("provider", provider.id, provider.name.choose(labels.language).text))
        return sorted(found, key=lambda item: sort_key(item.label, labels.language))[:_PROVIDERS]

    def _concepts(self, text: str, labels: Labels) -> Iterable[Suggestion]:
        """Names that begin as typed and that would find something."""
        found = 0
        for name in sorted(self._names[labels.language].starting(text, _CONCEPTS_TRIED), key=len):
            query = SearchQuery(text=name, size=1, language=labels.language)
            if found < _CONCEPTS and self._searching.count(query):
                found += 1
                yield Suggestion("concept", name, name)


def _fits(typed: list[str], name: str) -> bool:
    """Each word but the last stands in the name, and one of its words begins like the last; dots may be left out."""
    named = words(name)
    plain = [fold(word) for word in named]
    *whole, last = (fold(word) for word in typed)
    return all(any(word.startswith(w) for word in plain) for w in whole) and any(
        word.startswith(last) for word in plain
    )
