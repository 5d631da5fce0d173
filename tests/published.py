"""Published reports: read as printed, and told as the events that would give the same figures.

As a command it writes the events: `python tests/published.py REPORT.json > events.jsonl`.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from ledger.verbs.checking import check
from ledger.verbs.opening import House
from ledger.words.figures import Edition, Figure

Json = dict[str, Any]

EDITIONS = {"GBGKB-2019-60": "cn-annual-report-2019", "GBGKB-2021-30": "cn-annual-report-2021"}
PROACTIVE = ("regulations", "services", "enforcement", "fees", "procurement")
DRIFT = {"规范性文件": "行政规范性文件", "行政规范性文件": "规范性文件", "社会组织": "社会公益组织"}
"""Labels that are printed otherwise than the form has them."""

ROWS = {
    "new": "new",
    "carry_in": "carried-in",
    "granted": "granted",
    "partial": "partially-granted",
    "deny_secret": "refused-state-secret",
    "deny_law": "refused-prohibited-by-law",
    "deny_safety": "refused-public-safety",
    "deny_third_party": "refused-third-party",
    "deny_internal": "refused-internal-affairs",
    "deny_process": "refused-process-information",
    "deny_casefile": "refused-enforcement-file",
    "deny_query": "refused-register-enquiry",
    "na_not_held": "unavailable-not-held",
    "na_create": "unavailable-needs-making",
    "na_unclear": "unavailable-still-unclear",
    "np_petition": "not-processed-petition",
    "np_repeat": "not-processed-repeated",
    "np_publication": "not-processed-publication",
    "np_mass": "not-processed-excessive",
    "np_confirm": "not-processed-reissue",
    "total": "total",
    "carry_out": "carried-out",
}
OTHER_ROWS = {
    "cn-annual-report-2019": {"other": "other"},
    "cn-annual-report-2021": {
        "other_no_correction": "other-not-clarified",
        "other_no_fee": "other-fee-unpaid",
        "other_misc": "other",
    },
}
REVIEWS = {"review": "reconsideration", "lit_direct": "suit-direct", "lit_after": "suit-after"}
RESULTS = ("upheld", "corrected", "other", "pending", "total")

PROSE = {
    "主动公开总数": "published",
    "主动公开": "published",
    "主动公开政府信息数": "published",
    "主动公开政府信息总数": "published",
    "主动公开政府信息": "published",
    "公文类": "published-official",
    "公文类政府信息": "published-official",
    "非公文类": "published-other",
    "非公文类政府信息": "published-other",
}

YUAN = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
COUNTERS = ("件", "项", "个", "条", "宗")
BLANK = ("", "/", "-", "--")
PLAIN = {0x3000: " ", **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}}
"""Full-width letters, digits and signs as ordinary ones."""
PLAIN |= dict.fromkeys(map(ord, "−–—―‒﹣"), "-")
NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?\s*([^0-9]*)")


class Unreadable(ValueError):
    """A printed figure that stands for no one number."""


@dataclass(frozen=True)
class Unread:
    """What was printed and could not be read, and why."""

    place: str
    printed: Any
    why: str


@dataclass(frozen=True)
class Published:
    """A published report: its cells by our addresses, in the units of our figures; None is blank."""

    name: str
    organ: str
    year: int
    edition: Edition | None
    cells: dict[str, Decimal | None]
    unread: tuple[Unread, ...]
    texts: dict[str, str]
    """The cells of its tables as they are printed."""

    @property
    def code(self) -> str:
        """A code for the organ."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")
        return plain[:64].strip("-") or "organ"


@dataclass(frozen=True)
class Told:
    """A report told as events, in the order in which they happened."""

    events: tuple[Json, ...]
    aims: dict[str, Decimal]
    """The printed cells that the events give again; a blank one is zero."""
    beyond: dict[str, str]
    """The printed cells that no events can give beside the others, each with the reason."""


# Reading


def read(document: Mapping[str, Any], editions: Mapping[str, Edition]) -> Published:
    """A report in the JSON form of our collection."""
    edition = editions.get(EDITIONS.get(str(document.get("edition")), ""))
    cells: dict[str, Decimal | None] = {}
    texts: dict[str, str] = {}
    unread = [Unread("edition", document.get("edition"), "there is no form of this edition")]
    if edition is not None:
        whole = str(document.get("completeness") or "full").startswith("full")
        reader = _Reader(edition, whole)
        reader.tables(document.get("tables") or {}, document.get("columns_T3"))
        reader.prose(document.get("narrative_figures") or {})
        cells, unread, texts = reader.cells, reader.unread, reader.texts
    return Published(
        name=str(document["id"]),
        organ=str(document.get("organ") or document["id"]),
        year=int(document["report_year"]),
        edition=edition,
        cells=cells,
        unread=tuple(unread),
        texts=texts,
    )


def number(printed: Any, figure: Figure, header: str | None = None) -> Decimal | None:
    """A printed figure in the unit of ours, None where it is blank; raises Unreadable.

    `header` is the unit that the form prints above the cell.
    """
    if printed is None:
        return None
    if isinstance(printed, bool) or not isinstance(printed, str | int | float):
        raise Unreadable("not a figure")
    text = str(printed).translate(PLAIN).strip()
    if text in BLANK:
        return None
    found = NUMBER.fullmatch(text)
    if not found:
        raise Unreadable("not a number")
    sign, whole, fraction, unit = found.groups()
    value = Decimal(f"{sign}{whole.replace(',', '')}{fraction or ''}")
    if figure.unit.measures == "count":
        if unit and unit not in COUNTERS:
            raise Unreadable(f"a count in {unit}")
        if value != value.to_integral_value():
            raise Unreadable("a count that is not whole")
        return value
    unit = unit or header or ("元" if not value else "")
    if unit not in YUAN:
        raise Unreadable(f"an amount in {unit}" if unit else "an amount without a unit")
    return value * YUAN[unit] * 100 / figure.scale


class _Reader:
    """Puts printed figures at our addresses, and leaves aside what it cannot read."""

    def __init__(self, edition: Edition, whole: bool) -> None:
        self.edition = edition
        self.whole = whole
        """Whether the copy of the report is; in a part of one, null may stand for what was cut."""
        self.cells: dict[str, Decimal | None] = {}
        self.texts: dict[str, str] = {}
        self.unread: list[Unread] = []

    def leave(self, place: str, printed: Any, why: str) -> None:
        self.unread.append(Unread(place, printed, why))

    def tables(self, tables: Mapping[str, Any], columns: Sequence[str] | None) -> None:
        for name, rows in tables.items():
            if not isinstance(rows, Mapping):
                self.leave(name, rows, "not a table")
            elif name == "T2":
                self._proactive(rows)
            elif name == "T3":
                self._applications(rows, columns)
            elif name == "T4":
                self._reviews(rows)
            else:
                self.leave(name, sorted(rows), "not a table of the form")

    def prose(self, figures: Mapping[str, Any]) -> None:
        for label, printed in figures.items():
            row = PROSE.get(label)
            if row is None:
                self.leave(f"text/{label}", printed, "no figure of ours by this name")
            else:
                self._cell(f"text/{label}", f"summary/{row}/total", printed)

    def _proactive(self, rows: Mapping[str, Any]) -> None:
        orders = rows.get("column_order") or {}
        lines = {
            row.label.zh: (figures, [column.label.zh for column in table.columns])
            for table in self.edition.tables
            if table.id in PROACTIVE
            for row, figures in table.lines()
        }
        for key, printed in rows.items():
            if key in ("column_order", "edition"):
                continue
            label, _, unit = key.partition("_")
            found = lines.get(label) or lines.get(DRIFT.get(label, ""))
            if found is None:
                self.leave(f"T2/{key}", printed, "not a row of this edition")
                continue
            figures, columns = found
            order = next((orders[part] for part in orders if label in part.split("/")), columns)
            if order != columns:
                self.leave(f"T2/{key}", printed, "its columns are not those of this edition")
                continue
            addresses = [figure.address for figure in figures]
            self._line(f"T2/{key}", addresses, printed, unit)

    def _applications(self, rows: Mapping[str, Any], columns: Sequence[str] | None) -> None:
        table = self.edition.table("applications")
        ids = {column.label.zh: column.id for column in table.columns}
        printed_columns = columns or list(ids)
        known = [ids.get(label) or ids.get(DRIFT.get(label, "")) for label in printed_columns]
        if None in known or len(set(known)) != len(ids):
            self.leave("T3", list(printed_columns), "its columns are not those of this edition")
            return
        names = ROWS | OTHER_ROWS[self.edition.id]
        for key, printed in rows.items():
            if key not in names:
                self.leave(f"T3/{key}", printed, "not a row of this edition")
                continue
            addresses = [f"applications/{names[key]}/{column}" for column in known]
            self._line(f"T3/{key}", addresses, printed)

    def _reviews(self, rows: Mapping[str, Any]) -> None:
        names = {
            f"{short}_{result}": f"reviews/count/{kind}-{result}"
            for short, kind in REVIEWS.items()
            for result in RESULTS
        }
        for key, printed in rows.items():
            if key not in names:
                self.leave(f"T4/{key}", printed, "not a column of this edition")
            else:
                self._line(f"T4/{key}", [names[key]], printed)

    def _line(self, place: str, addresses: Sequence[str], printed: Any, unit: str = "") -> None:
        """The cells of a row."""
        if printed is None and not (self.whole and len(addresses) == 1):
            self.leave(place, printed, "blank or cut off")
            return
        if len(addresses) == 1 and not isinstance(printed, list):
            printed = [printed]
        if not isinstance(printed, list) or len(printed) != len(addresses):
            self.leave(place, printed, f"not {len(addresses)} cells")
            return
        for at, (address, text) in enumerate(zip(addresses, printed, strict=True), 1):
            self._cell(f"{place}/{at}", address, text, unit)

    def _cell(self, place: str, address: str, printed: Any, unit: str = "") -> None:
        if address in self.cells:
            self.leave(place, printed, "stands twice")
            return
        figure = self.edition.figures[address]
        if not place.startswith("text/"):
            self.texts[address] = "" if printed is None else str(printed)
        above = re.search(r"单位：(\w*元)", figure.column_label.zh)
        try:
            self.cells[address] = number(printed, figure, unit or (above and above[1]) or None)
        except Unreadable as error:
            self.leave(place, printed, str(error))


# Telling


def tell(published: Published) -> Told:
    """The report as events, from which the ledger gives its figures again.

    Where a report contradicts itself the leaf figures are told: new, carried in, outcomes by kind
    of applicant, results of reviews; not what is their sum or their difference.
    """
    story = _Story(published)
    aims: dict[str, Decimal] = {}
    beyond: dict[str, str] = {}
    if published.edition is not None:
        story.tell()
        equations = _Equations(published.edition, published.cells)
        for address, printed in published.cells.items():
            if story.gives[address] == (printed or 0):
                aims[address] = printed or Decimal(0)
            else:
                beyond[address] = story.reasons.get(address) or equations.contradiction(address)
    events = sorted(story.events, key=lambda event: event["occurred_on"])
    code = published.code
    numbered = ({"id": f"{code}-{n:06}", **event} for n, event in enumerate(events, 1))
    return Told(tuple(numbered), aims, beyond)


class _Equations:
    """The equations of a form beside what a report printed, the most specific first."""

    def __init__(self, form: Edition, cells: Mapping[str, Decimal | None]) -> None:
        judged = {id(finding.equation): finding for finding in check(form, cells)}
        found = []
        for constraint in form.constraints:
            for equation in constraint.equations:
                refs = (*equation.left, *equation.right)
                if all(ref.year == 0 for ref in refs):
                    name = f"{constraint.id} {equation.at}".strip()
                    parts = frozenset(ref.address for ref in refs)
                    found.append((name, parts, judged.get(id(equation))))
        self._equations = sorted(found, key=lambda each: len(each[1]))
        self._cells = cells

    def contradiction(self, address: str) -> str:
        """The nearest equation to a cell that does not hold, or that lacks a cell to be judged."""
        seen: set[str] = set()
        near = {address}
        while near - seen:
            seen |= near
            touching = [each for each in self._equations if near & each[1]]
            for name, parts, finding in touching:
                if finding is None:
                    lacking = ", ".join(sorted(parts - self._cells.keys()))
                    return f"{name}: not printed or not read: {lacking}"
                if finding.verdict != "holds":
                    return f"{name} {finding.verdict}: {finding.left}≠{finding.right}"
            near = {part for _, parts, _ in touching for part in parts}
        raise AssertionError(f"no reason why {address} cannot be told")


MANY = 100
"""Stocks and publications above it are stated as a number, not told one by one."""


@dataclass
class _Story:
    """Events as they are told, and what each cell of the report comes to by them."""

    published: Published
    events: list[Json] = field(default_factory=list)
    gives: dict[str, Decimal] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        year, self._organ = self.published.year, self.published.code
        self.first, self.last = date(year, 1, 1), date(year, 12, 31)
        self.eve = date(year - 1, 12, 31)
        self._numbers: dict[str, int] = {}
        named = {"name": self.published.organ}
        self.add("organ.registered", f"organ:{self._organ}", date(year - 3, 1, 1), named)

    @property
    def form(self) -> Edition:
        assert self.published.edition is not None
        return self.published.edition

    def tell(self) -> None:
        if self.form.id == EDITIONS["GBGKB-2019-60"]:
            self._publications()
            self._items()
            self._procurements()
        else:
            self._documents_in_force()
            self._fees()
        self._decisions()
        self._applications()
        self._reviews()
        self._prose()

    # What the stories below are made of

    def add(self, type_: str, subject: str, on: date, data: Json, *, stated: bool = False) -> None:
        event: Json = {"type": type_, "organ": self._organ, "subject": subject}
        event |= {"occurred_on": on.isoformat(), "data": data}
        if stated:
            event["source"] = {"title": f"{self.published.year}年政府信息公开工作年度报告"}
        self.events.append(event)

    def new(self, kind: str) -> str:
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return f"{kind}:{self.published.year}-{self._numbers[kind]:05}"

    def has(self, address: str) -> bool:
        return address in self.published.cells

    def count(self, address: str) -> int:
        """The whole number printed at an address; 0 where it is blank, missing or below zero."""
        value = int(self.published.cells.get(address) or 0)
        if value < 0:
            self.reasons[address] = f"a count cannot be {value}"
        return max(value, 0)

    def give(self, address: str, value: Decimal | int) -> None:
        self.gives[address] = Decimal(value)

    def stand_before(self, state: str, kind: str, quantity: int) -> None:
        """A stock at the end of last year, stated as a number."""
        if quantity:
            data = {"state": state, "dimensions": {"kind": kind}, "quantity": quantity}
            self.add("balance.stated", self.new("balance"), self.eve, data, stated=True)

    def counted(self, state: str, quantity: int, **dimensions: str) -> None:
        """What other systems counted, stated quarter by quarter."""
        for quarter, share in enumerate(shares(quantity, 4)):
            if share:
                begin = date(self.published.year, quarter * 3 + 1, 1)
                end = date(self.published.year + quarter // 3, (quarter * 3 + 3) % 12 + 1, 1)
                data = {
                    "state": state,
                    "dimensions": dimensions,
                    "from": begin.isoformat(),
                    "to": (end - timedelta(days=1)).isoformat(),
                    "quantity": share,
                }
                last = end - timedelta(days=1)
                self.add("statement.counted", self.new("statement"), last, data, stated=True)

    def fen(self, address: str) -> int:
        """The amount printed at an address in 分; 0 where it is blank, missing or cannot be told."""
        scale = self.form.figures[address].scale
        amount = (self.published.cells.get(address) or Decimal(0)) * scale
        if amount != amount.to_integral_value():
            self.reasons[address] = "not a whole number of 分"
            return 0
        if amount < 0:
            self.reasons[address] = "an amount below zero"
            return 0
        return int(amount)

    # Table 2 of 2019

    def _publications(self) -> None:
        for kind in ("regulation", "normative-document"):
            made, published, public = (
                f"regulations/{kind}/{column}" for column in ("made", "published", "public-total")
            )
            new, out = self.count(made), self.count(published)
            stock = self.count(public) if self.has(public) else out
            before = max(stock - out, 0)
            taken_down = max(out - stock, 0)
            if before > MANY:
                self.stand_before("document.public", kind, before)
            else:
                for on in spread(before, date(self.eve.year, 1, 1), self.eve):
                    self._publish(self._make(kind, on), on)
            days = spread(out, self.first, self.last)
            for nth, on in enumerate(days):
                # What is published beyond what was made this year was made last year.
                subject = self._make(kind, on if nth < new else self.eve)
                self._publish(subject, on)
                if nth < taken_down:
                    self.add("document.withdrawn", subject, self.last, {})
            for on in spread(new - out, self.first, self.last):
                self._make(kind, on)
            self.give(made, new)
            self.give(published, out)
            self.give(public, stock)

    def _items(self) -> None:
        for figure in self._column("previous-items"):
            (kind,) = dict(figure.terms[0].where)["kind"]
            previous, change = figure.address, f"{figure.table}/{figure.row}/change"
            wanted = int(self.published.cells.get(change) or 0)
            before = self.count(previous) if self.has(previous) else max(0, -wanted)
            gone = min(max(-wanted, 0), before)
            if gone < -wanted:
                self.reasons[change] = f"of {before} items {-wanted} cannot be removed"
            by_balance = before > MANY
            if by_balance:
                self.stand_before("item.listed", kind, before)
            days = spread(gone, self.first, self.last)
            for on in spread(gone if by_balance else before, date(self.eve.year, 1, 1), self.eve):
                subject = self._list(kind, on, by_balance)
                if days:
                    self.add("item.removed", subject, days.pop(0), {})
            for on in spread(max(wanted, 0), self.first, self.last):
                self._list(kind, on)
            self.give(previous, before)
            self.give(change, max(wanted, 0) - gone)

    def _procurements(self) -> None:
        row = "procurement/centralised"
        amount = self.fen(f"{row}/amount")
        projects = self.count(f"{row}/projects")
        if not self.has(f"{row}/projects"):
            projects = 1 if amount else 0
        if amount and not projects:
            self.reasons[f"{row}/amount"] = "an amount of no project"
            amount = 0
        days = spread(projects, self.first, self.last)
        for on, share in zip(days, shares(amount, projects), strict=True):
            data = {"title": "集中采购项目", "method": "centralised", "amount": share}
            self.add("procurement.concluded", self.new("procurement"), on, data)
        self.give(f"{row}/projects", projects)
        self.give(f"{row}/amount", Decimal(amount) / 1_000_000)

    # Table 2 of 2021

    def _documents_in_force(self) -> None:
        for kind in ("regulation", "normative-document"):
            issued, repealed, in_force = (
                f"regulations/{kind}/{column}" for column in ("issued", "repealed", "in-force")
            )
            new, gone = self.count(issued), self.count(repealed)
            left = self.count(in_force) if self.has(in_force) else max(new - gone, 0)
            before = left - new + gone
            if before < 0:
                self.reasons[in_force] = f"{new} issued, {gone} repealed: at least {new - gone}"
                before = 0
            by_balance = before > MANY
            if by_balance:
                self.stand_before("document.in-force", kind, before)
            days = spread(gone, self.first, self.last)
            old = min(gone, before) if by_balance else before
            for on in spread(old, date(self.eve.year, 1, 1), self.eve):
                subject = self._make(kind, on, by_balance)
                if days:
                    self.add("document.repealed", subject, days.pop(0), {})
            for on in spread(new, self.first, self.last):
                subject = self._make(kind, on)
                if days:
                    self.add("document.repealed", subject, max(on, days.pop(0)), {})
            self.give(issued, new)
            self.give(repealed, gone)
            self.give(in_force, before + new - gone)

    def _fees(self) -> None:
        amount = self.fen("fees/fee/amount")
        self.counted("administrative-fee.collected", amount)
        self.give("fees/fee/amount", Decimal(amount) / 1_000_000)

    # What both forms have

    def _decisions(self) -> None:
        for figure in self._column("decisions"):
            (kind,) = dict(figure.terms[0].where)["kind"]
            quantity = self.count(figure.address)
            self.counted("administrative-decision.made", quantity, kind=kind)
            self.give(figure.address, quantity)

    def _applications(self) -> None:
        table = self.form.table("applications")
        kinds = [column.id for column in table.columns if not column.sum]
        for row in table.rows:
            self.give(f"applications/{row.id}/total", 0)
        for kind in kinds:
            for row, value in self._column_of(kind).items():
                self.give(f"applications/{row}/{kind}", value)
                self.gives[f"applications/{row}/total"] += value

    def _column_of(self, kind: str) -> dict[str, int]:
        """Tells the applications of one kind of applicant; what each row of its column comes to.

        Rows that were cut off are filled so that those that are printed can stand.
        """
        rows = [row.id for row in self.form.table("applications").rows]
        outcomes = [row for row in rows if row not in ("new", "carried-in", "total", "carried-out")]
        told = {row: self.count(f"applications/{row}/{kind}") for row in rows}
        missing = {row for row in rows if not self.has(f"applications/{row}/{kind}")}
        given = sum(told[row] for row in outcomes)
        unknown = [row for row in outcomes if row in missing]
        if unknown and "total" not in missing:
            told[unknown[0]] = max(told["total"] - given, 0)
        elif unknown and not missing & {"new", "carried-in", "carried-out"}:
            left = told["new"] + told["carried-in"] - told["carried-out"]
            told[unknown[0]] = max(left - given, 0)
        handled = told["total"] = sum(told[row] for row in outcomes)
        if "new" in missing:
            told["new"] = max(handled + told["carried-out"] - told["carried-in"], 0)
        elif "carried-in" in missing:
            told["carried-in"] = max(handled + told["carried-out"] - told["new"], 0)
        ends = [row for row in outcomes for _ in range(told[row])]
        random.Random(f"{self.published.name} {kind}").shuffle(ends)
        told["carried-out"] = self._receive(kind, told["carried-in"], told["new"], ends)
        return told

    def _receive(self, kind: str, carried_in: int, new: int, ends: list[str]) -> int:
        """Applications with their ends; how many are left without one."""
        months_before = spread(carried_in, self.eve - timedelta(days=40), self.eve)
        received = months_before + spread(new, self.first, self.last)
        codes = self._codes_of_rows()
        for nth, on in enumerate(received):
            subject = self.new("application")
            channel = ("online", "post", "in-person", "email", "fax")[nth % 5]
            data = {"applicant": kind, "channel": channel}
            self.add("application.received", subject, on, data)
            if nth < len(ends):
                day = min(max(on + timedelta(days=3 + nth % 17), self.first), self.last)
                code = codes[ends[nth]][nth % len(codes[ends[nth]])]
                if code == "withdrawn":
                    self.add("application.withdrawn", subject, day, {})
                else:
                    self.add("application.decided", subject, day, {"outcome": code})
        for row in sorted(set(ends[len(received) :])):
            # More was handled than was there: a counted statement can say so, a case cannot.
            extra = ends[len(received) :].count(row)
            dimensions = {"applicant": kind, "outcome": codes[row][0]}
            self.counted("application.decided", extra, **dimensions)
        return max(len(received) - len(ends), 0)

    def _codes_of_rows(self) -> dict[str, list[str]]:
        """The outcomes that each row counts; a transfer would need the organ that it goes to."""
        rows = {}
        for row, (figure, *_) in self.form.table("applications").lines():
            codes = dict(figure.terms[0].where).get("outcome", ())
            rows[row.id] = [code for code in codes if code != "transferred"]
        return rows

    def _reviews(self) -> None:
        kinds = {"suit-after": "suit-after-reconsideration"}
        for short in REVIEWS.values():
            kind, total = kinds.get(short, short), 0
            *results, pending = [(r, f"reviews/count/{short}-{r}") for r in RESULTS[:-1]]
            for result, address in results:
                for nth, on in enumerate(spread(self.count(address), self.first, self.last)):
                    opened = self.eve - timedelta(days=nth % 90) if nth % 5 == 4 else on
                    concluded = min(on + timedelta(days=45), self.last)
                    subject = self.new("review")
                    self.add("review.opened", subject, opened, {"kind": kind})
                    self.add("review.concluded", subject, concluded, {"result": result})
            for on in spread(self.count(pending[1]), self.first, self.last):
                self.add("review.opened", self.new("review"), on, {"kind": kind})
            for _, address in (*results, pending):
                self.give(address, self.count(address))
                total += self.count(address)
            self.give(f"reviews/count/{short}-total", total)

    def _prose(self) -> None:
        """Publications beyond those of table 2, so that the figures of the text come out."""
        total, official, other = (
            f"summary/{row}/total" for row in ("published", "published-official", "published-other")
        )
        tabled = int(
            sum(value for address, value in self.gives.items() if address.endswith("/published"))
        )
        documents = self.count(official)
        if not self.has(official):
            split = self.has(total) and self.has(other)
            documents = max(self.count(total) - self.count(other), tabled) if split else tabled
        if documents < tabled:
            self.reasons[official] = f"table 2 alone has {tabled} documents published"
            documents = tabled
        rest = self.count(other)
        if not self.has(other):
            rest = max(self.count(total) - documents, 0) if self.has(total) else 0
        if self.has(total) and self.count(total) < documents:
            self.reasons[total] = f"{documents} documents were published"
        for kind, quantity in (
            ("official-document", documents - tabled),
            ("other-information", rest),
        ):
            if quantity > MANY:
                self.counted("document.public", quantity, kind=kind)
            else:
                for on in spread(quantity, self.first, self.last):
                    self._publish(self.new("document"), on, {"kind": kind})
        self.give(official, documents)
        self.give(other, rest)
        self.give(total, documents + rest)

    def _column(self, column: str) -> Iterator[Figure]:
        for figure in self.form.figures.values():
            if figure.column == column:
                yield figure

    def _make(self, kind: str, on: date, by_balance: bool = False) -> str:
        subject = self.new("document")
        data = {"kind": kind, "title": "文件", "attribute": "proactive"}
        if by_balance:
            data["balance"] = self.eve.isoformat()
        self.add("document.made", subject, on, data)
        return subject

    def _publish(self, subject: str, on: date, data: Json | None = None) -> None:
        self.add("document.published", subject, on, {"channels": ["website"], **(data or {})})

    def _list(self, kind: str, on: date, by_balance: bool = False) -> str:
        subject = self.new("item")
        data = {"kind": kind, "title": "事项"}
        if by_balance:
            data["balance"] = self.eve.isoformat()
        self.add("item.listed", subject, on, data)
        return subject


def spread(count: int, first: date, last: date) -> list[date]:
    """Days spread evenly from the first to the last; none where the count is not positive."""
    length = (last - first).days + 1
    return [first + timedelta(days=length * (2 * nth + 1) // (2 * count)) for nth in range(count)]


def shares(total: int, parts: int) -> list[int]:
    """A total cut into whole parts that add up to it exactly."""
    return [total * (nth + 1) // parts - total * nth // parts for nth in range(parts)]


def main(path: str) -> None:
    """Writes the events of a report; what is not read or not told goes to standard error."""
    document = json.loads(Path(path).read_text(encoding="utf-8"))
    published = read(document, House().editions)
    told = tell(published)
    for event in told.events:
        print(json.dumps(event, ensure_ascii=False))
    for unread in published.unread:
        print(f"not read: {unread.place} {unread.printed!r}: {unread.why}", file=sys.stderr)
    for address, reason in told.beyond.items():
        print(f"not told: {address}: {reason}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
