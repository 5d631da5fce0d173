"""What programs are told of the contract: as a program, writes its examples anew from the demo's ledger."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from ledger.verbs.people import administering
from ledger.words.persons import Grant, Role
from sites import HOUSE, ORGAN, OTHER, Site, issue, site

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "src/ledger/doors/web/examples.json"

FILLED = {
    "organ": ORGAN,
    "period": "2020",
    "table": "procurement",
    "row": "centralised",
    "column": "amount",
    "event": "82",
    "subject": f"procurement:2020-1@{ORGAN}",
    "format_": "html",
    "type_": "application.received",
}
"""What the demo's ledger has for each name in a path."""

ASKED = {
    "get_differences": {"since": "1"},
    "export_differences": {"since": "1"},
    "follow_events": {"hold": "0"},
    "get_breakdown": {"cell": "procurement/centralised/amount"},
}
"""What is asked beside the path."""


def examples(office: Site) -> dict[str, Any]:
    """An answer of each operation that answers with a document, long lists cut short."""
    told = office.anyone().get("/openapi.json").json()
    administering.add(office.accounts, "everything", [Grant(role, ORGAN) for role in Role])
    client = office.signed_in("everything")
    found = recorded(office) | asked_of(client, told)
    issue(office)
    of_issued = ("list_reports", "get_report")
    return found | asked_of(client, told, of_issued) | refused(office)


def asked_of(
    client: TestClient, told: dict[str, Any], only: tuple[str, ...] = ()
) -> dict[str, Any]:
    """What a client is told by each operation that answers a question with a document."""
    return {
        name: cut(client.get(path.format(**FILLED), params=ASKED.get(name)).json())
        for path, operations in told["paths"].items()
        if (operation := operations.get("get")) and "application/json" in answers(operation)
        if (name := operation["operationId"]) in (only or (name,))
    }


def answers(operation: dict[str, Any]) -> dict[str, Any]:
    """What an operation answers with where nothing is wrong, by media type."""
    content: dict[str, Any] = operation["responses"]["200"].get("content", {})
    return content


def recorded(office: Site) -> dict[str, Any]:
    """What is told of an event that was recorded."""
    draft = HOUSE.definitions.example("application.received", ORGAN) | {"id": "received-1"}
    answer = office.program("clerk", Role.CLERK).post("/events.json", json=[draft])
    return {"record_events": answer.json()}


def refused(office: Site) -> dict[str, Any]:
    """What is told of each kind of refusal."""
    stranger = office.anyone(accept="application/json")
    outsider = office.program("outsider", Role.CLERK, OTHER)
    clerk: TestClient = office.program("clerk", Role.CLERK)
    bad = HOUSE.definitions.example("application.received", ORGAN) | {"data": {"channel": "fax"}}
    asked = [
        stranger.get("/events/82.json"),
        outsider.get("/events/82.json"),
        clerk.get("/events/none.json"),
        clerk.post("/events.json", json=[bad]),
    ]
    return {str(answer.status_code): answer.json() for answer in asked}


def cut(document: Any) -> Any:
    """A document with one of each list of objects, and three of each list of words or numbers."""
    match document:
        case dict():
            return {name: cut(part) for name, part in document.items()}
        case [dict() | list(), *_]:
            return [cut(document[0])]
        case list():
            return document[:3]
    return document


if __name__ == "__main__":
    with (
        tempfile.TemporaryDirectory() as folder,
        site(f"sqlite:///{folder}/ledger.db", Path(folder)) as made,
    ):
        told = json.dumps(examples(made), ensure_ascii=False, indent=1)
    EXAMPLES.write_text(told + "\n", encoding="utf-8")
