"""Texts in several languages, and the one rule that says which of them a reader gets."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import StringConstraints
from pydantic_core import core_schema

LANGUAGES = ("fi", "sv", "en")
"""Languages of the interface, in the order in which they are shown."""

MAX_CHARACTERS = 100_000

_FALLBACK = {"fi": ("fi", "sv", "en"), "sv": ("sv", "fi", "en"), "en": ("en", "fi", "sv")}

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_CHARACTERS)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Chosen(NamedTuple):
    """A text and the language key it stood under; both empty when there is none."""

    text: str
    language: str


class LocalizedText(Mapping[str, str]):
    """An immutable text by language code (ISO 639-1); empty texts are left out.

    In JSON an object such as `{"fi": "Tekoälyn perusteet", "en": "Basics of AI"}`.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = {language: text for language, text in (texts or {}).items() if text}

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __repr__(self) -> str:
        return f"LocalizedText({self._texts!r})"

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def choose(self, language: str) -> Chosen:
        """The text for a reader of `language`: their own, else the other interface languages, else any."""
        for candidate in (*_FALLBACK.get(language, (language, *LANGUAGES)), *self._texts):
            if candidate in self._texts:
                return Chosen(self._texts[candidate], candidate)
        return Chosen("", "")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> core_schema.CoreSchema:
        texts = core_schema.dict_schema(
            keys_schema=core_schema.str_schema(pattern=r"^[a-z]{2}$"),
            values_schema=core_schema.str_schema(strip_whitespace=True, max_length=MAX_CHARACTERS),
        )
        unwrapped = core_schema.no_info_before_validator_function(
            lambda value: dict(value) if isinstance(value, cls) else value, texts
        )
        return core_schema.no_info_after_validator_function(
            cls, unwrapped, serialization=core_schema.plain_serializer_function_ser_schema(dict)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, source: core_schema.CoreSchema, handler: object) -> dict:
        return {
            "type": "object",
            "description": "Text by language code (fi, sv, en; others are kept and marked).",
            "propertyNames": {"pattern": "^[a-z]{2}$"},
            "additionalProperties": {"type": "string", "maxLength": MAX_CHARACTERS},
        }


EMPTY = LocalizedText()

_TAG = re.compile(r"<[^>]{0,1000}>?")


def plain_text(text: str) -> str:
    """A provider's HTML as running words: tags out, entities decoded."""
    return html.unescape(_TAG.sub(" ", text)) if "<" in text or "&" in text else text
