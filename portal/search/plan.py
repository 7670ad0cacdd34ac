"""A query as understood: what any engine needs to run it, and what the visitor is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class PlannedWord:
    """One word. `forms`: terms that stand for it, with their worth (0–1]; `weak`: terms that make a document related."""

    text: str
    forms: Mapping[str, float]
    weak: Mapping[str, float]


@dataclass(frozen=True)
class Phrase:
    """Another way to say the words `begin` to `end` (not included): all of `words` must be found, or the provider fit."""

    begin: int
    end: int
    worth: float
    words: tuple[Mapping[str, float], ...] = ()
    providers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understood:
    """One thing to tell: its kind (`topic`, `scope`, `provider`, `code`), as understood, and what else was searched."""

    kind: str
    text: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A whole query. ECTS bounds in tenths; `code` as `columns.code_key` writes it; `text` for the exact title."""

    text: str = ""
    language: str = "fi"
    words: tuple[PlannedWord, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    code: str = ""
    ects_min: int | None = None
    ects_max: int | None = None
    mode: str = ""
    impossible: bool = False
    """True for signs alone, such as "???": a search that finds nothing, not a wish to see everything."""
    understood: tuple[Understood, ...] = ()
    did_you_mean: str = ""

    @property
    def has_words(self) -> bool:
        return bool(self.words or self.text or self.impossible)

    @property
    def was_read(self) -> bool:
        """True when the query was taken for more than its words as typed."""
        return bool(self.did_you_mean or self.mode or any(u.also or u.kind != "topic" for u in self.understood))

    @property
    def needed(self) -> int:
        """How many words a confident hit covers: all of one or two, else at least 60 %."""
        count = len(self.words)
        return count if count <= 2 else ceil(0.6 * count)


EVERYTHING = Plan()
