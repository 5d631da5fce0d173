"""Following: a second ledger that takes in only what the first has signed, and stops at the first lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.proof.keys import read_known
from ledger.rooms.proof.notes import Verifier
from ledger.rooms.storage import reading
from ledger.rooms.storage.edge import Edge
from ledger.rooms.storage.journal import Journal, Writing
from ledger.verbs.checkpointing import last_checkpoint
from ledger.verbs.exporting import Head, Item, items_after
from ledger.verbs.replaying import Replayed, replay
from ledger.verbs.witnessing import must_be_signed
from ledger.words.problems import Problem, Refusal
from ledger.words.trees import leaf_hash

Progress = Callable[[int], None]


def follow_database(
    journal: Journal,
    definitions: Definitions,
    source: Journal,
    keys: Sequence[Verifier] = (),
    progress: Progress = lambda _: None,
) -> Replayed:
    """Takes in what another database has signed since; raises Refusal at the first inconsistency."""
    known = _known(journal, keys)
    with source.reading() as connection, journal.writing(following=True) as writing:
        newest = last_checkpoint(connection)
        if newest is not None:
            must_be_signed(newest, known)
        _must_continue(writing, newest)
        writing.follow(_texts(known))
        until = newest.size if newest else 0
        found = items_after(connection, writing.position, until)
        return replay(writing, definitions, found, known, progress, commit_signed=True)


def follow_stream(
    journal: Journal,
    definitions: Definitions,
    stream: Iterable[Item],
    keys: Sequence[Verifier] = (),
    progress: Progress = lambda _: None,
) -> Replayed:
    """The same from an export, which tells the whole story again; raises Refusal."""
    known = _known(journal, keys)
    with journal.writing(following=True) as writing:
        writing.follow(_texts(known))
        found = _beyond(stream, writing.position, writing.root())
        return replay(writing, definitions, found, known, progress, commit_signed=True)


def _known(journal: Journal, keys: Sequence[Verifier]) -> list[Verifier]:
    """The keys of the followed ledger, with new ones added; raises Refusal where there are none."""
    with journal.reading() as connection:
        texts, position = reading.followed(connection), reading.last_position(connection)
    if position and not texts:
        raise Refusal(Problem("not-an-empty-ledger", params={"count": position}))
    known = list(dict.fromkeys([*read_known(texts.split()), *keys]))
    if not known:
        raise Refusal(Problem("follow-whom"))
    return known


def _texts(known: Iterable[Verifier]) -> str:
    return "\n".join(key.text() for key in known)


def _must_continue(writing: Writing, newest: Checkpoint | None) -> None:
    """Raises Refusal where the other ledger no longer stands by what it had signed."""
    size = newest.size if newest else 0
    if size < writing.position:
        raise Refusal(Problem("went-back", params={"size": size, "seen": writing.position}))
    if newest and size == writing.position and newest.root != writing.root():
        raise Refusal(Problem("tells-otherwise", params={"position": size}))


def _beyond(stream: Iterable[Item], position: int, root: bytes) -> Iterator[Item]:
    """What a stream tells beyond a position, once it told the same up to there; raises Refusal."""
    edge = Edge()
    for item in stream:
        if isinstance(item, Checkpoint) and item.size <= position:
            continue
        if edge.size >= position:
            yield item
        elif isinstance(item, bytes):
            edge.grow(leaf_hash(item))
            if edge.size == position and edge.root() != root:
                raise Refusal(Problem("tells-otherwise", params={"position": position}))
        elif isinstance(item, Head):
            params = {"size": edge.size, "seen": position}
            raise Refusal(Problem("went-back", params=params))
