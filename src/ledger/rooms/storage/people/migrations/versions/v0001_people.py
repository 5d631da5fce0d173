"""Users and what they hold, how they come in, the access log, and the sealed names of applicants."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _users()
    _ways_in()
    _accesses()
    _applicants()


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("name", _NAME, primary_key=True),
        sa.Column("display", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("password", sa.Text),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "grants",
        sa.Column("user_name", _NAME, sa.ForeignKey("users.name"), primary_key=True),
        sa.Column("role", _NAME, primary_key=True),
        sa.Column("organ", _NAME, primary_key=True),
    )
    op.create_table(
        "identities",
        sa.Column("issuer", _NAME, primary_key=True),
        sa.Column("identity", _NAME, primary_key=True),
        _user(),
    )


def _ways_in() -> None:
    op.create_table(
        "sessions",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        _user(),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
    )
    op.create_index("sessions_seen", "sessions", ["seen_at"])
    op.create_table(
        "tokens",
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        _user(),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("role", _NAME, nullable=False),
        sa.Column("organ", _NAME, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
    )
    op.create_table(
        "links",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        _user(),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("id", _ROW, primary_key=True),
        sa.Column("source", _NAME, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("attempts_source", "attempts", ["source", "at"])


def _accesses() -> None:
    op.create_table(
        "accesses",
        sa.Column("id", _ROW, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("token", sa.Text),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("organ", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
    )
    op.create_index("accesses_at", "accesses", ["at"])


def _applicants() -> None:
    op.create_table(
        "applicants",
        sa.Column("organ", _NAME, primary_key=True),
        sa.Column("subject", _NAME, primary_key=True),
        sa.Column("key_id", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("erasing", sa.Text),
    )


def _user() -> sa.Column[str]:
    return sa.Column("user_name", _NAME, sa.ForeignKey("users.name"), nullable=False)
