"""The POK criteria: which conditions of the national definition an offering meets, and why.

The rules' wording and limits are data (`catalog_data/criteria/`); how each is checked stands here. Providers can state
facts, never the result.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from portal.model.ects import Ects
from portal.model.offering import Offering
from portal.model.provider import Provider
from portal.model.text import LocalizedText

Status = Literal["met", "missing", "not_applicable"]


@dataclass(frozen=True)
class Criterion:
    """One rule: its name, its heading and the sentences that give the reasons, by language."""

    id: str
    title: LocalizedText
    reasons: Mapping[str, LocalizedText]


@dataclass(frozen=True)
class RuleSet:
    """A version of the criteria, with their limits."""

    version: str
    source: str
    limits: Mapping[str, int]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Check:
    """The outcome of one criterion. `reason` names a sentence of the criterion, `values` fills it."""

    criterion: Criterion
    status: Status
    reason: str
    values: Mapping[str, object] = field(default_factory=dict)

    def explain(self, language: str) -> str:
        values = {name: _written(value, language) for name, value in self.values.items()}
        return self.criterion.reasons[self.reason].choose(language).text.format(**values)


@dataclass(frozen=True)
class PokResult:
    """All checks of one offering against one version of the rules."""

    version: str
    checks: tuple[Check, ...]

    @property
    def applicable(self) -> int:
        return sum(check.status != "not_applicable" for check in self.checks)

    @property
    def met_count(self) -> int:
        return sum(check.status == "met" for check in self.checks)

    @property
    def met(self) -> bool:
        return self.met_count == self.applicable


Finding = tuple[Status, str, dict[str, object]]


def evaluate(rules: RuleSet, offering: Offering, provider: Provider) -> PokResult:
    """Check every criterion; the result depends on nothing but the three arguments."""
    checks = tuple(
        Check(criterion, *_CHECKS[criterion.id](offering, provider, rules.limits)) for criterion in rules.criteria
    )
    return PokResult(rules.version, checks)


def _learning_outcomes(offering: Offering, provider: Provider, limits: Mapping[str, int]) -> Finding:
    titles = {text.casefold().strip(" .") for text in offering.title.values()}
    texts = [
        [text for text in outcome.values() if text.casefold().strip(" .") not in titles]
        for outcome in offering.learning_outcomes
    ]
    described = sum(any(len(text) >= limits["outcome_characters"] for text in outcome) for outcome in texts)
    if described:
        return "met", "met_one" if described == 1 else "met", {"n": described}
    return "missing", "too_short" if any(offering.learning_outcomes) else "missing", {"n": limits["outcome_characters"]}


def _scope(offering: Offering, provider: Provider, limits: Mapping[str, int]) -> Finding:
    ects = offering.ects if offering.ects and offering.ects.stated else None
    if not provider.is_higher_education:
        if ects:
            return "met", "met_any", {"scope": ects}
        return ("met", "met_hours", {"hours": offering.hours}) if offering.hours else ("missing", "missing", {})
    if ects is None:
        return "missing", "hours_only" if offering.hours else "missing", {}
    if ects.max > limits["ects_max"]:
        return "missing", "too_large", {"scope": ects}
    if ects.min < limits["ects_min"]:
        return "missing", "too_small", {"scope": ects}
    return "met", "met", {"scope": ects}


def _assessment(offering: Offering, provider: Provider, limits: Mapping[str, int]) -> Finding:
    assessment = offering.assessment
    if assessment is None or not assessment.methods:
        return "missing", "missing", {}
    if set(assessment.methods) == {"other"}:
        return "missing", "only_other", {}
    if assessment.supervision not in (None, "none") or assessment.description:
        return "met", "met", {}
    return "missing", "not_reliable", {}


def _certificate(offering: Offering, provider: Provider, limits: Mapping[str, int]) -> Finding:
    certificate = offering.certificate
    if certificate is None or certificate.type is None:
        return "missing", "missing", {}
    if certificate.type != "digital":
        return "missing", "no_certificate" if certificate.type == "none" else "paper", {}
    return ("met", "met", {}) if certificate.shareable else ("missing", "not_shareable", {})


def _quality_assurance(offering: Offering, provider: Provider, limits: Mapping[str, int]) -> Finding:
    quality = offering.quality_assurance
    if quality and (quality.description or quality.url):
        return ("met", "met", {}) if provider.is_higher_education else ("not_applicable", "stated_anyway", {})
    return ("missing", "missing", {}) if provider.is_higher_education else ("not_applicable", "not_applicable", {})


_CHECKS: dict[str, Callable[[Offering, Provider, Mapping[str, int]], Finding]] = {
    "learning_outcomes": _learning_outcomes,
    "scope": _scope,
    "assessment": _assessment,
    "certificate": _certificate,
    "quality_assurance": _quality_assurance,
}


def _written(value: object, language: str) -> str:
    """Numbers as the language writes them: 1,5 in Finnish and Swedish, 1.5 in English."""
    if isinstance(value, Ects):
        low, high = _written(value.min, language), _written(value.max, language)
        return low if low == high else f"{low}–{high}"
    if isinstance(value, Decimal):
        text = f"{value.normalize():f}"
        return text if language == "en" else text.replace(".", ",")
    return str(value)
