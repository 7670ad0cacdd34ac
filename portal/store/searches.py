"""Keeps searches in vain and answers to "nothing suitable", by searchers whose keys nobody can trace back."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa

from portal.model.searched import Frequent, Searched, Verdict
from portal.store.database import Database, Transaction
from portal.store.demand import fitting, only_examples
from portal.store.signal_tables import unsuitable, vain_search


class SearchStore:
    """One row of a searcher (within a month), words, filters and language."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_vain(
        self, transaction: Transaction, item: Searched, verdict: Verdict, searcher: str, day: dt.date,
        example: bool = False,
    ) -> bool:  # fmt: skip
        """False when this searcher had searched the same in vain before."""
        if transaction.scalar(sa.select(vain_search.c.id).where(*_same(vain_search, item, searcher))) is not None:
            return False
        values = _values(item) | {"verdict": verdict, "month": f"{day:%Y-%m}"}
        transaction.execute(sa.insert(vain_search).values(**values, searcher=searcher, day=day, example=example))
        return True

    def note_unsuitable(
        self, transaction: Transaction, item: Searched, reason: str, searcher: str, day: dt.date, example: bool = False
    ) -> bool:
        """The later reason of a searcher replaces the earlier; False then."""
        here = _same(unsuitable, item, searcher)
        if transaction.scalar(sa.select(unsuitable.c.id).where(*here)) is not None:
            transaction.execute(sa.update(unsuitable).where(*here).values(reason=reason, day=day))
            return False
        values = _values(item) | {"reason": reason, "searcher": searcher, "day": day, "example": example}
        transaction.execute(sa.insert(unsuitable).values(**values))
        return True

    def frequent(self, least: int, since: dt.date) -> list[Frequent]:
        """Words searched in vain by at least `least` distinct searchers within one month, the most searched first.

        `searchers` is the most of any one month, since nobody can be told apart over two.
        """
        number = sa.func.count(vain_search.c.searcher.distinct())
        query = (
            sa.select(vain_search.c.words, vain_search.c.language, number)
            .where(vain_search.c.day >= since, vain_search.c.words != "")
            .where(vain_search.c.verdict.in_((Verdict.NOTHING_EXISTS, Verdict.OVER_FILTERED)))
            .group_by(vain_search.c.words, vain_search.c.language, vain_search.c.month)
            .having(number >= least)
        )
        most: dict[tuple[str, str], int] = {}
        with self._database.read() as connection:
            query = query.where(fitting(vain_search, only_examples(connection)))
            for words, language, searchers in connection.execute(query):
                most[words, language] = max(searchers, most.get((words, language), 0))
        found = [Frequent(words, language, searchers) for (words, language), searchers in most.items()]
        return sorted(found, key=lambda item: (-item.searchers, item.words, item.language))


def _values(item: Searched) -> Mapping[str, object]:
    return {
        "words": item.words,
        "language": item.language,
        "filters": item.filters,
        "field": item.field,
        "region": item.region,
        "mode": item.mode,
        "taught_in": item.taught_in,
        "scope": item.scope,
    }


def _same(table: sa.Table, item: Searched, searcher: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        table.c.searcher == searcher,
        table.c.words == item.words,
        table.c.filters == item.filters,
        table.c.language == item.language,
    )
