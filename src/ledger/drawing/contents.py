"""What each document holds: its fields, once. Types for the functions that make it, a schema for programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from msgspec import Meta

from ledger.rooms.subjects.report import Waiver
from ledger.verbs.checking import Verdict
from ledger.verbs.desks import OpenReport
from ledger.verbs.differing import Kind
from ledger.verbs.overdrawing import Overdrawn
from ledger.words.figures import Origin, Severity, Text
from ledger.words.years import PeriodKind

Position = Annotated[int, Meta(ge=0, description="place in the journal, from 1 in commit order")]
Address = Annotated[str, Meta(description="of a figure: table/row/column")]
Moment = Annotated[str, Meta(description="UTC", extra_json_schema={"format": "date-time"})]
Value = Annotated[
    Decimal | None, Meta(description="exact, in the unit printed; null: not recorded by the ledger")
]
Quantity = Annotated[Decimal, Meta(description="exact, in the unit of the figure")]


class Organ(TypedDict):
    """A body that reports."""

    code: str
    name: str


class Reporting(Organ):
    """The organ of a report; `members` are the codes of all whose facts it counts."""

    members: tuple[str, ...]


Period = TypedDict(
    "Period", {"id": str, "kind": PeriodKind, "name": Text, "from": date, "to": date}
)


class Standpoint(TypedDict):
    """For which organ and period, known by which position."""

    organ: Reporting
    year: int
    period: Period
    position: Position


class NamedEdition(TypedDict):
    """An edition: the form of a report."""

    id: str
    label: Text


class SourcedEdition(NamedEdition):
    """An edition with the paper that laid it down."""

    source: Text
    note: Text | None


class Setting(Standpoint):
    """A standpoint under an edition."""

    title: Text
    edition: SourcedEdition


class PublicEvent(TypedDict):
    """An event as everyone may see it: without persons and the office's own notes."""

    position: Position
    id: str
    type: Annotated[str, Meta(examples=["application.received"])]
    version: int
    label: Text
    organ: str
    subject: Annotated[str, Meta(examples=["application:2020-0001"])]
    occurred_on: date
    recorded_at: Moment


class Event(PublicEvent):
    """An event in the journal; `data` is as the schema of its type and version lays down."""

    recorded_by: str
    data: dict[str, Any]
    source: Annotated[dict[str, str] | None, Meta(description="the paper behind it")]


class Receipt(Event):
    """An event that was handed in; `again` where it was recorded before and is not recorded twice."""

    again: bool


class Cause(Event):
    """An event that changed figures; `amends` is the event that it corrects or voids."""

    kind: Kind
    amends: Event | None


class Fact(TypedDict):
    """A state with its dimensions, from one day until another; `until` null: still."""

    state: Annotated[str, Meta(examples=["application.decided"])]
    dimensions: dict[str, str]
    since: date
    until: date | None
    evidence: Annotated[tuple[int, ...], Meta(description="positions of the events that say so")]


class FactOfOrgan(Fact):
    """A fact with the organ whose it is."""

    organ: str


class CountedFact(FactOfOrgan):
    """A fact with its quantity in 件 or 分."""

    quantity: int


class TracedFact(FactOfOrgan):
    """A fact behind a figure with its part of it, and the positions from and until which it is known."""

    subject: str
    quantity: Quantity
    unit: str
    known_from: Position
    known_until: Position | None


class Figure(TypedDict):
    """Which figure: its address, its row and column in words, its unit."""

    address: Address
    label: Text
    unit: str


class Cell(Figure):
    """A figure with its value."""

    value: Value


Predicate = TypedDict("Predicate", {"zh-CN": list[str], "en": list[str]})


class Traced(Setting):
    """A figure with its predicate in words and the facts whose quantities sum to it."""

    figure: Cell
    label: Text
    source: Annotated[tuple[Text, ...], Meta(description="the legal sources")]
    notes: tuple[Text, ...]
    predicate: Predicate
    facts: list[TracedFact]


class Trace(Traced):
    """A trace with the events that say so."""

    events: list[Event]


class PublicTrace(Traced):
    """A trace for everyone."""

    events: list[PublicEvent]


class Feed(Figure):
    """A figure that an event feeds, with its part of it."""

    organ: str
    year: int
    quantity: Quantity


class Explanation(TypedDict):
    """What became of an event: what corrected or voided it, its facts, the figures that it feeds."""

    event: Event
    changed_by: list[Event]
    facts: list[FactOfOrgan]
    feeds: list[Feed]


class History(TypedDict):
    """What is recorded of a subject, and its facts as they stand."""

    subject: str
    events: list[Event]
    facts: list[CountedFact]


class Step(TypedDict):
    """What may be recorded next, and which steps it makes possible or ends."""

    type: str
    opens: tuple[str, ...]
    ends: tuple[str, ...]


class Case(History):
    """A history with the organ that records what happens next, and the next steps."""

    holder: str
    next: list[Step]


class Number(TypedDict):
    """A number in a text: the figure that it refers to."""

    address: Address
    value: Value


class Section(TypedDict):
    """A section of the text: paragraphs of texts and numbers, and the ids of the tables in it."""

    number: str
    id: str
    label: Text
    paragraphs: list[list[str | Number]]
    tables: tuple[str, ...]


class Column(TypedDict):
    """A column."""

    id: str
    label: Text


class Row(TypedDict):
    """A row with its legal source and cells; `inferred`: the form does not say what it counts."""

    id: str
    number: str
    label: Text
    path: Text
    source: Text
    note: Text | None
    inferred: bool
    cells: list[Cell]


class Table(TypedDict):
    """A table, or figures that the form states in prose."""

    id: str
    number: str
    label: Text
    heading: Text | None
    kind: Literal["table", "prose"]
    columns: list[Column]
    rows: list[Row]


class LaidOut(Setting):
    """The sections and tables of a report."""

    sections: list[Section]
    tables: list[Table]


class Carried(TypedDict):
    """A figure that last year's report handed on otherwise than it is known by now."""

    address: Address
    issue: str
    issued: Quantity
    known: Quantity
    restated: str | None


class Restated(TypedDict):
    """A figure that a restatement changed."""

    address: Address
    old: Quantity
    new: Quantity


class Restatement(TypedDict):
    """Which issue is restated, why, and what changed."""

    event: str
    kind: str
    reason: str
    changes: list[Restated]


class Checkpoint(TypedDict):
    """A signed checkpoint of the journal; `note` is how it is handed on (C2SP)."""

    origin: str
    size: int
    root: Annotated[str, Meta(description="base64")]
    note: str


class IssueData(TypedDict):
    """What the event of an issue or restatement holds, without its cells."""

    period: str
    edition: str
    edition_digest: str
    below: bool
    members: list[str]
    position: Position
    digest: str
    replaces: NotRequired[str]
    kind: NotRequired[str]
    reason: NotRequired[str]
    changes: NotRequired[list[dict[str, Any]]]


class Issue(IssueData):
    """An issue or restatement of a report."""

    id: str
    type: str
    recorded_at_position: Position
    occurred_on: date
    recorded_by: str


class SealedIssue(Issue):
    """An issue with the checkpoint that was signed at it, if one was."""

    checkpoint: Checkpoint | None


class Report(LaidOut):
    """A report: tables and text, what it waives and restates, and its issue if it was issued."""

    waivers: tuple[Waiver, ...]
    carried: list[Carried]
    restates: Restatement | None
    issue: SealedIssue | None


class SignedCell(TypedDict):
    """A cell of an equation; `sign` with all on one side; `year` -1: in the report before."""

    address: Address
    sign: Literal[1, -1]
    year: Literal[0, -1]


class Finding(TypedDict):
    """An equation judged, with its two sides and the cells that it is between."""

    constraint: str
    verdict: Verdict
    severity: Severity
    origin: Origin
    source: Text
    message: Text
    at: str
    left: Decimal
    right: Decimal
    difference: Decimal
    cells: list[SignedCell]
    blanks: tuple[str, ...]
    waiver: Waiver | None


Straddling = TypedDict(
    "Straddling",
    {
        "subject": str,
        "state": str,
        "dimensions": dict[str, str],
        "since": date,
        "until": date | None,
        "evidence": tuple[int, ...],
        "from": date,
        "to": date,
        "quantity": int,
        "counted": bool,
    },
)


class Published(TypedDict):
    """A figure that a published report prints otherwise than the ledger has it."""

    address: Address
    published: Any
    ledger: Any


class Check(Setting):
    """How many equations were judged and hold, and each that does not."""

    carried: list[Carried]
    recorded: Annotated[dict[str, Any] | None, Meta(description="the event of the check")]
    checked: int
    held: int
    findings: list[Finding]
    straddling: Annotated[list[Straddling], Meta(description="statements that span periods")]
    overdrawn: Annotated[
        tuple[Overdrawn, ...], Meta(description="balances that were stated too small")
    ]
    differences: Annotated[
        list[Published] | None, Meta(description="null where no published report was compared")
    ]


class Share(TypedDict):
    """What an event adds to or takes from a figure."""

    position: Position
    kind: Kind
    quantity: Quantity


class ChangedCell(Figure):
    """A figure that changed, with the shares of the events that sum to the difference."""

    old: Quantity
    new: Quantity
    difference: Quantity
    causes: list[Share]


class Difference(Setting):
    """What changed since a position, and the events that changed it."""

    since: Position
    cells: list[ChangedCell]
    events: list[Cause]


class Member(TypedDict):
    """An organ of a roll-up; `changed` and `unseen` are figures that moved after its or the upper issue."""

    organ: Organ
    parent: str | None
    quantity: Quantity | None
    issue: str | None
    changed: tuple[str, ...]
    unseen: tuple[str, ...]


class Part(TypedDict):
    """A part of a roll-up: an organ with all below it."""

    organ: Organ
    quantity: Quantity | None
    members: list[Member]


class Summed(TypedDict):
    """A figure that a roll-up sums."""

    address: Address
    label: Text


class RollUp(Setting):
    """The parts of a roll-up; their quantities sum to the total less what is `between` them."""

    issue: Issue | None
    parts: list[Part]
    summed: list[Summed]
    total: Quantity | None
    between: Quantity | None


class OpenCase(TypedDict):
    """A case that waits: since when, for how many days of the calendar, and its last event."""

    subject: str
    since: date
    days: int
    last: Event


class Desk(TypedDict):
    """What waits at an organ; `counts` are the open cases by the kind of their subject."""

    organ: str
    cases: list[OpenCase]
    counts: dict[str, int]
    year: int
    findings: list[Finding]
    reports: tuple[OpenReport, ...]
    lately: list[Event]


class User(TypedDict):
    """A user without anything secret; `grants` are written role@organ."""

    name: str
    display: str
    email: str | None
    grants: list[str]
    has_password: bool
    disabled: bool
    made_at: datetime


class Token(TypedDict):
    """An API token without its secret."""

    id: str
    user: str
    grant: str
    purpose: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class Access(TypedDict):
    """A line of the access log."""

    number: int
    at: datetime
    user: str
    token: str | None
    action: str
    what: str
    organ: str | None
    address: str


class ListedReport(TypedDict):
    """An issued report; `restates` is the id of the issue that it replaces."""

    organ: str
    period: str
    below: bool
    issued_on: date
    restates: str | None


class EventType(TypedDict):
    """A type of event that people record, in the language of who asks."""

    id: Annotated[str, Meta(examples=["application.received"])]
    title: str
    description: str
    law: Annotated[str, Meta(description="the legal source; empty where there is none")]
    paper: Annotated[bool, Meta(description="whether a source must be given")]


class SubjectKind(TypedDict):
    """A kind of subject: the types that begin one, and those that follow."""

    id: str
    title: str
    begin: list[EventType]
    follow: list[EventType]


class Problem(TypedDict):
    """What is wrong, where, and what to do; the last three where it was read from a workbook."""

    code: Annotated[str, Meta(examples=["no-such-organ"])]
    line: int | None
    pointer: Annotated[str, Meta(description="place in the input (RFC 6901)")]
    message: Text
    sheet: NotRequired[str]
    cell: NotRequired[str]
    heading: NotRequired[str]


class Problems(TypedDict):
    """A refusal (RFC 9457); `title` is the first sentence in the language asked for."""

    type: Annotated[str, Meta(description="urn:ledger:problem: and the first code")]
    title: str
    status: int
    problems: list[Problem]


class Events(TypedDict):
    """Events in the order of the journal; go on with `after` as `next` says."""

    events: list[Event]
    next: Position


class Recorded(TypedDict):
    """What became of each event that was handed in, in that order."""

    events: list[Receipt]


class EventKinds(TypedDict):
    """The types of events that people record, by the kind of their subject."""

    kinds: list[SubjectKind]


class Reports(TypedDict):
    """Reports that have been issued."""

    reports: list[ListedReport]


class Users(TypedDict):
    """Users that one administers."""

    users: list[User]


class Tokens(TypedDict):
    """Tokens at the organs that one administers."""

    tokens: list[Token]


class AccessLog(TypedDict):
    """Lines of the access log, the newest first."""

    accesses: list[Access]


class Health(TypedDict):
    """That the process answers."""

    status: Literal["ok"]


class Readiness(Health):
    """That the ledger can be read, and how far it has come."""

    position: Position
