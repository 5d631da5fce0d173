"""Keys in a folder that only its owner may enter, or from the environment; old and new ones overlap.

A file ID.key holds a secret key, and ID.pub the public one. All secret keys of a folder sign, so while
a key is being replaced whoever knows either can check. A retired key's public half stays: what it
signed can be checked for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from ledger.rooms.proof.files import private_folder, write_whole
from ledger.rooms.proof.notes import Malformed, Signer, Verifier, read_signer, read_verifier
from ledger.words.problems import Problem, Refusal

_BETWEEN = re.compile(r"[\s,]+")


class Keys(msgspec.Struct, frozen=True):
    """The keys that sign, the newest last, and all that are known; `folder` need not exist."""

    folder: Path
    signers: tuple[Signer, ...]
    known: tuple[Verifier, ...]

    def sign(self, text: str, seconds: int) -> tuple[str, ...]:
        """The signature lines of every key that signs."""
        return tuple(signer.sign(text, seconds) for signer in self.signers)


def load(folder: Path, kind: int, given: str | None = None) -> Keys:
    """The keys of a kind in a folder; secret keys `given` as text stand in the place of its own."""
    own = [_secret(path) for path in _files(folder, "*.key")] if given is None else _given(given)
    signers = [signer for signer in own if signer.verifier.kind == kind]
    public = [_read(path, read_verifier) for path in _files(folder, "*.pub")]
    known = dict.fromkeys([*(each for each in public if each.kind == kind)])
    known |= dict.fromkeys(signer.verifier for signer in signers)
    return Keys(folder, tuple(signers), tuple(known))


def make(folder: Path, kind: int, name: str) -> Signer:
    """A new key in a folder, beside those that are there; raises Refusal for an impossible name."""
    try:
        signer = Signer.new(name, kind)
    except Malformed:
        raise Refusal(Problem("wrong-key-name", params={"name": name})) from None
    private_folder(folder)
    id_ = signer.verifier.id.hex()
    write_whole(folder / f"{id_}.pub", f"{signer.verifier.text()}\n".encode())
    write_whole(folder / f"{id_}.key", f"{signer.text()}\n".encode(), mode=0o600)
    return signer


def retire(folder: Path, id_: str) -> None:
    """Destroys a secret key whose successor signs already; raises Refusal."""
    secret = [path for path in _files(folder, "*.key") if path.stem == id_]
    if not secret:
        raise Refusal(Problem("no-such-key", params={"id": id_, "folder": str(folder)}))
    if len(_files(folder, "*.key")) == 1:
        raise Refusal(Problem("last-key", params={"id": id_}))
    secret[0].unlink()


def trust(folder: Path, verifiers: Iterable[Verifier]) -> None:
    """Keeps public keys of others in a folder."""
    for verifier in verifiers:
        private_folder(folder)
        write_whole(folder / f"{verifier.id.hex()}.pub", f"{verifier.text()}\n".encode())


def read_known(texts: Iterable[str]) -> list[Verifier]:
    """Public keys as they are handed on; raises Refusal."""
    found = []
    for text in texts:
        try:
            found.append(read_verifier(text.strip()))
        except Malformed as error:
            raise Refusal(_unreadable(text, error)) from None
    return found


def _files(folder: Path, pattern: str) -> list[Path]:
    # A key is as old as its file: the newest comes last.
    return sorted(folder.glob(pattern), key=lambda path: (path.stat().st_mtime_ns, path.name))


def _given(text: str) -> list[Signer]:
    try:
        return [read_signer(each) for each in _BETWEEN.split(text) if each]
    except Malformed as error:
        raise Refusal(_unreadable("LEDGER_SIGNING_KEYS", error)) from None


def _secret(path: Path) -> Signer:
    if path.stat().st_mode & 0o077:
        raise Refusal(Problem("open-key", params={"path": str(path)}))
    signer: Signer = _read(path, read_signer)
    return signer


def _read(path: Path, reader: Any) -> Any:
    try:
        return reader(path.read_text(encoding="utf-8").strip())
    except (Malformed, UnicodeDecodeError) as error:
        raise Refusal(_unreadable(str(path), error)) from None


def _unreadable(what: str, error: Exception) -> Problem:
    return Problem("unreadable-key", params={"what": what, "detail": str(error)})
