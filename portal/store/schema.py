"""Tables of the store. Migrations in `migrations/` build exactly these; a test compares the two."""

import datetime as dt

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

REVISION = "0005"
"""The newest migration; a test compares it with the scripts."""


class UtcTime(TypeDecorator):
    """An aware UTC time; SQLite keeps none of the zone, so it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:
        return value.replace(tzinfo=dt.UTC) if value and value.tzinfo is None else value


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

provider = Table(
    "provider",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("data", JSON, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)

# What the portal and the provider have settled; a provider without a row is admitted. Apart from `provider`, since that
# comes from files.
provider_standing = Table(
    "provider_standing",
    metadata,
    Column("provider", String(64), ForeignKey("provider.id"), primary_key=True),
    Column("admission", String(16), nullable=False),
    Column("four_eyes", Boolean, nullable=False),
)

offering = Table(
    "offering",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("provider", String(64), ForeignKey("provider.id"), nullable=False),
    Column("code", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("example", Boolean, nullable=False),
    Column("data", JSON, nullable=False),
    Column("detected", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    UniqueConstraint("provider", "code", name="uq_offering_provider_code"),
    Index("ix_offering_state_created_at", "state", "created_at"),
)

# One row per change of the catalogue, written in the change's own transaction; the indexer follows it by `seq`.
outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("entity", String(16), nullable=False),
    Column("entity_id", String(200), nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

# Single facts about the store itself, such as its epoch (a restored backup gets a new one).
fact = Table(
    "fact",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", String(500), nullable=False),
)
