"""Alembic's entry: runs the versions on the connection that `migrate` holds, in its transaction."""

from alembic import context

from ledger.rooms.storage.people.migrations import VERSIONS
from ledger.rooms.storage.people.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSIONS,
)
context.run_migrations()
