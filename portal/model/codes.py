"""Code lists of the catalogue (fields, regions, levels …): values only; `services/reference.py` reads them from files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from portal.model.offering import Run
from portal.model.text import EMPTY, LocalizedText


@dataclass(frozen=True)
class CodeList:
    """Codes in their official order, each with a label by language."""

    labels: Mapping[str, LocalizedText]

    def __contains__(self, code: object) -> bool:
        return code in self.labels

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    def label(self, code: str, language: str) -> str:
        """The label in `language`; the code itself when the list does not know it."""
        return self.labels.get(code, EMPTY).choose(language).text or code

    def code_of(self, name: str) -> str | None:
        """The code that has this label in any language, whatever its case; the broader one where a field and a part of
        it are called the same, None for no code and for several others."""
        return self._by_name.get(name.strip().casefold())

    @cached_property
    def _by_name(self) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        for code, label in self.labels.items():
            for name in {text.casefold() for text in label.values()}:
                first = found.setdefault(name, code)
                if first and not code.startswith(first):
                    found[name] = None
        return found


@dataclass(frozen=True)
class Codes:
    """Every code list, by the name of its file."""

    lists: Mapping[str, CodeList]
    region_by_municipality: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __getitem__(self, name: str) -> CodeList:
        return self.lists[name]

    def label(self, name: str, code: str, language: str) -> str:
        return self.lists[name].label(code, language)

    def broad_field(self, code: str | None) -> str | None:
        """The ISCED-F broad field (2 digits) of a code of 2, 3 or 4 digits; None when unknown."""
        return code[:2] if code and code[:2] in self.lists["fields"] else None

    def narrow_field(self, code: str | None) -> str | None:
        """The ISCED-F narrow field (3 digits) of a code of 3 or 4 digits; None when it has none or it is unknown."""
        return code[:3] if code and len(code) > 2 and code[:3] in self.lists["fields"] else None

    def region_of(self, run: Run) -> str | None:
        """A run's region follows from its municipality; only without one does its own region count."""
        region = self.region_by_municipality.get(run.municipality or "") or run.region
        return region if region in self.lists["regions"] else None
