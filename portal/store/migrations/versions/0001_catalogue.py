"""Providers, offerings, the outbox of changes and facts about the store."""

import sqlalchemy as sa
from alembic import op

from portal.store.schema import UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_provider"),
    )
    op.create_table(
        "offering",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("provider", sa.String(64), nullable=False),
        sa.Column("code", sa.String(200), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("detected", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name="pk_offering"),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_offering_provider"),
        sa.UniqueConstraint("provider", "code", name="uq_offering_provider_code"),
    )
    op.create_index("ix_offering_state_created_at", "offering", ["state", "created_at"])
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("entity", sa.String(16), nullable=False),
        sa.Column("entity_id", sa.String(200), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "fact",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_fact"),
    )


def downgrade() -> None:
    for table in ("fact", "outbox", "offering", "provider"):
        op.drop_table(table)
