"""Tables of the desk: users and their sessions, admissions, drafts, history, uploads and tokens."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from portal.store.schema import UtcTime, metadata


def _provider(**options: object) -> Column:
    return Column("provider", String(64), ForeignKey("provider.id"), **options)


def _user(name: str = "user") -> Column:
    """Who did it; nobody any more once that account is removed."""
    return Column(name, String(16), ForeignKey("desk_user.id", ondelete="SET NULL"))


desk_user = Table(
    "desk_user",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("email", String(320), nullable=False),
    Column("name", String(200), nullable=False),
    Column("role", String(16), nullable=False),
    _provider(),
    Column("language", String(2), nullable=False),
    Column("password", String(200)),
    Column("active", Boolean, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("signed_in_at", UtcTime),
    UniqueConstraint("email", name="uq_desk_user_email"),
    Index("ix_desk_user_provider", "provider"),
)

# A browser that is signed in. `key` is the SHA-256 of what its cookie holds.
desk_session = Table(
    "desk_session",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("user", String(16), ForeignKey("desk_user.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Index("ix_desk_session_user", "user"),
    Index("ix_desk_session_ends_at", "ends_at"),
)

# The operator's decisions on a provider; rows are only added.
admission_step = Table(
    "admission_step",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _provider(nullable=False),
    Column("admission", String(16), nullable=False),
    Column("reason", String(1000), nullable=False),
    Column("checklist", JSON, nullable=False),
    _user(),
    Column("at", UtcTime, nullable=False),
    Index("ix_admission_step_provider", "provider"),
)

draft = Table(
    "draft",
    metadata,
    Column("id", String(16), primary_key=True),
    _provider(nullable=False),
    Column("offering", String(200), ForeignKey("offering.id")),
    Column("base_revision", Integer),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("note", String(1000), nullable=False),
    Column("data", JSON, nullable=False),
    _user("created_by"),
    _user("updated_by"),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    UniqueConstraint("offering", name="uq_draft_offering"),
    Index("ix_draft_provider", "provider"),
)

# One row per revision of an offering: who brought it about, and what stood before (nothing at revision 1).
offering_change = Table(
    "offering_change",
    metadata,
    Column("offering", String(200), ForeignKey("offering.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("before", JSON),
    Column("origin", String(16), nullable=False),
    _user(),
    Column("at", UtcTime, nullable=False),
)

# A file that a provider sent; it lies in the data folder until it is done with. `counts` and `error` tell how it went.
upload = Table(
    "upload",
    metadata,
    Column("id", String(16), primary_key=True),
    _provider(nullable=False),
    _user(),
    Column("name", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("language", String(2), nullable=False),
    Column("mapping", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("error", JSON),
    Column("done", Integer, nullable=False),
    Column("total", Integer),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index("ix_upload_provider", "provider"),
)

# What a provider's own column headings mean, as it told once. `column` is "" for one to leave out.
column_mapping = Table(
    "column_mapping",
    metadata,
    Column("provider", String(64), ForeignKey("provider.id"), primary_key=True),
    Column("heading", String(200), primary_key=True),
    Column("column", String(200), nullable=False),
)

# A key to the publishing API. It is shown once; `hash` is its SHA-256.
api_token = Table(
    "api_token",
    metadata,
    Column("id", String(16), primary_key=True),
    _provider(nullable=False),
    Column("name", String(200), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("scopes", JSON, nullable=False),
    _user("created_by"),
    Column("created_at", UtcTime, nullable=False),
    Column("last_used_on", Date),
    Column("revoked_at", UtcTime),
    UniqueConstraint("hash", name="uq_api_token_hash"),
    Index("ix_api_token_provider", "provider"),
)

# A wish that a provider looked at and left to others.
passed_over = Table(
    "passed_over",
    metadata,
    Column("provider", String(64), ForeignKey("provider.id"), primary_key=True),
    Column("proposal", String(16), ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", String(1000), nullable=False),
    Column("at", UtcTime, nullable=False),
)
