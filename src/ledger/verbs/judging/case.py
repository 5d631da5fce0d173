"""A case: a report as read, with the form that it uses, the form of its year, and last year's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from ledger.verbs.judging.breakdowns import Breakdown, breakdowns_of
from ledger.verbs.judging.findings import Where
from ledger.verbs.judging.organs import kind_of
from ledger.verbs.judging.prose import Paragraph, paragraphs_of
from ledger.verbs.judging.statements import Speaker, Statement, statements_of
from ledger.words.figures import Edition, Text
from ledger.words.published import Published
from ledger.words.wording import OrganKind

Values = dict[str, Decimal | None]
"""Cells by address; None is one printed blank. What could not be read for sure is not there."""

_PLACES = {
    "title": Text("标题", "Title"),
    "preamble": Text("前言", "Preamble"),
    "after": Text("文末", "After the sections"),
    "other": Text("正文", "Text"),
}


class Case(Struct, frozen=True, dict=True):
    """What a rule is asked about."""

    published: Published
    editions: Mapping[str, Edition]
    last: Published | None = None
    """Last year's report of the same organ."""

    @cached_property
    def used(self) -> Edition | None:
        """The form that its tables follow; None where no table of a known form was found."""
        fit = self.published.edition
        return self.editions.get(fit.id) if fit and fit.certainty != "unsure" else None

    @cached_property
    def due(self) -> Edition | None:
        """The national form of its year."""
        year = self.published.year
        forms = (edition for edition in self.editions.values() if is_national(edition))
        return next((form for form in forms if year is not None and form.is_for(year)), None)

    @property
    def form(self) -> Edition | None:
        """The form by which the report is read: the one it uses, else the one of its year."""
        return self.used or self.due

    @cached_property
    def values(self) -> Values:
        """The figures of its tables."""
        return values_of(self.published)

    @cached_property
    def figures(self) -> Values:
        """The figures of its tables, with blank totals worked out from what they are totals of."""
        return {**self.values, **dict(_blank_totals(self.used, self.values))}

    @cached_property
    def last_values(self) -> Values:
        """The figures of last year's tables; none without last year's report."""
        return values_of(self.last) if self.last else {}

    @property
    def organ_kind(self) -> OrganKind | None:
        """What kind of organ reports."""
        return kind_of(self.published.organ)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its prose."""
        return paragraphs_of(self.published)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What its prose states of the figures of the form."""
        if self.form is None or self.published.year is None:
            return ()
        speaker = Speaker(self.published.year, self.published.organ, self.organ_kind)
        return statements_of(self.paragraphs, self.form, speaker)

    @cached_property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """The totals of its prose that are followed by their parts."""
        return tuple(found for each in self.paragraphs for found in breakdowns_of(each))

    def in_prose(self, paragraph: Paragraph, position: int, cells: Iterable[str] = ()) -> Where:
        """The sentence of a paragraph that a position stands in."""
        return Where(
            label=self.section_label(paragraph.section),
            cells=tuple(cells),
            sentence=paragraph.sentence_at(position).text.strip(),
            place=paragraph.place,
        )

    def in_table(self, cells: Iterable[str], label: Text | None = None) -> Where:
        """Cells of a table; named by the first, unless there is a label for them together."""
        cells = tuple(cells)
        printed = next((self.published.cells.get(cell) for cell in cells), None)
        return Where(
            label=label or self.cell_label(cells[0]),
            cells=cells,
            place=printed.place if printed else None,
        )

    def section_label(self, section: str) -> Text:
        """A section as the form prints it."""
        sections = self.form.sections if self.form else ()
        captions = {part.id: part.caption() for part in sections}
        return captions.get(section, _PLACES.get(section, _PLACES["other"]))

    def cell_label(self, address: str) -> Text:
        """A cell in words: table, row, column."""
        form = self.form
        figure = form.figures.get(address) if form else None
        if form is None or figure is None:
            return Text(address, address)
        parts = (form.table(figure.table).label, figure.row_label, figure.column_label)
        return Text(
            " / ".join(part.zh for part in parts if part.zh),
            " / ".join(part.en for part in parts if part.en),
        )

    def sum_label(self, cells: tuple[str, ...]) -> Text:
        """Cells that are added up: each by its row, or all by the header above them."""
        form = self.form
        figures = [form.figures[cell] for cell in cells] if form else []
        one_row = all(form and len(form.table(figure.table).rows) == 1 for figure in figures)
        paths = dict.fromkeys(f.column_label if one_row else f.row_label for f in figures)
        zh, en = ([path[language].split(" / ") for path in paths] for language in ("zh-CN", "en"))
        if len(paths) > 2 and len({tuple(steps[:-1]) for steps in zh}) == 1:
            return Text(zh[0][-2], en[0][-2])
        length = 1 if len({steps[-1] for steps in zh}) == len(zh) else 2
        return Text(
            " ＋ ".join(" / ".join(steps[-length:]) for steps in zh),
            " + ".join(" / ".join(steps[-length:]) for steps in en),
        )


def is_national(edition: Edition) -> bool:
    """Whether a form is one of the yearly reports of the whole country."""
    return edition.scope == "national" and edition.period == "year"


def values_of(published: Published) -> Values:
    """The figures of a report, of the tables that were found for sure."""
    unsure = {fit.table for fit in published.tables if fit.certainty == "unsure"}
    return {
        address: printed.value
        for address, printed in published.cells.items()
        if address.partition("/")[0] not in unsure
        and (printed.value is not None or printed.kind in ("blank", "slash", "dash"))
    }


def _blank_totals(form: Edition | None, values: Values) -> Iterator[tuple[str, Decimal]]:
    """The totals left blank beside figures that are not."""
    for constraint in form.constraints if form else ():
        for equation in constraint.equations:
            total, parts = equation.left[0].address, [ref.address for ref in equation.right]
            if len(equation.left) > 1 or any(ref.year or ref.sign < 0 for ref in equation.right):
                continue
            known = [value for part in parts if (value := values.get(part)) is not None]
            blank = total in values and values[total] is None
            if blank and known and all(part in values for part in parts):
                yield total, sum(known, Decimal(0))
