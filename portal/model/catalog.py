"""An offering as the catalogue keeps it: with its identity, its state, its history and what was found out about it."""

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.model.offering import Offering
from portal.model.text import LocalizedText


class State(StrEnum):
    """draft: only the provider sees it; published: everybody; withdrawn: its page says so and shows nothing else;
    suspended: published, but its provider is suspended or closed, so only the provider sees it. The last is never
    stored: it follows from the provider's admission."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class CatalogEntry:
    """One stored offering.

    id: slug of provider and code, never changed. revision: 1, 2, …, one more at every change.
    detected: language found in a text, by path (`description.sv` → `en`), for texts of 40 characters or more.
    Times are UTC.
    """

    id: str
    state: State
    revision: int
    offering: Offering
    detected: Mapping[str, str] = field(default_factory=dict)
    created_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None

    def as_read(self) -> Offering:
        """The offering with every text under the language it is really written in (labels of real data lie)."""
        return relabel(self.offering, self.detected) if self.detected else self.offering


TEXT_KEYS = ("summary", "description", "prerequisites", "recognition", "guidance")


def relabel(offering: Offering, detected: Mapping[str, str]) -> Offering:
    """Put each text under its detected language; a rightly labelled text wins over a wrongly labelled one."""
    changes: dict[str, object] = {key: _moved(getattr(offering, key), key, detected) for key in TEXT_KEYS}
    changes["learning_outcomes"] = tuple(
        _moved(text, f"learning_outcomes[{number}]", detected) for number, text in enumerate(offering.learning_outcomes)
    )
    for key in ("assessment", "certificate", "quality_assurance"):
        if part := getattr(offering, key):
            changes[key] = part.model_copy(
                update={"description": _moved(part.description, f"{key}.description", detected)}
            )
    return offering.model_copy(update=changes)


def texts_by_path(offering: Offering) -> dict[str, str]:
    """Every text whose language is judged, by its path (`description.sv`, `learning_outcomes[0].fi`)."""
    found = {f"{key}.{language}": text for key in TEXT_KEYS for language, text in getattr(offering, key).items()}
    for number, outcome in enumerate(offering.learning_outcomes):
        found |= {f"learning_outcomes[{number}].{language}": text for language, text in outcome.items()}
    for key in ("assessment", "certificate", "quality_assurance"):
        if part := getattr(offering, key):
            found |= {f"{key}.description.{language}": text for language, text in part.description.items()}
    return found


def _moved(texts: LocalizedText, path: str, detected: Mapping[str, str]) -> LocalizedText:
    real = {language: detected.get(f"{path}.{language}", language) for language in texts}
    moved = {language: text for language, text in texts.items() if real[language] == language}
    for language, text in texts.items():
        moved.setdefault(real[language], text)
    return LocalizedText(moved)


def content_hash(offering: Offering, detected: Mapping[str, str]) -> str:
    """The same for the same content, whatever the order of keys in the file: an unchanged import changes nothing."""
    content = json.dumps([offering.to_json(), dict(detected)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def slug(provider: str, code: str) -> str:
    """`helsinki` and `HY-TA-0101` → `helsinki-hy-ta-0101`: lower-case ASCII letters, digits and hyphens, at most 120."""
    ascii_code = unicodedata.normalize("NFKD", code).encode("ascii", "ignore").decode().lower()
    tail = re.sub(r"[^a-z0-9]+", "-", ascii_code).strip("-")
    return f"{provider}-{tail}".strip("-")[:120].rstrip("-")


def collision_suffix(provider: str, code: str, length: int = 8) -> str:
    """Up to 64 letters that follow from the identity, for the rare slug that is already another offering's."""
    return hashlib.sha256(f"{provider}\0{code}".encode()).hexdigest()[:length]
