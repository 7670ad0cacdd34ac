"""Tables of published demand: each build with its figures and the supply beside them; nothing here is about a person."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table

from portal.store.schema import UtcTime, metadata


def _cell() -> list[Column]:
    return [
        Column("build", Integer, ForeignKey("demand_build.number", ondelete="CASCADE"), primary_key=True),
        Column("table", String(16), primary_key=True),
        Column("field", String(2), primary_key=True),
        Column("value", String(200), primary_key=True),
    ]


demand_build = Table(
    "demand_build",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("built_at", UtcTime, nullable=False),
    Column("minimum", Integer, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("beliefs", JSON, nullable=False),
    Column("funnel", JSON, nullable=False),
    sqlite_autoincrement=True,
)

demand_figure = Table(
    "demand_figure",
    metadata,
    *_cell(),
    Column("period", String(7), primary_key=True),
    Column("measure", String(16), primary_key=True),
    Column("confirmed", Boolean, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
)

demand_supply = Table(
    "demand_supply",
    metadata,
    *_cell(),
    Column("offerings", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("next_start", Date),
)
