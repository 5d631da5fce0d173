"""A form generated from the schema of a type: its fields, their help, their codes and the law behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ledger.drawing import contents
from ledger.drawing.phrases import LANGUAGES, say
from ledger.rooms.definitions.columns import Column
from ledger.rooms.definitions.schemas import Definitions, described, title_of
from ledger.rooms.subjects import Next
from ledger.verbs.filling import AMENDMENT, UNIT, UNITS, Entry, Told, field_of
from ledger.verbs.recording import ORGAN_FIELDS
from ledger.words.problems import Problem

Problems = Mapping[str, Sequence[Problem]]
"""What is wrong with a form, by the names of its fields; that of the whole form has no name."""

_BESIDE = ("/source", "/id")
"""What stands folded away behind the rest."""

_ORGANS = frozenset(name for names in ORGAN_FIELDS.values() for name in names)
"""Fields that name another organ of the ledger."""

_DAY_OF_AMENDMENT = f"{AMENDMENT}/occurred_on"


def form_view(
    definitions: Definitions,
    entries: Iterable[Entry],
    told: Told,
    problems: Problems,
    language: str,
    organs: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the template of a form takes; `organs` are those to choose from, by their codes."""
    labels = definitions.labels(language)
    fields = [
        _field(entry, told, problems.get(entry.name, ()), language, labels, organs)
        for entry in entries
    ]
    amendment = [field for field in fields if field["name"].startswith(AMENDMENT)]
    beside = [field for field in fields if field["name"].startswith(_BESIDE)]
    before = [field for field in fields if field not in amendment and field not in beside]
    wrong = [field for field in fields if field["problems"]]
    return {
        "amendment": amendment,
        "needed": [field for field in before if field["required"]],
        "optional": [field for field in before if not field["required"]],
        "beside": beside,
        "beside_open": any(field["problems"] or field["value"] for field in beside),
        "wrong": wrong,
        "problems": [problem.sentence(language, labels) for problem in problems.get("", ())],
    }


def type_view(definitions: Definitions, type_: str, language: str) -> contents.EventType:
    """What a form says of the type that it records: its name, what it means, and its law."""
    schema = definitions.types[type_, definitions.newest[type_]].schema
    return {
        "id": type_,
        "title": title_of(schema, language),
        "description": described(schema, language),
        "law": schema.get("legalSource", ""),
        "paper": bool(schema.get("sourceRequired")),
    }


def kinds_view(
    definitions: Definitions, beginnings: Mapping[str, Sequence[str]], language: str
) -> list[contents.SubjectKind]:
    """The types that people record, by the kind of their subject: what begins one, and what follows."""
    by_kind: dict[str, list[str]] = {}
    for type_ in definitions.newest:
        kind = type_.partition(".")[0]
        if kind in beginnings and definitions.own_command({"type": type_}) is None:
            by_kind.setdefault(kind, []).append(type_)
    named = definitions.codes["subject-kind"]
    return [
        {
            "id": kind,
            "title": title_of(named[kind], language) if kind in named else kind,
            "begin": [
                type_view(definitions, type_, language)
                for type_ in types
                if type_ in beginnings[kind]
            ],
            "follow": [
                type_view(definitions, type_, language)
                for type_ in types
                if type_ not in beginnings[kind]
            ],
        }
        for kind, types in by_kind.items()
    ]


def steps_view(
    definitions: Definitions, steps: Iterable[Next], language: str
) -> list[dict[str, Any]]:
    """The next steps of a case: what each records, and what it makes possible or ends."""
    labels = definitions.labels(language)
    stop = "、" if language == "zh-CN" else ", "
    return [
        {
            **type_view(definitions, step.type, language),
            "opens": stop.join(labels[type_] for type_ in step.opens),
            "ends": stop.join(labels[type_] for type_ in step.ends if type_ != step.type),
        }
        for step in steps
    ]


def placed(entries: Sequence[Entry], told: Told, problems: Iterable[Problem]) -> Problems:
    """Problems of a draft by the fields of the form that it was made from."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(field_of(entries, problem.pointer, told), []).append(problem)
    return found


def _field(
    entry: Entry,
    told: Told,
    problems: Sequence[Problem],
    language: str,
    labels: dict[str, str],
    organs: Mapping[str, str] | None,
) -> dict[str, Any]:
    column = entry.column
    texts = list(told.get(entry.name, ()))
    return {
        "name": entry.name,
        "id": entry.name.strip("/").replace("/", "-").replace("~", "-"),
        "label": _label(entry, language),
        "note": _note(entry, language),
        "required": column.required,
        "kind": column.kind,
        "organ": column.pointer.removeprefix("/data/") in _ORGANS,
        "value": texts[0] if texts else "",
        "chosen": texts,
        "options": _options(column, language, organs),
        "law": _law(column, language),
        "unit": next(iter(told.get(f"{entry.name}{UNIT}", ())), UNITS[0]),
        "unit_name": f"{entry.name}{UNIT}",
        "units": UNITS,
        "most": column.schema.get("maxLength"),
        "problems": [problem.sentence(language, labels) for problem in problems],
    }


def _note(entry: Entry, language: str) -> str:
    column = entry.column
    if column.pointer == "/subject":
        return say(language, "hint-subject")
    if entry.name == _DAY_OF_AMENDMENT:
        return ""
    if column.kind == "quantity":
        return f"{column.note[language]} {say(language, 'hint-quantity')}"
    # People write yuan where the ledger keeps fen.
    return say(language, "hint-amount") if column.kind == "money" else column.note[language]


def _label(entry: Entry, language: str) -> str:
    if entry.name == _DAY_OF_AMENDMENT:
        return say(language, "day-of-amendment")
    # The unit of an amount stands in a choice of its own, and people never write fen.
    label = entry.column.label[language]
    return label.removesuffix("（分）").removesuffix(" (fen)")


def _options(
    column: Column, language: str, organs: Mapping[str, str] | None
) -> list[dict[str, str]]:
    """The codes of a field with their names in both languages, the reader's first."""
    if column.pointer == "/organ" and organs is not None:
        return [{"code": code, "label": f"{name} ({code})"} for code, name in organs.items()]
    other = next(each for each in LANGUAGES if each != language)
    return [
        {"code": code, "label": f"{label[language]} · {label[other]}"}
        for code, label in column.codes.items()
    ]


def _law(column: Column, language: str) -> list[dict[str, str]]:
    """What each code of a field means and rests on, where its list says so."""
    listed = column.schema.get("items", column.schema).get("oneOf", ())
    told = [
        {
            "label": title_of(code, language),
            "description": described(code, language),
            "law": code.get("legalSource", ""),
            "sure": say(language, f"confidence-{code.get('confidence', 'H')}"),
        }
        for code in listed
    ]
    return told if any(each["law"] or each["description"] for each in told) else []
