"""A published report as it was read: what is printed in each cell, and the numbers of its prose."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from ledger.words.problems import Problem

Media = Literal["docx", "xlsx", "html", "pdf", "text"]

Kind = Literal["number", "zero", "blank", "slash", "dash", "other"]
"""What stands in a cell. `other` is a text that is no number of its figure: 无, 3件（其中2件…）."""

Certainty = Literal["certain", "likely", "unsure"]
"""certain: heading and label of every cell were found as the form prints them. likely: some were
found in other words, or the order of the numbers stood in for a heading. unsure: cells are missing
or contradict each other; a person should look."""

UnitFrom = Literal["cell", "heading", "form", "nowhere"]
"""Where the unit of a figure stands. `form`: the form has a unit that nobody prints (件);
`nowhere`: an amount of money for which the report names no unit, so its value is not known."""

MentionKind = Literal[
    "quantity", "share", "money", "date", "year", "reference", "contact", "marker"
]
"""What a number of the prose is. Only quantity, share and money state a figure; the others are a
day or period, a year, a document or article number, a telephone number, and the number of a heading
or list item."""

Hedge = Literal["exact", "about", "more", "less"]
"""about 约, 近, 左右; more 余, 多, 以上, 超过; less 不足, 以下."""


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where in the file something stands, counted from 1; 0 and "" where the file has no such thing."""

    part: str = ""
    """The sheet of a workbook."""
    page: int = 0
    table: int = 0
    """The table in reading order; 0 for running text."""
    row: int = 0
    column: int = 0
    paragraph: int = 0
    """The paragraph or line of running text."""


class Printed(Struct, frozen=True, kw_only=True):
    """A cell as printed; an address that is not among the cells was not found in the file at all."""

    text: str
    """Unchanged but for blanks at its ends."""
    kind: Kind
    value: Decimal | None
    """In the unit of the figure; None unless the kind is number or zero and the unit is known."""
    place: Place
    unit: str = ""
    """The unit as printed in the cell or its heading."""
    unit_from: UnitFrom = "form"


class Mention(Struct, frozen=True, kw_only=True):
    """A number of the prose with the sentence that it stands in."""

    sentence: str
    start: int
    end: int
    """`sentence[start:end]` is the number as printed, without its unit."""
    kind: MentionKind
    value: Decimal
    """As printed: 12.3 of 12.3%, 179.8 of 179.8万元, 3 of 三件."""
    unit: str = ""
    """件, 条, 人次, %, 个百分点, 万元, 年 … as printed; "" where the number stands alone."""
    hedge: Hedge = "exact"
    before: str = ""
    """The words of the clause before the number: 主动公开政府信息."""
    after: str = ""
    """The words of the clause after the number and its unit."""
    section: str = ""
    """The id of the section that it stands in, as in `Passage`."""
    place: Place = Place()

    @property
    def number(self) -> str:
        """The number as printed, without its unit."""
        return self.sentence[self.start : self.end]


class Passage(Struct, frozen=True, kw_only=True):
    """The prose of a part of the report, without its tables, in reading order."""

    section: str
    """The section's id in the edition; title, preamble, after or other where the form has none."""
    heading: str
    """As printed; empty for title and preamble."""
    paragraphs: tuple[str, ...]
    """Full-width digits and letters narrowed, blanks between Chinese characters taken out."""
    places: tuple[Place, ...]
    """Where each paragraph stands."""


class TableFit(Struct, frozen=True, kw_only=True):
    """How a table of the edition was found in the file."""

    table: str
    """Its id in the edition."""
    certainty: Certainty
    placed: int
    """Cells found, blank ones too."""
    expected: int
    """Cells that the form has."""
    places: tuple[Place, ...] = ()
    """The tables of the file, or their first lines, that it was read from."""
    doubts: tuple[Problem, ...] = ()
    """Why it is not certain."""


class EditionFit(Struct, frozen=True, kw_only=True):
    """The form that the tables really follow; what the prose cites may be another one."""

    id: str
    certainty: Certainty
    own_labels: tuple[str, ...]
    """Labels printed in the file that no other form known here carries."""
    foreign_labels: tuple[str, ...] = ()
    """Labels printed in the file that only other forms carry."""


class Unplaced(Struct, frozen=True, kw_only=True):
    """Something in the file that could not be placed, and why."""

    text: str
    problem: Problem
    place: Place = Place()


class Published(Struct, frozen=True, kw_only=True):
    """A published report as read from one file: nothing is guessed, what is missing is missing."""

    name: str
    """The file's name without its folder."""
    digest: str
    """sha256:… of the file's bytes."""
    media: Media
    title: str
    """As printed, "" where none was found."""
    organ: str | None
    """The organ's name as printed in the title, else in the signature."""
    year: int | None
    """The year that the report says it is for."""
    edition: EditionFit | None
    """None where no table of a known form was found."""
    cells: dict[str, Printed]
    """By address, table/row/column."""
    tables: tuple[TableFit, ...]
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    unplaced: tuple[Unplaced, ...]
