"""Random ledgers: lives that make sense, and events that make none, as a clerk would hand them in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, cycle, islice
from typing import Any

from hypothesis import strategies as st

from ledger.verbs.opening import House

Draft = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

DEFINITIONS = House().definitions
YEARS = range(2019, 2024)
FIRST, LAST = date(2018, 1, 1), date(2023, 12, 31)
PREFIX = "own-"
"""What organ codes and event ids begin with, until a ledger is given names of its own."""
A, B, TOP = ORGANS = ("own-a", "own-b", "own-top")

EDGES = [(1, 1), (1, 2), (3, 5), (6, 30), (12, 30), (12, 31)]
DAYS = [date(year, *edge) for year in range(2018, 2024) for edge in EDGES]
GAPS = [timedelta(days) for days in (0, 1, 7, 30, 200, 366)]
SOURCE = {"title": "示例统计表"}


@dataclass(frozen=True)
class Ledger:
    """Drafts in the batches in which they are recorded; the first registers the organs."""

    batches: tuple[tuple[Draft, ...], ...]

    @property
    def drafts(self) -> list[Draft]:
        return [draft for batch in self.batches for draft in batch]

    @property
    def balanced_until(self) -> int:
        """The last year in which a balance began or ended: what a count replaces is not accounted for."""
        stated = [d["occurred_on"] for d in self.drafts if d["type"].startswith("balance.")]
        counted = [d["data"]["balance"] for d in self.drafts if "balance" in d["data"]]
        return max((int(day[:4]) for day in stated + counted), default=0)

    def named(self, prefix: str) -> Ledger:
        """The same ledger with organ codes and event ids that no other ledger has."""
        text = json.dumps(self.batches, ensure_ascii=False).replace(PREFIX, prefix)
        return Ledger(tuple(tuple(batch) for batch in json.loads(text)))


def codes(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(list(DEFINITIONS.codes[name]))


# Lives


@dataclass
class Step:
    """An event that stands in a life, as corrected so far."""

    id: str
    number: int
    type: str
    on: date
    data: Draft


@dataclass
class Life:
    """The life of one subject: what is told of it, and what of that stands."""

    draw: Draw
    numbers: Iterator[int]
    subject: str
    owner: str
    holder: str
    told: list[Draft] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    not_before: date = FIRST
    """Steps after the first come later than this (a balance had counted the first)."""
    earliest: date = FIRST
    latest: date = LAST
    undo: Callable[[], None] | None = None
    """Takes back the last event told, where that is a correction or a voiding."""

    @property
    def types(self) -> list[str]:
        return [step.type for step in self.steps]

    @property
    def on(self) -> date:
        return self.steps[-1].on

    def tell(self, type_: str, on: date, data: Draft, **more: Any) -> Step:
        """Hands in an event, by the organ that holds the case."""
        number = next(self.numbers)
        id_ = f"{PREFIX}{number}"
        owned = self.holder == self.owner and self.draw(st.booleans())
        local = owned or self.subject.startswith("organ:")
        subject = self.subject if local else f"{self.subject}@{self.owner}"
        draft = {"id": id_, "type": type_, "organ": self.holder, "subject": subject}
        self.told.append(draft | {"occurred_on": on.isoformat(), "data": data} | more)
        self.undo = None
        return Step(id_, number, type_, on, dict(data))

    def step(self, type_: str, data: Draft | None = None, on: date | None = None) -> None:
        """The next event, on the day of the last one or some time after it."""
        stated = type_ in ("balance.stated", "balance.ended", "statement.counted")
        more = {"source": SOURCE} if stated else {}
        when = on if on is not None else self.later()
        self.steps.append(self.tell(type_, when, data or {}, **more))
        if type_ == "application.transferred":
            self.holder = self.steps[-1].data["to"]

    def later(self) -> date:
        day = max(self.on, self.not_before) + self.draw(st.sampled_from(GAPS))
        return min(day, LAST)

    def slip_in(self, type_: str, data: Draft | None = None) -> None:
        """A late entry: it took effect before something that is recorded already."""
        after = max((n for n, kind in enumerate(self.types) if kind in _MOVES), default=0)
        ended = next((n for n, kind in enumerate(self.types) if kind in _ENDS), len(self.steps))
        places = [
            (max(earlier.on, self.not_before), later.on - timedelta(1), at)
            for at, (earlier, later) in enumerate(zip(self.steps, self.steps[1:], strict=False), 1)
            if after < at <= ended
        ]
        places = [place for place in places if place[0] <= place[1]]
        if places:
            begin, end, at = self.draw(st.sampled_from(places))
            on = self.draw(st.sampled_from([begin, end]))
            self.steps.insert(at, self.tell(type_, on, data or {}))

    def amend(self) -> None:
        """Corrects or voids an event, or what was done so before."""
        kinds = [self._correct_data, self._correct_date, self._void]
        if self.undo is not None:
            kinds += [self._take_back, self._take_back]
        if self.steps:
            self.draw(st.sampled_from(kinds))()
        elif self.undo is not None:
            self._take_back()

    def _correct_data(self) -> None:
        steps = [step for step in self.steps if step.type in AMENDABLE]
        if steps:
            step = self.draw(st.sampled_from(steps))
            name, values = self.draw(st.sampled_from(AMENDABLE[step.type]))
            first, second = self.draw(values), self.draw(values)
            before = dict(step.data)
            step.data[name] = first
            correction = self._correct(step, {"data": {name: first}})
            if self.draw(st.integers(0, 3)) == 0:
                step.data[name] = second
                self._correct(correction, {"data": {"data": {name: second}}})
            self.undo = self._undoing(correction, lambda: setattr(step, "data", before))

    def _correct_date(self) -> None:
        at = self.draw(st.integers(0, len(self.steps) - 1))
        step = self.steps[at]
        begin, end = self._room(at)
        days = sorted({begin, end, max(begin, end - timedelta(30)), begin + (end - begin) // 2})
        first, second = self.draw(st.sampled_from(days)), self.draw(st.sampled_from(days))
        before, step.on = step.on, first
        correction = self._correct(step, {"occurred_on": first.isoformat()})
        if self.draw(st.integers(0, 3)) == 0:
            step.on = second
            self._correct(correction, {"data": {"occurred_on": second.isoformat()}})
        self.undo = self._undoing(correction, lambda: setattr(step, "on", before))

    def _room(self, at: int) -> tuple[date, date]:
        """From when until when an event can be dated without changing the order of events."""
        step = self.steps[at]
        begin, end = (self.not_before if at else self.earliest), self.latest
        if "balance" in step.data:
            end = date.fromisoformat(step.data["balance"])
        if step.type == "balance.stated":
            return step.on, step.on
        if at:
            earlier = self.steps[at - 1]
            begin = max(begin, earlier.on + timedelta(earlier.number > step.number))
        if at + 1 < len(self.steps):
            later = self.steps[at + 1]
            end = min(end, later.on - timedelta(step.number > later.number))
        return begin, end

    def _void(self) -> None:
        """Voids the last event that stands; nothing leans on it."""
        step = self.steps.pop()
        holder = self.holder
        voiding = self._against("event.voided", step, {})
        if step.type == "application.transferred":
            self.holder = _holder(self.steps, self.owner)

        def restore() -> None:
            self.steps.append(step)
            self.holder = holder

        self.undo = self._undoing(voiding, restore)

    def _take_back(self) -> None:
        assert self.undo is not None
        self.undo()

    def _undoing(self, change: Step, restore: Callable[[], None]) -> Callable[[], None]:
        def undo() -> None:
            self._against("event.voided", change, {})
            restore()

        return undo

    def _correct(self, target: Step, told: Draft) -> Step:
        return self._against("event.corrected", target, told)

    def _against(self, type_: str, target: Step, told: Draft) -> Step:
        data = {"event": target.id, "reason": self.draw(codes("correction-reason"))}
        return self.tell(type_, self.draw(st.sampled_from(DAYS)), data | told)


_MOVES = ("application.transferred",)
_ENDS = (
    *("application.decided", "application.withdrawn"),
    *("document.repealed", "procurement.cancelled"),
)


def _holder(steps: Sequence[Step], owner: str) -> str:
    moves = [step.data["to"] for step in steps if step.type in _MOVES]
    return moves[-1] if moves else owner


MONEY = st.integers(0, 10**9)
SMALL = st.integers(0, 20)
AMENDABLE: dict[str, list[tuple[str, st.SearchStrategy[Any]]]] = {
    "application.received": [
        ("applicant", codes("applicant-kind")),
        ("channel", codes("channel")),
    ],
    "application.decided": [("outcome", codes("decision-outcome"))],
    "application.fee-paid": [("amount", MONEY)],
    "document.made": [
        ("kind", codes("document-kind")),
        ("attribute", codes("disclosure-attribute")),
    ],
    "document.reevaluated": [("attribute", codes("disclosure-attribute"))],
    "document.published": [("topic", codes("topic"))],
    "item.listed": [("kind", codes("item-kind"))],
    "procurement.concluded": [("amount", MONEY), ("method", codes("procurement-method"))],
    "procurement.amended": [("amount", MONEY)],
    "review.opened": [("kind", codes("review-kind"))],
    "review.concluded": [("result", codes("review-result"))],
    "rectification.answered": [("outcome", codes("rectification-outcome"))],
    "statement.counted": [("quantity", SMALL)],
    "balance.stated": [("quantity", SMALL)],
    "organ.renamed": [("name", st.sampled_from(["示例局", "示例中心"]))],
    "organ.placed": [("parent", st.sampled_from([A, TOP]))],
    "organ.succeeded": [("kind", codes("succession-kind"))],
}


def _begin(life: Life, type_: str, data: Draft, *, balance: bool) -> None:
    """The first event; where a balance had counted it, the rest happens after that day."""
    if balance and life.draw(st.integers(0, 4)) == 0:
        day = date(life.draw(st.integers(2018, 2020)), 12, 31)
        life.not_before = day + timedelta(1)
        on = day - life.draw(st.sampled_from(GAPS))
        life.step(type_, data | {"balance": day.isoformat()}, max(on, FIRST))
    else:
        life.step(type_, data, life.draw(st.sampled_from(DAYS)))


def _application(life: Life) -> None:
    draw = life.draw
    data = {"applicant": draw(codes("applicant-kind")), "channel": draw(codes("channel"))}
    _begin(life, "application.received", data, balance=life.owner == A)
    for _ in range(draw(st.integers(0, 5))):
        if draw(st.integers(0, 3)) == 0:
            life.amend()
        moves = list(_moves(life.types))
        if moves:
            type_ = f"application.{draw(st.sampled_from(moves))}"
            life.step(type_, _data_of_move(life, type_))
    if draw(st.integers(0, 2)) == 0:
        life.slip_in("application.third-party-consulted")


def _moves(types: Sequence[str]) -> Iterator[str]:
    """What can follow in the life of an application; more likely ones stand more than once."""
    seen = {type_.removeprefix("application.") for type_ in types}
    if "received" not in seen:
        return
    for before, after in (
        ("third-party-consulted", "third-party-answered"),
        ("organ-consulted", "organ-answered"),
        ("fee-charged", "fee-paid"),
        ("fee-paid", "fee-refunded"),
        ("decided", "served"),
        ("decided", "redecided"),
    ):
        if before in seen:
            yield after
    if seen & {"decided", "withdrawn"}:
        return
    yield from ("decided", "decided", "decided", "decided", "withdrawn", "transferred")
    yield from ("clarification-requested", "reasons-requested", "delayed")
    yield from ("third-party-consulted", "organ-consulted")
    yield from (once for once in ("extended", "fee-charged") if once not in seen)
    yield from (
        f"{asked}-supplied"
        for asked in ("clarification", "reasons")
        if f"{asked}-requested" in seen
    )


def _data_of_move(life: Life, type_: str) -> Draft:
    match type_.partition(".")[2]:
        case "decided" | "redecided":
            return {"outcome": life.draw(codes("decision-outcome"))}
        case "fee-charged":
            return {"method": life.draw(codes("fee-method")), "amount": life.draw(MONEY)}
        case "fee-paid" | "fee-refunded":
            return {"amount": life.draw(MONEY)}
        case "transferred":
            return {"to": B if life.holder == A else A}
    return {}


def _document(life: Life) -> None:
    draw = life.draw
    kind = {"kind": draw(codes("document-kind")), "title": "示例文件"}
    made = draw(st.booleans())
    if made:
        data = kind | {"attribute": draw(codes("disclosure-attribute"))}
        _begin(life, "document.made", data, balance=True)
    else:
        _begin(life, "document.published", kind | _publication(draw), balance=True)
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.integers(0, 3)) == 0:
            life.amend()
        if not life.steps:
            return
        moves = ["document.published"]
        if "document.published" in life.types:
            moves.append("document.withdrawn")
        if made and "document.repealed" not in life.types:
            moves += ["document.reevaluated", "document.repealed"]
        type_ = draw(st.sampled_from(moves))
        if type_ == "document.reevaluated":
            life.step(type_, {"attribute": draw(codes("disclosure-attribute"))})
        else:
            life.step(type_, _publication(draw) if type_ == "document.published" else {})
    if made and draw(st.integers(0, 2)) == 0:
        life.slip_in("document.reevaluated", {"attribute": draw(codes("disclosure-attribute"))})


def _publication(draw: Draw) -> Draft:
    channels = draw(st.lists(codes("publication-channel"), min_size=1, max_size=3, unique=True))
    return {"channels": channels, "topic": draw(codes("topic"))}


def _procurement(life: Life) -> None:
    draw = life.draw
    data = {"title": "示例项目", "method": draw(codes("procurement-method"))}
    _begin(life, "procurement.concluded", data | {"amount": draw(MONEY)}, balance=False)
    for _ in range(draw(st.integers(0, 3))):
        if draw(st.integers(0, 3)) == 0:
            life.amend()
        if not life.steps or life.types[-1] == "procurement.cancelled":
            return
        if draw(st.booleans()):
            life.step("procurement.amended", {"amount": draw(MONEY)})
        else:
            life.step("procurement.cancelled")
    if draw(st.integers(0, 2)) == 0:
        life.slip_in("procurement.amended", {"amount": draw(MONEY)})


def _two_steps(
    first: str, second: str, opening: Callable[[Draw], Draft], closing: Callable[[Draw], Draft]
) -> Callable[[Life], None]:
    """A life that begins and, perhaps, ends."""

    def live(life: Life) -> None:
        balance = first in ("item.listed", "review.opened")
        _begin(life, first, opening(life.draw), balance=balance)
        for _ in range(life.draw(st.integers(0, 2))):
            if life.draw(st.booleans()):
                life.amend()
        if life.steps and life.draw(st.booleans()):
            life.step(second, closing(life.draw))
            if life.draw(st.booleans()):
                life.amend()

    return live


def _statement(life: Life) -> None:
    draw = life.draw
    begin = draw(st.sampled_from(DAYS))
    end = min(begin + draw(st.sampled_from(GAPS)), date(begin.year, 12, 31))
    state, dimensions = draw(
        st.sampled_from(
            [
                ("administrative-decision.made", {"kind": draw(codes("item-kind"))}),
                ("administrative-fee.collected", {}),
                ("information-fee.amount", {}),
                ("review.concluded", {"kind": "suit-direct", "result": "upheld"}),
                ("document.public", {"kind": draw(codes("document-kind"))}),
            ]
        )
    )
    period = {"from": begin.isoformat(), "to": end.isoformat()}
    data = {"state": state, "dimensions": dimensions, "quantity": draw(SMALL)} | period
    life.step("statement.counted", data, end)
    if draw(st.booleans()):
        life.amend()


_BALANCED = {
    "application.pending": ("applicant", "applicant-kind"),
    "document.in-force": ("kind", "document-kind"),
    "document.public": ("kind", "document-kind"),
    "item.listed": ("kind", "item-kind"),
    "review.pending": ("kind", "review-kind"),
}


def _balance(life: Life) -> None:
    draw = life.draw
    state = draw(st.sampled_from(list(_BALANCED)))
    dimension, list_ = _BALANCED[state]
    data = {"state": state, "dimensions": {dimension: draw(codes(list_))}, "quantity": draw(SMALL)}
    life.step("balance.stated", data, date(draw(st.integers(2018, 2020)), 12, 31))
    if draw(st.booleans()):
        life.amend()
    if life.steps and draw(st.integers(0, 2)) == 0:
        life.step("balance.ended", {})


def _organ(life: Life) -> None:
    """What happens to an organ that the ledger has registered."""
    life.subject, life.owner, life.holder = f"organ:{B}", B, B
    for _ in range(life.draw(st.integers(1, 2))):
        type_ = life.draw(st.sampled_from(["organ.renamed", "organ.placed"]))
        data = {"name": "示例局"} if type_ == "organ.renamed" else {"parent": TOP}
        life.step(type_, data, life.draw(st.sampled_from(DAYS)) if not life.steps else None)
        if life.draw(st.integers(0, 2)) == 0:
            life.amend()


_LIVES: dict[str, Callable[[Life], None]] = {
    "application": _application,
    "document": _document,
    "procurement": _procurement,
    "item": _two_steps(
        "item.listed",
        "item.removed",
        lambda draw: {"kind": draw(codes("item-kind")), "title": "示例事项"},
        lambda draw: {},
    ),
    "review": _two_steps(
        "review.opened",
        "review.concluded",
        lambda draw: {"kind": draw(codes("review-kind"))},
        lambda draw: {"result": draw(codes("review-result"))},
    ),
    "rectification": _two_steps(
        "rectification.requested",
        "rectification.answered",
        lambda draw: {},
        lambda draw: {"outcome": draw(codes("rectification-outcome"))},
    ),
    "statement": _statement,
    "balance": _balance,
    "organ": _organ,
}
_KINDS = ("application", "application", "application", "document", "document", *_LIVES)


def office(code: str, **data: Any) -> Draft:
    """The registration of an organ."""
    data = {"name": "示例县示例局", **data}
    draft = {"type": "organ.registered", "organ": code, "subject": f"organ:{code}"}
    return draft | {"id": f"{code}-registered", "occurred_on": "2015-01-01", "data": data}


# Reforms


_REFORMS: list[tuple[tuple[str, str], ...]] = [
    *((), (), ((A, B),), ((B, A),), ((A, TOP),)),
    *(((B, A), (A, TOP)), ((A, B), (B, TOP))),
]
"""Which organ is succeeded by which, one after the other."""

Passes = dict[str, tuple[str, str]]
"""The day on which an organ's powers passed, and to which."""


def _reformed(life: Life, successor: str) -> None:
    """An organ is succeeded; that may turn out to have been on another day, or never."""
    days = [on for on in DAYS if life.earliest <= on <= life.latest]
    data = {"successor": successor, "kind": life.draw(codes("succession-kind"))}
    life.step("organ.succeeded", data, life.draw(st.sampled_from(days)))
    for _ in range(life.draw(st.integers(0, 2))):
        life.amend()


def stands(drafts: Sequence[Draft], draft: Draft) -> bool:
    """Whether no voiding that stands itself was recorded against an event."""
    return not any(
        other["type"] == "event.voided"
        and other["data"]["event"] == draft["id"]
        and stands(drafts, other)
        for other in drafts
    )


def as_corrected(drafts: Sequence[Draft], draft: Draft) -> Draft:
    """An event with what the corrections that stand say of it, one after the other."""
    for change in drafts:
        corrects = change["type"] == "event.corrected" and change["data"]["event"] == draft["id"]
        if corrects and stands(drafts, change):
            told = as_corrected(drafts, change)["data"]
            draft = draft | {"data": draft["data"] | told.get("data", {})}
            draft |= {"occurred_on": told.get("occurred_on", draft["occurred_on"])}
    return draft


def passes_in(drafts: Sequence[Draft]) -> Passes:
    """The successions of organs that stand after some drafts."""
    told = [draft for draft in drafts if draft["subject"].startswith("organ:")]
    found = {}
    for draft in told:
        if draft["type"] == "organ.succeeded" and stands(told, draft):
            read = as_corrected(told, draft)
            found[draft["organ"]] = (read["occurred_on"], read["data"]["successor"])
    return found


def holder_on(organ: str, on: str, passes: Passes) -> str:
    """Who stands in an organ's place on a day."""
    while organ in passes and passes[organ][0] <= on:
        organ = passes[organ][1]
    return organ


def _by_their_holders(draw: Draw, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts as handed in by whoever holds the case, by what is known of reforms so far."""
    told: list[Draft] = []
    owners: dict[str, str] = {}
    for draft in drafts:
        if draft["subject"].startswith("organ:"):
            told.append(draft)
            continue
        passes, on = passes_in(told), draft["occurred_on"]
        name, _, owner = draft["subject"].partition("@")
        owner = owners.setdefault(name, holder_on(owner or draft["organ"], on, passes))
        subject = f"{name}@{owner}"
        plain = _last_holder([other for other in told if other["subject"] == subject], owner)
        holder = holder_on(plain, on, passes)
        if draft["type"] == "application.transferred":
            wanted = [holder_on(organ, on, passes) for organ in (draft["data"]["to"], *ORGANS)]
            others = [organ for organ in wanted if organ != holder]
            if others and passes.get(plain, ("",))[0] == on and draw(st.booleans()):
                holder = plain  # past the successor, on the very day
            draft = draft | ({"data": {"to": others[0]}} if others else _DELAYED)
        told.append(draft | {"organ": holder, "subject": subject})
    return told


_DELAYED = {"type": "application.delayed", "data": {}}


def _last_holder(life: Sequence[Draft], owner: str) -> str:
    moves = [
        as_corrected(life, draft)
        for draft in life
        if draft["type"] == "application.transferred" and stands(life, draft)
    ]
    last = max(enumerate(moves), key=lambda move: (move[1]["occurred_on"], move[0]), default=None)
    return owner if last is None else last[1]["data"]["to"]


@st.composite
def ledgers(draw: Draw, kinds: Sequence[str] = _KINDS) -> Ledger:
    """Three organs, and the lives of some subjects, recorded in any order between subjects."""
    numbers = count(1)
    told: list[list[Draft]] = []
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=6))
    reforms = draw(st.sampled_from(_REFORMS))
    if chosen.count("organ") > 1 or reforms:
        chosen = [kind for kind in chosen if kind != "organ"] + ["organ"] * (not reforms)
    for nth, (organ, successor) in enumerate(reforms):
        life = Life(draw, numbers, f"organ:{organ}", organ, organ)
        if len(reforms) > 1:  # in whatever order they are told, the second is the later one
            life.earliest = date(2021, 1, 1) if nth else FIRST
            life.latest = LAST if nth else date(2020, 12, 31)
        _reformed(life, successor)
        told.append(life.told)
    for nth, kind in enumerate(chosen, 1):
        owner = draw(st.sampled_from([A, A, A, B]))
        life = Life(draw, numbers, f"{kind}:{nth}", owner, owner)
        _LIVES[kind](life)
        told.append(life.told)
    turns = [nth for nth, drafts in enumerate(told) for _ in drafts]
    if draw(st.booleans()):
        turns = draw(st.permutations(turns))
    queues = [iter(drafts) for drafts in told]
    offices = [office(TOP), office(A), office(B, **draw(st.sampled_from([{}, {"parent": TOP}])))]
    drafts = _by_their_holders(draw, [next(queues[turn]) for turn in turns])
    lives = _batched(draw, drafts)
    return Ledger((tuple(offices), *lives))


def _batched(draw: Draw, drafts: Sequence[Draft]) -> tuple[tuple[Draft, ...], ...]:
    sizes = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    rest, batches = iter(drafts), []
    for size in cycle(sizes):
        batch = tuple(islice(rest, size))
        if not batch:
            return tuple(batches)
        batches.append(batch)
    raise AssertionError


# Nonsense


_TYPES = [
    type_ for type_ in sorted(DEFINITIONS.newest) if not DEFINITIONS.own_command({"type": type_})
]
"""What is handed in; the steps of a report are worked out by the ledger itself."""
_OF_KIND = {
    kind: [type_ for type_ in _TYPES if type_.startswith(f"{kind}.")]
    for kind in sorted({type_.partition(".")[0] for type_ in _TYPES} - {"event"})
}
_NONSENSE = ("application", "application", "document", *_OF_KIND)
_EVENT_IDS = st.integers(1, 25).map(lambda number: f"{PREFIX}{number}")
_SOME_ORGAN = st.sampled_from([A, A, A, B, B, TOP, "own-nobody"])
_OF_REF: dict[str, st.SearchStrategy[Any]] = {
    "date": st.sampled_from(DAYS).map(date.isoformat),
    "code": _SOME_ORGAN,
    "event_id": _EVENT_IDS,
    "subject": st.just("application:1"),
    "credit_code": st.just("11000000MB0000000A"),
    "url": st.just("https://www.example.org/"),
    "dimensions": st.just({}),
}


def value_of(schema: Draft) -> st.SearchStrategy[Any]:
    """A value that fits one field of an event's data."""
    ref = schema.get("$ref", "").rpartition("/")[2]
    if ref in _OF_REF:
        return _OF_REF[ref]
    if "oneOf" in schema:
        return st.sampled_from([option["const"] for option in schema["oneOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(schema["minimum"], min(schema["maximum"], 1000))
        case "array":
            return st.lists(value_of(schema["items"]), min_size=1, max_size=2, unique_by=str)
        case "object":
            return st.just({})
    return st.just("示例")


def data_of(type_: str) -> st.SearchStrategy[Draft]:
    """Data that fits the schema of a type, with any of its optional fields."""
    fields = DEFINITIONS.fields(type_)
    required = DEFINITIONS.types[type_, DEFINITIONS.newest[type_]].schema.get("required", ())
    values = {name: value_of(schema) for name, schema in fields.items()}
    return st.fixed_dictionaries(
        {name: values[name] for name in required},
        optional={name: value for name, value in values.items() if name not in required},
    )


_DATA = {type_: data_of(type_) for type_ in _TYPES}


@st.composite
def nonsense(draw: Draw, kinds: Sequence[str] = _NONSENSE) -> Ledger:
    """Any event after any other, each right by itself, on a few subjects; any corrections."""
    drafts: list[Draft] = []
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=2))
    for number in range(1, draw(st.integers(3, 25)) + 1):
        kind = draw(st.sampled_from(chosen))
        types = [*_OF_KIND[kind], *["event.corrected", "event.voided"] * 2]
        organ = draw(_SOME_ORGAN)
        subject = f"{kind}:1{draw(st.sampled_from(['@own-a', '@own-a', '@own-a', '@own-b', '']))}"
        type_ = draw(st.sampled_from(types))
        data = draw(_DATA[type_])
        if type_ == "event.corrected":
            data = data | draw(_amendments(draw(st.sampled_from(types))))
        draft = {"id": f"{PREFIX}{number}", "type": type_, "organ": organ, "data": data}
        draft |= {"subject": f"organ:{organ}" if kind == "organ" else subject}
        draft |= {"occurred_on": draw(st.sampled_from(DAYS)).isoformat(), "source": SOURCE}
        drafts.append(draft)
    return Ledger((tuple(office(code) for code in ORGANS), *_batched(draw, drafts)))


def _amendments(type_: str) -> st.SearchStrategy[Draft]:
    """What a correction may say of an event of a type; null takes a field away."""
    fields = [name for name in DEFINITIONS.fields(type_) if name.isascii()]
    none = st.just({})
    if not fields:
        return none
    changed = st.builds(
        lambda data, names: {n: data.get(n) for n in names},
        _DATA[type_],
        st.lists(st.sampled_from(fields), min_size=1, max_size=2, unique=True),
    )
    return st.fixed_dictionaries({}, optional={"data": changed, "occurred_on": _OF_REF["date"]})
