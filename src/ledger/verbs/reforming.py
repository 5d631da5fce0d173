"""Reforming: the successions of organs while a batch may change them, and whom a change reaches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from ledger.rooms import subjects
from ledger.rooms.storage.journal import Writing
from ledger.rooms.subjects.organ import registered_on
from ledger.rooms.subjects.succession import (
    Successions,
    gone,
    holder_on,
    impossible,
    standing_in,
    succession_of,
    successors,
    with_succession,
)
from ledger.verbs.lives import Life
from ledger.words.events import Event
from ledger.words.problems import Problem
from ledger.words.years import day_of

AT_ONCE = 1000
"""Subjects that are read and written together where a succession reaches more than a batch names."""


class Reform(msgspec.Struct, frozen=True):
    """An event that changed who succeeds an organ, and what stood before and after it."""

    position: int
    organ: str
    before: Successions
    after: Successions


class Reforming:
    """The successions that stand, and how the events of a batch change them."""

    def __init__(self, writing: Writing) -> None:
        self.standing: Successions = writing.successions(standing_in)
        self._writing = writing
        self._reforms: list[Reform] = []

    def gone(self, draft: Mapping[str, Any], named: Iterable[tuple[str, str]]) -> Problem | None:
        """Why an organ cannot be named for the day of a draft: another stood in its place by then."""
        if not self.standing:
            return None
        on = day_of(draft["occurred_on"])
        for pointer, code in named:
            passing = self.standing.get(code)
            if passing is None or on < passing.day:
                continue
            itself = subjects.stays(draft["subject"])
            last_act = draft["type"] == "application.transferred" and on == passing.day
            if pointer != "/organ" or not (itself or last_act):
                return gone(pointer, passing, holder_on(code, on, self.standing))
        return None

    def impossible(
        self, history: Sequence[Event], history_of: Callable[[str], Sequence[Event]]
    ) -> Problem | None:
        """Why an organ cannot be succeeded, or succeed another, as its history would have it."""
        code = history[-1].organ
        would_be = with_succession(self.standing, code, succession_of(history))
        return impossible(
            code,
            would_be,
            lambda other: registered_on(history if other == code else history_of(other)),
        )

    def take_in(self, history: Sequence[Event]) -> bool:
        """Whether the last event of an organ's history changes who succeeds it."""
        code, before = history[-1].organ, self.standing
        passing = succession_of(history)
        if passing == before.get(code):
            return False
        self.standing = with_succession(before, code, passing)
        self._reforms.append(Reform(history[-1].position, code, before, self.standing))
        return True

    def reached(self, known: Collection[str], number_of: Callable[[str], int]) -> Iterator[Life]:
        """The lives of subjects that the changes reach, but for those that are known already."""
        if not self._reforms:
            return
        held = {name for reform in self._reforms for name in self._held_at(reform, number_of)}
        names = iter(sorted(held.difference(known)))
        while chunk := list(islice(names, AT_ONCE)):
            for history in self._writing.histories(chunk).values():
                life = Life(history[0].position, history, self._reforms[0].before)
                for reform in self._reforms:
                    life.refold(reform.position, reform.after)
                yield life

    def _held_at(self, reform: Reform, number_of: Callable[[str], int]) -> set[str]:
        """The subjects that an organ has, and those that it had passed on before the reform."""
        held = self._writing.held_by([number_of(reform.organ)])
        passing = reform.before.get(reform.organ)
        if passing is None:
            return held
        later = [number_of(code) for code in successors(reform.organ, reform.before)]
        return held | self._writing.held_by(later, evidence=passing.evidence[0])
