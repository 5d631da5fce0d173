"""The tree grows with the journal, in the same transaction, and gives the hash of any range of events."""

from collections.abc import Iterator, Sequence

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from ledger.rooms.storage import tree
from ledger.rooms.storage.edge import Edge
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.tables import events, head, tiles
from ledger.verbs.opening import open_journal
from ledger.words import trees
from ledger.words.problems import Refusal
from test_trees import defined

SIZES = [0, 1, 15, 16, 17, 255, 256, 257, 700]


def stored(number: int) -> StoredEvent:
    state = f'{{"number": {number}}}'.encode()
    return StoredEvent(f"item:{number}@example-office", 1, "item.listed", state)


def grow(journal: Journal, size: int, step: int) -> None:
    begin = journal.max_notification_id() or 0
    for at in range(begin, size, step):
        journal.insert_events([stored(number) for number in range(at, min(at + step, size))])


def states(journal: Journal) -> list[bytes]:
    with journal.reading() as connection:
        query = select(events.c.state).order_by(events.c.position)
        return list(connection.execute(query).scalars())


@pytest.fixture
def journal(database_url: str) -> Iterator[Journal]:
    journal = open_journal(database_url, create=True)
    yield journal
    journal.engine.dispose()


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_the_root_at_every_size_is_that_of_the_stored_bytes(journal: Journal, step: int) -> None:
    for size in SIZES[:-1] if step == 1 else SIZES:
        grow(journal, size, step)
        leaves = states(journal)
        with journal.reading() as connection:
            assert tree.edge(connection).size == size
            assert tree.edge(connection).root() == tree.root(connection, size) == defined(leaves)
    with journal.reading() as connection:
        for size in range(0, len(leaves), 13):
            assert tree.root(connection, size) == defined(leaves[:size])


def test_every_proof_is_made_of_the_hashes_that_the_rfc_defines(journal: Journal) -> None:
    grow(journal, 700, 1000)
    leaves = states(journal)
    with journal.reading() as connection:
        for size in (700, 699, 512, 300, 17, 1):
            for index in range(0, size, 37):
                path = trees.inclusion_path(index, size)
                told = tree.hashes(connection, path)
                assert told == [defined(leaves[begin:end]) for begin, end in path]
                leaf = trees.leaf_hash(leaves[index])
                root = trees.root_by_inclusion(leaf, index, size, told)
                assert root == defined(leaves[:size])
            path = trees.consistency_path(size, 700)
            told = tree.hashes(connection, path)
            roots = (tree.root(connection, size) for size in (size, 700))
            assert trees.is_consistent(size, 700, *roots, told)


@given(st.lists(st.integers(0, 40), max_size=12))
def test_an_edge_that_is_packed_and_unpacked_goes_on_as_one_that_was_not(
    steps: Sequence[int],
) -> None:
    whole, edge, rows = Edge(), Edge(), []
    for step in steps:
        edge = Edge(edge.size, edge.packed())
        for _ in range(step):
            leaf = trees.leaf_hash(str(edge.size).encode())
            whole.grow(leaf)
            edge.grow(leaf)
        rows += edge.filled
    assert (edge.packed(), edge.root(), rows) == (whole.packed(), whole.root(), whole.filled)
    assert whole.root() == defined([str(number).encode() for number in range(whole.size)])


def test_what_is_not_recorded_does_not_grow_the_tree(journal: Journal) -> None:
    grow(journal, 20, 20)
    with journal.reading() as connection:
        before = tree.edge(connection).packed()
        rows = connection.execute(select(tiles)).all()
    with pytest.raises(IntegrityError):
        journal.insert_events([stored(20), stored(3)])
    with journal.writing() as writing:
        row = (21, "item:20@example-office", 1, None, "item.listed", 0, b"{}")
        writing.append([row], commit=False)
    with journal.reading() as connection:
        assert tree.edge(connection).packed() == before
        assert connection.execute(select(tiles)).all() == rows


def test_nothing_is_recorded_onto_an_edge_that_does_not_fit_its_position(journal: Journal) -> None:
    grow(journal, 20, 20)
    with journal.exclusively() as connection:
        connection.execute(update(head).values(edge=b"\0" * 32))
    with pytest.raises(Refusal, match="ledger verify"):
        journal.insert_events([stored(20)])
    assert len(states(journal)) == 20
