"""The journal, guarded against change in the database itself, its tree, and the facts derived from it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "events",
        sa.Column("position", position, primary_key=True, autoincrement=False),
        sa.Column("stream", name, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("id", name),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("stream", "version", name="events_stream_version"),
    )
    given = sa.text("id IS NOT NULL")
    op.create_index(
        "event_ids", "events", ["id"], unique=True, sqlite_where=given, postgresql_where=given
    )
    head = op.create_table(
        "head",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("reformed", sa.BigInteger, nullable=False),
        sa.Column("edge", sa.LargeBinary, nullable=False),
        sa.Column("follows", sa.Text),
    )
    first = {"one": 1, "position": 0, "recorded_at": 0, "reformed": 0, "edge": b""}
    op.bulk_insert(head, [first])
    op.create_table(
        "tiles",
        sa.Column("position", position, primary_key=True, autoincrement=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "checkpoints",
        sa.Column("size", position, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "signatures",
        sa.Column("size", position, primary_key=True, autoincrement=False),
        sa.Column("line", name, primary_key=True),
    )
    op.create_table(
        "shapes",
        sa.Column("shape", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", name, nullable=False, unique=True),
    )
    op.create_table(
        "facts",
        sa.Column("subject", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("slot", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("known_from", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("known_until", sa.BigInteger),
        sa.Column("organ", sa.BigInteger, nullable=False),
        sa.Column("shape", sa.Integer, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer, nullable=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    still, no_more = sa.text("known_until IS NULL"), sa.text("known_until IS NOT NULL")
    lasted = "".join(f" WHEN known_until - known_from < {8**n} THEN {n}" for n in range(1, 12))
    for index, columns, where in (
        ("facts_everywhere", "shape since organ until quantity known_from known_until", still),
        ("facts_of_organ", "organ shape since until quantity known_from known_until", still),
    ):
        op.create_index(index, "facts", columns.split(), sqlite_where=where, postgresql_where=where)
    op.create_index(
        "facts_superseded",
        "facts",
        [
            sa.text(f"(CASE{lasted} ELSE 12 END)"),
            *("organ", "known_from", "known_until", "shape", "since", "until", "quantity"),
        ],
        sqlite_where=no_more,
        postgresql_where=no_more,
    )
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


_GUARDS = {
    # INSERT OR REPLACE deletes without firing the delete trigger unless a pragma is set on that very
    # connection, so an insert over what exists is refused too.
    "sqlite": (
        """CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only: events are never changed'); END""",
        """CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only: events are never deleted'); END""",
        """CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events
        WHEN EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
        OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version = NEW.version)
        OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'UNIQUE: the journal is append-only, this event exists'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the journal is append-only: events are never changed or deleted';
        END $$""",
        """CREATE TRIGGER events_are_not_changed BEFORE UPDATE OR DELETE ON events
        FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()""",
        """CREATE TRIGGER events_are_not_truncated BEFORE TRUNCATE ON events
        FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()""",
    ),
}
