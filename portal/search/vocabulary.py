"""Concepts with their names in three languages, so that a search in one finds what is written in another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

LONGEST_NAME = 4
"""Words in the longest name that is looked for, in texts and in queries."""


def concept_term(concept_id: str) -> str:
    """The term under which texts are found that name a concept in several words."""
    return f"@{concept_id}"


@dataclass(frozen=True)
class Concept:
    """One concept. `labels`: language → names, the preferred one first; `near`: ids of concepts that are close to it."""

    id: str
    labels: Mapping[str, Sequence[str]]
    near: Sequence[str] = ()


class Vocabulary:
    """Concepts by the keys and gists of their names: `Analyzer.key` and `Analyzer.gist` make them."""

    def __init__(
        self,
        concepts: Iterable[Concept],
        keys: Mapping[str, Mapping[str, Sequence[str]]],
        gists: Mapping[str, Mapping[str, Sequence[str]]] = MappingProxyType({}),
        stamp: str = "",
    ) -> None:
        self.stamp = stamp
        self._gists = gists
        self._sums = cache(self._make_sums)  # by language, since a process may be asked for one only
        self._atoms = cache(self._make_atoms)
        self._concepts = {concept.id: concept for concept in concepts}
        self._keys = keys

    def __len__(self) -> int:
        return len(self._concepts)

    def __getitem__(self, concept_id: str) -> Concept:
        return self._concepts[concept_id]

    def find(self, key: str, language: str) -> list[Concept]:
        """Concepts that have a name with this key in the language."""
        return [self._concepts[i] for i in self._keys.get(language, {}).get(key, ())]

    def near(self, concept: Concept) -> list[Concept]:
        """Concepts that whoever looks for this one may be served by as well."""
        return [self._concepts[i] for i in concept.near if i in self._concepts]

    def akin(self, gist: str, language: str) -> list[Concept]:
        """Concepts that have a name with this gist in the language."""
        return [self._concepts[i] for i in self._gists.get(language, {}).get(gist, ())]

    def places(self, atoms: Sequence[tuple[str, ...]], language: str) -> Iterator[tuple[int, int, str]]:
        """Where a text names concepts of several atoms, given as the atoms of each word: begin, end, the concept's term.

        `johtaa suuria projekteja` names what `projektijohtaminen` names: in any form or order, within four words; words
        without atoms are passed over, and one word may stand between two.
        """
        sums, known = self._sums(language), self._atoms(language)
        told = [(place, sum(map(hash, of)) if known.issuperset(of) else None) for place, of in enumerate(atoms) if of]
        for first, (begin, value) in enumerate(told):
            total = 0
            for gap, (end, other) in enumerate(told[first : first + LONGEST_NAME] if value is not None else ()):
                if gap == 2 and other is not None:
                    for concept in sums.get(value + other, ()):
                        yield begin, end + 1, concept_term(concept)
                total = None if total is None or other is None else total + other
                if total is not None:
                    for concept in sums.get(total, ()):
                        yield begin, end + 1, concept_term(concept)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def _make_sums(self, language: str) -> dict[int, Sequence[str]]:
        """Gists of several atoms by the sum of their atoms' hashes, which a walk through a text adds up as it goes."""
        gists = self._gists.get(language, {})
        return {sum(map(hash, gist.split())): ids for gist, ids in gists.items() if " " in gist}

    def _make_atoms(self, language: str) -> frozenset[str]:
        return frozenset(atom for gist in self._gists.get(language, ()) for atom in gist.split())


NO_VOCABULARY = Vocabulary((), {})
