"""An attacker who may write to the whole database: what he does to it, and where it must be found.

An attack takes the database and dice; it returns where it must be found: positions of which at least
one must lie in a place that is named, or the very place.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable

from ledger.rooms.proof.checkpoints import checkpoint_text
from ledger.rooms.proof.notes import LOG, Signer
from ledger.rooms.storage.edge import Edge
from ledger.words.trees import HASH, leaf_hash

Database = sqlite3.Connection
Struck = set[int] | str
Attack = Callable[[Database, random.Random], Struck]


def disarm(database: Database) -> None:
    """The guards in the database hinder accidents, not him."""
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        database.execute(f"DROP TRIGGER {name}")


def last(database: Database) -> int:
    return int(database.execute("SELECT max(position) FROM events").fetchone()[0])


def last_signed(database: Database) -> int:
    return int(database.execute("SELECT max(size) FROM checkpoints").fetchone()[0])


def state(database: Database, position: int) -> bytes:
    query = "SELECT state FROM events WHERE position = ?"
    return bytes(database.execute(query, (position,)).fetchone()[0])


def put(database: Database, position: int, data: bytes) -> None:
    database.execute("UPDATE events SET state = ? WHERE position = ?", (data, position))


def flipped(data: bytes, dice: random.Random) -> bytes:
    at, bit = dice.randrange(len(data)), 1 << dice.randrange(8)
    return data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]


def rehash(database: Database) -> None:
    """Makes tiles and head agree with the events, whatever they are now."""
    edge = Edge()
    for (data,) in database.execute("SELECT state FROM events ORDER BY position"):
        edge.grow(leaf_hash(data))
    database.execute("DELETE FROM tiles")
    database.executemany("INSERT INTO tiles VALUES (?, ?)", edge.filled)
    values = (edge.size, edge.packed())
    newest = "(SELECT max(recorded_at) FROM events)"
    database.execute(f"UPDATE head SET position = ?, edge = ?, recorded_at = {newest}", values)


# On the events


def flip_a_byte(database: Database, dice: random.Random) -> set[int]:
    position = dice.randint(1, last(database))
    put(database, position, flipped(state(database, position), dice))
    return {position}


def flip_a_byte_and_its_hash(database: Database, dice: random.Random) -> set[int]:
    """The hash that stands beside the event is made to fit; those above it are not."""
    position = dice.randint(1, last(database))
    data = flipped(state(database, position), dice)
    put(database, position, data)
    at, nth = -(-position // 16) * 16, (position - 1) % 16
    row = database.execute("SELECT hashes FROM tiles WHERE position = ?", (at,)).fetchone()
    if row is not None:
        hashes = bytes(row[0])
        fitted = hashes[: nth * 32] + leaf_hash(data) + hashes[(nth + 1) * 32 :]
        database.execute("UPDATE tiles SET hashes = ? WHERE position = ?", (fitted, at))
    return {position}


def flip_a_byte_and_rehash_all(database: Database, dice: random.Random) -> set[int]:
    position = dice.randint(1, last_signed(database))
    put(database, position, flipped(state(database, position), dice))
    rehash(database)
    return {position}


def put_a_text_for_the_bytes(database: Database, dice: random.Random) -> set[int]:
    """SQLite takes a text where bytes belong; one letter of it is another."""
    position = dice.randint(1, last(database))
    text = state(database, position).decode()
    at = dice.randrange(len(text))
    told = f"{text[:at]}{'x' if text[at] != 'x' else 'y'}{text[at + 1 :]}"
    database.execute("UPDATE events SET state = ? WHERE position = ?", (told, position))
    return {position}


def delete(database: Database, dice: random.Random) -> set[int]:
    position = dice.randint(1, last(database))
    database.execute("DELETE FROM events WHERE position = ?", (position,))
    return {position, position + 1, last(database)}


def delete_and_close_the_gap(database: Database, dice: random.Random) -> set[int]:
    position = dice.randint(1, last_signed(database) - 1)
    database.execute("DELETE FROM events WHERE position = ?", (position,))
    for at in range(position + 1, last(database) + 1):
        database.execute("UPDATE events SET position = ? WHERE position = ?", (at - 1, at))
    rehash(database)
    return set(range(position, last(database) + 2))


def edit_an_issued_report(database: Database, dice: random.Random) -> set[int]:
    """A figure of it, in the event of its issue, and all hashes anew."""
    query = "SELECT position FROM events WHERE type = 'report.issued'"
    (position,) = database.execute(query).fetchone()
    told = json.loads(state(database, position))
    address = dice.choice(sorted(told["data"]["cells"]))
    told["data"]["cells"][address] += dice.randint(1, 9)
    put(database, position, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
    rehash(database)
    return {position}


def swap(database: Database, dice: random.Random) -> set[int]:
    one, other = dice.sample(range(1, last(database) + 1), 2)
    first, second = state(database, one), state(database, other)
    put(database, one, second)
    put(database, other, first)
    return {one, other}


def swap_whole_rows(database: Database, dice: random.Random) -> set[int]:
    one, other = dice.sample(range(1, last(database) + 1), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        database.execute("UPDATE events SET position = ? WHERE position = ?", (new, old))
    return {one, other}


def insert_at_the_end(database: Database, dice: random.Random) -> set[int]:
    position = last(database) + 1
    database.execute(
        "INSERT INTO events SELECT ?, stream, version + 1000, NULL, type, recorded_at, state"
        " FROM events WHERE position = ?",
        (position, dice.randint(1, position - 1)),
    )
    return {position, position - 1}


def insert_and_rehash_all(database: Database, dice: random.Random) -> set[int]:
    begin = dice.randint(1, last_signed(database))
    for at in range(last(database), begin - 1, -1):
        database.execute("UPDATE events SET position = ? WHERE position = ?", (at + 1, at))
    database.execute(
        "INSERT INTO events SELECT ?, stream, version + 1000, NULL, type, recorded_at, state"
        " FROM events WHERE position = ?",
        (begin, begin + 1),
    )
    rehash(database)
    return set(range(begin, last(database) + 1))


def cut_the_tail(database: Database, dice: random.Random) -> set[int]:
    """Consistently: events, hashes, facts and head, as if the last ones had never been."""
    keep = dice.randint(1, last_signed(database) - 1)
    database.execute("DELETE FROM events WHERE position > ?", (keep,))
    database.execute("DELETE FROM facts WHERE known_from > ?", (keep,))
    database.execute("UPDATE facts SET known_until = NULL WHERE known_until > ?", (keep,))
    rehash(database)
    return {keep}


def change_a_column(database: Database, dice: random.Random) -> set[int]:
    position = dice.randint(1, last(database))
    column, value = dice.choice(
        [
            ("type", "item.listed"),
            ("stream", "application:other@example"),
            ("id", "another-id"),
            ("recorded_at", 7),
            ("version", 99),
        ]
    )
    database.execute(f"UPDATE events SET {column} = ? WHERE position = ?", (value, position))
    return {position}


# On what is kept beside them


def change_a_hash(database: Database, dice: random.Random) -> set[int]:
    rows = database.execute("SELECT position, hashes FROM tiles").fetchall()
    position, hashes = dice.choice(rows)
    values = (flipped(bytes(hashes), dice), position)
    database.execute("UPDATE tiles SET hashes = ? WHERE position = ?", values)
    under = 16 ** (len(hashes) // (16 * HASH))
    return set(range(position - under + 1, position + 1))


def delete_hashes(database: Database, dice: random.Random) -> set[int]:
    (position,) = dice.choice(database.execute("SELECT position FROM tiles").fetchall())
    database.execute("DELETE FROM tiles WHERE position = ?", (position,))
    return {position}


def change_the_edge(database: Database, dice: random.Random) -> set[int]:
    (edge,) = database.execute("SELECT edge FROM head").fetchone()
    database.execute("UPDATE head SET edge = ?", (flipped(bytes(edge), dice),))
    size = last(database)
    return set(range(size - size % 16 + 1, size + 1))


def move_the_head(database: Database, dice: random.Random) -> set[int]:
    moved = last(database) + dice.choice([-16, -1, 1, 10**9])
    database.execute("UPDATE head SET position = ?", (moved,))
    return {moved}


def set_the_clock_of_the_head(database: Database, dice: random.Random) -> set[int]:
    """So that all that is recorded from now on would seem to be of that time."""
    (noted,) = database.execute("SELECT recorded_at FROM head").fetchone()
    altered = noted + dice.choice([-1, 1, 10**12])
    database.execute("UPDATE head SET recorded_at = ?", (altered,))
    return {altered}


Key = tuple[int, int, int]


def any_fact(database: Database, dice: random.Random) -> Key:
    query = "SELECT subject, slot, known_from FROM facts"
    key: Key = dice.choice(database.execute(query).fetchall())
    return key


def named(key: Key) -> str:
    return "/".join(map(str, key))


def edit_a_fact(database: Database, dice: random.Random) -> str:
    column = dice.choice(["quantity", "since", "until", "organ", "shape", "known_until"])
    key = any_fact(database, dice)
    database.execute(
        f"UPDATE facts SET {column} = coalesce({column}, 0) + 1"
        " WHERE subject = ? AND slot = ? AND known_from = ?",
        key,
    )
    return named(key)


def delete_a_fact(database: Database, dice: random.Random) -> str:
    key = any_fact(database, dice)
    where = "subject = ? AND slot = ? AND known_from = ?"
    database.execute(f"DELETE FROM facts WHERE {where}", key)
    return named(key)


def insert_a_fact(database: Database, dice: random.Random) -> str:
    subject, known_from = dice.choice([1, 5, 10**6]), dice.randint(1, last(database))
    database.execute(
        "INSERT INTO facts SELECT ?, 77, ?, NULL, organ, shape, since, until, quantity, evidence"
        " FROM facts LIMIT 1",
        (subject, known_from),
    )
    return named((subject, 77, known_from))


def change_a_checkpoint(database: Database, dice: random.Random) -> set[int]:
    size, text = dice.choice(database.execute("SELECT size, text FROM checkpoints").fetchall())
    lines = text.split("\n")
    told = dice.choice(
        [
            text.replace(lines[1], str(size + 1)),
            text.replace(lines[2], lines[2][::-1]),
            text.replace(lines[0], "another"),
            "",
        ]
    )
    database.execute("UPDATE checkpoints SET text = ? WHERE size = ?", (told, size))
    return {size}


def sign_with_another_key(database: Database, dice: random.Random) -> set[int]:
    """Under the ledger's own name."""
    size, text = dice.choice(database.execute("SELECT size, text FROM checkpoints").fetchall())
    line = Signer.new(text.split("\n")[0], LOG).sign(text, 0)
    database.execute("UPDATE signatures SET line = ? WHERE size = ?", (line, size))
    return {size}


def rewrite_and_sign_again(database: Database, dice: random.Random) -> set[int]:
    """Everything in the database anew, consistently, with a key of his own under the old name."""
    position = dice.randint(1, last_signed(database))
    put(database, position, flipped(state(database, position), dice))
    rehash(database)
    origin = database.execute("SELECT text FROM checkpoints").fetchone()[0].split("\n")[0]
    sizes = [size for (size,) in database.execute("SELECT size FROM checkpoints ORDER BY size")]
    signer, edge, tops = Signer.new(origin, LOG), Edge(), {}
    for (data,) in database.execute("SELECT state FROM events ORDER BY position"):
        edge.grow(leaf_hash(data))
        tops[edge.size] = edge.root()
    database.execute("DELETE FROM signatures")
    for size in sizes:
        text = checkpoint_text(origin, size, tops[size])
        database.execute("UPDATE checkpoints SET text = ? WHERE size = ?", (text, size))
        database.execute("INSERT INTO signatures VALUES (?, ?)", (size, signer.sign(text, 0)))
    return set(sizes)


ON_EVENTS: list[Attack] = [
    flip_a_byte,
    flip_a_byte_and_its_hash,
    flip_a_byte_and_rehash_all,
    put_a_text_for_the_bytes,
    delete,
    delete_and_close_the_gap,
    swap,
    swap_whole_rows,
    insert_at_the_end,
    insert_and_rehash_all,
    cut_the_tail,
    change_a_column,
    edit_an_issued_report,
]
ON_THE_REST: list[Attack] = [
    change_a_hash,
    delete_hashes,
    change_the_edge,
    move_the_head,
    set_the_clock_of_the_head,
    edit_a_fact,
    delete_a_fact,
    insert_a_fact,
    change_a_checkpoint,
    sign_with_another_key,
    rewrite_and_sign_again,
]
