"""Takes providers' files into the catalogue: reads, checks, saves in batches, and reports every problem."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from portal.ingest.checking import Checked, Checker
from portal.ingest.providers import read_providers
from portal.ingest.reading import read_records
from portal.model.codes import Codes
from portal.model.criteria import RuleSet
from portal.model.errors import PortalError
from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity, shown
from portal.model.user import COMMAND, By
from portal.store.catalog import CatalogStore
from portal.store.saving import Outcome

_BATCH = 200

Observer = Callable[[Checked, Outcome | None, Mapping | None], None]
"""Told of each record: what was found, what became of its offering, and its data as they were stored before."""


@dataclass
class ImportReport:
    """What happened to one file. `offerings` counts new, changed, unchanged, left_out (and withdrawn, by --complete);
    `withdrawn` has the codes of those."""

    file: str
    offerings: Counter = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)

    def to_json(self, translate: Callable[[str], str]) -> dict:
        """The report in the shape of the provider format, its sentences in the language of `translate`."""
        names = ("new", "changed", "unchanged", "left_out")
        counts = {name: self.offerings[name] for name in names}
        if self.offerings["withdrawn"]:
            counts["withdrawn"] = self.offerings["withdrawn"]
        return {
            "file": self.file,
            "offerings": counts,
            "problems": [problem_to_json(problem, translate) for problem in self.problems],
        }


def problem_to_json(problem: Problem, translate: Callable[[str], str]) -> dict:
    return {
        "severity": problem.severity,
        "row": problem.row,
        "column": problem.column,
        "value": shown(problem.value),
        "message": problem.message.render(translate),
        "remedy": problem.remedy.render(translate),
        "offering": problem.offering,
    }


class Importing:
    """Imports offerings and providers from files."""

    def __init__(self, store: CatalogStore, codes: Codes, rules: RuleSet) -> None:
        self._store = store
        self._codes = codes
        self._rules = rules

    def providers(self, path: Path) -> tuple[dict[Outcome, int], list[Problem]]:
        """Read providers.csv into the store; raises UnreadableFile."""
        providers, problems = read_providers(path, self._codes)
        return self._store.save_providers(providers), problems

    def offerings(
        self,
        path: Path,
        *,
        provider: str | None = None,
        dry_run: bool = False,
        complete: bool = False,
        progress: Callable[[int, int | None], None] = lambda done, total: None,
        by: By = COMMAND,
        own_headers: Mapping[str, str] = MappingProxyType({}),
        observer: Observer | None = None,
    ) -> ImportReport:
        """Import one file; raises UnreadableFile before anything is written.

        Batches are transactions of their own: an interrupted import has taken in whole offerings, and running it again
        takes in the rest. With an observer, which is told of each record, the report holds no problems of records.
        own_headers: what headers of the provider's own mean (plain header → column, "" for none).
        """
        known = self._store.providers()
        if provider is not None and provider not in known:
            raise PortalError(f"There is no provider {provider}. Load providers first: portal providers FILE.csv")
        records = read_records(path, own_headers)
        checker = Checker(self._codes, known, self._rules, provider)
        report = ImportReport(path.name, problems=list(records.problems))
        take_in = _Intake(self._store, report, dry_run, by, observer)
        batch: list[Checked] = []
        for done, record in enumerate(records, start=1):
            batch.append(checker.check(record))
            if len(batch) >= _BATCH:
                take_in(batch)
                batch = []
            progress(done, records.total)
        take_in(batch)
        if complete:
            self._withdraw_the_rest(take_in.mentioned, provider, report, dry_run, by)
        return report

    def _withdraw_the_rest(
        self, mentioned: "_Mentioned", provider: str | None, report: ImportReport, dry_run: bool, by: By
    ) -> None:  # fmt: skip
        """`--complete`: what the provider has and the file does not mention is withdrawn."""
        if mentioned.unknown:
            report.problems.append(
                Problem(
                    Severity.WARNING,
                    Message(N_("Nothing was withdrawn, because some rows could not be told apart.")),
                    Message(N_("Mend the rows that have no code or provider, and import the file again.")),
                )
            )
            return
        for provider_id in {provider} if provider else set(mentioned.codes):
            gone = [code for code in self._store.codes(provider_id) if code not in mentioned.codes[provider_id]]
            report.withdrawn += gone
            report.offerings["withdrawn"] += len(gone) if dry_run else len(self._store.withdraw(provider_id, gone, by))


class _Intake:
    """Saves batches of checked records, and counts and tells what became of each."""

    def __init__(
        self, store: CatalogStore, report: ImportReport, dry_run: bool, by: By, observer: Observer | None
    ) -> None:
        self.mentioned = _Mentioned()
        self._store = store
        self._report = report
        self._dry_run = dry_run
        self._by = by
        self._observer = observer

    def __call__(self, batch: Sequence[Checked]) -> None:
        good = [checked.offering for checked in batch if checked.offering is not None]
        items = [(checked.offering, checked.detected) for checked in batch if checked.offering is not None]
        stored = self._store.data_by_identity(good) if self._observer else {}
        outcomes = iter(self._store.save(items, dry_run=self._dry_run, by=self._by))
        for checked in batch:
            self.mentioned.note(checked)
            outcome = next(outcomes) if checked.offering is not None else None
            if outcome is not None:
                self._report.offerings[str(outcome)] += 1
            elif any(problem.severity is Severity.ERROR for problem in checked.problems):
                self._report.offerings["left_out"] += 1
            if self._observer:
                key = (checked.offering.provider, checked.offering.code) if checked.offering else None
                self._observer(checked, outcome, stored.get(key))
            else:
                self._report.problems += checked.problems


class _Mentioned:
    """Which offerings a file mentions, the faulty ones too; `unknown` when a row could not be identified."""

    def __init__(self) -> None:
        self.codes: defaultdict[str, set[str]] = defaultdict(set)
        self.unknown = False

    def note(self, checked: Checked) -> None:
        provider, _, code = checked.identity.partition("/")
        if provider and code:
            self.codes[provider].add(code)
        else:
            self.unknown = True
