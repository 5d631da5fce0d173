"""The command that lists the official documents of a period: catalogue."""

from __future__ import annotations

import typer

from ledger.doors.cli.desk import (
    AsAtOption,
    BelowOption,
    Format,
    FormatOption,
    OrganOption,
    PeriodArgument,
    app,
    desk_of,
    period_from,
)
from ledger.drawing.catalogues import catalogue_document, catalogue_sheet
from ledger.verbs import cataloguing
from ledger.verbs.reporting import Question


@app.command()
def catalogue(
    context: typer.Context,
    period: PeriodArgument,
    organ: OrganOption = None,
    below: BelowOption = False,
    as_at: AsAtOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """公文类信息目录 · The official documents made in a period, with disclosure attributes."""
    desk = desk_of(context, format_)
    question = Question(period_from(period), organ, below, as_at)
    with desk.journal.reading() as connection:
        made = cataloguing.catalogue(connection, question)
    if desk.json:
        desk.give(catalogue_document(made, desk.house.definitions))
    else:
        desk.show(catalogue_sheet(made, desk.house.definitions, desk.language))
