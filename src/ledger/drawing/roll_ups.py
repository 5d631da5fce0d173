"""A roll-up as a sheet and as a document: what each part adds, and which reports stand behind it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.drawing import contents
from ledger.drawing.documents import Json, label_of, setting_document
from ledger.drawing.full_reports import issue_document
from ledger.drawing.phrases import say
from ledger.drawing.reports import path_of, printed_value, setting_lines
from ledger.drawing.sheet import Grid, Sheet
from ledger.verbs.reporting import in_unit
from ledger.verbs.rolling_up import Member, RollUp, Share


def roll_up_sheet(told: RollUp, language: str) -> Sheet:
    """The parts of a roll-up, then the organs without a report and those that changed since."""
    setting = told.setting
    title = setting.title[language]
    parts: list[str | Grid] = list(setting_lines(setting, language))
    for figure in told.summed:
        table = setting.edition.table(figure.table)
        parts += [f"{say(language, 'figure')}: {path_of(figure, table, language)}"]
    parts += [_grid(told, language), *_remarks(told, language), *_drill_down(told, language)]
    return Sheet(title, tuple(parts))


def roll_up_document(told: RollUp) -> contents.RollUp:
    """`parts[]`, each with its `members[]`; quantities sum to the total less `between`."""
    return {
        **setting_document(told.setting),
        "issue": None if told.issue is None else issue_document(told.issue),
        "parts": [
            {
                "organ": {"code": share.organ.code, "name": share.organ.name},
                "quantity": _exact(told, share.quantity(told.summed)),
                "members": [_member(member, told) for member in share.members],
            }
            for share in told.shares
        ],
        "summed": [
            {"address": figure.address, "label": label_of(figure)} for figure in told.summed
        ],
        "total": _exact(told, told.total),
        "between": _exact(told, told.between),
    }


def roll_up_view(told: RollUp, language: str) -> Json:
    """What the page of a roll-up shows: each part with its row, and which organ it opens."""
    grid = _grid(told, language)
    shares: list[Share | None] = [*told.shares, *[None] * (len(grid.rows) - len(told.shares))]
    return {
        "title": told.setting.title[language],
        "labels": [label_of(figure)[language] for figure in told.summed],
        "addresses": [figure.address for figure in told.summed],
        "headings": grid.headings,
        "right": grid.right,
        "rows": [
            {
                "texts": row,
                "organ": share and share.organ.code,
                "deeper": share is not None
                and share.organ.code != told.setting.organ.code
                and len(share.members) > 1,
            }
            for row, share in zip(grid.rows, shares, strict=True)
        ],
        "remarks": list(_remarks(told, language)),
    }


def _grid(told: RollUp, language: str) -> Grid:
    names = ["organ", "organs", "quantity", "issued-word", "changed-since", "unseen-above"]
    if not told.summed:
        names.remove("quantity")
    rows = [_row(share, told, language) for share in told.shares]
    if told.between:
        rows.append(_line(say(language, "between"), _printed(told, told.between, language)))
    if told.summed:
        rows.append(_line(say(language, "total"), _printed(told, told.total, language)))
    right = frozenset({1, 2} if told.summed else {1})
    return Grid(tuple(say(language, name) for name in names), tuple(rows), right=right)


def _row(share: Share, told: RollUp, language: str) -> tuple[str, ...]:
    head = share.members[0]
    cells = [f"{share.organ.name} ({share.organ.code})", str(len(share.members))]
    if told.summed:
        cells.append(_printed(told, share.quantity(told.summed), language))
    cells.append(head.issue.occurred_on.isoformat() if head.issue else "—")
    for of in ("changed", "unseen"):
        count = sum(len(getattr(member, of)) for member in share.members)
        cells.append(say(language, "cells-count", count=count) if count else "")
    return tuple(cells)


def _line(label: str, value: str) -> tuple[str, ...]:
    return (label, "", value, "", "", "")


def _remarks(told: RollUp, language: str) -> Iterator[str]:
    for phrase, found in (
        ("lack-a-report", [member for member in told.members if member.issue is None]),
        ("changed-after-issue", [member for member in told.members if member.changed]),
        ("not-in-the-upper", [member for member in told.members if member.unseen]),
    ):
        if found:
            named = "、" if language != "en" else ", "
            organs = named.join(f"{each.organ.name} ({each.organ.code})" for each in found)
            yield say(language, phrase, count=len(found), organs=organs)


def _drill_down(told: RollUp, language: str) -> Iterator[str]:
    if told.summed:
        addresses = [figure.address for figure in told.summed]
        values = {"addresses": " ".join(addresses), "address": addresses[0]}
        yield say(language, "drill-down", year=told.setting.period.code, **values)


def _printed(told: RollUp, quantity: int, language: str) -> str:
    figure = told.summed[0]
    return printed_value(in_unit(quantity, figure), figure, language)


def _exact(told: RollUp, quantity: int) -> Decimal | None:
    return in_unit(quantity, told.summed[0]) if told.summed else None


def _member(member: Member, told: RollUp) -> contents.Member:
    return {
        "organ": {"code": member.organ.code, "name": member.organ.name},
        "parent": member.organ.parent,
        "quantity": _exact(told, member.quantity(told.summed)),
        "issue": None if member.issue is None else member.issue.id,
        "changed": member.changed,
        "unseen": member.unseen,
    }
