"""The catalogue as plain rows, read once from the store, for the peers: texts by language, facet values, runs."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.bootstrap import Services
from portal.model.criteria import evaluate
from portal.model.text import plain_text
from portal.search.facets import FACETS, NO_RUN, Subject

OF_OFFERING = tuple(facet.name for facet in FACETS if facet.of_offering)
OF_RUN = tuple(facet.name for facet in FACETS if not facet.of_offering)
NAMES = OF_OFFERING + OF_RUN

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Row:
    """One offering. `titles`, `texts`: language → text. `values`: facets of the offering; `runs`: those of each run that counts."""

    id: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    values: Values
    runs: tuple[Values, ...]

    def all_values(self) -> dict[str, set[str]]:
        """Facet → values of the offering and of any of its runs: what engines without runs can know."""
        found = {name: set(values) for name, values in self.values.items()}
        return found | {name: {value for run in self.runs for value in run[name]} for name in OF_RUN}


def read_rows(services: Services, today: dt.date) -> Iterator[Row]:
    """Every published offering."""
    providers = services.store.providers()
    for entry in services.store.published():
        offering = entry.as_read()
        provider = providers[offering.provider]
        subject = Subject(entry.offering, provider, evaluate(services.rules, offering, provider).met, services.codes)
        texts: dict[str, list[str]] = {}
        for text in (*offering.keywords, offering.summary, *offering.learning_outcomes, offering.description):
            for code, said in text.items():
                texts.setdefault(code, []).append(plain_text(said))
        yield Row(
            id=entry.id,
            titles=dict(offering.title.items()),
            texts={code: "\n".join(said) for code, said in texts.items()},
            values={facet.name: tuple(facet.of_offering(subject)) for facet in FACETS if facet.of_offering},
            runs=_runs(subject, today),
        )


def _runs(subject: Subject, today: dt.date) -> tuple[Values, ...]:
    runs = subject.offering.runs or (NO_RUN,)
    counting = [run for run in runs if not run.days.have_ended(today)] or runs
    return tuple(
        {
            f.name: tuple(f.of_run(subject, run) if f.of_run else f.on_day(run.days, today))
            for f in FACETS
            if not f.of_offering
        }
        for run in counting
    )
