"""The posting lists of a block in a Whoosh index: one Whoosh document, whose every term has one packed value.

Whoosh 2.7.4 writes and reads some hundred postings a second for each that it must look at by itself; packed, it looks at
a term once. A value is the rows as `<u2`, rising, then the weights as `<f2`.
"""

import threading
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from whoosh import fields, formats, index
from whoosh.codec.whoosh3 import W3Codec

MOST_ROWS = 50_000
"""Documents in one block at most, so that a row fits into two bytes."""
_WRITER_MEMORY = 1024  # MiB; less, and Whoosh sorts on disk


class _Packed(formats.Format):
    """A posting format whose value is given."""

    posting_size = -1  # values differ in length

    def __init__(self, field_boost: float = 1.0, **options: object) -> None:
        super().__init__(field_boost, **options)

    def word_values(self, value: Iterable[tuple[str, bytes]], analyzer: object, **kwargs: object):
        return ((term, 1, 1.0, packed) for term, packed in value)


class _Terms(fields.FieldType):
    """An indexed, unstored field of (term, packed value) pairs."""

    def __init__(self) -> None:
        self.format = _Packed()
        self.analyzer = None
        self.scorable = False
        self.stored = False
        self.unique = False
        self.indexed = True

    def index(self, value: Iterable[tuple[str, bytes]], **kwargs: object):
        return ((term.encode(), f, w, packed) for term, f, w, packed in self.format.word_values(value, None))


def write(folder: Path, lists: Iterable[tuple[str, np.ndarray, np.ndarray]]) -> None:
    """Keep (term, rows, weights) triples; each term once."""
    packed = ((term, rows.astype("<u2").tobytes() + weights.astype("<f2").tobytes()) for term, rows, weights in lists)
    writer = index.create_in(str(folder), fields.Schema(terms=_Terms())).writer(
        limitmb=_WRITER_MEMORY, codec=W3Codec(compression=0), compound=False
    )
    try:
        writer.add_document(terms=packed)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)


class PostingLists:
    """Reads what `write` kept; for any number of threads, one at a time."""

    def __init__(self, folder: Path) -> None:
        self._reader = index.open_dir(str(folder), readonly=True).reader()
        self._lock = threading.Lock()
        weakref.finalize(self, self._reader.close)  # whoever still searches an old generation uses it to the end

    def get(self, term: str) -> tuple[np.ndarray, np.ndarray] | None:
        """Rows (`<u2`) and weights (`<f2`) of a term; None when the block has it not."""
        with self._lock:
            if ("terms", term) not in self._reader:
                return None
            packed = self._reader.postings("terms", term).value()
        return _unpacked(packed)

    def items(self) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
        """Every term with its rows and weights, in the order of terms."""
        for term in self._reader.lexicon("terms"):
            yield term.decode(), *_unpacked(self._reader.postings("terms", term).value())


def _unpacked(packed: bytes) -> tuple[np.ndarray, np.ndarray]:
    number = len(packed) // 4
    return np.frombuffer(packed, "<u2", number), np.frombuffer(packed, "<f2", number, 2 * number)
