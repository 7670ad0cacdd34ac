"""Reads every signal that counts as demand, as plain rows, and the outcomes that the forecast learns from."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from portal.model.catalog import State
from portal.model.demand import CountedSignal
from portal.model.ects import BANDS
from portal.model.offering import Offering
from portal.model.outcome import Outcome
from portal.model.proposal import Moderation
from portal.store.database import Database
from portal.store.schema import offering
from portal.store.signal_tables import interest, joining, outcome, proposal, unsuitable, vain_search

_HELSINKI = ZoneInfo("Europe/Helsinki")
_DEMAND = ("nothing_exists", "over_filtered")


@dataclass(frozen=True)
class _Offered:
    """What an offering says about those who are interested in it."""

    field: str | None
    scope: str | None
    languages: tuple[str, ...]
    example: bool


class DemandStore:
    """Signals without names. Examples come only while the whole catalogue is examples, so that none mixes with life."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def signals(self) -> Iterator[CountedSignal]:
        """Every countable signal, all seen at one moment.

        An interest: field, scope and (when it has but one) language of its offering, region and mode as wished. A
        proposal: one row for each who stands behind it, while it is visible. Searches: language of teaching when it
        was filtered for, else of the interface; typing errors do not count.
        """
        with self._database.read() as connection:
            examples = only_examples(connection)
            yield from _interests(connection, examples)
            yield from _proposals(connection, examples)
            yield from _searches(connection, examples)

    def outcomes(self) -> list[Outcome]:
        """Held runs with their participants, oldest first; examples under the same rule."""
        with self._database.read() as connection:
            rows = connection.execute(
                sa.select(outcome)
                .where(fitting(outcome, only_examples(connection)))
                .order_by(outcome.c.held_on, outcome.c.id)
            )
            return [
                Outcome(
                    provider=row.provider,
                    held_on=row.held_on,
                    participants=row.participants,
                    signals={name: number for name, number in row.signals.items() if name != "employers"},
                    employers=row.signals.get("employers", 0),
                    proposal=row.proposal,
                    offering=row.offering,
                    example=row.example,
                )
                for row in rows
            ]


def only_examples(connection: Connection) -> bool:
    """True when every published offering is invented."""
    query = sa.select(offering.c.example).where(offering.c.state == State.PUBLISHED).distinct()
    return set(connection.scalars(query)) == {True}


def fitting(table: sa.Table, examples: bool) -> sa.ColumnElement[bool]:
    """All rows while there are only examples, else those that are none."""
    return sa.true() if examples else table.c.example.is_(False)


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(_HELSINKI).date()


def _interests(connection: Connection, examples: bool) -> Iterator[CountedSignal]:
    offered = _offered(connection)
    for row in connection.execute(sa.select(interest).where(fitting(interest, examples)).order_by(interest.c.id)):
        of = offered[row.offering]
        if of.example and not examples:
            continue
        yield CountedSignal(
            person=row.person,
            kind="interest",
            level=row.level,
            people=row.people,
            confirmed=row.confirmed,
            field=of.field,
            region=row.region,
            mode=row.mode,
            language=of.languages[0] if len(of.languages) == 1 else row.language,
            scope=of.scope,
            offering_id=row.offering,
            proposal_id=None,
            at=_day(row.updated_at),
            example=row.example,
        )


def _offered(connection: Connection) -> Mapping[str, _Offered]:
    query = sa.select(offering.c.id, offering.c.data).where(offering.c.id.in_(sa.select(interest.c.offering)))
    found = {}
    for row in connection.execute(query):
        item = Offering.model_validate(row.data)
        bands = item.ects.bands() if item.ects else ()
        found[row.id] = _Offered(item.field, bands[0] if len(bands) == 1 else None, item.languages, item.example)
    return found


def _proposals(connection: Connection, examples: bool) -> Iterator[CountedSignal]:
    query = (
        sa.select(
            joining.c.person, joining.c.level, joining.c.people, joining.c.confirmed, joining.c.updated_at,
            proposal.c.id, proposal.c.field, proposal.c.region, proposal.c.mode, proposal.c.scope,
            proposal.c.language, proposal.c.text_language, joining.c.example,
        )
        .join(proposal, proposal.c.id == joining.c.proposal)
        .where(proposal.c.moderation == Moderation.VISIBLE, fitting(joining, examples), fitting(proposal, examples))
        .order_by(joining.c.id)
    )  # fmt: skip
    for row in connection.execute(query):
        yield CountedSignal(
            person=row.person,
            kind="proposal",
            level=row.level,
            people=row.people,
            confirmed=row.confirmed,
            field=row.field,
            region=row.region,
            mode=row.mode,
            language=row.language or row.text_language,
            scope=row.scope,
            offering_id=None,
            proposal_id=row.id,
            at=_day(row.updated_at),
            example=row.example,
        )


def _searches(connection: Connection, examples: bool) -> Iterator[CountedSignal]:
    for kind, table in (("vain", vain_search), ("unsuitable", unsuitable)):
        query = sa.select(table).where(fitting(table, examples)).order_by(table.c.id)
        if table is vain_search:
            query = query.where(vain_search.c.verdict.in_(_DEMAND))
        for row in connection.execute(query):
            yield CountedSignal(
                person=row.searcher,
                kind=kind,
                level=None,
                people=1,
                confirmed=False,
                field=row.field,
                region=row.region,
                mode=row.mode,
                language=row.taught_in or row.language,
                scope=row.scope if row.scope in BANDS else None,
                offering_id=None,
                proposal_id=None,
                at=row.day,
                words=row.words or None,
                example=row.example,
            )
