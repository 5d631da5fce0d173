"""Rolling up: an organ's figures with those of every organ below it, and which reports stand behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.organ import Organ, above
from ledger.verbs.compiling import compiled
from ledger.verbs.issues import life_at
from ledger.verbs.reporting import (
    Question,
    Setting,
    figure_at,
    known_at,
    report_in,
    setting_of,
    tree_on,
)
from ledger.words.events import Event
from ledger.words.figures import Edition, Figure
from ledger.words.problems import Problem, Refusal

Quantities = Mapping[str, int]
"""Cells by address, in 件 or 分."""


class Member(msgspec.Struct, frozen=True):
    """An organ of a roll-up: its own figures, and the report that it issued of them, if any."""

    organ: Organ
    quantities: Quantities
    issue: Event | None
    changed: tuple[str, ...]
    """The cells that are otherwise now than in its own report, where it was issued by this form."""
    unseen: tuple[str, ...]
    """The cells that are otherwise now than when the upper report was issued."""

    def quantity(self, summed: Iterable[Figure]) -> int:
        """What the organ itself adds to the sum of some figures, in 件 or 分."""
        return sum(self.quantities[figure.address] for figure in summed)


class Share(msgspec.Struct, frozen=True):
    """A part of a roll-up: the organ itself, or one directly below it with all that is below that."""

    organ: Organ
    members: tuple[Member, ...]

    def quantity(self, summed: Iterable[Figure]) -> int:
        """What the part adds to the sum of some figures, in 件 or 分."""
        return sum(member.quantity(summed) for member in self.members)


class RollUp(msgspec.Struct, frozen=True):
    """The parts of an organ's roll-up, and the issue of its own upper report."""

    setting: Setting
    summed: tuple[Figure, ...]
    """The figures asked for, added together: 收办 is what was received and what was carried in."""
    total: int
    """Their sum over the whole, in 件 or 分."""
    shares: tuple[Share, ...]
    issue: Event | None

    @property
    def members(self) -> Iterator[Member]:
        """Every organ in it."""
        for share in self.shares:
            yield from share.members

    @property
    def between(self) -> int:
        """What passed between organs of the roll-up and is counted once in its total."""
        return self.total - sum(share.quantity(self.summed) for share in self.shares)


def roll_up(
    connection: Connection,
    editions: Mapping[str, Edition],
    question: Question,
    addresses: Sequence[str] = (),
) -> RollUp:
    """The sum of some figures of an organ by the organs below it; raises Refusal."""
    asked = msgspec.structs.replace(question, below=True)
    setting = setting_of(connection, editions, asked)
    summed = tuple(figure_at(setting.edition, address) for address in addresses)
    for figure in summed:
        if not figure.recorded:
            raise Refusal(Problem("not-recorded", params={"address": figure.address}))
    if len({figure.unit.code for figure in summed}) > 1:
        params = {"addresses": ", ".join(addresses)}
        raise Refusal(Problem("not-of-one-unit", params=params))
    cells = report_in(connection, setting).cells
    total = sum(cells[figure.address].quantity for figure in summed)
    tree = tree_on(connection, setting.period.last, setting.position)
    shares = tuple(_shares(setting, tree, _members(connection, setting, tree)))
    issue = _issue(connection, setting, setting.organ.code, below=True)
    return RollUp(setting, summed, total, shares, issue)


def _members(
    connection: Connection, setting: Setting, tree: Mapping[str, Organ]
) -> dict[str, Member]:
    """Each organ with its own cells now, beside those of its issue and of the upper one."""
    now = _cells_by_organ(connection, setting)
    upper = _issue(connection, setting, setting.organ.code, below=True)
    then = (
        None
        if upper is None
        else _cells_by_organ(connection, known_at(connection, setting, upper.data["position"]))
    )
    members = {}
    for code in setting.members:
        issue = _issue(connection, setting, code, below=False)
        issued = now[code]
        if issue is not None and issue.data["edition"] == setting.edition.id:
            issued = issue.data["cells"]
        seen = now[code] if then is None else then.get(code, {})
        members[code] = Member(
            tree.get(code, Organ(code, code)),
            now[code],
            issue or _issue(connection, setting, code, below=True),
            tuple(_differing(now[code], issued)),
            tuple(_differing(now[code], seen)),
        )
    return members


def _shares(
    setting: Setting, tree: Mapping[str, Organ], members: Mapping[str, Member]
) -> Iterator[Share]:
    root = setting.organ.code
    branch = {root: root}
    # Members come from the top down, so the branch of a parent is known before its children.
    for code in setting.members[1:]:
        parent = above(tree.get, code)
        branch[code] = code if parent == root or parent not in branch else branch[parent]
    for head in dict.fromkeys(branch.values()):
        of_branch = (members[code] for code in setting.members if branch[code] == head)
        yield Share(members[head].organ, tuple(of_branch))


def _cells_by_organ(connection: Connection, setting: Setting) -> dict[str, dict[str, int]]:
    form = compiled(setting.edition, figures.numbered_shapes(connection))
    numbers = reading.organs(connection)
    by_span = {
        span: figures.totals_by_organ(connection, measures, setting.scope.over(span))
        for span, measures in form.wanted.items()
    }
    nothing = figures.no_totals()
    found = {}
    for code in setting.members:
        sums = {span: of.get(numbers[code], nothing) for span, of in by_span.items()}
        found[code] = {address: form.quantity(address, sums) for address in form.parts}
    return found


def _differing(some: Quantities, others: Quantities) -> Iterable[str]:
    return (address for address, quantity in some.items() if others.get(address, 0) != quantity)


def _issue(connection: Connection, setting: Setting, code: str, *, below: bool) -> Event | None:
    return life_at(connection, code, setting.period, below=below, position=setting.position).issue
