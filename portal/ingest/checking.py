"""The check that every offering passes on its way in: a Record becomes an Offering, or Problems, or both."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from portal.ingest.cleaning import without_control_characters
from portal.ingest.code_lists import check_codes, read_names, restore_field
from portal.ingest.explaining import PROVIDER, REMEDIES
from portal.ingest.findings import Findings
from portal.ingest.pok_reasons import tell_missing_criteria
from portal.ingest.preparing import prepare
from portal.ingest.records import Record
from portal.ingest.texts import check_languages
from portal.ingest.validating import validate
from portal.model.catalog import content_hash
from portal.model.codes import Codes
from portal.model.criteria import RuleSet
from portal.model.message import N_, Message
from portal.model.offering import Offering, Run
from portal.model.problem import Problem
from portal.model.provider import Provider

_IDENTITY_CHARACTERS = 200
UNKNOWN = "unknown"
"""Stands in for a provider that has been told to be unknown, while the rest is checked."""


@dataclass(frozen=True)
class Checked:
    """The outcome for one record.

    offering: None when it is left out, and for an exact repetition of an earlier record (then only a warning says so).
    detected: language found in a text, by path. identity: `provider/code` as far as known.
    """

    offering: Offering | None
    problems: tuple[Problem, ...]
    row: int | str
    identity: str = ""
    detected: dict[str, str] = field(default_factory=dict)


class Checker:
    """Checks the records of one file; it remembers their identities, so a new file needs a new checker."""

    def __init__(
        self, codes: Codes, providers: Mapping[str, Provider], rules: RuleSet, default_provider: str | None = None
    ) -> None:
        self._codes = codes
        self._providers = providers
        self._rules = rules
        self._default_provider = default_provider
        self._seen: dict[tuple[str, str], tuple[str, int | str]] = {}

    def check(self, record: Record) -> Checked:
        """Judge one record; never raises for bad data."""
        identity = self._identity(record.data)
        record = replace(record, problems=tuple(replace(problem, offering=identity) for problem in record.problems))
        findings = Findings(record, identity)
        offering, detected = None, {}
        if record.data is not None:
            offering, detected = self._judged(record.data, findings)
        if offering and not findings.has_error and not self._is_repeated(offering, record.row, findings):
            tell_missing_criteria(offering, self._providers[offering.provider], self._rules, findings)
            return Checked(offering, findings.told(), record.row, identity, detected)
        return Checked(None, findings.told(), record.row, identity)

    def _judged(self, data: dict, findings: Findings) -> tuple[Offering | None, dict[str, str]]:
        data = prepare(data, findings)
        if findings.from_table:
            read_names(data, self._codes)
            restore_field(data, self._codes, findings)
        self._fill_provider(data, findings)
        offering = validate(data, findings)
        if offering is None:
            return None, {}
        offering = offering.model_copy(update={"runs": _runs_once(offering.runs, findings)})
        check_codes(offering, self._codes, self._providers, findings)
        return offering, check_languages(offering, findings)

    def _identity(self, data: dict | None) -> str:
        if not data:
            return ""
        return f"{_plain(data.get('provider')) or self._default_provider or ''}/{_plain(data.get('code'))}"

    def _fill_provider(self, data: dict, findings: Findings) -> None:
        """The provider that the file was sent for counts where the data names none; naming another is an error."""
        provider = data.setdefault("provider", self._default_provider)
        if provider is None:
            del data["provider"]
        elif self._default_provider and str(provider).strip() != self._default_provider:
            values = {"expected": self._default_provider}
            message = Message(N_("The file was sent for {expected}, but this offering names another provider."), values)
            findings.error("provider", message, Message(N_("Correct the provider, or leave it out.")), provider)
            data["provider"] = self._default_provider
        elif str(provider).strip() not in self._providers:
            findings.error("provider", Message(N_("We do not know this provider.")), PROVIDER, provider)
            data["provider"] = UNKNOWN

    def _is_repeated(self, offering: Offering, row: int | str, findings: Findings) -> bool:
        """True when an earlier record of the file has the same identity; the first one stays."""
        key, content = (offering.provider, offering.code), content_hash(offering, {})
        if key not in self._seen:
            self._seen[key] = (content, row)
            return False
        first_content, first_row = self._seen[key]
        values = {"row": first_row}
        if content == first_content:
            message = Message(N_("The same offering is already at {row}. It is counted once."), values)
            findings.warn("code", message, Message(N_("Leave one of them out.")), offering.code)
        else:
            message = Message(N_("Another offering at {row} has this code. That one stays."), values)
            findings.error("code", message, REMEDIES["code"], offering.code)
        return True


def _plain(value: object) -> str:
    """A provider or code as the model would keep it, whether or not it is right; empty when it is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    return without_control_characters(str(value)).strip()[:_IDENTITY_CHARACTERS]


def _runs_once(runs: tuple[Run, ...], findings: Findings) -> tuple[Run, ...]:
    """Each run once: an identical repetition is left out with a warning; a different one is an error."""
    first: dict[str, Run] = {}
    for index, run in enumerate(runs):
        if run.id not in first:
            first[run.id] = run
        elif run == first[run.id]:
            message = Message(N_("The same run appears twice. It is counted once."))
            findings.warn(f"runs[{index}].id", message, Message(N_("Leave one of them out.")), run.id)
        else:
            message = Message(N_("Two different runs have the same id."))
            findings.error(f"runs[{index}].id", message, REMEDIES["runs.id"], run.id)
    return tuple(first.values())
