"""For those who run the ledger: whether it is there, whether it can answer, and how it fares."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from ledger.doors.web.answers import given
from ledger.doors.web.contract import twin
from ledger.doors.web.permissions import for_everyone
from ledger.doors.web.place import AskingNow
from ledger.drawing import contents
from ledger.rooms.storage import reading

router = APIRouter(tags=["health"])


@router.get(
    "/health.json",
    **twin("get_health", "The process answers", contents.Health),
    **for_everyone(),
)
def health() -> Response:
    """That the process answers."""
    return given({"status": "ok"})


@router.get(
    "/ready.json",
    **twin("get_readiness", "The ledger can be read", contents.Readiness),
    **for_everyone(),
)
def ready(asking: AskingNow) -> Response:
    """That the ledger can be read, and its last position."""
    with asking.place.journal.reading() as connection:
        return given({"status": "ok", "position": reading.last_position(connection)})


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    operation_id="get_metrics",
    summary="Prometheus metrics",
    **for_everyone(),
)
def metrics(asking: AskingNow) -> Response:
    """How many events the ledger holds, and how this process answers."""
    with asking.place.journal.reading() as connection:
        told = asking.place.requests.told(reading.last_position(connection))
    return Response(told, media_type=CONTENT_TYPE_LATEST)
