"""Runs migrations on the connection that `Database.migrate` hands over."""

from alembic import context

from portal.store import desk_tables, published_tables, signal_tables
from portal.store.schema import metadata

tables = (signal_tables, published_tables, desk_tables)  # imported so that `metadata` knows them
connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
