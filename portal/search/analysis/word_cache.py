"""Keeps what was found out about words from one making of the index to the next."""

import hashlib
from pathlib import Path

import marisa_trie

from portal.search.analysis.language import Word

_NEW_AT_MOST = 1_000_000
_FIELD, _ITEM = "\t", " "


class WordCache:
    """Analysed words in a file, by word and language; a file of another version of the analysis is not read.

    Words are noted only while `collecting`, as the maker of the index does; those who search have few.
    """

    def __init__(self, folder: Path | None, version: str) -> None:
        name = hashlib.sha256(version.encode()).hexdigest()[:16]
        self._path = folder / f"words-{name}.marisa" if folder else None
        self._kept = marisa_trie.BytesTrie()
        self._new: dict[str, bytes] = {}
        self.collecting = False
        try:
            if self._path:
                self._kept.mmap(str(self._path))
        except (OSError, RuntimeError):
            self._kept = marisa_trie.BytesTrie()  # none yet, or damaged: it is made anew

    def get(self, word: str, language: str) -> Word | None:
        key = f"{language}{_FIELD}{word}"
        found = self._new.get(key) or next(iter(self._kept.get(key, ())), None)
        if found is None:
            return None
        lemmas, parts, roots, known, pieces = found.decode().split(_FIELD)
        return Word(_items(lemmas), _items(parts), _items(roots), known == "1", _items(pieces))

    def note(self, word: str, language: str, analysed: Word) -> None:
        if self.collecting and self._path and len(self._new) < _NEW_AT_MOST:
            lists = [_ITEM.join(items) for items in (analysed.lemmas, analysed.parts, analysed.roots, analysed.pieces)]
            fields = (*lists[:3], "1" if analysed.known else "0", lists[3])
            self._new[f"{language}{_FIELD}{word}"] = _FIELD.join(fields).encode()

    def save(self) -> None:
        """Put the new words with the others into the file, and the files of older versions away."""
        if not self._new or self._path is None:
            return
        self._kept = marisa_trie.BytesTrie([*self._kept.items(), *self._new.items()])
        self._new = {}
        new = self._path.with_suffix(".new")
        self._kept.save(str(new))
        new.replace(self._path)
        for path in self._path.parent.glob("words-*.marisa"):
            if path != self._path:
                path.unlink(missing_ok=True)


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split(_ITEM)) if text else ()
