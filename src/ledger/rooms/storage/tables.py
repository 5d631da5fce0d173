"""The tables: events and streams are the truth, shapes and facts are derived from them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# SQLite makes only an INTEGER PRIMARY KEY its row id; BIGINT would cost a second tree.
_Position = BigInteger().with_variant(Integer, "sqlite")

# Names compare by their bytes on every database, so a range of names is the same everywhere.
_Name = Text().with_variant(Text(collation="C"), "postgresql")

events = Table(
    "events",
    metadata,
    Column("position", _Position, primary_key=True, autoincrement=False),
    Column("stream", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("id", _Name, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
    UniqueConstraint("stream", "version", name="events_stream_version"),
)
"""The journal. `stream` is the position of the subject's first event, `version` counts within it."""

streams = Table(
    "streams",
    metadata,
    Column("name", _Name, primary_key=True),
    Column("stream", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""The name of each subject and the stream that holds its history."""

head = Table(
    "head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
)
"""One row: the last position. Writers lock it, so positions follow commit order on every database."""

shapes = Table(
    "shapes",
    metadata,
    Column("shape", Integer, primary_key=True, autoincrement=False),
    Column("key", _Name, nullable=False, unique=True),
)
"""Each state with its dimensions, numbered."""

facts = Table(
    "facts",
    metadata,
    Column("stream", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", SmallInteger, primary_key=True, autoincrement=False),
    Column("known_from", BigInteger, primary_key=True, autoincrement=False),
    Column("known_until", BigInteger),
    Column("organ", BigInteger, nullable=False),
    Column("shape", Integer, ForeignKey("shapes.shape"), nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("evidence", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What was known of each subject, from one position until another (NULL: still).

`known_until` never leads an index and has no sentinel: SQLite's planner misreads a column in which
nearly all rows share one value. Current and superseded rows have partial indexes of their own.
"""

_current = facts.c.known_until.is_(None)
_past = facts.c.known_until.is_not(None)

FACTS_EVERYWHERE = Index(
    "facts_everywhere",
    *(facts.c[name] for name in ("shape", "since", "organ", "until", "quantity", "known_from")),
    sqlite_where=_current,
    postgresql_where=_current,
)
FACTS_OF_ORGAN = Index(
    "facts_of_organ",
    *(facts.c[name] for name in ("organ", "shape", "since", "until", "quantity", "known_from")),
    sqlite_where=_current,
    postgresql_where=_current,
)
FACTS_SUPERSEDED = Index(
    "facts_superseded",
    *(
        facts.c[name]
        for name in ("organ", "known_until", "known_from", "shape", "since", "until", "quantity")
    ),
    sqlite_where=_past,
    postgresql_where=_past,
)
