"""How many requests came and how long they took, for those who watch the server."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from starlette.types import Scope

_METHODS = frozenset({"GET", "HEAD", "POST"})
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Requests:
    """The requests that one process has answered."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "ledger_request_seconds",
            "Seconds until the first byte of an answer, of this process alone",
            ("method", "route", "status"),
            buckets=_BOUNDS,
            registry=self._registry,
        )
        self._position = Gauge(
            "ledger_position", "Position of the last event", registry=self._registry
        )

    def saw(self, scope: Scope, status: int, seconds: float) -> None:
        """Notes an answer by the route that gave it, never by an address, which may name a person's case."""
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = getattr(scope.get("route"), "path", "none")
        self._seconds.labels(method, route, str(status)).observe(seconds)

    def told(self, position: int) -> bytes:
        """All that is measured, in the format of Prometheus."""
        self._position.set(position)
        return generate_latest(self._registry)
