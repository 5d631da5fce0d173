"""Answers kept while nothing new is recorded: a page is a function of the journal's position."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import blake2b
from threading import Lock

import msgspec

MOST = 400
"""Answers kept by a process; the one longest unused goes first."""


class Answer(msgspec.Struct, frozen=True):
    """What is sent, and what tells it from any other."""

    body: bytes
    tag: str

    @classmethod
    def of(cls, text: str) -> Answer:
        """A text as it is sent."""
        body = text.encode()
        return cls(body, blake2b(body, digest_size=16).hexdigest())


class Kept:
    """Answers by what they were made from; a later position makes another key, so none grows stale."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], str]) -> Answer:
        """The answer of a key, made where it is not kept."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
                return found
        made = Answer.of(make())
        with self._lock:
            self._answers[key] = made
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return made
