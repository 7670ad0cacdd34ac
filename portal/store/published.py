"""Keeps the published builds of demand: readers see the old build or the new one, never half of one."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Row as Record

from portal.model.published import Beliefs, Beta, Build, Cell, Figure, Funnel, Row, Supply
from portal.store.database import Database
from portal.store.published_tables import demand_build, demand_figure, demand_supply

_KEPT = 2  # the newest, and the one that somebody may still be reading


class PublishedStore:
    """Builds in the database; only the newest is shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, build: Build) -> int:
        """Keep the build as the newest, in one transaction; its number."""
        with self._database.write() as connection:
            number = connection.execute(
                sa.insert(demand_build).values(
                    built_at=build.built_at,
                    minimum=build.minimum,
                    example=build.example,
                    beliefs=_beliefs_json(build.beliefs),
                    funnel=vars(build.funnel),
                )
            ).inserted_primary_key[0]
            _insert(connection, demand_figure, [_figure_record(number, figure) for figure in build.figures])
            _insert(connection, demand_supply, [_supply_record(number, supply) for supply in build.supplies])
            connection.execute(sa.delete(demand_build).where(demand_build.c.number <= number - _KEPT))
        return number

    def newest(self) -> int | None:
        """Number of the newest build; None before the first."""
        with self._database.read() as connection:
            return connection.scalar(sa.select(sa.func.max(demand_build.c.number)))

    def latest(self) -> Build | None:
        """The newest build as a whole; None before the first."""
        with self._database.read() as connection:
            query = sa.select(demand_build).order_by(demand_build.c.number.desc()).limit(1)
            found = connection.execute(query).first()
            if found is None:
                return None
            figures = connection.execute(sa.select(demand_figure).where(demand_figure.c.build == found.number))
            supplies = connection.execute(sa.select(demand_supply).where(demand_supply.c.build == found.number))
            return Build(
                number=found.number,
                built_at=found.built_at,
                minimum=found.minimum,
                example=found.example,
                beliefs=_beliefs(found.beliefs),
                funnel=Funnel(**found.funnel),
                figures=tuple(sorted(map(_figure, figures), key=lambda figure: figure.row)),
                supplies=tuple(sorted(map(_supply, supplies), key=lambda supply: supply.cell)),
            )


def _insert(connection: Connection, table: sa.Table, records: list[dict]) -> None:
    if records:
        connection.execute(sa.insert(table), records)


def _figure_record(number: int, figure: Figure) -> dict:
    row = figure.row
    own = {"period": row.period, "measure": row.measure, "confirmed": row.confirmed}
    return {"build": number, **row.cell._asdict(), **own, "number": figure.number, "seats": figure.seats}


def _figure(record: Record) -> Figure:
    row = Row(Cell(record.table, record.field, record.value), record.period, record.measure, record.confirmed)
    return Figure(row, record.number, record.seats)


def _supply_record(number: int, supply: Supply) -> dict:
    own = {"offerings": supply.offerings, "seats": supply.seats, "next_start": supply.next_start}
    return {"build": number, **supply.cell._asdict(), **own}


def _supply(record: Record) -> Supply:
    cell = Cell(record.table, record.field, record.value)
    return Supply(cell, record.offerings, record.seats, record.next_start)


def _beliefs_json(beliefs: Beliefs) -> dict:
    shares = {level: [share.yes, share.no] for level, share in beliefs.shares.items()}
    return {"shares": shares, "spread": beliefs.spread, "outcomes": beliefs.outcomes}


def _beliefs(data: dict) -> Beliefs:
    return Beliefs(
        {level: Beta(*numbers) for level, numbers in data["shares"].items()}, data["spread"], data["outcomes"]
    )
