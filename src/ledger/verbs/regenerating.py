"""Regenerating: every report that was issued and every closed year, drawn anew and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage.reading import Connection
from ledger.verbs.closing import balances
from ledger.verbs.full_reports import digest_of, regenerated
from ledger.verbs.issues import all_closings, all_issues
from ledger.verbs.reporting import Question, setting_of
from ledger.words.events import Event
from ledger.words.faults import Fault
from ledger.words.figures import Edition
from ledger.words.problems import Refusal
from ledger.words.years import year


def issue_faults(
    connection: Connection, definitions: Definitions, editions: Mapping[str, Edition]
) -> Iterator[Fault]:
    """Where an issue or a closing no longer comes out of the journal as it was recorded."""
    for issue in all_issues(connection):
        yield from _issue_faults(connection, editions, issue)
    for closing in all_closings(connection):
        yield from _closing_faults(connection, definitions, editions, closing)


def _issue_faults(
    connection: Connection, editions: Mapping[str, Edition], issue: Event
) -> Iterator[Fault]:
    data, place = issue.data, str(issue.position)
    edition = editions.get(data["edition"])
    if edition is None or edition.digest != data["edition_digest"]:
        found = edition.digest if edition else "—"
        yield Fault("issued-edition", place, found=found, expected=data["edition_digest"])
    try:
        told = regenerated(connection, editions, issue)
    except Refusal as refusal:
        yield Fault("issued-not-drawn", place, found=str(refusal))
        return
    cells = {address: cell.quantity for address, cell in told.report.cells.items()}
    for address in sorted(cells.keys() | data["cells"].keys()):
        found, expected = (str(of.get(address, "—")) for of in (cells, data["cells"]))
        if found != expected:
            yield Fault("issued-cell", f"{place} {address}", found=found, expected=expected)
    if (digest := digest_of(told)) != data["digest"]:
        yield Fault("issued-digest", place, found=digest, expected=data["digest"])


def _closing_faults(
    connection: Connection,
    definitions: Definitions,
    editions: Mapping[str, Edition],
    closing: Event,
) -> Iterator[Fault]:
    closed = int(closing.subject.partition(":")[2].partition("@")[0])
    question = Question(year(closed), closing.organ, as_at=str(closing.data["position"]))
    found = balances(connection, setting_of(connection, editions, question), definitions.states)
    if found != closing.data["balances"]:
        place = str(closing.position)
        told = (str(listed) for listed in (found, closing.data["balances"]))
        yield Fault("closed-balances", place, *told)
