"""Cuts texts into words: what a word is does not depend on its language."""

import re
import unicodedata

from portal.model.text import plain_text

_WORD = re.compile(r"[^\W_]+[+#]{0,2}(?:[-–./'’&:][^\W_]+[+#]{0,2})*")
_INNER = re.compile(r"[-–./'’&:]")
_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l"})


def normal(text: str) -> str:
    """One way of writing for what looks the same: composed letters, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> list[str]:
    """Words of a plain text in order, whole: `c++`, `5g`, `e-oppiminen`, `c#`, `åa`."""
    return _WORD.findall(normal(text))


def variants(word: str) -> tuple[str, ...]:
    """A word as it may also be written: with inner signs whole, joined and in parts; others just themselves."""
    parts = [part for part in _INNER.split(word) if part]
    return (word,) if len(parts) < 2 else (word, "".join(parts), *parts)


def parts(word: str) -> tuple[str, ...]:
    """The parts of a word with inner signs; empty for any other."""
    found = tuple(part for part in _INNER.split(word) if part)
    return found if len(found) > 1 else ()


def tokens(text: str) -> list[str]:
    """Every word of a provider's text in every way of writing."""
    return [variant for word in words(plain_text(text)) for variant in variants(word)]


def fold(word: str) -> str:
    """Without dots, rings and accents: `hållbarhet` → `hallbarhet`."""
    decomposed = unicodedata.normalize("NFKD", word.translate(_FOLDED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
