"""A crosswalk and a period by two editions as sheets: row by row, as the forms are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ledger.drawing.phrases import say
from ledger.drawing.reports import path_of, printed, standpoint_lines
from ledger.drawing.sheet import Grid, Sheet
from ledger.verbs.crosswalking import Comparison, Counterpart, Crosswalk
from ledger.verbs.reporting import Report
from ledger.words.figures import Edition, Figure


def crosswalk_sheet(walked: Crosswalk, language: str) -> Sheet:
    """What differs between two editions: other addresses, sums, and cells without an equivalent."""
    before, after = walked.before, walked.after
    same = [one for one in walked.forward if _is_same(one)]
    moved = [one for one in walked.forward if one.relation == "equal" and not _is_same(one)]
    sums = [one for one in walked.forward if one.relation == "sum"]
    back = [one for one in walked.backward if one.relation == "sum"]
    lines = (
        _mapped(moved, before, after, say(language, "other-address"), language),
        _mapped(sums, before, after, say(language, "sums"), language),
        _mapped(back, after, before, say(language, "sums"), language),
        _without(walked.forward, before, after, language),
        _without(walked.backward, after, before, language),
    )
    grids = tuple(grid for grid in lines if grid.rows)
    return Sheet(_title(walked, language), (say(language, "same-cells", count=len(same)), *grids))


def comparison_sheet(told: Comparison, language: str) -> Sheet:
    """A period by two editions side by side, and the figures that only one of them has."""
    walked = told.crosswalk
    rows = tuple(
        (
            path_of(one.figure, walked.before.table(one.figure.table), language),
            one.figure.address,
            printed(told.before.cells[one.figure.address], language),
            _expression(one),
            printed(told.across(one), language),
        )
        for one in walked.forward
        if one.has_equivalent
        and (told.before.cells[one.figure.address].quantity or told.across(one).quantity)
    )
    headings = (
        *(say(language, "figure"), walked.before.id, say(language, "quantity")),
        *(walked.after.id, say(language, "quantity")),
    )
    both = Grid(headings, rows, say(language, "side-by-side"), frozenset({2, 4}))
    stands = standpoint_lines(told.after.setting, language)
    only = (
        _valued(walked.forward, told.before, walked.after, language),
        _valued(walked.backward, told.after, walked.before, language),
    )
    return Sheet(_title(walked, language), (*stands, both, *only))


def _title(walked: Crosswalk, language: str) -> str:
    names = {"before": walked.before.label[language], "after": walked.after.label[language]}
    return say(language, "crosswalk", **names)


def _is_same(one: Counterpart) -> bool:
    return one.relation == "equal" and one.cells[0].address == one.figure.address


def _mapped(
    ones: Iterable[Counterpart], ours: Edition, theirs: Edition, caption: str, language: str
) -> Grid:
    rows = tuple(
        (label, address, f"= {other}") for label, address, other in _by_row(ones, ours, language)
    )
    return Grid((say(language, "figure"), ours.id, theirs.id), rows, caption)


def _without(ones: Iterable[Counterpart], ours: Edition, theirs: Edition, language: str) -> Grid:
    left = [one for one in ones if not one.has_equivalent]
    part = say(language, "only-part-of")
    rows = tuple(
        (label, address, f"{part}: {other}" if other else "")
        for label, address, other in _by_row(left, ours, language)
    )
    caption = say(language, "without", edition=theirs.label[language])
    return Grid((say(language, "figure"), ours.id, theirs.id), rows, caption)


def _by_row(
    ones: Iterable[Counterpart], edition: Edition, language: str
) -> Iterator[tuple[str, str, str]]:
    """Cells of one row whose counterparts are in the same rows stand on one line."""
    lines: dict[tuple[str, str, str], list[Counterpart]] = {}
    for one in ones:
        figure = one.figure
        apart = any(cell.column != figure.column for cell in one.cells)
        other = _expression(one) if apart else _joined(one, _row_of)
        lines.setdefault((figure.table, figure.row, other), []).append(one)
    for (table_id, row, other), of_row in lines.items():
        table = edition.table(table_id)
        columns = [one.figure.column for one in of_row]
        first = of_row[0].figure
        if len(of_row) == 1:
            yield path_of(first, table, language), first.address, _expression(of_row[0])
            continue
        whole = len(columns) == len(table.columns)
        address = f"{table_id}/{row}" + ("" if whole else f"/{{{', '.join(columns)}}}")
        yield f"{table.label[language]} / {first.row_label[language]}", address, other


def _expression(one: Counterpart) -> str:
    return _joined(one, lambda cell: cell.address)


def _joined(one: Counterpart, name: Callable[[Figure], str]) -> str:
    sign = " + " if one.relation == "sum" else " = " if one.relation == "equal" else ", "
    return sign.join(name(cell) for cell in one.cells)


def _row_of(figure: Figure) -> str:
    return f"{figure.table}/{figure.row}"


def _valued(ones: Iterable[Counterpart], report: Report, theirs: Edition, language: str) -> Grid:
    edition = report.setting.edition
    left = [one for one in ones if not one.has_equivalent]
    told = [one for one in left if report.cells[one.figure.address].quantity]
    rows = [
        (
            path_of(one.figure, edition.table(one.figure.table), language),
            one.figure.address,
            printed(report.cells[one.figure.address], language),
        )
        for one in told
    ]
    recorded = [one for one in left if one.figure.recorded and one not in told]
    unrecorded = [one for one in left if not one.figure.recorded]
    for ones, value in (recorded, "0"), (unrecorded, say(language, "not-recorded")):
        rows += [(label, address, value) for label, address, _ in _by_row(ones, edition, language)]
    names = ("figure", "address", "quantity")
    caption = say(language, "without", edition=theirs.label[language])
    return Grid(tuple(say(language, name) for name in names), tuple(rows), caption, frozenset({2}))
