"""Alembic's entry: runs the versions on the connection that `migrate` holds, in its transaction."""

from alembic import context

from ledger.rooms.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
