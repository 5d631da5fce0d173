"""Alembic's entry: runs the versions on the connection that `upgrade` holds, in its transaction."""

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], version_table=given["version_table"])
context.run_migrations()
