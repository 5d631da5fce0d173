"""Readers at the pages: what the server needs for a report or a trace while fifty people read."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import quantiles

import httpx2 as httpx
from dataset import FIRST, ORGANS, YEARS
from figures import Filled
from measuring import Measure, say

from ledger.verbs.accounts import open_people
from ledger.verbs.people import administering, api_tokens
from ledger.words.persons import Grant, Role

READERS, ROUNDS, EACH, PAUSE = 50, 3, 20, 1.0
"""People, rounds, pages that each opens in a round, and seconds between two of them on average."""
WORKERS = os.cpu_count() or 1
FORMS_SINCE = range(2019, FIRST.year + YEARS)
"""No national form was in use before."""
CELLS = (
    "applications/new/natural-person",
    "applications/granted/natural-person",
    "applications/carried-out/total",
    "applications/total/total",
)


def pages(full: Filled) -> Iterator[Measure]:
    """The slowest hundredth of the answers, by the server's own clock, in each round."""
    with tempfile.TemporaryDirectory() as folder:
        people = f"sqlite:///{folder}/people.db"
        accounts = open_people(people)
        administering.add(accounts, "reader", [Grant(Role.AUDITOR)])
        token, _ = api_tokens.make(accounts, "reader", Grant(Role.AUDITOR))
        accounts.close()
        url = full.journal.engine.url.render_as_string(hide_password=False)
        with _served(url, people, Path(folder)) as address:
            rounds = [asyncio.run(_read(address, token, number)) for number in range(ROUNDS)]
    for name in ("report", "trace"):
        ours = [quantiles(told[name], n=100)[98] for told in rounds]
        yield Measure(
            name=f"pages: {name}",
            database=full.database,
            what=f"p99 of {READERS} readers, {WORKERS} processes",
            unit="page",
            kind="seconds",
            ours=ours,
            target=0.05,
        )


async def _read(address: str, token: str, number: int) -> dict[str, list[float]]:
    told: dict[str, list[float]] = {"report": [], "trace": []}
    headers = {"authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=READERS)
    async with httpx.AsyncClient(
        base_url=address, headers=headers, timeout=60, limits=limits
    ) as client:
        await asyncio.gather(
            *(_reader(client, Random(1000 * number + each), told) for each in range(READERS))
        )
    return told


async def _reader(client: httpx.AsyncClient, random: Random, told: dict[str, list[float]]) -> None:
    for at in range(EACH):
        await asyncio.sleep(random.uniform(0, 2 * PAUSE))
        organ, year = random.choice(ORGANS), random.choice(FORMS_SINCE)
        path = f"/reports/{organ}/{year}"
        if at % 2:
            answer = await client.get(path, params={"cell": random.choice(CELLS)})
        else:
            answer = await client.get(path)
        answer.raise_for_status()
        spent = float(answer.headers["server-timing"].partition("dur=")[2]) / 1000
        told["trace" if at % 2 else "report"].append(spent)


@contextmanager
def _served(url: str, people: str, folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"LEDGER_KEYS": str(folder / "keys"), "LEDGER_TILES": str(folder)}
    command = [sys.executable, "-c", "from ledger.doors.cli import main; main()"]
    command += ["--database", url, "serve", "--people", people, "--port", str(port)]
    command += ["--workers", str(WORKERS)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(address: str) -> None:
    say("  opening the pages")
    until = time.monotonic() + 60
    while True:
        try:
            httpx.get(f"{address}/ready.json").raise_for_status()
            return
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
