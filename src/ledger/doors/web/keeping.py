"""Answers kept while nothing new is recorded: a page is a function of the journal's position."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

MOST = 400
"""Answers kept by a process; the one longest unused goes first."""


class Kept:
    """Texts by what they were made from; a later position makes another key, so none grows stale."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._texts: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """The text of a key, made where it is not kept."""
        with self._lock:
            found = self._texts.get(key)
            if found is not None:
                self._texts.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._texts[key] = made
            while len(self._texts) > self._most:
                self._texts.popitem(last=False)
        return made
