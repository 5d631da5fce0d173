"""The small parts of a workbook: which sheets there are, its shared strings, its number formats."""

from __future__ import annotations

import posixpath
import re

import msgspec

from ledger.rooms.packages import Package, damaged
from ledger.rooms.sheets import limits
from ledger.rooms.sheets.formats import BUILT_IN
from ledger.rooms.sheets.markup import walk
from ledger.words.problems import Problem, Refusal


class Sheet(msgspec.Struct, frozen=True):
    """A sheet by its name, and the part that holds it."""

    name: str
    part: str
    visible: bool = True


class Outline(msgspec.Struct, frozen=True):
    """What a workbook says of itself before any sheet is read."""

    sheets: tuple[Sheet, ...]
    since_1904: bool
    strings: str | None
    """The part that holds the shared strings."""
    styles: str | None


def outline(package: Package) -> Outline:
    """The sheets of a workbook in their order; charts and macro sheets are none."""
    main = _targets(package, "").get("officeDocument")
    if not main:
        raise Refusal(Problem("not-a-workbook"))
    part = next(iter(main.values()))
    targets = _targets(package, part)
    found = _Elements("sheet", "workbookPr")
    _read(package, part, found)
    sheets = [attributes for name, attributes in found.found if name == "sheet"]
    if not sheets:
        raise Refusal(Problem("not-a-workbook"))
    if len(sheets) > limits.SHEETS:
        raise Refusal(Problem("too-many-sheets", params={"limit": limits.SHEETS}))
    places = targets.get("worksheet", {})
    known = [(sheet, _attribute(sheet, "id")) for sheet in sheets]
    parts = [places[id_] for _, id_ in known if id_ in places]
    if len(set(parts)) < len(parts):
        raise damaged("two sheets in one part")
    return Outline(
        sheets=tuple(
            Sheet(sheet.get("name", ""), places[id_], sheet.get("state", "visible") == "visible")
            for sheet, id_ in known
            if id_ in places
        ),
        since_1904=any(
            attributes.get("date1904") in ("1", "true", "on") for _, attributes in found.found
        ),
        strings=next(iter(targets.get("sharedStrings", {}).values()), None),
        styles=next(iter(targets.get("styles", {}).values()), None),
    )


def shared_strings(package: Package, part: str | None) -> list[str]:
    """The texts that cells name by number."""
    walker = _Strings()
    if part is not None and package.has(part):
        for _ in walk(package.stream(part, limits.STRINGS_BYTES), walker):
            pass
    return walker.strings


def number_formats(package: Package, part: str | None) -> list[str]:
    """The number format of each style, by the number of the style."""
    walker = _Elements("numFmt", "cellXfs", "xf", ends=("cellXfs",))
    if part is not None and package.has(part):
        _read(package, part, walker)
    own: dict[str, str] = {}
    formats: list[str] = []
    inside = False
    for name, attributes in walker.found:
        if name == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
        elif name == "xf" and inside:
            formats.append(_format(attributes.get("numFmtId", "0"), own))
        else:
            inside = name == "cellXfs"
    return formats


def unescaped(text: str) -> str:
    """Text as a person sees it: `_x000D_` stands for a sign that XML has no way to write."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _Elements:
    """Notes the elements of some names, and where some of them end."""

    def __init__(self, *names: str, ends: tuple[str, ...] = ()) -> None:
        self.found: list[tuple[str, dict[str, str]]] = []
        self._names = names
        self._ends = ends

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self._names:
            self.found.append((name, attributes))
            if len(self.found) > limits.STYLES:
                raise damaged(f"more than {limits.STYLES} elements in a part")

    def end(self, name: str) -> None:
        if name in self._ends:
            self.found.append((f"/{name}", {}))

    def text(self, data: str) -> None:
        """Text says nothing here."""


class _Strings:
    """The strings, each put together from its runs; how they are pronounced is left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._pieces: list[str] | None = None
        self._length = 0
        self._spoken = 0
        self._takes = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._pieces, self._length = [], 0
        elif name == "rPh":
            self._spoken += 1
        self._takes = name == "t" and not self._spoken

    def end(self, name: str) -> None:
        self._takes = False
        if name == "si":
            self.strings.append(unescaped("".join(self._pieces or ())))
            if len(self.strings) > limits.STRINGS:
                raise damaged(f"more than {limits.STRINGS} texts")
            self._pieces = None
        elif name == "rPh":
            self._spoken -= 1

    def text(self, data: str) -> None:
        if self._takes and self._pieces is not None:
            self._length += len(data)
            if self._length > limits.CELL_CHARACTERS:
                raise damaged(f"a text of more than {limits.CELL_CHARACTERS} characters")
            self._pieces.append(data)


def _targets(package: Package, part: str) -> dict[str, dict[str, str]]:
    """The parts that a part is related to: by the kind of relation, then by its id."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    walker = _Elements("Relationship")
    if package.has(relations):
        _read(package, relations, walker)
    targets: dict[str, dict[str, str]] = {}
    for _, attributes in walker.found:
        if attributes.get("TargetMode") == "External":
            continue
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
        targets.setdefault(kind, {})[attributes.get("Id", "")] = target.lstrip("/")
    return targets


def _read(package: Package, part: str, walker: _Elements) -> None:
    for _ in walk(package.stream(part, limits.PART_BYTES), walker):
        pass


def _attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute that stands with a prefix: r:id."""
    return next((value for key, value in attributes.items() if key.endswith(f":{name}")), "")


def _format(number: str, own: dict[str, str]) -> str:
    if number in own:
        return own[number]
    return BUILT_IN.get(int(number), "") if number.isdecimal() else ""


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
