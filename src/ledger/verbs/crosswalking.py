"""The crosswalk between two editions: which cell equals which, derived from what the cells count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Literal

import msgspec

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage.reading import Connection
from ledger.verbs.reporting import Cell, Question, Report, report
from ledger.words.figures import Edition, Figure

Relation = Literal["equal", "sum", "part", "none"]
"""part: it has no equivalent, but with others it is the sum that a cell of the other edition is."""

Atom = tuple[tuple[str, str], str, tuple[str | None, ...]]
"""A measure with its span, a state, and one code (or none known) in each of its dimensions."""

Atoms = Mapping[Atom, int]
"""How often a figure counts each kind of fact."""


class Counterpart(msgspec.Struct, frozen=True):
    """A cell of one edition with the cells of the other that it equals, sums or is a part of."""

    figure: Figure
    relation: Relation
    cells: tuple[Figure, ...]

    @property
    def has_equivalent(self) -> bool:
        """Whether the other edition gives its value, in one cell or as a sum."""
        return self.relation in ("equal", "sum")


class Crosswalk(msgspec.Struct, frozen=True):
    """Every cell of `before` as `after` has it, and every cell of `after` as `before` has it."""

    before: Edition
    after: Edition
    forward: tuple[Counterpart, ...]
    backward: tuple[Counterpart, ...]


class Comparison(msgspec.Struct, frozen=True):
    """One period by two editions, from the same events."""

    crosswalk: Crosswalk
    before: Report
    after: Report

    def across(self, counterpart: Counterpart) -> Cell:
        """The value that the later edition gives for a cell of the earlier one, in its unit."""
        # Several equal cells say the same thing; only addends are added.
        cells = counterpart.cells[: 1 if counterpart.relation == "equal" else None]
        quantity = sum(self.after.cells[cell.address].quantity for cell in cells)
        return Cell(counterpart.figure, quantity)


def crosswalk(before: Edition, after: Edition, definitions: Definitions) -> Crosswalk:
    """The crosswalk from one edition to another, in both directions."""
    old, new = (
        {figure: _atoms(figure, definitions) for figure in edition.figures.values()}
        for edition in (before, after)
    )
    forward, backward = _counterparts(old, new), _counterparts(new, old)
    return Crosswalk(before, after, _with_parts(forward, backward), _with_parts(backward, forward))


def compare_editions(
    connection: Connection,
    editions: Mapping[str, Edition],
    definitions: Definitions,
    question: Question,
    before: str | None,
    after: str | None,
) -> Comparison:
    """A period's values by two editions side by side; None is its year's own. Raises Refusal."""
    old, new = (
        report(connection, editions, msgspec.structs.replace(question, edition=edition))
        for edition in (before, after)
    )
    return Comparison(crosswalk(old.setting.edition, new.setting.edition, definitions), old, new)


def _atoms(figure: Figure, definitions: Definitions) -> Atoms:
    """The kinds of fact that a figure counts, over all codes; a dimension may also be unknown."""
    found: dict[Atom, int] = {}
    for term in figure.terms:
        named = dict(term.where)
        lists = definitions.listed_dimensions(term.state)
        allowed = [named.get(name, (*definitions.codes[of], None)) for name, of in lists.items()]
        for codes in product(*allowed):
            atom = ((term.measure, term.span), term.state, codes)
            found[atom] = found.get(atom, 0) + term.sign
    return {atom: times for atom, times in found.items() if times}


def _counterparts(
    ours: Mapping[Figure, Atoms], theirs: Mapping[Figure, Atoms]
) -> tuple[Counterpart, ...]:
    return tuple(_counterpart(figure, atoms, theirs) for figure, atoms in ours.items())


def _counterpart(figure: Figure, atoms: Atoms, theirs: Mapping[Figure, Atoms]) -> Counterpart:
    if not figure.recorded:
        return Counterpart(figure, "none", ())
    equal = [other for other, counted in theirs.items() if other.recorded and counted == atoms]
    if equal:
        equal.sort(key=lambda other: (other.address != figure.address, other.table != figure.table))
        return Counterpart(figure, "equal", tuple(equal))
    # The largest cells first, and those of the same table: a sum of totals, not of their leaves.
    within = [
        (other, counted)
        for other, counted in theirs.items()
        if counted and all(atoms.get(atom) == times for atom, times in counted.items())
    ]
    within.sort(key=lambda one: (-len(one[1]), one[0].table != figure.table))
    addends = _addends(atoms, within)
    if addends:
        return Counterpart(figure, "sum", addends)
    return Counterpart(figure, "none", ())


def _addends(atoms: Atoms, candidates: Iterable[tuple[Figure, Atoms]]) -> tuple[Figure, ...] | None:
    """Cells that count each atom exactly once between them, or None."""
    if not atoms:
        return ()
    fitting = [one for one in candidates if one[1].keys() <= atoms.keys()]
    rarest = min(atoms, key=lambda atom: sum(atom in counted for _, counted in fitting))
    for figure, counted in fitting:
        if rarest in counted:
            left = {atom: times for atom, times in atoms.items() if atom not in counted}
            others = _addends(left, fitting)
            if others is not None:
                return (figure, *others)
    return None


def _with_parts(
    ours: tuple[Counterpart, ...], theirs: tuple[Counterpart, ...]
) -> tuple[Counterpart, ...]:
    """Cells without an equivalent, of which the other direction makes a sum, named as its parts."""
    wholes: dict[str, list[Figure]] = {}
    for other in theirs:
        if other.relation == "sum":
            for cell in other.cells:
                wholes.setdefault(cell.address, []).append(other.figure)
    return tuple(
        Counterpart(one.figure, "part", tuple(wholes[one.figure.address]))
        if one.relation == "none" and one.figure.address in wholes
        else one
        for one in ours
    )
