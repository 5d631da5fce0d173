"""A ledger of ten years: 40 % applications received, most decided, 2 % corrected, 20 % publications.

It is written straight into the journal's tables, since only the journal is needed: the facts are what
`rebuild` makes of it. A sample is judged as a draft, and `verify` finds fault with any other flaw.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from random import Random
from typing import Any

from measuring import say

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage.journal import Journal, made_id
from ledger.rooms.storage.mapper import encode
from ledger.words.events import Event

FIRST, YEARS = date(2015, 1, 1), 10
ORGANS = tuple(f"organ-{number:03}" for number in range(700))
"""The first is above the others."""

_APPLICANTS = {
    "natural-person": 66,
    "commercial-enterprise": 15,
    "research-institution": 3,
    "public-welfare-organisation": 3,
    "legal-service-institution": 8,
    "other-organisation": 5,
}
_CHANNELS = {"online": 50, "post": 18, "registered-post": 10, "in-person": 12, "email": 6}
_CHANNELS |= {"ordinary-post": 2, "fax": 1, "other": 1}
_KINDS = {
    "other-information": 80,
    "official-document": 14,
    "normative-document": 5,
    "regulation": 1,
}
_TOPICS = {f"article-20-{number}": 1 for number in range(1, 16)}
_COMMON = {"granted": 40, "unavailable-not-held": 20, "partially-granted": 8, "withdrawn": 5}
_CHUNK = 100_000

Happening = tuple[str, str, str, date, dict[str, Any]]
"""Type, organ, subject, day, data; the data of a correction names its event only when it is placed."""


class Chances:
    """What the dice say of an application or a publication; the same seed says the same again."""

    def __init__(self, definitions: Definitions, seed: int = 1) -> None:
        self.dice = Random(seed)
        # Withdrawal is an event of its own; a transfer needs another organ to agree to it.
        weights = {code: _COMMON.get(code, 1.5) for code in definitions.codes["decision-outcome"]}
        self._tables = {
            name: (list(codes), list(accumulate(codes.values())))
            for name, codes in {
                "applicant": _APPLICANTS,
                "channel": _CHANNELS,
                "kind": _KINDS,
                "topic": _TOPICS,
                "outcome": weights | {"withdrawn": _COMMON["withdrawn"]},
            }.items()
        }

    def one(self, name: str) -> str:
        codes, weights = self._tables[name]
        return self.dice.choices(codes, cum_weights=weights)[0]

    def organ(self) -> str:
        return ORGANS[int(self.dice.random() * len(ORGANS))]

    def received(self, organ: str, number: int, on: date) -> Happening:
        subject = f"application:{on.year}-{number:05}"
        data = {"applicant": self.one("applicant"), "channel": self.one("channel")}
        return "application.received", organ, subject, on, data

    def handled(self, organ: str, subject: str, on: date) -> Happening:
        outcome = self.one("outcome")
        if outcome == "withdrawn":
            return "application.withdrawn", organ, subject, on, {}
        return "application.decided", organ, subject, on, {"outcome": outcome}

    def corrected(self, organ: str, subject: str, on: date) -> Happening:
        outcome = self.one("outcome").replace("withdrawn", "granted")
        data = {"event": "", "reason": "wrong-code", "data": {"outcome": outcome}}
        return "event.corrected", organ, subject, on, data

    def published(self, organ: str, number: int, on: date) -> Happening:
        data = {"kind": self.one("kind"), "topic": self.one("topic"), "channels": ["website"]}
        data |= {"title": f"关于公开第{number}号信息的公告"}
        return "document.published", organ, f"document:{on.year}-{number:05}", on, data


def draft(happening: Happening) -> dict[str, Any]:
    """A happening as a caller hands it in."""
    type_, organ, subject, on, data = happening
    return {
        "type": type_,
        "organ": organ,
        "subject": subject,
        "occurred_on": on.isoformat(),
        "source": {"reference": f"政务公开登记〔{on.year}〕{subject[-5:]}号"},
        "data": data,
    }


def registrations() -> list[dict[str, Any]]:
    """The organs as drafts."""
    found = []
    for code in ORGANS:
        data = {"name": f"示例机关{code}", "level": "county-department"}
        if code != ORGANS[0]:
            data["parent"] = ORGANS[0]
        found.append(draft(("organ.registered", code, f"organ:{code}", FIRST, data)))
    return found


def happenings(definitions: Definitions, size: int) -> Iterator[Happening]:
    """About `size` happenings in the order of their days."""
    chances = Chances(definitions)
    dice = chances.dice
    days = (date(FIRST.year + YEARS, 1, 1) - FIRST).days
    numbers: dict[tuple[str, str, int], int] = {}
    later: list[tuple[int, int, str, str, str]] = []
    told = 0
    for nth in range(days):
        on = FIRST + timedelta(days=nth)
        while later and later[0][0] <= nth:
            _, _, what, organ, subject = heapq.heappop(later)
            if what == "handled":
                happening = chances.handled(organ, subject, on)
                yield happening
                if happening[0] == "application.decided" and dice.random() < 0.0204:
                    told += 1
                    when = nth + 20 + int(dice.random() * 200)
                    heapq.heappush(later, (when, told, "corrected", organ, subject))
            else:
                yield chances.corrected(organ, subject, on)
        for share, make in ((4, chances.received), (2, chances.published)):
            total = size * share // 10
            for _ in range(total * (nth + 1) // days - total * nth // days):
                organ = chances.organ()
                key = (make.__name__, organ, on.year)
                numbers[key] = numbers.get(key, 0) + 1
                happening = make(organ, numbers[key], on)
                yield happening
                if share == 4 and dice.random() < 0.98:
                    told += 1
                    when = nth + max(1, min(60, int(dice.gauss(16, 7))))
                    heapq.heappush(later, (when, told, "handled", organ, happening[2]))


def fill(journal: Journal, definitions: Definitions, size: int) -> int:
    """Writes a journal of about `size` events into an empty ledger; returns how many there are."""
    told = ({"id": "", **each} for each in _drafts(definitions, size))
    written = 0
    lives: dict[tuple[str, str], tuple[int, str]] = {}
    while chunk := list(islice(told, _CHUNK)):
        events = []
        for position, each in enumerate(chunk, written + 1):
            event = _event(each, position)
            key = (event.subject, event.organ)
            before, decided = lives.get(key, (0, ""))
            if event.type == "event.corrected":
                event.data["event"] = decided
                del lives[key]
            elif event.type == "application.withdrawn":
                lives.pop(key)
            elif event.type in ("application.received", "application.decided"):
                lives[key] = (before + 1, event.id)
            name = event.originator_id
            row = (position, name, before + 1, None, event.type, event.recorded_at)
            events.append((*row, encode(event)))
        _write(journal, events)
        written = events[-1][0]
        say(f"  {written:,} events written")
    return written


def _drafts(definitions: Definitions, size: int) -> Iterator[dict[str, Any]]:
    yield from registrations()
    for nth, happening in enumerate(happenings(definitions, size - len(ORGANS))):
        each = draft(happening)
        if nth < 20_000 and happening[0] != "event.corrected":
            assert not definitions.problems(each), each
        yield each


def _event(each: dict[str, Any], position: int) -> Event:
    on = date.fromisoformat(each["occurred_on"])
    # An event is recorded on its day; the positions keep the times apart.
    recorded_at = (on.toordinal() - 719_163) * 86_400_000_000 + position
    return Event(
        id=made_id(position),
        type=each["type"],
        organ=each["organ"],
        subject=each["subject"],
        occurred_on=on,
        recorded_at=recorded_at,
        recorded_by="bench",
        data=each["data"],
        source=each["source"],
    )


def _write(journal: Journal, events: list[Any]) -> None:
    with journal.writing() as writing:
        writing.append(events)
