"""The laws of import: what is written in a workbook comes back; nothing wrong is recorded silently."""

import json
import random
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.drawing.workbooks.entry_sheet import FIRST
from ledger.rooms.definitions.columns import Column, columns_of
from ledger.verbs.recording import Line, problems_of
from ledger.words.problems import Problem
from workbooks import DEFINITIONS, Told, filled, outcome, put, repacked, same, saved, sheet_of

EXAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data/event-examples.json").read_text(encoding="utf-8")
)
HAND = [type_ for type_ in EXAMPLES if DEFINITIONS.own_command({"type": type_}) is None]

WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0xFFFD, exclude_categories=["Cs", "Cc", "Cn"]),
    min_size=1,
    max_size=20,
).filter(
    # A number of eleven digits may be a telephone number, a dash says nothing, = begins a formula.
    lambda text: (
        text == text.strip(" \u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u3000").strip()
        and not re.search(r"\d{8}|[@＠]|_x[0-9A-Fa-f]{4}_", text)
        and text[0] != "="
        and not set(unicodedata.normalize("NFKC", text)) <= set("-/\\‐‑‒–—―−ー ")
    )
)
DAYS = st.dates(date(1950, 1, 1), date(2026, 1, 1)).map(str)


def data_of(type_: str) -> st.SearchStrategy[dict[str, Any]]:
    """Random data of a type: its required fields and some of the others."""
    required: dict[str, Any] = {}
    optional: dict[str, Any] = {}
    for column in columns_of(DEFINITIONS, type_, 1):
        place = column.pointer.split("/")
        if len(place) == 3 and place[1] == "data" and column.kind != "changes":
            (required if column.required else optional)[place[2]] = value_of(column)
    return st.fixed_dictionaries(required, optional=optional)


def value_of(column: Column) -> st.SearchStrategy[Any]:
    match column.kind:
        case "date":
            return DAYS
        case "money":
            return st.one_of(st.integers(0, 10**6), st.integers(0, 10**15))
        case "integer":
            return st.integers(column.schema["minimum"], column.schema["maximum"])
        case "code":
            return st.sampled_from(sorted(column.codes))
        case "codes":
            return st.lists(
                st.sampled_from(sorted(column.codes)), min_size=1, max_size=4, unique=True
            )
        case "boolean":
            return st.booleans()
        case "identifier":
            return IDENTIFIERS.get(column.pointer.split("/")[-1], st.just("other-office"))
        case _:
            if "https" in column.schema.get("pattern", ""):
                return st.just("https://www.example.gov.cn/art/5.html?id=1&x=%E5%85%AC")
            return WORDS


IDENTIFIERS = {
    "application": st.just("application:2020-0001"),
    "credit_code": st.just("11000000MB0000000A"),
    "code": st.sampled_from(["A-1", "330382.01/5"]),
}

STATED = ("statement.counted", "balance.stated", "event.corrected", "event.voided")


@st.composite
def events(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A batch of events of any kinds, each sound by itself."""
    batch: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 6))):
        type_ = draw(st.sampled_from(HAND))
        if type_ in STATED:
            example = draw(st.sampled_from(EXAMPLES[type_]["good"]))
            batch.append({key: value for key, value in example.items() if key != "version"})
            continue
        kind = type_.partition(".")[0]
        organ = draw(st.sampled_from(["office", "example-bureau", "a1"]))
        event = {
            "type": type_,
            "organ": organ,
            "subject": f"organ:{organ}" if kind == "organ" else f"{kind}:2020-{number:04d}",
            "occurred_on": draw(DAYS),
            "data": draw(data_of(type_)),
        }
        if draw(st.booleans()):
            event["source"] = {"title": draw(WORDS)}
        if draw(st.booleans()):
            event["id"] = f"event-{number}"
        if not DEFINITIONS.problems(event):
            batch.append(event)
    return batch


class Clerk:
    """Writes the same things in ever other ways."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def __call__(self, column: Column, value: Any) -> Any:
        ways = [value, *self._ways(column, value)]
        return self._random.choice(ways)

    def _ways(self, column: Column, value: Any) -> list[Any]:
        match column.kind:
            case "date":
                day = datetime(value.year, value.month, value.day)
                written = f"{value.year}年{value.month}月{value.day}日"
                return [
                    day + timedelta(hours=9),
                    value.isoformat(),
                    f"{value.year}.{value.month}.{value.day}",
                    f"{value.year}/{value.month:02d}/{value.day:02d}",
                    int(value.strftime("%Y%m%d")),
                    written,
                    _full_width(written),
                    f"　{written} ",
                ]
            case "money":
                yuan = Decimal(str(value))
                return [
                    f"{yuan:,.2f}",
                    f"{yuan}元",
                    f"¥{yuan}",
                    f"{yuan / 10000:f}万元",
                    f"{yuan:.2f} 元",
                ]
            case "code":
                code = next(
                    code for code, label in column.codes.items() if value in (label.zh, label.en)
                )
                return [code, f" {value}\u3000", _full_width(code), column.codes[code].en.upper()]
            case "codes":
                return [value.replace("、", "、 "), f"{value} "]
            case "boolean":
                return [value in ("是", "Yes"), "YES" if value in ("是", "Yes") else "no"]
            case "subject" | "identifier":
                return [f" {value}", _full_width(value)]
            case "integer":
                return [str(value), _full_width(str(value)), f"{value}.0"]
            case _:
                return [f"\u3000{value} "] if isinstance(value, str) else []


def _full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def expected(batch: list[dict[str, Any]]) -> list[bytes]:
    told = [json.loads(json.dumps(event)) for event in batch]
    for event in told:
        if event["data"].get("dimensions") == {}:
            del event["data"]["dimensions"]
    return same(told)


@given(events(), st.sampled_from(["zh-CN", "en"]), st.integers(0, 10**6))
@settings(max_examples=60)
def test_a_batch_of_events_comes_back_from_a_workbook_whoever_filled_it_in(
    batch: list[dict[str, Any]], language: str, seed: int
) -> None:
    told = outcome(saved(filled(batch, language, Clerk(seed)))) if batch else Told([], [], [])
    assert told.problems == []
    assert same(told.drafts) == expected(batch)


@pytest.mark.slow
@given(events(), st.sampled_from(["zh-CN", "en"]), st.integers(0, 10**6))
@settings(max_examples=150)
def test_and_many_batches_more(batch: list[dict[str, Any]], language: str, seed: int) -> None:
    test_a_batch_of_events_comes_back_from_a_workbook_whoever_filled_it_in.hypothesis.inner_test(
        batch, language, seed
    )


# One cell goes wrong


SLIPS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.datetimes(datetime(1950, 1, 1), datetime(2030, 1, 1)).map(
        lambda m: m.replace(microsecond=0)
    ),
    st.sampled_from(
        [
            "62.5",
            "62.5万",
            "62.5 万元",
            "1,5",
            "$5",
            "5%",
            "2020年3月",
            "3.5",
            "20.3.5",
            "2020-02-30",
        ]
    ),
    st.sampled_from(["#N/A", "无", "-", "/", "其他", "自然人", "online", "是", "示例：1", "合计"]),
    st.sampled_from(
        ["application:9", "office", "ｏｆｆｉｃｅ", "Office", "a b", "=1+1", "13800000000"]
    ),
    st.text(max_size=6),
)


def plausible(column: Column, slip: Any, told: Any) -> bool:
    """Whether a person who reads the cell would say that it tells this value."""
    if isinstance(slip, float):
        slip = int(slip) if slip == int(slip) else Decimal(format(slip, ".15g"))
    seen = unicodedata.normalize("NFKC", str(slip)).strip().replace(" ", "")
    match column.kind:
        case "date":
            digits = [int(part) for part in re.findall(r"\d+", seen)][:3]
            if isinstance(slip, datetime):
                return told == slip.date().isoformat()
            if not isinstance(slip, str) and slip < 100_000:  # a cell of dates shows it as one
                return told == (date(1899, 12, 30) + timedelta(days=int(slip))).isoformat()
            if len(digits) == 1:
                return told.replace("-", "") == seen
            return [int(part) for part in told.split("-")] == digits
        case "money":
            units = {"万元": 10**6, "元": 100, "": 100}
            found = re.fullmatch(r"[¥$]?(-?[\d,.]+(?:e[+-]?\d+)?)(万元|元)?", seen, re.I)
            assert found is not None, slip
            return told == Decimal(found[1].replace(",", "")) * units[found[2] or ""]
        case "integer" | "quantity":
            return Decimal(seen) == told
        case "code":
            label = column.codes[told]
            return seen.casefold() in {told, label.zh, label.en.replace(" ", "").casefold()}
        case "boolean":
            return told is (str(slip).casefold() in ("true", "是", "yes"))
        case "subject":
            return told.partition(":")[2] == seen.rpartition(":")[2]
        case "text" if not isinstance(slip, str):
            return told == str(int(slip))
        case "text":
            return told == slip.strip("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff ").strip()
        case _:
            return told == seen.strip("\u200b\u200e\ufeff")


SOUND = [
    event
    for type_ in (
        "procurement.concluded",
        "application.received",
        "document.made",
        "application.extended",
    )
    for event in EXAMPLES[type_]["good"][:1]
]


@given(st.sampled_from(SOUND), st.data())
@settings(max_examples=150)
def test_a_slip_in_one_cell_is_refused_or_is_what_the_cell_says(
    event: dict[str, Any], data: st.DataObject
) -> None:
    columns = columns_of(DEFINITIONS, event["type"], 1)
    at = data.draw(st.integers(0, len(columns) - 1))
    slip = data.draw(SLIPS)
    if isinstance(slip, str) and not all(sign.isprintable() for sign in slip):
        return
    book = filled([event, event | {"subject": event["subject"] + "x"}])
    put(book[sheet_of(event["type"])].cell(FIRST, at + 1), slip)
    told = outcome(saved(book))
    untouched = [draft for draft in told.drafts if draft["subject"] == event["subject"] + "x"]
    assert len(untouched) == 1
    column = columns[at]
    for draft in told.drafts:
        if draft in untouched or problems_of(DEFINITIONS, Line(draft)):
            continue
        value: Any = draft
        for step in column.pointer.split("/")[1:]:
            value = value.get(step) if isinstance(value, dict) else None
        if value is None:
            assert not column.required and _says_nothing(slip), (column.pointer, slip)
        else:
            assert plausible(column, slip, value), (column.pointer, slip, value)


def _says_nothing(slip: Any) -> bool:
    return (
        slip is None
        or not str(slip)
        .strip(" \u3000-/—\\－／ー−‐‑‒–―﹣\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
        .strip()
    )


# The file itself goes wrong


WHOLE = saved(filled(SOUND))
TRUE = {json.dumps(draft, sort_keys=True) for draft in outcome(WHOLE).drafts}


@given(st.integers(0, 10**9))
@settings(max_examples=150)
def test_a_damaged_file_is_refused_or_still_tells_the_truth(seed: int) -> None:
    """Bytes of the package are lost, doubled or changed: its checksums show it."""
    chance = random.Random(seed)
    data = bytearray(WHOLE)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 200)]
            case _:
                data[at:at] = data[at : at + chance.randint(1, 200)]
    told = outcome(bytes(data))
    assert {json.dumps(draft, sort_keys=True) for draft in told.drafts} <= TRUE


PARTS = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml")


@given(st.integers(0, 10**9), st.sampled_from(PARTS))
@settings(max_examples=150)
def test_a_part_that_is_no_longer_well_formed_or_refers_nowhere_raises_nothing(
    seed: int, wanted: str
) -> None:
    chance = random.Random(seed)

    def change(name: str, part: bytes) -> bytes:
        if name != wanted:
            return part
        changed = bytearray(part)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(changed))
            if chance.random() < 0.5:
                changed[at] = chance.choice(b'<>/"= 0123456789AZazrst&;\x00\xff')
            else:
                del changed[at : at + chance.randint(1, 80)]
        return bytes(changed)

    told = outcome(repacked(WHOLE, change))
    for draft in told.drafts:
        assert isinstance(DEFINITIONS.problems(draft), list)
    assert all(isinstance(problem, Problem) for problem in told.problems)
