"""Opening a ledger: its database, its schemas and its editions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path

import ledger
from ledger.rooms.definitions.closed_json import read_json
from ledger.rooms.definitions.editions import editions_in
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage import migrations
from ledger.rooms.storage.database import open_engine
from ledger.rooms.storage.journal import Journal
from ledger.words.figures import Edition


class House:
    """Where schemas/ and projections/ lie, and what they say; read when first asked for."""

    def __init__(self, more_editions: Sequence[Path] = ()) -> None:
        self._more = more_editions

    @cached_property
    def definitions(self) -> Definitions:
        """What may be recorded."""
        return Definitions(_data("schemas"))

    @cached_property
    def editions(self) -> dict[str, Edition]:
        """What must be reported, by id; raises EditionError."""
        folders = [_data("projections"), *self._more]
        schema = read_json(_data("schemas") / "edition.v1.json")
        return editions_in(folders, self.definitions.states, self.definitions.codes, schema)

    def edition_files(self, id_: str) -> dict[str, bytes]:
        """The files of an edition, by their names within its folder."""
        folders = [_data("projections") / id_, *(folder / id_ for folder in self._more)]
        return _files(next(folder for folder in folders if folder.is_dir()), "**/*.json")

    def schema_files(self, types: Collection[tuple[str, int]]) -> dict[str, bytes]:
        """The schemas of event types in their versions, and what they and editions rest on."""
        names = {f"{type_}.v{version}.json" for type_, version in types}
        wanted = names | {"common.v1.json", "envelope.v1.json", "edition.v1.json"}
        found = _files(_data("schemas"), "*.json")
        found = {name: data for name, data in found.items() if name in wanted}
        return found | _files(_data("schemas"), "codes/*.json")


def open_journal(url: str, *, create: bool = False) -> Journal:
    """The journal in a database; raises Refusal where there is none and `create` does not ask for one."""
    engine = open_engine(url)
    migrations.require(engine, create=create)
    return Journal(engine)


def _files(folder: Path, pattern: str) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.glob(pattern))
    }


def _data(name: str) -> Path:
    """A data folder: inside the installed package, or at the top of the checkout."""
    package = Path(ledger.__file__).parent
    installed = package / name
    return installed if installed.is_dir() else package.parent.parent / name
