"""Auditing a bundle: every proof checked and every figure counted again, without the ledger.

This module and what it imports are all that the verifier in a bundle consists of, so it keeps to the
standard library, to the words, to the rules of the subjects, and to one library for signatures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from ledger.rooms import subjects
from ledger.rooms.proof.checkpoints import Checkpoint, read_checkpoint
from ledger.rooms.proof.notes import Verifier, decoded, read_verifier
from ledger.rooms.subjects.organ import below, tree_of
from ledger.rooms.subjects.succession import standing_in
from ledger.words.events import Event
from ledger.words.facts import Fact, read_shape
from ledger.words.figures import Term, form_digest
from ledger.words.predicates import between, satisfies
from ledger.words.trees import leaf_hash, node_hash, split
from ledger.words.years import Period, Span, period_of

FORMAT = "disclosure-bundle/1"
MANIFEST, CHECKPOINT, KEYS, PROOF = "bundle.json", "checkpoint", "keys", "proof.json"
EVENTS, EDITION, SCHEMAS = "events/", "edition/", "schemas/"
"""What lies where in a bundle."""

Json = dict[str, Any]
Files = Mapping[str, bytes]
Histories = Mapping[str, list[Event]]


class Finding(msgspec.Struct, frozen=True):
    """One thing that was checked; `what` picks its sentence."""

    what: str
    good: bool
    params: dict[str, Any] = {}


class Figure(msgspec.Struct, frozen=True):
    """A figure as the files of its edition have it: what it adds up, and how it is printed."""

    terms: tuple[Term, ...]
    scale: int


def audit(files: Files, known: Sequence[Verifier] = ()) -> Iterator[Finding]:
    """Checks a bundle by what it holds; `known` are keys from elsewhere, which alone can be trusted."""
    try:
        yield from _audit(files, known)
    except Exception as error:
        # A file from anywhere may hold anything; what cannot be read is a finding, not a crash.
        detail = f"{type(error).__name__}: {error}"
        yield Finding("unreadable", False, {"detail": detail})


def _audit(files: Files, known: Sequence[Verifier]) -> Iterator[Finding]:
    told = json.loads(files[MANIFEST])
    if told["format"] != FORMAT:
        yield Finding("format", False, {"found": told["format"], "known": FORMAT})
        return
    yield _whole(files, told["files"])
    checkpoint = read_checkpoint(files[CHECKPOINT].decode())
    yield _signed(checkpoint, files[KEYS].decode(), known)
    states = {
        int(name.removeprefix(EVENTS).removesuffix(".json")): data
        for name, data in files.items()
        if name.startswith(EVENTS)
    }
    yield _in_tree(states, json.loads(files[PROOF]), checkpoint)
    yield _edition(files, told)
    histories = _histories(states, told["position"])
    yield _organs(histories, told)
    yield from _figures(files, told, histories)
    if told["issue"] is not None:
        yield _issued(states, told)


def _whole(files: Files, digests: Mapping[str, str]) -> Finding:
    """That the files are those that the manifest lists, byte for byte."""
    found = {name: digest(data) for name, data in files.items() if name != MANIFEST}
    wrong = sorted(
        name for name in found.keys() | digests.keys() if found.get(name) != digests.get(name)
    )
    return Finding("files", not wrong, {"count": len(found), "wrong": ", ".join(wrong[:5])})


def digest(data: bytes) -> str:
    """The digest of a file, as the manifest lists it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _signed(checkpoint: Checkpoint, keys: str, known: Sequence[Verifier]) -> Finding:
    """By whom the checkpoint is signed: a key from elsewhere, or only the one in the bundle."""
    own = [read_verifier(line) for line in keys.splitlines()]
    signers = checkpoint.note.verified([*own, *known]).values()
    by = [key for key in signers if key.name == checkpoint.origin]
    trusted = [key for key in by if key in known]
    what = "signed" if trusted or known else "signed-by-itself"
    key = (trusted or by or own)[0]
    params = {"origin": checkpoint.origin, "size": checkpoint.size, "key": key.text()}
    return Finding(what, bool(trusted if known else by), params)


def _in_tree(states: Mapping[int, bytes], proof: Json, checkpoint: Checkpoint) -> Finding:
    """That every event stands at its position of the tree that was signed."""
    pruned = {
        (int(begin), int(end)): decoded(text)
        for span, text in proof["hashes"].items()
        for begin, _, end in [span.partition("-")]
    }
    leaves = {position - 1: leaf_hash(data) for position, data in states.items()}
    root = _root(pruned, leaves, sorted(leaves), 0, checkpoint.size)
    params = {"count": len(states), "size": checkpoint.size}
    return Finding("in-tree", root == checkpoint.root, params)


def _root(
    pruned: Mapping[tuple[int, int], bytes],
    leaves: Mapping[int, bytes],
    within: Sequence[int],
    begin: int,
    end: int,
) -> bytes:
    """The hash of a range; what holds an event is counted from it, never taken as told."""
    if not within:
        return pruned[begin, end]
    if end - begin == 1:
        return leaves[begin]
    middle = split(begin, end)
    left = _root(pruned, leaves, [at for at in within if at < middle], begin, middle)
    return node_hash(
        left, _root(pruned, leaves, [at for at in within if at >= middle], middle, end)
    )


def _edition(files: Files, told: Json) -> Finding:
    """That the files of the edition are those of its digest."""
    parts = [json.loads(files[name]) for name in _edition_files(files)]
    found = form_digest(parts)
    params = {"edition": told["edition"]["id"], "digest": found}
    return Finding("edition", found == told["edition"]["digest"], params)


def _edition_files(files: Files) -> list[str]:
    tables = sorted(name for name in files if name.startswith(f"{EDITION}tables/"))
    return [f"{EDITION}edition.json", *tables]


def _histories(states: Mapping[int, bytes], position: int) -> Histories:
    """The events by their subjects, as far as they were known at a position."""
    found: dict[str, list[Event]] = {}
    for at, data in sorted(states.items()):
        if at <= position:
            told = json.loads(data)
            told["occurred_on"] = date.fromisoformat(told["occurred_on"])
            event = Event(**told, position=at)
            history = found.setdefault(event.originator_id, [])
            history.append(msgspec.structs.replace(event, sequence=len(history) + 1))
    return found


def _organs(histories: Histories, told: Json) -> Finding:
    """That the organs counted are the one named and, if so asked, organs below it on the last day."""
    top, covers = told["organ"], told["covers"]
    known = (history for name, history in histories.items() if name.startswith("organ:"))
    wanted = below(tree_of(known, _period(told).last), top) if told["below"] else [top]
    wrong = sorted(set(covers) ^ set(wanted) | set(told["members"]) - set(covers))
    params = {"organ": top, "count": len(covers), "wrong": ", ".join(wrong[:5])}
    return Finding("organs", not wrong, params)


def _figures(files: Files, told: Json, histories: Histories) -> Iterator[Finding]:
    """Every figure counted again from the events."""
    successions = standing_in(
        history for name, history in histories.items() if name.startswith("organ:")
    )
    facts = [
        (name, fact)
        for name, history in histories.items()
        for fact in subjects.facts_of(history, successions)
        if fact.organ in told["covers"]
    ]
    figures = dict(_figures_in(files))
    period, covers = _period(told), frozenset(told["covers"])
    for address, cell in told["cells"].items():
        figure = figures[address]
        counted = [
            (name, fact, part)
            for name, fact in facts
            if (part := _contribution(fact, figure.terms, period, covers))
        ]
        quantity = sum(part for _, _, part in counted)
        value = None if cell["value"] is None else Decimal(cell["value"])
        printed = Decimal(quantity) / figure.scale if figure.terms else None
        params = {
            "address": address,
            "found": f"{printed}",
            "told": f"{cell['value']}",
            "facts": len(counted),
        }
        yield Finding("figure", (quantity, printed) == (cell["quantity"], value), params)
        same = sorted(_told(*each) for each in counted) == sorted(map(_listed, cell["facts"]))
        if not same:
            yield Finding("facts", False, {"address": address})


def _contribution(fact: Fact, terms: Sequence[Term], period: Period, covers: frozenset[str]) -> int:
    shape = read_shape(fact.shape)
    return sum(
        term.sign * fact.quantity
        for term in terms
        if satisfies(shape, term)
        and not (len(covers) > 1 and between(shape, term.measure, covers))
        and term.window(period).holds(fact.since, fact.until)
    )


def _told(name: str, fact: Fact, part: int) -> tuple[Any, ...]:
    return name, fact.organ, fact.shape, fact.since, fact.until, part, list(fact.evidence)


def _listed(fact: Json) -> tuple[Any, ...]:
    names = ("subject", "organ", "shape", "since", "until", "quantity", "evidence")
    return tuple(fact[name] for name in names)


def _figures_in(files: Files) -> Iterator[tuple[str, Figure]]:
    """Every figure of the edition, from its row and its column."""
    units = json.loads(files[f"{SCHEMAS}edition.v1.json"])["$defs"]["unit"]["oneOf"]
    scales = {unit["const"]: unit["scale"] for unit in units}
    for name in _edition_files(files)[1:]:
        table = json.loads(files[name])
        for row in table["rows"]:
            for column in table["columns"]:
                address = f"{table['id']}/{row['id']}/{column['id']}"
                scale = scales[{**row, **column}["unit"]]
                yield address, Figure(tuple(_terms(row, column)), scale)


def _terms(row: Json, column: Json) -> Iterator[Term]:
    bearer = row if "terms" in row or row.get("not_recorded") else column
    for term in bearer.get("terms", ()):
        parts = (term, row, column)
        where = {key: code for part in parts for key, code in part.get("where", {}).items()}
        state = where.pop("state")
        span: Span = next((part["span"] for part in parts if "span" in part), "period")
        clauses = tuple(
            (key, (code,) if isinstance(code, str) else tuple(code))
            for key, code in sorted(where.items())
        )
        yield Term(term["measure"], state, clauses, term.get("sign", 1), span)


def _issued(states: Mapping[int, bytes], told: Json) -> Finding:
    """That the report was issued with these figures, by the same form, at the same position."""
    data = json.loads(states[told["issue"]])["data"]
    wrong = [
        address
        for address, cell in told["cells"].items()
        if data["cells"].get(address) != cell["quantity"]
    ]
    same = (data["position"], data["edition_digest"], data["members"]) == (
        told["position"],
        told["edition"]["digest"],
        told["members"],
    )
    params = {"position": told["issue"], "wrong": ", ".join(wrong[:5])}
    return Finding("issued", same and not wrong, params)


def _period(told: Json) -> Period:
    period = period_of(told["period"])
    if period is None:
        raise ValueError(f"{told['period']} is no period")
    return period
