"""How fast figures are found in a ledger of ten years, beside one scan of its events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from dataset import ORGANS
from measuring import Contestant, Measure, in_turns, repeated, say
from sqlalchemy import Connection, text

from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.journal import Journal
from ledger.verbs.compiling import compiled
from ledger.verbs.differing import differences
from ledger.verbs.opening import House
from ledger.verbs.rebuilding import rebuild
from ledger.verbs.reporting import Question, Report, report, report_in, setting_of
from ledger.verbs.tracing import explain, trace
from ledger.verbs.verifying import log_faults, verify
from ledger.words.faults import Fault
from ledger.words.years import year

YEAR, EARLY_YEAR = 2023, 2020
"""A report year whose end is known at 95 % of the journal, and one that is known at 60 %."""

LARGE = 5_000_000
"""From this many events on, a round is long enough to need fewer of them."""

SCAN = "scan of the events"
ROOT = ORGANS[0]


class Filled(msgspec.Struct, frozen=True):
    """A ledger that is full, and what is known of it."""

    journal: Journal
    house: House
    database: str
    size: int

    @property
    def rounds(self) -> int:
        """How often a slow measure is taken."""
        return 3 if self.size >= LARGE else 7

    def targets(self) -> Mapping[str, float]:
        """What is aimed at: for SQLite only, the targets come from its measurements."""
        if self.database != "sqlite":
            return {}
        year = 0.4 if self.size >= LARGE else 0.6
        return {
            "year": year,
            "organ": 0.005,
            "as-at": 1.5,
            "diff": 1.5,
            "rebuild": 25,
            "identities": 0.5e-6,
            "trace": 0.001,
        }


def scan(connection: Connection) -> Contestant:
    """The floor: every event is read once by the database itself."""
    query = text("SELECT sum(length(state)) FROM events")
    return repeated(lambda: connection.execute(query).scalar_one())


def remade(full: Filled) -> Iterator[Measure]:
    """The facts built anew from the journal, then everything checked against everything."""
    rounds = 1 if full.size >= LARGE else 3
    say(f"{full.database}: facts rebuilt {rounds + 1} times")
    with full.journal.engine.connect() as connection:
        floor = scan(connection)
        scanned = in_turns({"floor": lambda: _released(connection, floor)}, rounds)
        work = {"ours": repeated(lambda: rebuild(full.journal)), "floor": floor}
        work["floor"] = lambda: _released(connection, floor)
        found = (
            in_turns(work, rounds) if rounds > 1 else scanned | in_turns({"ours": work["ours"]}, 1)
        )
    yield Measure(
        name="rebuild",
        database=full.database,
        what="every fact built anew and written",
        unit="ledger",
        kind="times",
        ours=found["ours"],
        floor=found["floor"],
        floor_is=SCAN,
        target=full.targets().get("rebuild"),
    )


def _released(connection: Connection, floor: Contestant) -> int:
    """A reading that stands open would keep the write-ahead log from being emptied."""
    done = floor()
    connection.rollback()
    return done


def verified(full: Filled) -> Iterator[Measure]:
    """The log against its tree, then with all that follows from it."""
    say(f"{full.database}: everything verified")
    with full.journal.reading() as connection:
        work = {"floor": scan(connection), "ours": lambda: _sound(log_faults(connection))}
        yield _verification(full, "every event hashed, the tree checked", in_turns(work, 3), 9)
    with full.journal.engine.connect() as connection:
        found = {
            "floor": _once(scan(connection)),
            "ours": _once(lambda: _sound(verify(full.journal))),
        }
    yield _verification(full, "log, columns, versions and facts checked", found, None)


def _verification(
    full: Filled, what: str, found: Mapping[str, list[float]], target: float | None
) -> Measure:
    return Measure(
        name="verify",
        database=full.database,
        what=what,
        unit="ledger",
        kind="times",
        ours=found["ours"],
        floor=found["floor"],
        floor_is=SCAN,
        target=target if full.database == "sqlite" else None,
    )


def _sound(faults: Iterator[Fault]) -> int:
    found = list(faults)
    assert not found, found[:3]
    return 1


def reports(full: Filled, wanted: Any) -> Iterator[Measure]:
    """A year's tables, of all organs, of one, and as they were known earlier."""
    editions, targets = full.house.editions, full.targets()
    with full.journal.reading() as connection:
        last = reading.last_position(connection)
        floor = scan(connection)
        all_organs = setting_of(connection, editions, Question(year(YEAR), ROOT, below=True))
        assert all_organs.scope.organs is None and len(all_organs.edition.figures) > 200

        def whole() -> Report:
            return report_in(connection, all_organs)

        def measure(
            name: str, what: str, kind: Any, work: dict[str, Contestant], **more: Any
        ) -> Measure:
            found = in_turns(work, full.rounds)
            return Measure(
                name=name,
                database=full.database,
                what=what,
                unit=more.pop("unit", "report"),
                kind=kind,
                ours=found["ours"],
                floor=found.get("floor", []),
                **more,
            )

        if wanted("report"):
            say(f"{full.database}: a year's tables of the whole ledger")
            work = {"floor": floor, "ours": repeated(whole)}
            what = f"the {len(all_organs.edition.figures)} figures of {YEAR}, all organs"
            yield measure("report", what, "times", work, floor_is=SCAN, target=targets.get("year"))
            asked = Question(year(YEAR), ROOT, below=True)
            work = {"floor": floor, "ours": repeated(lambda: report(connection, editions, asked))}
            yield measure(
                "report", "the same, the tree of organs walked", "times", work, floor_is=SCAN
            )
        if wanted("organ"):
            say(f"{full.database}: a year's tables of one organ")
            asked = Question(year(YEAR), ORGANS[350])
            work = {"ours": repeated(lambda: report(connection, editions, asked), 20)}
            what = f"the figures of {YEAR}, one organ of {len(ORGANS)}"
            yield measure("organ", what, "seconds", work, target=targets.get("organ"))
        if wanted("as-at"):
            say(f"{full.database}: a year's tables as known earlier")
            for number, percent in ((EARLY_YEAR, 60), (YEAR, 95)):
                asked = Question(year(number), ROOT, below=True)
                now = setting_of(connection, editions, asked)
                then = msgspec.structs.replace(asked, as_at=str(last * percent // 100))
                setting = setting_of(connection, editions, then)
                work = {
                    "floor": repeated(lambda now=now: report_in(connection, now)),
                    "ours": repeated(lambda setting=setting: report_in(connection, setting)),
                }
                yield measure(
                    "as-at",
                    f"the figures of {number}, known at {percent} % of the journal",
                    "times",
                    work,
                    floor_is="as known now",
                    target=targets.get("as-at"),
                )


def changes(full: Filled) -> Iterator[Measure]:
    """What changed in a year's figures since a report of January, and through which events."""
    editions = full.house.editions
    with full.journal.reading() as connection:
        last = reading.last_position(connection)
        for organ, below, percent in ((ROOT, True, 99), (ROOT, True, 95), (ORGANS[350], False, 95)):
            asked = Question(year(YEAR), organ, below=below)
            since = str(last * percent // 100)
            whose = "all organs" if below else f"one organ of {len(ORGANS)}"
            say(f"{full.database}: changes of {whose}")
            work = {
                "floor": repeated(lambda asked=asked: report(connection, editions, asked)),
                "ours": repeated(
                    lambda asked=asked, since=since: differences(connection, editions, asked, since)
                ),
            }
            found = in_turns(work, full.rounds)
            yield Measure(
                name="diff",
                database=full.database,
                what=f"the changes of {YEAR} since {percent} % of the journal, {whose}",
                unit="difference",
                kind="times",
                ours=found["ours"],
                floor=found["floor"],
                floor_is="the report as known now",
                target=full.targets().get("diff"),
            )


def traces(full: Filled, wanted: Any) -> Iterator[Measure]:
    """From a figure back to its facts and events, and from an event to the figures."""
    editions, targets = full.house.editions, full.targets()
    with full.journal.reading() as connection:

        def measure(name: str, what: str, unit: str, work: Contestant, rounds: int = 15) -> Measure:
            return Measure(
                name=name,
                database=full.database,
                what=what,
                unit=unit,
                kind="seconds",
                ours=in_turns({"ours": work}, rounds)["ours"],
                target=targets.get(name),
            )

        if wanted("identities"):
            say(f"{full.database}: the identities behind one figure")
            asked = setting_of(connection, editions, Question(year(YEAR), ROOT, below=True))
            found = report_in(connection, asked)
            address = nearest(found, 5000)
            part = _part(connection, found, address)

            def identities() -> int:
                return len(figures.identities(connection, part.measure, part.shapes, asked.scope))

            assert identities() == found.cells[address].quantity
            what = f"identities of one figure of all organs ({identities():,})"
            yield measure("identities", what, "id", identities)
        if wanted("trace"):
            say(f"{full.database}: one organ's figure with its events")
            asked = setting_of(connection, editions, Question(year(YEAR), ORGANS[350]))
            found = report_in(connection, asked)
            address = nearest(found, 10 * max(1, full.size // 1_000_000))
            traced = trace(connection, asked, address)
            assert sum(each.contribution for each in traced.facts) == found.cells[address].quantity
            what = f"one organ's figure with its events ({len(traced.events)})"
            work = repeated(lambda: trace(connection, asked, address), 10)
            yield measure("trace", what, "trace", work)
        if wanted("explain"):
            say(f"{full.database}: one event explained, one history read")
            asked = setting_of(connection, editions, Question(year(YEAR), ORGANS[350]))
            address = nearest(report_in(connection, asked), 10)
            event = next(iter(trace(connection, asked, address).events.values()))
            work = repeated(lambda: explain(connection, editions, event.id), 10)
            yield measure("explain", "which figures one event feeds", "event", work)
            name = event.originator_id
            work = repeated(lambda: reading.history(connection, name), 10)
            yield measure("history", "the history of one subject", "subject", work)


def nearest(found: Report, quantity: int) -> str:
    """The figure of table 3 with one term whose value is nearest to a quantity."""
    single = {
        address: cell
        for address, cell in found.cells.items()
        if len(cell.figure.terms) == 1
        and cell.figure.terms[0].state == "application.decided"
        and not cell.figure.sum
    }
    return min(single, key=lambda address: abs(single[address].quantity - quantity))


def _part(connection: Connection, found: Report, address: str) -> Any:
    numbers = figures.numbered_shapes(connection)
    (part,) = compiled(found.setting.edition, numbers).parts[address]
    return part


def _once(contestant: Contestant) -> list[float]:
    import time

    began = time.perf_counter()
    contestant()
    return [time.perf_counter() - began]
