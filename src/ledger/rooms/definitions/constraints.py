"""Spreads the constraints of a form (勾稽关系) into equations between single figures."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

import msgspec

from ledger.words.figures import Constraint, Equation, Ref, Text

Json = dict[str, Any]
Complain = Callable[[str, str], None]


def constraints_of(
    part: Json, addresses: Collection[str], complain: Complain
) -> tuple[Constraint, ...]:
    """The constraints of a table, or of the edition; `addresses` are all its figures."""
    return tuple(
        Constraint(
            id=raw["id"],
            severity=raw["severity"],
            origin=raw["origin"],
            source=msgspec.convert(raw["source"], Text),
            message=msgspec.convert(raw["message"], Text),
            equations=tuple(_equations(raw, part, addresses, f"/constraints/{index}", complain)),
            only_if=tuple(sorted(raw.get("only_if", {}).items())),
        )
        for index, raw in enumerate(part["constraints"])
    )


def _equations(
    raw: Json, part: Json, addresses: Collection[str], place: str, complain: Complain
) -> Iterator[Equation]:
    if raw["each"] and "rows" not in part:
        complain(f"{place}/each", "between tables a constraint names single figures; write null")
        return
    for at, form in _lines(raw["each"], part):
        sides = {
            side: tuple(_ref(ref, form, year) for ref in raw[side])
            for side, year in (("left", 0), ("right", raw.get("right_year", 0)))
        }
        for side, refs in sides.items():
            for index, ref in enumerate(refs):
                if ref.address not in addresses:
                    complain(f"{place}/{side}/{index}", f"there is no {_named(raw, side, index)}")
        yield Equation(at, **sides)


def _lines(each: str | None, part: Json) -> list[tuple[str, str]]:
    """What the constraint holds for, and how a ref becomes an address there."""
    if each == "column":
        return [(column["id"], f"{part['id']}/{{}}/{column['id']}") for column in part["columns"]]
    if each == "row":
        return [(row["id"], f"{part['id']}/{row['id']}/{{}}") for row in part["rows"]]
    return [("", "{}")]


def _named(raw: Json, side: str, index: int) -> str:
    kind = {"column": "row", "row": "column", None: "figure"}[raw["each"]]
    return f"{kind} {_ref(raw[side][index], '{}', 0).address}"


def _ref(raw: str | Json, form: str, year: int) -> Ref:
    full: Json = {"ref": raw} if isinstance(raw, str) else raw
    return Ref(form.format(full["ref"]), full.get("sign", 1), full.get("year", year))
