"""Timing contestants in turns, and saying what a measure is worth beside its floor."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Literal

import msgspec

Contestant = Callable[[], int]
"""Does one round of work and answers of how many units; it prepares its input beforehand."""

Kind = Literal["share", "times", "seconds"]
"""share: of the floor's speed, more is better; times: the floor's time, less is better; seconds."""

_REVERSED_SIGN = {"share": ">=", "times": "<=", "seconds": "<="}


class Measure(msgspec.Struct, kw_only=True):
    """What was measured, in seconds for each unit and round, beside a floor of the same rounds."""

    name: str
    database: str
    what: str
    unit: str
    kind: Kind
    ours: list[float]
    floor: list[float] = []
    floor_is: str = ""
    target: float | None = None

    @property
    def values(self) -> list[float]:
        """The value of each round."""
        if self.kind == "share":
            return [floor / ours for floor, ours in zip(self.floor, self.ours, strict=True)]
        if self.kind == "times":
            return [ours / floor for floor, ours in zip(self.floor, self.ours, strict=True)]
        return self.ours

    @property
    def value(self) -> float:
        """The median of the rounds."""
        return median(self.values)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.target is None:
            return None
        return self.value >= self.target if self.kind == "share" else self.value <= self.target

    def as_json(self) -> dict[str, object]:
        """The measure with what is derived from it."""
        found = msgspec.to_builtins(self)
        derived = {"value": self.value, "low": min(self.values), "high": max(self.values)}
        return found | derived | {"met": self.met}

    def as_row(self) -> tuple[str, ...]:
        """The measure as words for a table."""
        show = duration if self.kind == "seconds" else _ratio
        sign = _REVERSED_SIGN[self.kind]
        target = "" if self.target is None else f"{sign} {show(self.target)}"
        met = {None: "", True: "met", False: "MISSED"}[self.met]
        floor = f"{duration(median(self.floor))} {self.floor_is}" if self.floor else ""
        spread = f"{show(min(self.values))}-{show(max(self.values))}"
        ours = f"{duration(median(self.ours))}/{self.unit}"
        return (
            self.database,
            self.name,
            self.what,
            show(self.value),
            spread,
            target,
            met,
            ours,
            floor,
        )


HEADINGS = ("database", "name", "what", "value", "low-high", "target", "", "ours", "floor")


def in_turns(contestants: Mapping[str, Contestant], rounds: int) -> dict[str, list[float]]:
    """Seconds for each unit in each round, A B A B; the first round warms up and is not counted."""
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, contestant in contestants.items():
            began = time.perf_counter()
            units = contestant()
            took = time.perf_counter() - began
            if number:
                found[name].append(took / units)
    return found


def repeated(work: Callable[[], object], times: int = 1) -> Contestant:
    """A contestant that does the same thing some times a round."""

    def contestant() -> int:
        for _ in range(times):
            work()
        return times

    return contestant


def say(text: str) -> None:
    """Progress, for whoever waits."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """Seconds in a unit that can be read."""
    for scale, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"
