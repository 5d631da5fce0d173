"""Overdrawing: opening balances of which more real cases took the place than they had counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from ledger.rooms.storage import figures
from ledger.rooms.storage.reading import Connection
from ledger.verbs.reporting import Setting
from ledger.words.facts import read_shape
from ledger.words.years import date_of

Dimensions = tuple[tuple[str, str], ...]


class Overdrawn(msgspec.Struct, frozen=True):
    """Cases of these dimensions that name the balance of a day, and what that balance had of them."""

    state: str
    dimensions: dict[str, str]
    day: date
    stated: int
    taken: int


def overdrawn(connection: Connection, setting: Setting) -> list[Overdrawn]:
    """Where cases that balances up to a period's last day counted are more than those balances."""
    of_entry: dict[str, dict[tuple[int, str, int], dict[Dimensions, int]]] = {
        "balance": {},
        "replacement": {},
    }
    for organ, key, since, quantity in figures.entered(connection, tuple(of_entry), setting.scope):
        if since >= setting.period.end:
            continue
        named = read_shape(key)
        state, entry = named.pop("state"), named.pop("entry")
        of_day = of_entry[entry].setdefault((organ, state, since), {})
        of_day[tuple(sorted(named.items()))] = quantity
    return [
        found
        for key, taken in sorted(of_entry["replacement"].items())
        for found in _of_day(*key[1:], of_entry["balance"].get(key, {}), taken)
    ]


def _of_day(
    state: str, since: int, stated: dict[Dimensions, int], taken: dict[Dimensions, int]
) -> Iterator[Overdrawn]:
    """Judged for each kind of case by what may have counted it, and if all pass, altogether."""
    alone = True
    for dimensions, quantity in sorted(taken.items()):
        counted = sum(of for named, of in stated.items() if set(named) <= set(dimensions))
        if -quantity > counted:
            alone = False
            yield Overdrawn(state, dict(dimensions), date_of(since), counted, -quantity)
    counted, all_taken = sum(stated.values()), -sum(taken.values())
    if alone and all_taken > counted:
        yield Overdrawn(state, {}, date_of(since), counted, all_taken)
