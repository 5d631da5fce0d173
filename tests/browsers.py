"""A real browser on pages that are really served."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from ledger.doors.web.place import SESSION

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of an application while it is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def serving(url: str, *options: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The address of the pages that `ledger serve` opens, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begin = "from ledger.doors.cli import main; main()"
    command = [sys.executable, "-c", begin, "--database", url, "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"{address}/health.json")
            yield address, server
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            httpx.get(address).raise_for_status()
            return
        except httpx.TransportError:
            assert time.monotonic() < until, "the pages do not open"
            time.sleep(0.2)


@contextmanager
def chromium(address: str, session: str, language: str) -> Iterator[Page]:
    """A page of Chromium, with a session; whatever goes wrong in it fails the test."""
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no Chromium; scripts/test installs it where it can")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(locale=language)
        context.add_cookies([{"name": SESSION, "value": session, "url": address}])
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        browser.close()
    assert not wrong


def accessible(page: Page) -> None:
    """Whether axe finds nothing against the page as it stands."""
    found = Axe().run(page).response["violations"]
    told = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
    assert told == [], page.url
