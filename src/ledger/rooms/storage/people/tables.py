"""The tables of persons: no password and no token is in them, only what they can be checked by."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

_Row = BigInteger().with_variant(Integer, "sqlite")
_Name = Text().with_variant(Text(collation="C"), "postgresql")


def _user(*, nullable: bool = False) -> Column[str]:
    return Column("user_name", _Name, ForeignKey("users.name"), nullable=nullable)


users = Table(
    "users",
    metadata,
    Column("name", _Name, primary_key=True),
    Column("display", Text, nullable=False),
    Column("email", Text),
    Column("password", Text),
    Column("disabled", Boolean, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)
"""`password` is the argon2 hash; without one nobody signs in by password."""

grants = Table(
    "grants",
    metadata,
    Column("user_name", _Name, ForeignKey("users.name"), primary_key=True),
    Column("role", _Name, primary_key=True),
    Column("organ", _Name, primary_key=True),
)
"""`organ` is empty for a grant at every organ."""

identities = Table(
    "identities",
    metadata,
    Column("issuer", _Name, primary_key=True),
    Column("identity", _Name, primary_key=True),
    _user(),
)
"""Who a provider of OpenID Connect says someone is (`iss`, `sub`), and whom we know them as."""

sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    _user(),
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Index("sessions_seen", "seen_at"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", _Name, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    _user(),
    Column("purpose", Text, nullable=False),
    Column("role", _Name, nullable=False),
    Column("organ", _Name, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
)

links = Table(
    "links",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    _user(),
    Column("expires_at", BigInteger, nullable=False),
)
"""One-time links to set a password; a used one is deleted."""

attempts = Table(
    "attempts",
    metadata,
    Column("id", _Row, primary_key=True),
    Column("source", _Name, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("attempts_source", "source", "at"),
)
"""Sign-ins that failed or are under way, each once for the name and once for the address."""

accesses = Table(
    "accesses",
    metadata,
    Column("id", _Row, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("token", Text),
    Column("action", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("organ", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index("accesses_at", "at"),
)
"""Who read or took out what is not public; `user_name` stays when a user is gone."""

applicants = Table(
    "applicants",
    metadata,
    Column("organ", _Name, primary_key=True),
    Column("subject", _Name, primary_key=True),
    Column("key_id", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("erasing", Text),
)
"""Names and contacts as ciphertexts; their keys are never here. `erasing` is the id of the event
that will say so, where the key is destroyed and the journal has not yet been told."""
