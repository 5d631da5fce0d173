"""The hot statements, written in SQLAlchemy Core and compiled once for the driver below it.

A single durable append costs about 180 µs in SQLite itself; compiling or processing each statement
anew would cost as much again. What runs is still Core's text, one code for both databases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Dialect,
    Insert,
    LargeBinary,
    Select,
    Text,
    Update,
    bindparam,
    cast,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.types import TypeEngine

from ledger.rooms.storage.tables import (
    FACTS_OF_ORGAN,
    SUCCESSIONS,
    checkpoints,
    events,
    facts,
    head,
    shapes,
    signatures,
    tiles,
)


def as_list(values: Iterable[Any]) -> str:
    """Values as the one parameter that a statement made by `_each` takes."""
    return msgspec.json.encode(list(values)).decode()


class Statements:
    """The statements of the journal for one dialect, as (text) taking positional parameters."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        names, numbers = _each(dialect, Text), _each(dialect, BigInteger)
        told = (events.c.stream, events.c.position, events.c.version, events.c.state)
        self.begin = "BEGIN IMMEDIATE" if dialect.name == "sqlite" else ""
        self.lock_head = self._text(
            select(
                head.c.position, head.c.recorded_at, head.c.reformed, head.c.edge, head.c.follows
            ).with_for_update()
        )
        self.find_given = self._text(select(*told).where(events.c.id.in_(names)))
        self.find_at = self._text(select(*told).where(events.c.position.in_(numbers)))
        self.find_histories = self._text(
            select(*told)
            .where(events.c.stream.in_(names))
            .order_by(events.c.stream, events.c.version)
        )
        succeeded = select(events.c.stream).where(SUCCESSIONS)
        self.find_succeeded = self._literal(
            select(*told)
            .where(events.c.stream.in_(succeeded))
            .order_by(events.c.stream, events.c.version)
        )
        self.find_held = self._text(
            select(events.c.stream)
            .distinct()
            .join(facts, facts.c.subject == events.c.position)
            .with_hint(facts, f"INDEXED BY {FACTS_OF_ORGAN.name}", "sqlite")
            .where(facts.c.organ.in_(numbers), facts.c.known_until.is_(None))
            .where(facts.c.evidence.like(bindparam("cited", type_=Text)))
        )
        self.all_shapes = self._text(select(shapes.c.key, shapes.c.shape))
        self.add_events = self._text(insert(events))
        self.add_tiles = self._text(insert(tiles))
        self.add_checkpoint = self._text(insert(checkpoints))
        self.add_signatures = self._text(insert(signatures))
        self.add_shapes = self._text(insert(shapes))
        self.add_facts = self._text(insert(facts))
        self.supersede = self._text(
            update(facts)
            .where(facts.c.subject == bindparam("of_subject", type_=BigInteger))
            .where(facts.c.slot == bindparam("of_slot", type_=BigInteger))
            .where(facts.c.known_until.is_(None))
            .values(known_until=bindparam("position", type_=BigInteger))
        )
        self.follow = self._text(update(head).values(follows=bindparam("keys", type_=Text)))
        self.move_head = self._text(
            update(head).values(
                position=bindparam("new_position", type_=BigInteger),
                recorded_at=bindparam("new_time", type_=BigInteger),
                reformed=bindparam("new_reform", type_=BigInteger),
                edge=bindparam("new_edge", type_=LargeBinary),
            )
        )

    def _text(self, statement: Select[Any] | Insert | Update) -> str:
        return str(statement.compile(dialect=self._dialect))

    def _literal(self, statement: Select[Any]) -> str:
        """The text of a statement that takes no parameters: what it compares with stands in it."""
        told = statement.compile(dialect=self._dialect, compile_kwargs={"literal_binds": True})
        return str(told)


def _each(dialect: Dialect, type_: type[Text] | type[BigInteger]) -> Select[Any]:
    """The members of one JSON list parameter as rows: any number of values, one statement text."""
    if dialect.name == "sqlite":
        return select(func.json_each(bindparam("list", type_=Text)).table_valued("value").c.value)
    listed = cast(bindparam("list", type_=Text), JSON)
    member = func.json_array_elements_text(listed).table_valued("value").c.value
    wanted: TypeEngine[Any] = type_()
    return select(cast(member, wanted))
