"""Small random ledgers: three organs, a few subjects each, told with errors, corrections and voidings."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from hypothesis import strategies as st

from ledger.rooms.storage.journal import Journal
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.words.problems import Refusal

HOUSE = House()
ORGANS = ("city", "bureau", "office")
YEARS = (2019, 2020, 2021, 2022)

Draft = dict[str, Any]

_DAYS = ["2019-01-01", "2019-06-30", "2019-12-31", "2020-01-01", "2020-07-01", "2020-12-31"]
_DAYS += ["2021-01-01", "2021-03-31", "2021-12-31", "2022-01-01", "2022-05-05"]

days = st.sampled_from(_DAYS)
organs = st.sampled_from(ORGANS)
applicants = st.sampled_from(["natural-person", "commercial-enterprise", "other-organisation"])
kinds = st.sampled_from(["regulation", "normative-document", "official-document"])
amounts = st.sampled_from([100, 5_000_000, 12_345_678])

DATA: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "application.received": st.fixed_dictionaries(
        {"applicant": applicants, "channel": st.sampled_from(["online", "post"])},
        optional={"balance": st.just("2019-12-31")},
    ),
    "application.decided": st.fixed_dictionaries(
        {
            "outcome": st.sampled_from(
                ["granted", "other", "other-fee-unpaid", "not-processed-petition"]
            )
        }
    ),
    "application.withdrawn": st.just({}),
    "application.transferred": st.fixed_dictionaries({"to": organs}),
    "application.extended": st.just({}),
    "document.made": st.fixed_dictionaries(
        {"kind": kinds, "title": st.just("示例"), "attribute": st.just("proactive")}
    ),
    "document.published": st.just({"channels": ["website"]}),
    "document.withdrawn": st.just({"reason": "示例"}),
    "document.repealed": st.just({}),
    "item.listed": st.fixed_dictionaries(
        {"kind": st.sampled_from(["licence", "fee"]), "title": st.just("示例")}
    ),
    "item.removed": st.just({}),
    "procurement.concluded": st.fixed_dictionaries(
        {"title": st.just("示例"), "method": st.just("centralised"), "amount": amounts}
    ),
    "procurement.amended": st.fixed_dictionaries({"amount": amounts}),
    "procurement.cancelled": st.just({}),
    "review.opened": st.just({"kind": "reconsideration"}),
    "review.concluded": st.just({"result": "upheld"}),
    "balance.stated": st.fixed_dictionaries(
        {
            "state": st.just("application.pending"),
            "dimensions": st.fixed_dictionaries({"applicant": applicants}),
            "quantity": st.integers(1, 3),
        }
    ),
    "statement.counted": st.fixed_dictionaries(
        {
            "state": st.just("application.decided"),
            "from": st.just("2020-01-01"),
            "to": st.just("2020-12-31"),
            "dimensions": st.just({"applicant": "natural-person", "outcome": "granted"}),
            "quantity": st.integers(1, 3),
        }
    ),
    "organ.placed": st.fixed_dictionaries({"parent": organs}),
    "organ.succeeded": st.fixed_dictionaries({"successor": organs, "kind": st.just("merger")}),
}
"""What may happen, each with what it says."""

_ONLY_FIRST = (
    *("application.received", "document.made", "item.listed", "procurement.concluded"),
    *("review.opened", "balance.stated", "statement.counted"),
)
_WITH_PAPER = ("balance.stated", "statement.counted")


OPENERS = [
    *("application.received", "document.made", "document.published", "item.listed"),
    *("procurement.concluded", "review.opened", "balance.stated", "statement.counted"),
    *("application.received", "application.received"),
    *("organ.succeeded", "organ.succeeded", "organ.placed"),
]


class _Subject:
    """A subject while its life is told: what it is, which organ holds it, and its latest day."""

    def __init__(self, name: str, organ: str, day: int) -> None:
        self.name, self.organ, self.day = name, organ, day
        self.told: list[Draft] = []

    def next_types(self) -> list[str]:
        kind = self.name.partition(":")[0]
        return [
            type_ for type_ in DATA if type_.startswith(f"{kind}.") and type_ not in _ONLY_FIRST
        ]


@st.composite
def drafts(
    draw: st.DrawFn, least: int = 3, most: int = 16, reformed: bool | None = None
) -> list[Draft]:
    """Drafts in the order of recording; some of them make no sense after the others.

    `reformed`: whether they end with a reform (None: either).
    """
    told: list[Draft] = []
    subjects: list[_Subject] = []
    for number in range(draw(st.integers(least, most))):
        act = draw(st.sampled_from(["open", "go on", "go on", "correct", "void"]))
        subject = draw(st.sampled_from(subjects)) if subjects and act != "open" else None
        if subject is None or (act == "go on" and not subject.next_types()):
            type_, day = draw(st.sampled_from(OPENERS)), draw(st.integers(0, len(_DAYS) - 1))
            subject = _opened(subjects, type_.partition(".")[0], number, draw(organs), day)
            data = draw(DATA[type_])
        elif act == "go on":
            type_ = draw(st.sampled_from(subject.next_types()))
            day = subject.day = draw(st.integers(subject.day, len(_DAYS) - 1))
            data = draw(DATA[type_])
        else:
            type_ = "event.corrected" if act == "correct" else "event.voided"
            target, day = draw(st.sampled_from(subject.told)), subject.day
            data = {"event": target["id"], "reason": "wrong-code"}
            changes = draw(DATA[target["type"]]) if target["type"] in DATA else {}
            if type_ == "event.corrected" and changes and draw(st.booleans()):
                data["data"] = changes
            elif type_ == "event.corrected":
                data["occurred_on"] = draw(days)
        # Now and then another organ records it: the successor, if it has come to that.
        own = subject.name.startswith("organ:") or draw(st.integers(0, 3))
        organ = subject.organ if own else draw(organs)
        draft = {"id": f"event-no-{chr(97 + number)}", "type": type_, "organ": organ}
        draft |= {"subject": subject.name, "occurred_on": _DAYS[day], "data": data}
        if type_ in _WITH_PAPER:
            draft["source"] = {"title": "示例"}
        if type_ == "application.transferred":
            subject.organ = data["to"]
        subject.told.append(draft)
        told.append(draft)
    ends = draw(st.booleans()) if reformed is None else reformed
    return told + (draw(_reforms()) if ends else [])


REFORM = "event-no-reform"


@st.composite
def _reforms(draw: st.DrawFn) -> list[Draft]:
    """An organ is succeeded after all else is told, and that may turn out to have been otherwise."""
    old, new, _ = draw(st.permutations(ORGANS))
    reform = {"id": REFORM, "type": "organ.succeeded", "organ": old}
    reform |= {"subject": f"organ:{old}", "occurred_on": draw(days)}
    reform |= {"data": {"successor": new, "kind": "merger"}}
    data: Draft = {"event": reform["id"], "reason": "wrong-date"}
    void = reform | {"id": "event-no-amended", "type": "event.voided", "data": data}
    correct = void | {"type": "event.corrected", "data": data | {"occurred_on": draw(days)}}
    return draw(st.sampled_from([[reform], [reform, correct], [reform, void]]))


def _opened(told: list[_Subject], kind: str, number: int, organ: str, day: int) -> _Subject:
    """A subject that is told of from now on; an organ may be so already."""
    name = f"organ:{organ}" if kind == "organ" else f"{kind}:{number}@{organ}"
    subject = next((known for known in told if known.name == name), None)
    if subject is None:
        subject = _Subject(name, organ, day)
        told.append(subject)
    return subject


@cache
def _template() -> Path:
    path = Path(mkdtemp()) / "ledger.db"
    journal = open_journal(f"sqlite:///{path}", create=True)
    registered = [
        {
            "type": "organ.registered",
            "organ": code,
            "subject": f"organ:{code}",
            "occurred_on": "2015-01-01",
            "data": {"name": code} | ({} if code == "city" else {"parent": "city"}),
        }
        for code in ORGANS
    ]
    record(journal, HOUSE.definitions, registered, "clerk")
    journal.engine.dispose()
    return path


@contextmanager
def ledger_of(told: Sequence[Draft]) -> Iterator[tuple[Journal, list[Draft]]]:
    """A ledger in which those of the drafts are recorded that can be, one after the other."""
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(_template(), folder))
        journal = open_journal(f"sqlite:///{path}")
        recorded = []
        for draft in told:
            try:
                record(journal, HOUSE.definitions, [draft], "clerk")
            except Refusal:
                continue
            recorded.append(draft)
        try:
            yield journal, recorded
        finally:
            journal.engine.dispose()


@cache
def _nothing() -> Path:
    path = Path(mkdtemp()) / "ledger.db"
    open_journal(f"sqlite:///{path}", create=True).engine.dispose()
    return path


@contextmanager
def empty_ledger() -> Iterator[Journal]:
    """A ledger in which nothing is recorded, not even organs."""
    with TemporaryDirectory() as folder:
        journal = open_journal(f"sqlite:///{shutil.copy(_nothing(), folder)}")
        try:
            yield journal
        finally:
            journal.engine.dispose()
