"""The headers over a grid: which column of a form stands over which column of the grid."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ledger.rooms.files import Cell
from ledger.verbs.published.labels import PART, FormTable, likeness, wording
from ledger.words.figures import Column

Line = Sequence[Cell | None]


class Over(Struct, frozen=True):
    """A column of the form over a column of the grid: its header cells, and how alike its label is."""

    column: Column
    rank: int
    words: str


class Headers:
    """The header cells over each column of a grid, topmost first."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._stacks: list[list[Cell]] = [[] for _ in range(width)]
        self._known: dict[str, dict[int, Over]] = {}
        self._reach: set[int] = set()

    def stand_over(self, line: Line) -> bool:
        """Whether every row of headers reaches as far as this line, with no place left out."""
        return self._reach == {_reach(line)}

    def add(self, line: Line) -> None:
        """Puts a row of headers under those that are there."""
        self._known.clear()
        self._reach.add(_reach(line))
        for stack, cell in zip(self._stacks, line, strict=True):
            if cell is not None and cell.text and (not stack or stack[-1] is not cell):
                stack.append(cell)

    def over(self, table: FormTable) -> dict[int, Over]:
        """The columns of a table of the form by the columns of the grid; those in doubt left out."""
        name = table.table.id
        if name not in self._known:
            self._known[name] = self._in_order(table) or self._one_by_one(table)
        return self._known[name]

    def _in_order(self, table: FormTable) -> dict[int, Over]:
        """Where the lowest headers are those of the form one after the other, spanning ones aside.

        So "结果维持" is told from its namesakes even where the headers over it are lost.
        """
        leaves: list[tuple[Cell, list[int]]] = []
        for at, stack in enumerate(self._stacks):
            named = [cell for cell in stack if _is_leaf(cell, table)]
            if named and leaves and (leaves[-1][0] is named[-1] or self._goes_on(at)):
                leaves[-1][1].append(at)
            elif named:
                leaves.append((named[-1], [at]))
        if len(leaves) != len(table.columns):
            return {}
        found: dict[int, Over] = {}
        for (cell, places), (column, labels) in zip(leaves, table.columns, strict=True):
            rank = max(likeness(wording(cell.text), label) for label in labels)
            if rank < PART:
                return {}
            found |= {at: Over(column, rank, self._words(at)) for at in places}
        return found

    def _one_by_one(self, table: FormTable) -> dict[int, Over]:
        """Each by its own stack; a column that two headers claim is in doubt."""
        found: dict[int, Over] = {}
        claims: dict[str, set[int]] = {}
        header = 0
        for at, stack in enumerate(self._stacks):
            if stack and not self._goes_on(at):
                header = id(stack[-1])
            named = table.column([cell.text for cell in stack])
            if named is not None:
                found[at] = Over(*named, self._words(at))
                claims.setdefault(named[0].id, set()).add(header)
        return {at: over for at, over in found.items() if len(claims[over.column.id]) == 1}

    def _goes_on(self, at: int) -> bool:
        """Whether a column has the headers of the one before: a merged one was split and filled."""
        if at == 0:
            return False
        texts, before = ([cell.text for cell in self._stacks[each]] for each in (at, at - 1))
        return bool(texts) and texts == before

    def _words(self, at: int) -> str:
        return " ".join(cell.text for cell in self._stacks[at])


def _is_leaf(cell: Cell, table: FormTable) -> bool:
    printed = wording(cell.text)
    return printed.full not in table.over and any(
        likeness(printed, label) >= PART for _, labels in table.columns for label in labels
    )


def _reach(line: Line) -> int:
    """How many places a line fills; -1 where it leaves one out."""
    filled = sum(cell is not None for cell in line)
    return filled if all(cell is not None for cell in line[:filled]) else -1
