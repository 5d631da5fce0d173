"""Documents and other information: made, published, re-evaluated, withdrawn, repealed."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.balance import replacement
from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact, shape
from ledger.words.problems import Problem
from ledger.words.years import FOREVER, day

_MADE = ("document.made",)
_REPEALED = ("document.repealed",)

STEPS = {
    "document.made": Step(opens=True),
    "document.reevaluated": Step(after=_MADE, until=_REPEALED),
    "document.published": Step(),
    "document.withdrawn": Step(after=("document.published",)),
    "document.repealed": Step(after=_MADE, until=_REPEALED),
}


def facts(events: Sequence[Event]) -> list[Fact]:
    """In force from making to repeal, by attribute; public from the first publication to withdrawal.

    The same information through several channels counts once (《政府信息公开情况统计表》 row label).
    """
    organ, kind = events[0].organ, kind_of(events)
    own_topic = next((event.data["topic"] for event in events if "topic" in event.data), None)
    attribute, entry = "", "made"
    began: Event | None = None
    published: Event | None = None
    force: list[Fact] = []
    public: list[Fact] = []
    repeals: list[Fact] = []
    replaced: list[Fact] = []

    def in_force(until: int, *evidence: int) -> Fact:
        assert began is not None
        key = shape("document.in-force", kind=kind, attribute=attribute, entry=entry)
        since = day(began.occurred_on)
        return Fact(organ, key, since, until, 1, began.evidence + evidence)

    def in_public(until: int, *evidence: int) -> Fact:
        assert published is not None
        topic = published.data.get("topic") or own_topic
        key = shape("document.public", kind=kind, topic=topic, entry="published")
        since = day(published.occurred_on)
        return Fact(organ, key, since, until, 1, published.evidence + evidence)

    for event in events:
        on = day(event.occurred_on)
        if event.type == "document.made":
            began, attribute = event, event.data["attribute"]
            replaced += replacement(organ, event, "document.in-force", kind=kind)
        elif event.type == "document.reevaluated":
            force.append(in_force(on, *event.evidence))
            began, entry, attribute = event, "reevaluated", event.data["attribute"]
        elif event.type == "document.repealed":
            force.append(in_force(on, *event.evidence))
            key = shape("document.repealed", kind=kind)
            repeals.append(Fact(organ, key, on, on, 1, event.evidence))
            began = None
        elif event.type == "document.published" and published is None:
            published = event
            replaced += replacement(organ, event, "document.public", kind=kind)
        elif event.type == "document.withdrawn" and published is not None:
            public.append(in_public(on, *event.evidence))
            published = None
    if began is not None:
        force.append(in_force(FOREVER))
    if published is not None:
        public.append(in_public(FOREVER))
    return force + public + replaced + repeals


def unnamed(events: Sequence[Event]) -> Problem | None:
    """What was published without having been recorded as made must say what kind it is."""
    if any("kind" in event.data for event in events) or not events:
        return None
    return Problem("missing-field", "/data/kind", params={"field": "kind"})


def kind_of(events: Sequence[Event]) -> str:
    """What the document is: as it was made, or as its first publication says."""
    return next(
        (event.data["kind"] for event in events if "kind" in event.data), "other-information"
    )


KIND = Kind(STEPS, facts, misfit=unnamed)
