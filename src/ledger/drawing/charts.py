"""What charts show: a period's outcomes, and several periods' applications; each bar is of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from ledger.drawing.legible import legible
from ledger.drawing.phrases import say
from ledger.verbs.reporting import Report, Setting
from ledger.words.figures import Edition, Figure, Measure, Row, Table, Text

_DECIDED, _PENDING = "application.decided", "application.pending"
_NUMBER = re.compile(r"^(（[^（）]+）|\([^()]+\) )")
_REMARK = re.compile(r" ?[（(].*")


class Bar(Struct, frozen=True):
    """A bar: what it stands beside, its series, how long it is, and the figures that it adds up."""

    label: Text
    series: Text
    value: Decimal
    addresses: tuple[str, ...]


class Chart(Struct, frozen=True):
    """Bars under a title; those of one label stand together, one of each series."""

    title: Text
    organ: str
    bars: tuple[Bar, ...]

    @property
    def labels(self) -> list[Text]:
        """What the bars stand beside, in order."""
        return list(dict.fromkeys(bar.label for bar in self.bars))

    @property
    def series(self) -> list[Text]:
        """The series, in order."""
        return list(dict.fromkeys(bar.series for bar in self.bars))

    def in_words(self, language: str) -> str:
        """All that the chart shows, for those who do not see it."""
        named = len(self.series) > 1
        bars = (
            f"{bar.label[language]} {bar.series[language] + ' ' if named else ''}{bar.value:f}"
            for bar in self.bars
        )
        colon, stop = (": ", "; ") if language == "en" else ("：", "；")
        return f"{self.organ} {self.title[language]}{colon}{stop.join(bars)}"


def outcomes_chart(report: Report) -> Chart | None:
    """How the applications of a period were decided; None of a form that does not say."""
    total = _total(report.setting.edition)
    if total is None:
        return None
    groups: dict[Text, list[Figure]] = {}
    for row, figure in _outcomes(report.setting.edition.table(total.table), total):
        groups.setdefault(_group(row), []).append(figure)
    if _overlap(figure for figures in groups.values() for figure in figures):
        return None
    bars = tuple(_bar(report, label, _text("cases"), figures) for label, figures in groups.items())
    period = report.setting.period_name
    return Chart(_text("outcomes-chart", period=period), _organ(report.setting), bars)


def trend_chart(reports: Sequence[Report]) -> Chart | None:
    """New, decided and pending applications, period by period; None where no form says."""
    bars = tuple(
        _bar(report, report.setting.period_name, _text(name), [figure])
        for report in reports
        for name, figure in _flows(report.setting.edition)
    )
    if not bars:
        return None
    first, last = (report.setting.period_name for report in (reports[0], reports[-1]))
    title = _text("trend-chart", first=first, last=last)
    return Chart(title, _organ(reports[-1].setting), bars)


def _total(edition: Edition) -> Figure | None:
    """The figure of all applications decided, in a table."""
    tables = (table for table in edition.tables if table.kind == "table")
    figures = (figure for table in tables for figure in table.figures)
    return next((figure for figure in figures if _counts(figure, "flow", _DECIDED, ())), None)


def _outcomes(table: Table, total: Figure) -> Iterator[tuple[Row, Figure]]:
    for row, figures in table.lines():
        for figure in figures:
            if figure.column == total.column and _counts(figure, "flow", _DECIDED, ("outcome",)):
                yield row, figure


def _flows(edition: Edition) -> Iterator[tuple[str, Figure]]:
    """The figures of what came in, what was decided and what is left, in one table and column."""
    total = _total(edition)
    if total is None:
        return
    beside = [f for f in edition.table(total.table).figures if f.column == total.column]
    wanted = {
        "received": [f for f in beside if _counts(f, "flow", _PENDING, ("entry",))],
        "decided": [total],
        "pending": [f for f in beside if _counts(f, "closing", _PENDING, ())],
    }
    yield from ((name, figures[0]) for name, figures in wanted.items() if figures)


def _counts(figure: Figure, measure: Measure, state: str, dimensions: tuple[str, ...]) -> bool:
    """Whether a figure is one count of a state, told apart by these dimensions and no others."""
    if len(figure.terms) != 1:
        return False
    (term,) = figure.terms
    named = tuple(name for name, _ in term.where)
    return (term.measure, term.state, term.sign, named) == (measure, state, 1, dimensions)


def _overlap(figures: Iterable[Figure]) -> bool:
    """Whether an outcome is counted twice."""
    codes = [code for figure in figures for _, codes in figure.terms[0].where for code in codes]
    return len(codes) != len(set(codes))


def _group(row: Row) -> Text:
    """The outcome in short: the heading over a row, or its own label where it has none but the common."""
    if len(row.under) > 1:
        return Text(*(_NUMBER.sub("", row.under[-1][language]) for language in ("zh-CN", "en")))
    return Text(*(_REMARK.sub("", row.label[language]) for language in ("zh-CN", "en")))


def _bar(report: Report, label: Text, series: Text, figures: list[Figure]) -> Bar:
    cells = (report.cells[figure.address] for figure in figures)
    value = sum((cell.value for cell in cells if cell.value is not None), Decimal(0))
    return Bar(label, series, value, tuple(figure.address for figure in figures))


def _organ(setting: Setting) -> str:
    return legible(setting.organ.name)


def _text(phrase: str, **named: Text) -> Text:
    return Text(
        *(
            say(language, phrase, **{name: text[language] for name, text in named.items()})
            for language in ("zh-CN", "en")
        )
    )
