"""The lives of subjects while a batch grows them, and the rows of facts that it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ledger.rooms import subjects
from ledger.rooms.storage.journal import FactRow, Writing
from ledger.rooms.subjects.succession import Successions
from ledger.words.events import Event
from ledger.words.facts import Fact


class Life:
    """The history of one subject while a batch grows it, and what the batch changes of its facts."""

    def __init__(self, number: int, history: list[Event], successions: Successions) -> None:
        self.number = number
        self.history = history
        self.before = subjects.facts_of(history, successions) if history else []
        """The facts that were known before the batch."""
        self.superseded: list[tuple[int, int, int]] = []
        self._known: list[tuple[int, Fact]] = [(0, fact) for fact in self.before]
        self._past: list[tuple[int, int, int, Fact]] = []

    @property
    def after(self) -> list[Fact]:
        """The facts that are known with the batch."""
        return [fact for _, fact in self._known]

    def add(self, event: Event, successions: Successions) -> None:
        """The next event of the history."""
        self.history.append(event)
        self.refold(event.position, successions)

    def refold(self, position: int, successions: Successions) -> None:
        """Takes in what an event, of this history or of an organ's, makes of the facts."""
        facts = subjects.facts_of(self.history, successions)
        kept: list[tuple[int, Fact]] = []
        for slot, (since, old) in enumerate(self._known):
            if slot < len(facts) and facts[slot] == old:
                kept.append((since, old))
                continue
            if slot < len(facts):
                kept.append((position, facts[slot]))
            if since:
                self._past.append((slot, since, position, old))
            else:
                self.superseded.append((position, self.number, slot))
        kept += [(position, fact) for fact in facts[len(self._known) :]]
        self._known = kept

    def facts(self) -> Iterator[tuple[int, int, int | None, Fact]]:
        """The facts that the batch added: (slot, known from, known until, fact)."""
        yield from self._past
        for slot, (since, fact) in enumerate(self._known):
            if since:
                yield slot, since, None, fact


class Shapes:
    """The numbers of shapes; those that are new are given the next ones."""

    def __init__(self, writing: Writing) -> None:
        self.new: list[tuple[int, str]] = []
        self._writing = writing
        self._known = writing.known_shapes
        self._asked = False

    def number(self, key: str) -> int:
        """The number of a shape."""
        number = self._known.get(key)
        if number is None and not self._asked:
            self._known = self._writing.shapes()
            self._asked = True
            number = self._known.get(key)
        if number is None:
            number = len(self._known) + 1
            self._known = self._known | {key: number}
            self.new.append((number, key))
        return number


def fact_row(
    subject: int,
    slot: int,
    known_from: int,
    known_until: int | None,
    organ: int,
    number_of: Callable[[str], int],
    fact: Fact,
) -> FactRow:
    """A fact as the row that storage keeps."""
    return (
        subject,
        slot,
        known_from,
        known_until,
        organ,
        number_of(fact.shape),
        fact.since,
        fact.until,
        fact.quantity,
        f"[{','.join(map(str, fact.evidence))}]",
    )
