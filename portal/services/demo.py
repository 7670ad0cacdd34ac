"""Loads the example catalogue, with its days moved so that it is always about to begin."""

import datetime as dt
import json
from pathlib import Path

from portal.ingest.checking import Checker
from portal.ingest.providers import read_providers
from portal.ingest.records import Record
from portal.model.codes import Codes
from portal.model.criteria import RuleSet
from portal.model.errors import PortalError
from portal.model.problem import Severity
from portal.services.clock import Clock
from portal.services.demo_signals import DemoSignals
from portal.store.catalog import CatalogStore

_DAYS = ("start", "end", "enrol_from", "enrol_by")


class Demo:
    """The example offerings of `catalog_data/offerings/`, each marked as an example."""

    def __init__(
        self, store: CatalogStore, folder: Path, codes: Codes, rules: RuleSet, clock: Clock, signals: DemoSignals
    ) -> None:
        self._store = store
        self._signals = signals
        self._folder = folder
        self._codes = codes
        self._rules = rules
        self._clock = clock

    def load(self) -> int:
        """Load providers, offerings, wishes and signals once; how many offerings were new or changed.

        Raises PortalError when the store holds anything but examples: invented offerings never mix with real ones.
        """
        counts = self._store.counts()
        if counts["real"]:
            raise PortalError(
                "The store holds offerings that are not examples. Choose another PORTAL_DATA for the demo."
            )
        if counts["example"]:
            return 0
        providers, _ = read_providers(self._folder / "providers.csv", self._codes)
        self._store.save_providers(providers)
        known = self._store.providers()
        number = 0
        for path in sorted((self._folder / "offerings").glob("*.json")):
            checker = Checker(self._codes, known, self._rules)
            checked = [checker.check(record) for record in self._records(path)]
            errors = [problem for item in checked for problem in item.problems if problem.severity is Severity.ERROR]
            if errors:
                raise PortalError(f"{path.name}: {errors[0].offering}: {errors[0].message.in_english()}")
            number += len(self._store.save([(item.offering, item.detected) for item in checked if item.offering]))
        self._signals.load()
        return number

    def is_empty_store(self) -> bool:
        return not any(self._store.counts().values())

    def _records(self, path: Path) -> list[Record]:
        content = json.loads(path.read_text(encoding="utf-8"))
        shift = self._clock().date() - dt.date.fromisoformat(content["as_of"])
        for offering in content["offerings"]:
            for run in offering.get("runs", []):
                run |= {day: str(dt.date.fromisoformat(run[day]) + shift) for day in _DAYS if run.get(day)}
        return [Record(f"offerings[{number}]", offering) for number, offering in enumerate(content["offerings"])]
