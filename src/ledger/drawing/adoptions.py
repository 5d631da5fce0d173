"""What adopting a published report recorded: as a sheet, and as the document for programs."""

from __future__ import annotations

from ledger.drawing import contents
from ledger.drawing.documents import Json, label_of, problem_document
from ledger.drawing.phrases import say
from ledger.drawing.reports import printed_value
from ledger.drawing.sheet import Grid, Sheet
from ledger.verbs.adopting import Adoption


def adoption_sheet(done: Adoption, language: str, *, preview: bool) -> Sheet:
    """How much was recorded, which cells do not come out as printed, and which were left out."""
    known = {"name": done.published.name, "year": done.year, "organ": done.organ}
    told = "adopted-again" if done.again else "would-adopt" if preview else "adopted"
    parts: list[str | Grid] = [
        say(language, told, events=done.recorded, **known),
        say(language, "come-out", equal=done.equal, edition=done.edition.id),
    ]
    if done.apart:
        headings = ("address", "as-printed", "in-ledger", "broken-equations")
        rows = tuple(
            (
                each.address,
                each.printed,
                printed_value(each.ledger, done.edition.figures[each.address], language),
                ", ".join(each.constraints),
            )
            for each in done.apart
        )
        parts.append(_grid(language, headings, rows, "not-as-printed"))
    if done.left:
        left = tuple((each.address, each.problem.sentence(language)) for each in done.left)
        parts.append(_grid(language, ("address", "why"), left, "not-adopted"))
    return Sheet(done.published.title or done.published.name, tuple(parts))


def adoption_document(done: Adoption, labels: dict[str, dict[str, str]]) -> Json:
    """An adoption: `recorded`, `again`, `equal`, `apart[]` and `left[]`."""
    return {
        "name": done.published.name,
        "digest": done.published.digest,
        "organ": done.organ,
        "year": done.year,
        "edition": done.edition.id,
        "recorded": done.recorded,
        "again": done.again,
        "equal": done.equal,
        "apart": [
            {
                "address": each.address,
                "label": label_of(done.edition.figures[each.address]),
                "printed": each.printed,
                "ledger": each.ledger,
                "constraints": each.constraints,
            }
            for each in done.apart
        ],
        "left": [
            {
                "address": each.address,
                "printed": each.printed,
                **_why(problem_document(each.problem, labels)),
            }
            for each in done.left
        ],
    }


def _why(document: contents.Problem) -> Json:
    return {"code": document["code"], "message": document["message"]}


def _grid(
    language: str, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], caption: str
) -> Grid:
    named = tuple(say(language, name) for name in headings)
    return Grid(named, rows, say(language, caption))
