"""What a draft still lacks: errors by field, criteria of the micro-credential, and texts in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.ingest.explaining import DATE, FIELD, MUNICIPALITY, NUMBER, REGION, TITLE
from portal.ingest.findings import without_indexes
from portal.model.criteria import PokResult, RuleSet, evaluate
from portal.model.message import N_, Message
from portal.model.offering import Offering
from portal.model.offering_fields import MAIN_TEXTS, OFFERING, RUN, OfferingField
from portal.model.problem import Problem, Severity
from portal.model.provider import Provider
from portal.model.text import LANGUAGES
from portal.services.publishing import Publishing
from portal.services.unfinished import read_unfinished
from portal.store.catalog import CatalogStore

_HERE: Mapping[str, Message] = {
    DATE.text: Message(N_("Enter the date as 12.1.2027.")),
    NUMBER.text: Message(N_("Enter a number, for example 2 or 1.5.")),
    TITLE.text: Message(N_("Write the name in at least one language.")),
    MUNICIPALITY.text: Message(N_("Choose one of the options.")),
    REGION.text: Message(N_("Choose one of the options.")),
    FIELD.text: Message(N_("Choose one of the options.")),
}
"""How one mends here what files write in another way."""


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong at one input. name: of the input, empty when none of ours stands for it; run: the run's number
    from 0, None outside of runs."""

    name: str
    run: int | None
    message: Message
    remedy: Message


@dataclass(frozen=True)
class DraftCheck:
    """offering: as far as it can be read. missing: by language the labels (English sources) of empty main texts."""

    offering: Offering
    provider: Provider
    pok: PokResult
    errors: tuple[FieldProblem, ...]
    warnings: tuple[FieldProblem, ...]
    missing: Mapping[str, tuple[str, ...]]


class DraftChecking:
    """Judges drafts by the same check as files."""

    def __init__(self, publishing: Publishing, store: CatalogStore, rules: RuleSet) -> None:
        self._publishing = publishing
        self._store = store
        self._rules = rules

    def check(self, provider_id: str, data: Mapping, untitled: Mapping[str, str]) -> DraftCheck:
        """`untitled`: by language, the title of an offering without one."""
        provider = self._store.providers()[provider_id]
        problems = self._publishing.check(provider_id, data).problems
        offering = read_unfinished(provider_id, data, untitled)
        return DraftCheck(
            offering=offering,
            provider=provider,
            pok=evaluate(self._rules, offering, provider),
            errors=tuple(_at_field(item) for item in problems if item.severity is Severity.ERROR),
            warnings=tuple(_at_field(item) for item in problems if item.severity is Severity.WARNING),
            missing=_missing(data),
        )


def _at_field(problem: Problem) -> FieldProblem:
    run, path = None, problem.column
    if path.startswith("runs["):
        number, _, path = path.removeprefix("runs[").partition("]")
        run, path = int(number), path.removeprefix(".")
    name = _input(without_indexes(path), OFFERING if run is None else RUN)
    return FieldProblem(name, run, problem.message, _HERE.get(problem.remedy.text, problem.remedy))


def _input(path: str, fields: tuple[OfferingField, ...]) -> str:
    """The input that stands for a path: that of its language, else the field's first."""
    while path:
        for field in fields:
            if path in field.names:
                return path
            if path == field.path or field.path.startswith(f"{path}."):
                return field.names[0]
        path = path.rpartition(".")[0]
    return ""


def _missing(data: Mapping) -> dict[str, tuple[str, ...]]:
    return {
        language: tuple(field.label for field in MAIN_TEXTS if not _is_written(data.get(field.path), language))
        for language in LANGUAGES
    }


def _is_written(texts: object, language: str) -> bool:
    if isinstance(texts, list):
        return any(_is_written(text, language) for text in texts)
    return isinstance(texts, Mapping) and bool(str(texts.get(language) or "").strip())
