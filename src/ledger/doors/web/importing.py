"""Importing: a clerk's file with its errors shown in place, whole or not at all unless asked otherwise."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from starlette.datastructures import FormData, UploadFile

from ledger.doors.web.answers import MEDIA, delivered, shown
from ledger.doors.web.contract import download
from ledger.doors.web.people import form_of
from ledger.doors.web.permissions import somewhere
from ledger.doors.web.place import Asking, AskingNow
from ledger.doors.web.recording import organs_now
from ledger.drawing.imports import imported_view
from ledger.drawing.workbooks.marking import marked_copy, marked_values, marks_of
from ledger.drawing.workbooks.template import file_of, template, told_by_hand
from ledger.rooms.definitions.mappings import RegisterMapping, mapping_in, written
from ledger.rooms.sheets import limits
from ledger.verbs.registers.books import Reading
from ledger.verbs.registers.files import Told, book_in, import_file
from ledger.verbs.registers.proposing import proposed
from ledger.words.persons import Permission, organs_with
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["recording"])

_TOO_LARGE = Problem("register-too-large", params={"limit": limits.FILE_BYTES // 1024**2})
_BESIDE_THE_FILE = 64 * 1024
"""Bytes of a request that are not its file."""


async def _uploaded(asking: AskingNow) -> FormData:
    """The form with its file; raises Refusal, before anything is read, where it is too large."""
    size = asking.request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > limits.FILE_BYTES + _BESIDE_THE_FILE:
        raise Refusal(_TOO_LARGE)
    return await form_of(asking)


UploadNow = Annotated[FormData, Depends(_uploaded)]


@router.get("/import", include_in_schema=False, **somewhere(Permission.RECORD))
def import_page(asking: AskingNow) -> Response:
    """The form by which a file is handed in, and the templates."""
    return _page(asking, {}, None)


@router.get(
    "/import/template.xlsx",
    **download("get_template", "A workbook to fill in", MEDIA["xlsx"]),
    **somewhere(Permission.RECORD),
)
def template_file(
    asking: AskingNow,
    type: Annotated[list[str] | None, Query(description="else every type")] = None,
) -> Response:
    """A sheet for each type of event, with its lists, in the language of who asks."""
    definitions = asking.place.house.definitions
    names = [name for name in type or () if name]
    for name in names:
        if name not in told_by_hand(definitions):
            raise Refusal(Problem("unknown-type", params={"type": name}))
    book = template(definitions, names, asking.language)
    return delivered(file_of(book), "xlsx", names[0] if len(names) == 1 else "template")


@router.post("/import", include_in_schema=False, **somewhere(Permission.RECORD))
def import_form(asking: AskingNow, form: UploadNow) -> Response:
    """Checks or records a file, or gives it back with its bad cells marked."""
    file = form.get("file")
    chosen = {name: str(form.get(name, "")) for name in ("type", "organ", "valid", "do")}
    if not isinstance(file, UploadFile) or not file.filename:
        return _page(asking, chosen, None, (Problem("no-file-chosen"),))
    try:
        if chosen["do"] == "draft":
            return _drafted(asking, file)
        told = _imported(asking, file, chosen, _mapping(asking, form))
    except Refusal as refusal:
        return _page(asking, chosen, None, refusal.problems)
    if chosen["do"] == "mark":
        if told.book is None:
            return _page(asking, chosen, told, (Problem("only-of-workbooks"),))
        return _marked(asking, file, told)
    return _page(asking, chosen, told)


def _mapping(asking: Asking, form: FormData) -> RegisterMapping | None:
    """How the columns of an office's own register are to be read; raises Refusal."""
    file = form.get("mapping")
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    return mapping_in(file.file.read(), asking.place.house.definitions)


def _drafted(asking: Asking, file: UploadFile) -> Response:
    """A mapping of the file's own columns, to be confirmed and kept; raises Refusal."""
    definitions, name = asking.place.house.definitions, FilePath(file.filename or "").stem
    book = book_in(file.file, file.filename or "")
    if book is None:
        raise Refusal(Problem("not-a-workbook"))
    mapping = proposed(definitions, book, told_by_hand(definitions), name)
    return delivered(written(mapping), "json", "mapping")


def _imported(
    asking: Asking, file: UploadFile, chosen: dict[str, str], mapping: RegisterMapping | None
) -> Told:
    place = asking.place
    if chosen["type"] and chosen["type"] not in told_by_hand(place.house.definitions):
        raise Refusal(Problem("unknown-type", params={"type": chosen["type"]}))
    held = organs_with(asking.person, Permission.RECORD)
    assert asking.person is not None  # nobody else may record anywhere
    return import_file(
        place.journal,
        place.house.definitions,
        file.file,
        file.filename or "",
        Reading(chosen["type"] or None, chosen["organ"] or None, mapping, bool(chosen["valid"])),
        asking.person.name,
        lambda organ: held is None or organ in held,
        trial=chosen["do"] != "record",
    )


def _marked(asking: Asking, file: UploadFile, told: Told) -> Response:
    """The file with its bad cells marked, and a sheet that lists them."""
    assert told.book is not None
    language = asking.language
    labels = asking.place.house.definitions.labels(language)
    marks = marks_of(told.done.problems, language, labels)
    file.file.seek(0)
    copy = marked_copy(file.file, marks, language) or marked_values(told.book, marks, language)
    return delivered(file_of(copy), "xlsx", "marked")


def _page(
    asking: Asking, chosen: dict[str, str], told: Told | None, wrong: tuple[Problem, ...] = ()
) -> Response:
    definitions, language = asking.place.house.definitions, asking.language
    labels = definitions.labels(language)
    trial = chosen.get("do") != "record"
    values: dict[str, Any] = {
        "types": {name: labels[name] for name in told_by_hand(definitions)},
        "organs": organs_now(asking)[0],
        "chosen": chosen,
        "wrong": [problem.sentence(language, labels) for problem in wrong],
        "done": told and imported_view(told, definitions, language, trial=trial),
        "limit": limits.FILE_BYTES // 1024**2,
        "too_large": _TOO_LARGE.sentence(language),
    }
    bad = wrong or (told is not None and told.done.problems and not trial)
    return shown(asking, "import", 422 if bad else 200, **values)
