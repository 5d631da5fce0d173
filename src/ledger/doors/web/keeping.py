"""Answers kept while nothing new is recorded: a page is a function of the journal's position."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import blake2b
from threading import Lock

import msgspec

MOST = 64 * 1024**2
"""Bytes of answers kept by a process; the one longest unused goes first."""
LARGEST = 1024**2
"""Bytes of an answer that is kept: the trace of a whole province would put out all others."""
PATIENCE = 0.1
"""Seconds that an answer waits for its turn."""


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
        self._bytes = 0
        self._lock = Lock()
        self._turn = Lock()

    def get(self, key: Hashable, make: Callable[[], str]) -> Answer:
        """The answer of a key, made where it is not kept."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
                return found
        made = self._made(make)
        if len(made.body) <= LARGEST:
            self._keep(key, made)
        return made

    def _made(self, make: Callable[[], str]) -> Answer:
        # A process draws one answer at a time whatever its threads do: taking turns, each is done early,
        # and none waits while all are half done. A long one is not waited for.
        has_turn = self._turn.acquire(timeout=PATIENCE)
        try:
            return Answer.of(make())
        finally:
            if has_turn:
                self._turn.release()

    def _keep(self, key: Hashable, made: Answer) -> None:
        with self._lock:
            before = self._answers.pop(key, None)
            self._answers[key] = made
            self._bytes += len(made.body) - (len(before.body) if before else 0)
            while self._bytes > self._most:
                _, gone = self._answers.popitem(last=False)
                self._bytes -= len(gone.body)
