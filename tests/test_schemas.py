"""What may be recorded: good and bad events side by side, and schemas that leave nothing open."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.rooms import subjects
from ledger.rooms.definitions.schemas import ORGAN, title_of
from ledger.verbs.opening import House
from ledger.words.events import CORRECTED, VOIDED, Event
from ledger.words.facts import read_shape
from ledger.words.problems import Problem

Json = dict[str, Any]

ROOT = Path(__file__).parents[1]
SCHEMAS = {
    path.relative_to(ROOT / "schemas").as_posix(): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "schemas").rglob("*.json"))
}
EXAMPLES: dict[str, Json] = json.loads(
    (ROOT / "tests/data/event-examples.json").read_text(encoding="utf-8")
)
GOOD = [
    pytest.param(event, id=f"{type_}-{nth}")
    for type_, examples in EXAMPLES.items()
    for nth, event in enumerate(examples["good"])
]
BAD = [
    pytest.param(bad["event"], bad["pointer"], id=f"{type_}: {bad['why']}")
    for type_, examples in EXAMPLES.items()
    for bad in examples["bad"]
]
DEFINITIONS = House().definitions


def named(problem: Problem, language: str) -> str:
    return problem.sentence(language, DEFINITIONS.labels(language))


# Good and bad, side by side


def test_every_event_type_has_good_and_bad_examples() -> None:
    assert EXAMPLES.keys() == DEFINITIONS.newest.keys()
    assert all(len(examples["good"]) and len(examples["bad"]) for examples in EXAMPLES.values())
    for type_, examples in EXAMPLES.items():
        assert {event["type"] for event in examples["good"]} == {type_}


@pytest.mark.parametrize("event", GOOD)
def test_a_good_event_is_accepted(event: Json) -> None:
    assert DEFINITIONS.problems(event) == []


@pytest.mark.parametrize(("event", "pointer"), BAD)
def test_a_bad_event_is_refused_at_its_place_in_both_languages(event: Json, pointer: str) -> None:
    problems = DEFINITIONS.problems(event)
    assert pointer in [problem.pointer for problem in problems]
    for problem in problems:
        chinese, english = named(problem, "zh-CN"), named(problem, "en")
        assert chinese.endswith(("。", "）"))
        assert english.endswith((".", ")"))
        assert any("一" <= letter <= "鿿" for letter in chinese)
        assert "{" not in chinese + english


@pytest.mark.parametrize("raw", [None, [], "event", 7, True, {}, {"type": None}, {"type": 7}])
def test_what_is_no_event_at_all_is_refused_and_nothing_is_raised(raw: Any) -> None:
    problems = DEFINITIONS.problems(raw)
    assert problems
    assert all(named(problem, "en") and named(problem, "zh-CN") for problem in problems)


# The fast validator and the thorough one


PATHS = st.sampled_from(["type", "version", "organ", "subject", "occurred_on", "source", "id"])
CODES = sorted({code for codes in DEFINITIONS.codes.values() for code in codes})
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([10**15, 10**15 + 1, -(10**30), 0.0, 1.0, 1.5, 1e300]),
    st.sampled_from(CODES),
    st.dates().map(str),
    st.sampled_from(["2020-02-30", "2020-2-3", "2020-02-03\n", "２０２０-02-03", "+2020-02-03"]),
    st.sampled_from(["application:1\n", "application:١", "organ:示例", "a" * 201, "\x00", " "]),
    st.sampled_from(["110101190001010000", "13800000000", "a@example.org", "https://x.org/\n"]),
    st.text(max_size=5),
    st.lists(st.sampled_from(CODES), max_size=2),
    st.dictionaries(st.sampled_from(["kind", "entry", "x", "applicant"]), st.sampled_from(CODES)),
)


@st.composite
def drafts(draw: st.DrawFn) -> Json:
    """Events near to the examples: a few fields changed, added or left out."""
    types = st.sampled_from(sorted(EXAMPLES))
    event = copy.deepcopy(draw(types.flatmap(lambda t: st.sampled_from(EXAMPLES[t]["good"]))))
    fields = sorted(SCHEMAS[f"{event['type']}.v1.json"].get("properties", {}))
    for _ in range(draw(st.integers(1, 3))):
        place = event if draw(st.booleans()) else event["data"]
        names = PATHS if place is event else st.sampled_from([*fields, "more", "data"])
        name = draw(names)
        if draw(st.integers(0, 3)):
            place[name] = draw(VALUES)
        else:
            place.pop(name, None)
        if not isinstance(event.get("data"), dict):
            break
    return event


@given(drafts())
@settings(max_examples=400)
def test_both_validators_agree(draft: Json) -> None:
    type_ = draft.get("type")
    if not isinstance(type_, str) or type_ not in DEFINITIONS.newest:
        assert DEFINITIONS.problems(draft)
        return
    fast = DEFINITIONS._fast((type_, 1)).is_valid(draft)
    assert DEFINITIONS._thorough((type_, 1)).is_valid(draft) is fast
    problems = DEFINITIONS.problems(draft)
    if not fast:
        assert problems
        assert "invalid" not in [problem.code for problem in problems]
    assert all(named(problem, "zh-CN") and named(problem, "en") for problem in problems)


# Schemas and subjects


@pytest.mark.parametrize("where", ["id", "organ", "data"])
def test_half_of_a_pair_of_signs_is_no_text_wherever_it_stands(where: str) -> None:
    event = copy.deepcopy(EXAMPLES["organ.registered"]["good"][0])
    event[where] = {**event["data"], "\udc00": "x"} if where == "data" else "a\ud800"
    (problem,) = DEFINITIONS.problems(event)
    assert problem.code == "not-json" and problem.sentence("en")


def test_each_event_type_has_a_meaning_and_the_other_way_round() -> None:
    assert subjects.types() == DEFINITIONS.newest.keys()


def test_every_schema_file_is_named_by_its_id() -> None:
    assert {name: schema["$id"] for name, schema in SCHEMAS.items()} == {
        name: name for name in SCHEMAS
    }


def facts_of_examples() -> Iterator[str]:
    """The shapes of the facts of every good event, begun by one that opens its subject."""
    openings = {
        "application": "application.received",
        "document": "document.made",
        "item": "item.listed",
        "procurement": "procurement.concluded",
        "rectification": "rectification.requested",
        "review": "review.opened",
    }
    for type_, examples in EXAMPLES.items():
        for event in examples["good"]:
            opening = openings.get(type_.partition(".")[0])
            if type_ in (CORRECTED, VOIDED):
                continue
            openers = [] if opening in (None, type_) else EXAMPLES[str(opening)]["good"]
            for history in [[opener, event] for opener in openers] or [[event]]:
                told = (placed(each, at) for at, each in enumerate(history, 1))
                yield from (fact.shape for fact in subjects.facts_of(list(told)))


def placed(draft: Json, position: int) -> Event:
    day = f"2020-01-{position:02}"
    return Event(
        id=f"e-{position}",
        type=draft["type"],
        organ=draft["organ"],
        subject=draft["subject"],
        occurred_on=date.fromisoformat(day),
        recorded_at=0,
        recorded_by="clerk",
        data=draft["data"],
        position=position,
        sequence=position,
    )


def test_every_state_dimension_and_code_of_the_facts_is_declared() -> None:
    shapes = set(facts_of_examples())
    assert len(shapes) > 20
    assert {shape: undeclared(shape) for shape in shapes if undeclared(shape)} == {}


def undeclared(shape: str) -> list[str]:
    """What a shape names that codes/states.v1.json does not."""
    named_ = read_shape(shape)
    state = DEFINITIONS.states.get(named_.pop("state"))
    if state is None:
        return ["the state"]
    lists = state["dimensions"]
    return [
        name
        for name, code in named_.items()
        if name not in lists
        or (lists[name] != ORGAN and code not in DEFINITIONS.codes[lists[name]])
    ]


def test_every_state_that_can_be_stated_is_declared_and_lasts_where_it_must() -> None:
    states = DEFINITIONS.states
    counted = SCHEMAS["statement.counted.v1.json"]["properties"]["state"]["enum"]
    balanced = SCHEMAS["balance.stated.v1.json"]["properties"]["state"]["enum"]
    assert set(counted) == states.keys()
    # A purchase lasts until it is cancelled, but no year hands it over to the next: it has no balance.
    lasting = {name for name, state in states.items() if state["nature"] == "state"}
    assert set(balanced) == lasting - {"procurement.project", "procurement.amount"}
    assert all("entry" in states[name]["dimensions"] for name in lasting)
    assert all(
        codes == ORGAN or codes in DEFINITIONS.codes
        for state in states.values()
        for codes in state["dimensions"].values()
    )


# What a schema must be


OPEN_BY_DESIGN = {
    "envelope.v1.json/properties/data": "the type's own schema takes its place",
    "codes/states.v1.json": "no schema but a list",
}


def objects(value: Any, place: str) -> Iterator[tuple[str, Json]]:
    """Every schema in a file that lets an object in."""
    if isinstance(value, dict):
        if value.get("type") == "object" or "properties" in value:
            yield place, value
        for name, part in value.items():
            if name not in ("if", "then", "else"):  # they narrow an object that is closed already
                yield from objects(part, f"{place}/{name}")
    elif isinstance(value, list):
        for nth, part in enumerate(value):
            yield from objects(part, f"{place}/{nth}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_schema_has_an_open_object(name: str) -> None:
    for place, schema in objects(SCHEMAS[name], name):
        if any(place.startswith(known) for known in OPEN_BY_DESIGN):
            continue
        more = schema.get("additionalProperties")
        assert more is False or (isinstance(more, dict) and more), place


def test_what_a_correction_lets_in_is_bound_by_the_type_that_it_corrects() -> None:
    """Its data is the one object with free names: every value in it is checked for personal data."""
    data = SCHEMAS["event.corrected.v1.json"]["properties"]["data"]
    assert data["additionalProperties"] == {"not": {"$ref": "common.v1.json#/$defs/personal_data"}}


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_title_is_in_both_languages(name: str) -> None:
    for schema in titled(SCHEMAS[name]):
        english = title_of(schema, "en")
        assert english != schema["title"], schema["title"]
        assert "〔" in english or not any("一" <= letter <= "鿿" for letter in english)


def titled(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        if isinstance(value.get("title"), str) and "i18n" in value:
            yield value
        for part in value.values():
            yield from titled(part)
    elif isinstance(value, list):
        for part in value:
            yield from titled(part)
