"""Applications for information: received, handled within the terms of the law, decided or carried over."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.balance import replacement
from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.rooms.subjects.succession import (
    NONE,
    Successions,
    begun,
    handed_over,
    holder_on,
    of,
    passed_on,
    way,
)
from ledger.words.events import Event
from ledger.words.facts import Fact
from ledger.words.problems import Problem
from ledger.words.years import FOREVER, day

_ENDS = ("application.decided", "application.withdrawn")
_RECEIVED = ("application.received",)


def _during(*after: str, twice: bool = True) -> Step:
    return Step(after=after or _RECEIVED, until=_ENDS, twice=twice)


STEPS = {
    "application.received": Step(opens=True),
    "application.clarification-requested": _during(),
    "application.clarification-supplied": _during("application.clarification-requested"),
    "application.reasons-requested": _during(),
    "application.reasons-supplied": _during("application.reasons-requested"),
    "application.delayed": _during(),
    "application.third-party-consulted": _during(),
    "application.third-party-answered": Step(after=("application.third-party-consulted",)),
    "application.organ-consulted": _during(),
    "application.organ-answered": Step(after=("application.organ-consulted",)),
    "application.extended": _during(twice=False),
    "application.fee-charged": _during(twice=False),
    "application.fee-paid": Step(after=("application.fee-charged",)),
    "application.fee-refunded": Step(after=("application.fee-paid",)),
    "application.transferred": _during(),
    "application.decided": Step(after=_RECEIVED, until=_ENDS),
    "application.withdrawn": Step(after=_RECEIVED, until=_ENDS),
    "application.redecided": Step(after=("application.decided",)),
    "application.served": Step(after=("application.decided",)),
    "application.applicant-erased": Step(after=_RECEIVED),
}


def facts(events: Sequence[Event], successions: Successions = NONE) -> list[Fact]:
    """Pending from receipt until handled (三、结转), then decided with one outcome (三、本年度办理结果).

    A transfer ends the case here with the outcome `transferred` and begins it at the other organ.
    """
    received = entered = events[0]
    organ, entry, open_ = received.organ, "received", True
    applicant, channel = received.data["applicant"], received.data["channel"]
    stood: list[Fact] = []
    acts: list[Fact] = []
    idle: tuple[int, ...] = ()

    def pending(until: int, ends: tuple[int, ...] = (), *, transferred: bool = False) -> Fact:
        """The last of the facts that it adds: one for each organ that held the case."""
        since = day(entered.occurred_on)
        key = f"application.pending applicant={applicant} channel={channel} entry={entry}"
        if organ not in successions:
            stood.append(Fact(organ, key, since, until, 1, entered.evidence + ends))
        else:
            fact = Fact(organ, key, since, until, 1, entered.evidence)
            stays, passed = handed_over(fact, successions, ends, transferred=transferred)
            stood.extend(stays)
            acts.extend(passed)
        return stood[-1]

    for event in events:
        kind, on = event.type, day(event.occurred_on)
        if kind in _OUTCOME:
            transferred = kind == "application.transferred"
            if transferred and not _moves(event, organ, successions):
                for passing in way(event.data["to"], on, successions):
                    idle += passing.evidence
                continue
            outcome = _OUTCOME[kind] or event.data["outcome"]
            last = pending(on, idle + event.evidence, transferred=transferred)
            key = f"application.decided applicant={applicant} outcome={outcome}"
            acts.append(of(Fact(organ, key, on, on, 1, event.evidence), last.organ, successions))
            open_ = transferred
            if open_:
                organ, entry, entered, idle = event.data["to"], "transferred", event, ()
        elif kind == "application.fee-paid":
            amount = event.data["amount"]
            if not any(act.shape == "information-fee.case" for act in acts):
                acts.append(_fee("case", organ, 1, event, successions))
            acts.append(_fee("amount", organ, amount, event, successions))
        elif kind == "application.fee-refunded":
            acts.append(_fee("amount", organ, -event.data["amount"], event, successions))
    if open_:
        pending(FOREVER, idle)
    replaced = replacement(received.organ, received, "application.pending", applicant=applicant)
    if successions:
        replaced = passed_on(replaced, successions)
    return stood + replaced + acts


def _fee(what: str, organ: str, quantity: int, event: Event, successions: Successions) -> Fact:
    on = day(event.occurred_on)
    return begun(
        Fact(organ, f"information-fee.{what}", on, on, quantity, event.evidence), successions
    )


def _moves(transfer: Event, organ: str, successions: Successions) -> bool:
    """Whether a transfer takes the case anywhere; a succession may have taken it there already."""
    on = day(transfer.occurred_on)
    to = holder_on(transfer.data["to"], on, successions)
    return to != holder_on(organ, on, successions)


def holder(events: Sequence[Event]) -> str:
    """The organ that handles the case after these events."""
    transfers = (event for event in reversed(events) if event.type == "application.transferred")
    last = next(transfers, None)
    return last.data["to"] if last else events[0].organ


def misplaced(events: Sequence[Event]) -> Problem | None:
    """A transfer to the organ that has the case already moves nothing."""
    for at, event in enumerate(events):
        if event.type == "application.transferred" and event.data["to"] == holder(events[:at]):
            params = {"subject": event.subject, "holder": event.data["to"]}
            return Problem("there-already", "/data/to", params=params)
    return None


_OUTCOME = {
    "application.decided": "",
    "application.withdrawn": "withdrawn",
    "application.transferred": "transferred",
}


KIND = Kind(STEPS, facts, holder, misplaced, succeeded=facts)
