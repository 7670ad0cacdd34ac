"""Turns texts and queries into the terms by which they meet; a changed VERSION forces a new index."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

from portal.model.text import plain_text

VERSION = "1"
_STEMMERS = {code: Stemmer.Stemmer(name) for code, name in (("fi", "finnish"), ("sv", "swedish"), ("en", "english"))}
_TOKEN = re.compile(r"[^\W_]+[+#]{0,2}(?:[-–./'’&:][^\W_]+[+#]{0,2})*")
_PART = re.compile(r"[-–./'’&:]")


def tokens(text: str) -> list[str]:
    """Words of a plain text in lower case and NFC; words with inner signs whole and in parts; `C++` and `5` survive."""
    found: list[str] = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFKC", text).lower()):
        word = match.group()
        found.append(word)
        parts = _PART.split(word)
        if len(parts) > 1:
            found.extend(part for part in parts if part)
    return found


@lru_cache(maxsize=200_000)
def stem_term(token: str, language: str) -> str | None:
    """The term of a token's stem, marked with its language (`fi:tekoäl`); None for languages without a stemmer."""
    stemmer = _STEMMERS.get(language)
    return f"{language}:{stemmer.stemWord(token)}" if stemmer else None


def text_terms(text: str, language: str) -> list[str]:
    """Every term of a text, with repetitions: the words themselves and their stems in the text's own language."""
    words = tokens(plain_text(text))
    return words + [term for word in words if (term := stem_term(word, language))]


def query_words(text: str) -> list[str]:
    """The words of a query, each once, in order; a word with inner signs stays whole."""
    return list(dict.fromkeys(match.group() for match in _TOKEN.finditer(unicodedata.normalize("NFKC", text).lower())))


def query_forms(word: str) -> dict[str, float]:
    """Every term that stands for one word of a query, with how much a hit by it is worth (0–1)."""
    forms = {stem_term(word, language): 0.8 for language in _STEMMERS}
    return {word: 1.0} | forms
