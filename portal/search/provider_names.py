"""Finds providers by what people call them: names in any language and case, aliases, abbreviations."""

from collections.abc import Iterable, Iterator, Mapping

from portal.model.provider import Provider
from portal.search.analysis import Analyzer
from portal.search.analysis.tokens import parts, words

_LINKS = frozenset(("of", "the", "ja", "och", "and", "i", "ry", "rf", "n", "s"))
_CASE_ENDINGS = frozenset(
    [
        "n",
        "in",
        "an",
        "en",
        "ssa",
        "ssä",
        "issa",
        "issä",
        "sta",
        "stä",
        "ista",
        "istä",
        "lla",
        "llä",
        "illa",
        "lta",
        "ltä",
        "ilta",
        "lle",
        "ille",
        "s",
        "a",
        "ä",
        "ia",
        "ää",
        "iin",
        "aan",
        "een",
        "ksen",
        "kseen",
    ]
)


class ProviderNames:
    """Long names by key, and one-word names and abbreviations, which must be told from words."""

    def __init__(self, analyzer: Analyzer, providers: Iterable[Provider]) -> None:
        self._analyzer = analyzer
        self._names, self._short = _by_name(analyzer, providers)

    def find(self, phrase: list[str], typed: set[str], *, sole: bool) -> tuple[str, ...]:
        """Providers that a phrase names; a short name that is also a word must be typed as the provider writes it."""
        bare = _bare(phrase)
        joined = " ".join(bare)
        if len(bare) == 1:
            short = self._short.get(joined) or self._short.get(_without_case(joined, self._short), {})
            exact = tuple(provider for provider, name in short.items() if name in typed)
            if exact or sole or not self._analyzer.known_in(joined):
                return exact or tuple(short)
            return ()
        stems = (" ".join((*bare[:-1], stem)) for stem in _stems(bare[-1])) if bare else ()
        keys = (joined, *(self._analyzer.key(joined, code) for code in self._analyzer.languages), *stems)
        return next((self._names[key] for key in keys if key in self._names), ())


def _bare(phrase: Iterable[str]) -> list[str]:
    """The words of a name without links and case endings after a colon: `DSL:n opintokeskus` is dsl, opintokeskus."""
    return [piece for word in phrase for piece in (parts(word) or (word,)) if piece not in _LINKS]


def _stems(word: str) -> Iterator[str]:
    """What a name may be without its case ending: `siviksen` → `sivi`, `sivis`."""
    bare = word.replace(":", "")
    for length in range(1, 6):
        if bare[-length:] in _CASE_ENDINGS:
            yield from (bare[:-length], bare[:-length] + "s")


def _without_case(word: str, names: Mapping[str, object]) -> str:
    """A one-word name without a case ending: `metropolian` → `metropolia`."""
    return next((stem for stem in _stems(word) if stem in names), "")


def _by_name(
    analyzer: Analyzer, providers: Iterable[Provider]
) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, str]]]:
    """Long names by key → ids; one-word names and abbreviations in lower case → id → as the provider writes it."""
    names: dict[str, list[str]] = {}
    short: dict[str, dict[str, str]] = {}
    for provider in providers:
        for language, name in [*provider.name.items(), *(("fi", alias) for alias in provider.aliases)]:
            bare = " ".join(_bare(words(name)))
            if " " in bare:
                for key in (bare, analyzer.key(bare, language)):
                    names.setdefault(key, []).append(provider.id)
            else:
                short.setdefault(bare, {})[provider.id] = name
        for abbreviation in provider.abbreviations:
            if len(words(abbreviation)) > 1:
                names.setdefault(" ".join(words(abbreviation)), []).append(provider.id)
            else:
                short.setdefault(abbreviation.lower(), {})[provider.id] = abbreviation
    return {key: tuple(dict.fromkeys(ids)) for key, ids in names.items()}, short
