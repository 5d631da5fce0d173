"""Users, grants, identities, sessions, tokens, links, attempts to sign in, and the access log."""

from alembic import op

from ledger.rooms.storage.people.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
