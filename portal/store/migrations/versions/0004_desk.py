"""The desk: users and sessions, standing of providers, drafts, history, uploads and tokens."""

import sqlalchemy as sa
from alembic import op

from portal.store.schema import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _users()
    _standing()
    _offerings()
    _files()
    op.add_column("report", sa.Column("handled_at", UtcTime()))


def _users() -> None:
    op.create_table(
        "desk_user",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("provider", sa.String(length=64)),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("password", sa.String(length=200)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("signed_in_at", UtcTime()),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_desk_user_provider"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_user"),
        sa.UniqueConstraint("email", name="uq_desk_user_email"),
    )
    op.create_index("ix_desk_user_provider", "desk_user", ["provider"])
    op.create_table(
        "desk_session",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["desk_user.id"], name="fk_desk_session_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_desk_session"),
    )
    op.create_index("ix_desk_session_ends_at", "desk_session", ["ends_at"])
    op.create_index("ix_desk_session_user", "desk_session", ["user"])


def _standing() -> None:
    op.create_table(
        "provider_standing",
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("admission", sa.String(length=16), nullable=False),
        sa.Column("four_eyes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_provider_standing_provider"),
        sa.PrimaryKeyConstraint("provider", name="pk_provider_standing"),
    )
    op.create_table(
        "admission_step",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("admission", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("user", sa.String(length=16)),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_admission_step_provider"),
        sa.ForeignKeyConstraint(["user"], ["desk_user.id"], name="fk_admission_step_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_admission_step"),
    )
    op.create_index("ix_admission_step_provider", "admission_step", ["provider"])


def _offerings() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("offering", sa.String(length=200)),
        sa.Column("base_revision", sa.Integer()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=16)),
        sa.Column("updated_by", sa.String(length=16)),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["desk_user.id"], name="fk_draft_created_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["offering"], ["offering.id"], name="fk_draft_offering"),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_draft_provider"),
        sa.ForeignKeyConstraint(["updated_by"], ["desk_user.id"], name="fk_draft_updated_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("offering", name="uq_draft_offering"),
    )
    op.create_index("ix_draft_provider", "draft", ["provider"])
    op.create_table(
        "offering_change",
        sa.Column("offering", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("user", sa.String(length=16)),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["offering"], ["offering.id"], name="fk_offering_change_offering", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user"], ["desk_user.id"], name="fk_offering_change_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("offering", "revision", name="pk_offering_change"),
    )
    op.create_table(
        "passed_over",
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("proposal", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name="fk_passed_over_proposal", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_passed_over_provider"),
        sa.PrimaryKeyConstraint("provider", "proposal", name="pk_passed_over"),
    )


def _files() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=16)),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("error", sa.JSON()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_upload_provider"),
        sa.ForeignKeyConstraint(["user"], ["desk_user.id"], name="fk_upload_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    op.create_index("ix_upload_provider", "upload", ["provider"])
    op.create_table(
        "column_mapping",
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("column", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_column_mapping_provider"),
        sa.PrimaryKeyConstraint("provider", "heading", name="pk_column_mapping"),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=16)),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("last_used_on", sa.Date()),
        sa.Column("revoked_at", UtcTime()),
        sa.ForeignKeyConstraint(["created_by"], ["desk_user.id"], name="fk_api_token_created_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_api_token_provider"),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("hash", name="uq_api_token_hash"),
    )
    op.create_index("ix_api_token_provider", "api_token", ["provider"])


def downgrade() -> None:
    op.drop_column("report", "handled_at")
    for table in (
        "api_token",
        "column_mapping",
        "upload",
        "passed_over",
        "offering_change",
        "draft",
        "admission_step",
        "provider_standing",
        "desk_session",
        "desk_user",
    ):
        op.drop_table(table)
