"""Facts: what a history means for counting."""

from __future__ import annotations

import msgspec


class Fact(msgspec.Struct, frozen=True, gc=False):
    """A subject stood in a state of an organ from one day until another.

    `shape` is the state with its dimensions as one readable key:
    `application.pending applicant=natural-person channel=online entry=received`.
    """

    organ: str
    shape: str
    since: int
    until: int
    quantity: int
    """件, or 分 where the state is of money."""
    evidence: tuple[int, ...]
    """Positions of the events that say so."""

    @property
    def state(self) -> str:
        """The state of its shape: application.pending."""
        return read_shape(self.shape)["state"]


class Known(msgspec.Struct, frozen=True):
    """A fact of a subject with the positions from which and until which it was known."""

    subject: int
    slot: int
    known_from: int
    known_until: int | None
    fact: Fact


def shape(state: str, **dimensions: str | None) -> str:
    """The key of a state with its dimensions; a dimension that is not known is left out."""
    named = (f"{name}={code}" for name, code in sorted(dimensions.items()) if code)
    return " ".join((state, *named))


def read_shape(key: str) -> dict[str, str]:
    """The state and dimensions of a key: {"state": "application.pending", "applicant": …}."""
    state, *named = key.split(" ")
    return {"state": state, **dict(pair.split("=", 1) for pair in named)}
