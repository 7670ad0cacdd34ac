"""Runs migrations on the connection that `Database.migrate` hands over."""

from alembic import context

from portal.store.signal_tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
