"""Reads the days of all runs in one pass, and remembers on which day that was done last."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from portal.model.catalog import State
from portal.model.days import RunDays
from portal.store.database import Database, Transaction
from portal.store.schema import fact, offering

_LOOKED_THROUGH = "runs looked through"
_BATCH = 500


@dataclass(frozen=True)
class DatedRun:
    """One run and its days."""

    id: str
    days: RunDays


@dataclass(frozen=True)
class DatedOffering:
    """What a reminder needs of an offering. `title`: by language."""

    id: str
    provider: str
    title: Mapping[str, str]
    runs: tuple[DatedRun, ...]


class FreshnessStore:
    """Days of runs, without the rest of the offerings: these are many, and are read every day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def offerings(self, providers: Collection[str]) -> Iterator[DatedOffering]:
        """Published offerings of these providers, by id; examples are left out. Reads in batches."""
        last = ""
        while True:
            query = sa.select(offering.c.id, offering.c.provider, offering.c.data).where(
                offering.c.state == State.PUBLISHED,
                offering.c.example.is_(False),
                offering.c.provider.in_(list(providers)),
                offering.c.id > last,
            )
            with self._database.read() as connection:
                rows = connection.execute(query.order_by(offering.c.id).limit(_BATCH)).all()
            for row in rows:
                runs = tuple(DatedRun(run["id"], _days(run)) for run in row.data.get("runs", ()))
                yield DatedOffering(row.id, row.provider, row.data["title"], runs)
            if not rows:
                return
            last = rows[-1].id

    def looked_through_on(self) -> dt.date | None:
        """The day on which all runs were last looked through."""
        with self._database.read() as connection:
            return _day(connection.scalar(sa.select(fact.c.value).where(fact.c.name == _LOOKED_THROUGH)))

    def note_looked_through(self, transaction: Transaction, day: dt.date) -> bool:
        """Remember it; False when it was done on that day already."""
        here = fact.c.name == _LOOKED_THROUGH
        known = transaction.scalar(sa.select(fact.c.value).where(here))
        if known == day.isoformat():
            return False
        if known is None:
            transaction.execute(sa.insert(fact).values(name=_LOOKED_THROUGH, value=day.isoformat()))
        else:
            transaction.execute(sa.update(fact).where(here).values(value=day.isoformat()))
        return True


def _days(run: Mapping) -> RunDays:
    stated = (_day(run.get(name)) for name in ("start", "end", "enrol_from", "enrol_by"))
    return RunDays(*stated, self_paced=run.get("pace") == "self_paced")


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
