"""Concepts with their names in three languages, so that a search in one finds what is written in another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    """One concept. `labels`: language → names, the preferred one first."""

    id: str
    labels: Mapping[str, tuple[str, ...]]


class Vocabulary:
    """Concepts by the keys of their names; a key is a name by the base forms of its words (`Analyzer.key`)."""

    def __init__(self, concepts: Iterable[Concept], keys: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        self._concepts = {concept.id: concept for concept in concepts}
        self._keys = keys

    def __len__(self) -> int:
        return len(self._concepts)

    def find(self, key: str, language: str) -> list[Concept]:
        """Concepts that have a name with this key in the language."""
        return [self._concepts[i] for i in self._keys.get(language, {}).get(key, ())]

    def __iter__(self) -> Iterable[Concept]:
        return iter(self._concepts.values())


NO_VOCABULARY = Vocabulary((), {})
