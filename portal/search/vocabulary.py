"""Concepts with their names in three languages, so that a search in one finds what is written in another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LONGEST_NAME = 4
"""Words in the longest name that is looked for, in texts and in queries."""


def concept_term(concept_id: str) -> str:
    """The term under which texts are found that name a concept in several words."""
    return f"@{concept_id}"


@dataclass(frozen=True)
class Concept:
    """One concept. `labels`: language → names, the preferred one first."""

    id: str
    labels: Mapping[str, tuple[str, ...]]


class Vocabulary:
    """Concepts by the keys of their names; a key is a name by the base forms of its words (`Analyzer.key`)."""

    def __init__(
        self, concepts: Iterable[Concept], keys: Mapping[str, Mapping[str, tuple[str, ...]]], stamp: str = ""
    ) -> None:
        self.stamp = stamp
        self._concepts = {concept.id: concept for concept in concepts}
        self._keys = keys

    def __len__(self) -> int:
        return len(self._concepts)

    def find(self, key: str, language: str) -> list[Concept]:
        """Concepts that have a name with this key in the language."""
        return [self._concepts[i] for i in self._keys.get(language, {}).get(key, ())]

    def places(self, lemmas: Sequence[str], language: str) -> Iterator[tuple[int, int, str]]:
        """Where names of two to four words stand in a text, given as its base forms: begin, end and the concept's term."""
        keys = self._keys.get(language, {})
        for length in range(2, LONGEST_NAME + 1):
            for begin in range(len(lemmas) - length + 1):
                for concept in keys.get(" ".join(lemmas[begin : begin + length]), ()):
                    yield begin, begin + length, concept_term(concept)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())


NO_VOCABULARY = Vocabulary((), {})
