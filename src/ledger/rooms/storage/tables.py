"""The tables: the events are the truth, tiles prove them, shapes and facts are derived from them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    and_,
    literal_column,
)

from ledger.words.events import SUCCEEDED

metadata = MetaData()

# SQLite makes only an INTEGER PRIMARY KEY its row id; BIGINT would cost a second tree.
_Position = BigInteger().with_variant(Integer, "sqlite")

# Names compare by their bytes on every database, so a range of names is the same everywhere.
_Name = Text().with_variant(Text(collation="C"), "postgresql")

events = Table(
    "events",
    metadata,
    Column("position", _Position, primary_key=True, autoincrement=False),
    Column("stream", _Name, nullable=False),
    Column("version", Integer, nullable=False),
    Column("id", _Name),
    Column("type", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
    UniqueConstraint("stream", "version", name="events_stream_version"),
)
"""The journal. `stream` is the full name of the subject, `version` counts within it.

`id` is the one that a caller gave; one that the ledger made tells its position (`event-12`) and needs
no index. Each tree that an append touches costs it about a tenth of a bare durable insert.
"""

_given = events.c.id.is_not(None)
EVENT_IDS = Index(
    "event_ids", events.c.id, unique=True, sqlite_where=_given, postgresql_where=_given
)

ORGANS = and_(events.c.stream >= "organ:", events.c.stream < "organ;", events.c.version == 1)
"""The first events of the organs; ";" is the byte after ":"."""

SUCCESSIONS = and_(
    events.c.stream >= "organ:", events.c.stream < "organ;", events.c.type == SUCCEEDED
)
"""The events by which organs were succeeded, whether they still stand or not."""

head = Table(
    "head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("reformed", BigInteger, nullable=False),
    Column("edge", LargeBinary, nullable=False),
    Column("follows", Text),
)
"""One row: the last position. Writers lock it, so positions follow commit order on every database.

`reformed` is the last position at which an organ was succeeded, or an event of an organ corrected or
voided: what a writer read of successions before it no longer holds. `edge` is that of the tree.
`follows` are the public keys of the ledger that this one is a copy of; nobody else writes to it.
"""

tiles = Table(
    "tiles",
    metadata,
    Column("position", _Position, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
)
"""The tree over the events: at every 16th position the tiles that filled there, lowest level first."""

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("size", _Position, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
)
"""What was signed of the tree, by the number of events that it had then."""

signatures = Table(
    "signatures",
    metadata,
    Column("size", _Position, primary_key=True, autoincrement=False),
    Column("line", _Name, primary_key=True),
)
"""Who signed: the ledger's own keys, and witnesses, who come later."""

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
    Column("subject", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", SmallInteger, primary_key=True, autoincrement=False),
    Column("known_from", BigInteger, primary_key=True, autoincrement=False),
    Column("known_until", BigInteger),
    Column("organ", BigInteger, nullable=False),
    Column("shape", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("evidence", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What was known of each subject, from one position until another (NULL: still).

`subject` and `organ` are the positions of the first events of the subject and of the organ.

`known_until` never leads an index and has no sentinel: SQLite's planner misreads a column in which
nearly all rows share one value. Current and superseded rows have partial indexes of their own.
"""

_current = facts.c.known_until.is_(None)
_past = facts.c.known_until.is_not(None)


def _index(name: str, columns: str, where: ColumnElement[bool]) -> Index:
    # SQLite asks for a column that a partial index's own condition names, so it closes each one.
    named = [facts.c[column] for column in columns.split()]
    return Index(name, *named, sqlite_where=where, postgresql_where=where)


FACTS_EVERYWHERE = _index(
    "facts_everywhere", "shape since organ until quantity known_from known_until", _current
)
FACTS_OF_ORGAN = _index(
    "facts_of_organ", "organ shape since until quantity known_from known_until", _current
)
CLASSES = range(1, 13)
"""How long a superseded fact was known, in powers of eight of positions: 1 is less than 8 …"""

LASTED = literal_column(
    f"(CASE{''.join(f' WHEN known_until - known_from < {8**n} THEN {n}' for n in CLASSES[:-1])}"
    f" ELSE {CLASSES[-1]} END)",
    Integer,
)
"""The class of a superseded fact, written out: an index is used only for the very same text.

What was known at a position is in each class within the last 8ⁿ positions before it. So it is found
among about as many rows, however many were superseded before and after; neither `known_from` nor
`known_until` alone would narrow it down.
"""

FACTS_SUPERSEDED = Index(
    "facts_superseded",
    LASTED,
    *(
        facts.c[column]
        for column in ("organ", "known_from", "known_until", "shape", "since", "until", "quantity")
    ),
    sqlite_where=_past,
    postgresql_where=_past,
)
