"""Reports to draw: of the seed's year, with figures as big as they come, and of random ledgers."""

from __future__ import annotations

from functools import cache
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from ledger.drawing.paper import Paper, paper_of
from ledger.rooms.storage.journal import Journal
from ledger.verbs import demo
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Cell, Question, Report, report
from ledger.words.narratives import Paragraph, paragraphs
from ledger.words.years import year as year_of
from small_ledgers import ORGANS, YEARS, drafts, ledger_of

HOUSE = House()
EDITIONS = ("cn-annual-report-2019", "cn-annual-report-2021")
FORMS = (*EDITIONS, *(name for name in HOUSE.editions if name.startswith("local-")))
LANGUAGES = ("zh-CN", "en")
DIGEST = "sha256:" + "5f" * 32
MOST = 10**15
"""The largest quantity that an event may state."""

NARRATIVE: dict[str, tuple[Paragraph, ...]] = {
    "overview": paragraphs(
        "（一）主动公开。本年主动公开政府信息{summary/published/total}条，"
        "其中公文类{summary/published-official/total}条。\n"
        "（二）依申请公开\n"
        "新收申请{applications/new/total}件，办结{applications/total/total}件；<b>&“引号”。"
    ),
    "other-matters": paragraphs("没有其他需要报告的事项。"),
}
"""Paragraphs as an office drafts them, with signs that mean something to HTML and XML."""


def told_in(journal: Journal, edition: str, year: int = demo.YEAR) -> Report:
    """The report of the seed's organ by an edition."""
    with journal.reading() as connection:
        return report(
            connection, HOUSE.editions, Question(year_of(year), demo.ORGAN, edition=edition)
        )


@cache
def seed_report(edition: str = EDITIONS[0]) -> Report:
    """The seed's year, told as the demo tells it."""
    with TemporaryDirectory() as folder:
        journal = open_journal(f"sqlite:///{folder}/ledger.db", create=True)
        record(journal, HOUSE.definitions, list(demo.drafts()), "clerk")
        told = told_in(journal, edition)
        journal.engine.dispose()
    return told


def seed(edition: str = EDITIONS[0]) -> Paper:
    """The seed's report with a drafted text and a digest."""
    return paper_of(seed_report(edition), NARRATIVE, DIGEST)


def with_quantities(told: Report, quantities: list[int]) -> Report:
    """A report with other figures: these in turn, over and over."""
    cells = {
        address: Cell(cell.figure, quantities[at % len(quantities)])
        for at, (address, cell) in enumerate(told.cells.items())
    }
    return Report(told.setting, cells)


def big(edition: str = EDITIONS[0]) -> Paper:
    """Figures so long that they hardly fit, fractions of 万元 and negative changes among them."""
    quantities = [MOST, MOST - 1, 123_456_789, 999_999, -MOST, -7, 1, 0]
    return paper_of(with_quantities(seed_report(edition), quantities), NARRATIVE, DIGEST)


quantities = st.lists(
    st.one_of(st.integers(0, 30), st.integers(0, MOST), st.integers(-MOST, -1)),
    min_size=1,
    max_size=40,
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Any figures in either form, with or without a drafted text."""
    told = with_quantities(seed_report(draw(st.sampled_from(EDITIONS))), draw(quantities))
    return paper_of(told, draw(st.sampled_from([NARRATIVE, {}])))


@st.composite
def papers_of_ledgers(draw: st.DrawFn) -> Paper:
    """The report of a small random ledger: of one of its years, of all its organs or one."""
    year, organ = draw(st.sampled_from(YEARS)), draw(st.sampled_from(ORGANS))
    question = Question(year_of(year), organ, below=organ == ORGANS[0])
    with (
        ledger_of(draw(drafts())) as (journal, _),
        journal.reading() as connection,
    ):
        return paper_of(report(connection, HOUSE.editions, question))
