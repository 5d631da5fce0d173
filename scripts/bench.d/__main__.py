"""Measures the ledger: each figure as a ratio to a floor of the same run, with its target."""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator

from appending import append, batch
from databases import Databases, databases
from dataset import fill
from figures import Filled, changes, remade, reports, traces, verified
from measuring import HEADINGS, Measure, duration, say
from pages import pages
from peers import peers
from proving import bundles, proofs, tree_cost
from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from ledger.verbs.opening import House, open_journal
from ledger.verbs.rebuilding import rebuild

NAMES = ("append", "batch", "tree", "rebuild", "verify", "report", "organ", "as-at", "diff")
NAMES += ("identities", "trace", "explain", "proof", "bundle", "pages", "peers")
_NEED_NO_LEDGER = {"append", "batch", "tree"}


def main() -> None:
    """Measures what is asked for and prints it."""
    asked = _arguments()
    kinds = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    found: list[Measure] = []
    for kind in kinds:
        with databases(kind, asked.durable_postgres) as where:
            for measure in _measures(where, asked):
                say("  " + " | ".join(part for part in measure.as_row() if part))
                found.append(measure)
    if asked.format == "json":
        print(json.dumps({"run": _run(asked), "measures": [each.as_json() for each in found]}))
    else:
        _print(asked, found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000, help="size of the ledger")
    parser.add_argument("--only", nargs="+", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--peers", action="store_true", help="other libraries beside ours")
    parser.add_argument(
        "--durable-postgres",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether the PostgreSQL server flushes each commit to the disk",
    )
    return parser.parse_args()


def _measures(where: Databases, asked: argparse.Namespace) -> Iterator[Measure]:
    names = set(asked.only or NAMES)
    if asked.only is None and not asked.peers:
        names.discard("peers")
    house = House()
    if "append" in names:
        yield from append(where, house.definitions)
    if "batch" in names:
        yield from batch(where, house.definitions)
    if "tree" in names:
        yield from tree_cost(where, house.definitions)
    if names <= _NEED_NO_LEDGER:
        return
    journal = open_journal(where.new(), create=True)
    say(f"{where.kind}: writing a journal of {asked.events:,} events")
    began = time.perf_counter()
    size = fill(journal, house.definitions, asked.events)
    say(f"{where.kind}: {size:,} events in {duration(time.perf_counter() - began)}")
    full = Filled(journal, house, where.kind, size)
    if "rebuild" in names:
        yield from remade(full)
    else:
        rebuild(journal)
    _settle(full)
    yield from reports(full, names.__contains__)
    if "diff" in names:
        yield from changes(full)
    yield from traces(full, names.__contains__)
    if "proof" in names:
        yield from proofs(full)
    if "bundle" in names:
        yield from bundles(full)
    if "verify" in names:
        yield from verified(full)
    if "pages" in names:
        yield from pages(full)
    if "peers" in names:
        yield from peers(where, full)
    journal.engine.dispose()


def _settle(full: Filled) -> None:
    """What a database does by itself a while after so much was written."""
    with full.journal.engine.connect() as connection:
        if full.database == "sqlite":
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text("VACUUM ANALYZE")
            )


def _run(asked: argparse.Namespace) -> dict[str, object]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "events": asked.events,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "gc": gc.isenabled(),
        "peak_mb": peak,
        "durable_postgres": asked.durable_postgres,
    }


def _print(asked: argparse.Namespace, found: list[Measure]) -> None:
    table = Table(*HEADINGS, box=None, pad_edge=False)
    for measure in found:
        table.add_row(*measure.as_row())
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(table)
    run = ", ".join(f"{name} {value}" for name, value in _run(asked).items())
    console.print(f"\n{run}", highlight=False)
    console.print("value: median of the rounds, which take turns with the floor's")


if __name__ == "__main__":
    main()
