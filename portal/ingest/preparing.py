"""A record's data made ready for the model: what says nothing or is not known is taken out, and told."""

import re
from functools import cache
from typing import get_args

from pydantic import BaseModel

from portal.ingest.cleaning import without_control_characters
from portal.ingest.explaining import BY_LANGUAGE
from portal.ingest.findings import Findings, short
from portal.model.message import N_, Message
from portal.model.offering import Offering
from portal.model.text import LocalizedText

UNKNOWN_KEY = Message(N_("We do not know this key and left it out."))
CHECK_SPELLING = Message(N_("Check its spelling, or remove it."))


def prepare(data: dict, findings: Findings) -> dict:
    """A copy without nulls, blank texts, unknown keys and control characters; the values are not judged yet."""
    title = data.get("title")
    languages = [key for key in title if re.fullmatch("[a-z]{2}", key)] if isinstance(title, dict) else []
    return _Preparation(findings, languages[0] if languages else None).object(data, Offering, "")


@cache
def kinds(model: type[BaseModel]) -> dict[str, type | None]:
    """For each key of a model the model or LocalizedText that it holds, alone or in a list; None for plain values."""
    return {name: _kind(field.annotation) for name, field in model.model_fields.items()}


def _kind(annotation: object) -> type | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel | LocalizedText):
        return annotation
    return next((kind for part in get_args(annotation) if (kind := _kind(part))), None)


class _Preparation:
    def __init__(self, findings: Findings, language: str | None) -> None:
        self._findings = findings
        self._language = language

    def object(self, data: dict, model: type[BaseModel], path: str) -> dict:
        known = kinds(model)
        prepared = {}
        for key, value in data.items():
            where = f"{path}.{short(key)}" if path else short(key)
            if key not in known:
                self._findings.warn(where, UNKNOWN_KEY, CHECK_SPELLING, value)
            elif not _says_nothing(value):
                prepared[key] = self._value(value, known[key], where)
        return prepared

    def _value(self, value: object, kind: type | None, path: str) -> object:
        if isinstance(value, list):
            return [self._single(part, kind, f"{path}[{index}]") for index, part in enumerate(value)]
        return self._single(value, kind, path)

    def _single(self, value: object, kind: type | None, path: str) -> object:
        if isinstance(value, dict):
            if kind is LocalizedText:
                stated = {key: text for key, text in value.items() if not _says_nothing(text)}
                return {key: self._text(text, f"{path}.{short(key)}") for key, text in stated.items()}
            return self.object(value, kind, path) if kind else value
        if kind is LocalizedText and isinstance(value, str) and self._language and path != "title":
            message = Message(N_("The text has no language. We took it as {language}."), {"language": self._language})
            self._findings.warn(path, message, BY_LANGUAGE, value)
            return {self._language: self._text(value, path)}
        return self._text(value, path)

    def _text(self, value: object, path: str) -> object:
        if not isinstance(value, str):
            return value
        cleaned = without_control_characters(value)
        if cleaned != value:
            message = Message(N_("The text held characters that cannot be shown. We removed them."))
            self._findings.warn(path, message, Message(N_("Write the text again without them.")), value)
        return cleaned


def _says_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
