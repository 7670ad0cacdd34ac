"""Published demand: builds, their figures and the supply beside them."""

import sqlalchemy as sa
from alembic import op

from portal.store.schema import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CELL = ("build", "table", "field", "value")


def upgrade() -> None:
    op.create_table(
        "demand_build",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("built_at", UtcTime(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("beliefs", sa.JSON(), nullable=False),
        sa.Column("funnel", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_demand_build"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "demand_figure",
        *_cell(),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("measure", sa.String(16), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*_CELL, "period", "measure", "confirmed", name="pk_demand_figure"),
        _of_build("demand_figure"),
    )
    op.create_table(
        "demand_supply",
        *_cell(),
        sa.Column("offerings", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("next_start", sa.Date()),
        sa.PrimaryKeyConstraint(*_CELL, name="pk_demand_supply"),
        _of_build("demand_supply"),
    )


def _cell() -> list[sa.Column]:
    return [
        sa.Column("build", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(16), nullable=False),
        sa.Column("field", sa.String(2), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
    ]


def _of_build(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["build"], ["demand_build.number"], name=f"fk_{table}_build", ondelete="CASCADE")


def downgrade() -> None:
    for table in ("demand_supply", "demand_figure", "demand_build"):
        op.drop_table(table)
