"""Compiling an edition against the shapes that occur: each figure becomes sets of shape numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import chain

import msgspec

from ledger.words.facts import read_shape
from ledger.words.figures import Edition, Figure, Measure, Term
from ledger.words.predicates import between, satisfies
from ledger.words.years import Span


class Part(msgspec.Struct, frozen=True):
    """A term of a figure with the shapes that satisfy its predicate."""

    measure: Measure
    span: Span
    sign: int
    shapes: tuple[int, ...]


Wanted = Mapping[Span, Mapping[Measure, frozenset[int]]]
"""The shapes that each measure needs over each span."""

Sums = Mapping[Span, Mapping[Measure, Mapping[int, int]]]
"""What each measure over each span adds up to, by shape."""


class Compiled(msgspec.Struct, frozen=True):
    """An edition's figures as parts, and the shapes that each measure needs over each span."""

    parts: dict[str, tuple[Part, ...]]
    wanted: Wanted

    def quantity(self, address: str, sums: Sums) -> int:
        """A figure from the sums of its shapes, in 件 or 分."""
        return sum(
            part.sign * sums[part.span][part.measure].get(shape, 0)
            for part in self.parts[address]
            for shape in part.shapes
        )


def compiled(
    edition: Edition,
    numbers: Mapping[str, int],
    members: Collection[str] = (),
    only: frozenset[str] | None = None,
) -> Compiled:
    """The edition, or some figures of it, against numbered shapes, for these organs together.

    The same is compiled once.
    """
    shapes = tuple(numbers.items())
    pairs = _pairs(shapes) if len(members) > 1 else frozenset()
    return _compiled(_Key(edition), shapes, frozenset(chain(*pairs)).intersection(members), only)


@lru_cache(maxsize=8)
def _pairs(shapes: tuple[tuple[str, int], ...]) -> frozenset[tuple[str, str]]:
    """The organs between which anything passed by succession."""
    named = (read_shape(key) for key, _ in shapes if " from=" in key)
    return frozenset((shape["from"], shape["to"]) for shape in named)


def _wanted_by(parts: Iterable[Part]) -> Wanted:
    """The shapes that some parts of figures need."""
    wanted: dict[Span, dict[Measure, frozenset[int]]] = {}
    for part in parts:
        of_span = wanted.setdefault(part.span, {})
        of_span[part.measure] = of_span.get(part.measure, frozenset()).union(part.shapes)
    return wanted


@lru_cache(maxsize=32)
def _compiled(
    key: _Key,
    shapes: tuple[tuple[str, int], ...],
    members: frozenset[str],
    only: frozenset[str] | None,
) -> Compiled:
    by_state = _by_state(shapes)
    parts = {
        address: _parts(figure, by_state, members)
        for address, figure in key.edition.figures.items()
        if only is None or address in only
    }
    return Compiled(parts, _wanted_by(part for of_figure in parts.values() for part in of_figure))


_Shapes = dict[str, list[tuple[dict[str, str], int]]]


def _by_state(shapes: Iterable[tuple[str, int]]) -> _Shapes:
    found: _Shapes = {}
    for key, number in shapes:
        shape = read_shape(key)
        found.setdefault(shape["state"], []).append((shape, number))
    return found


def _parts(figure: Figure, by_state: _Shapes, members: frozenset[str]) -> tuple[Part, ...]:
    return tuple(
        Part(
            term.measure,
            term.span,
            term.sign,
            tuple(
                number
                for shape, number in by_state.get(term.state, ())
                if satisfies(shape, term) and not between(shape, term.measure, members)
            ),
        )
        for term in figure.terms
    )


def counting(edition: Edition, shape: str) -> tuple[tuple[Figure, Term], ...]:
    """The figures that count facts of a shape, each with the term that does; worked out once."""
    return _counting(_Key(edition), shape)


@lru_cache(maxsize=4096)
def _counting(key: _Key, shape: str) -> tuple[tuple[Figure, Term], ...]:
    told = read_shape(shape)
    return tuple(
        (figure, term)
        for figure in key.edition.figures.values()
        for term in figure.terms
        if satisfies(told, term)
    )


class _Key:
    """An edition as a cache key: by the object, since editions are read once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.edition is self.edition

    def __hash__(self) -> int:
        return id(self.edition)
