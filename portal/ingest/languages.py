"""Which language a text is really written in; the labels of real data often lie."""

import html
import re
from functools import cache, lru_cache

import nh3
from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = (
    "fi", "sv", "en", "et", "de", "fr", "es", "it", "pt", "nl", "da", "no", "is", "se", "ru", "uk", "pl", "lv", "lt",
    "cs", "hu", "ro", "el", "tr", "ar", "fa", "zh", "ja", "ko", "la",
)  # fmt: skip
"""Languages that course texts in Finland are written in; fewer candidates make fewer mistakes."""

MIN_CHARACTERS = 40
_RAW_CHARACTERS = 4_000
_JUDGED_CHARACTERS = 1_000
_MIN_PROBABILITY = 0.8


@lru_cache(maxsize=16)
def detect_language(text: str) -> str | None:
    """ISO 639-1 code of a text of 40 characters or more, HTML left aside; None when it is shorter or unsure."""
    readable = plain_text(text[:_RAW_CHARACTERS])[:_JUDGED_CHARACTERS]
    if len(readable) < MIN_CHARACTERS:
        return None
    language, probability = _identifier().classify(readable)
    return language if probability >= _MIN_PROBABILITY else None


def plain_text(text: str) -> str:
    """A text without tags, with entities decoded and blanks single."""
    if "<" in text or "&" in text:
        # A blank before each tag, so that the last word of a paragraph and the first of the next stay two words.
        text = html.unescape(nh3.clean(text.replace("<", " <"), tags=set()))
    return re.sub(r"\s+", " ", text).strip()


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
