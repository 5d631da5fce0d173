"""What a figure counts: the one definition that gives its number, its trace and its check."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ledger.words.figures import FLOWS, Measure, Term


def satisfies(shape: Mapping[str, str], term: Term) -> bool:
    """Whether a shape meets a term's predicate."""
    return first_excluding(shape, term) is None


def first_excluding(shape: Mapping[str, str], term: Term) -> tuple[str, tuple[str, ...]] | None:
    """The first clause of a predicate that a shape does not meet: (dimension, codes allowed)."""
    if shape["state"] != term.state:
        return "state", (term.state,)
    for dimension, codes in term.where:
        if shape.get(dimension) not in codes:
            return dimension, codes
    return None


def between(shape: Mapping[str, str], measure: Measure, members: Collection[str]) -> bool:
    """Whether a flow is only from one member to another by succession, which is none of theirs."""
    return measure in FLOWS and shape.get("from") in members and shape.get("to") in members
