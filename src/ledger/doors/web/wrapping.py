"""What goes around every answer: its headers, and the time that it took."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Nothing leaves the server's own address, and no page of another shows one of ours in a frame."""


class Wrapped:
    """The application with headers around its answers; `server-timing` is until the first byte, in ms."""

    def __init__(
        self,
        app: ASGIApp,
        saw: Callable[[Scope, int, float], None],
        failed: Callable[[Request, Exception], Response | None],
    ) -> None:
        self._app = app
        self._saw = saw
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                spent = time.perf_counter() - begun
                self._saw(scope, message["status"], spent)
                headers["server-timing"] = f"app;dur={1000 * spent:.1f}"
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            answer = None if started else self._failed(Request(scope), error)
            if answer is None:
                raise
            await answer(scope, receive, send_with_headers)
