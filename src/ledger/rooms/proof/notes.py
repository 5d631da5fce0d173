"""Signed notes (c2sp.org/signed-note), with cosignatures of witnesses (c2sp.org/tlog-cosignature)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG, WITNESS = 0x01, 0x04
"""Types of signatures, both Ed25519: by the author of a note; by a witness, with the time."""

_PRIVATE = "PRIVATE+KEY+"
_NAME = re.compile(r"[^\s+]+")
_MOST_SIGNATURES = 100


class Malformed(ValueError):
    """A text is not what it should be; the message says what it is not."""


class Verifier(msgspec.Struct, frozen=True):
    """A public key with its name."""

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that tell it from other keys of the name."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:4]

    def text(self) -> str:
        """The key as it is handed on: name+id+key."""
        return f"{self.name}+{self.id.hex()}+{_text(bytes([self.kind]) + self.key)}"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether a signature on a note's text was made by this key."""
        time, signed = _parted(self.kind, signature)
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signed, _message(text, time))
        except InvalidSignature:
            return False
        return True


class Signer(msgspec.Struct, frozen=True):
    """A secret key with its name."""

    verifier: Verifier
    secret: bytes

    @classmethod
    def new(cls, name: str, kind: int) -> Signer:
        """A fresh key; raises Malformed for a name that no key may have."""
        return _signer(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())

    def text(self) -> str:
        """The key as it is kept: it must be kept secret."""
        id_ = self.verifier.id.hex()
        return f"{_PRIVATE}{self.verifier.name}+{id_}+{_text(bytes([self.verifier.kind]) + self.secret)}"

    def sign(self, text: str, seconds: int) -> str:
        """A signature line for a note's text, given at a time (seconds since 1970)."""
        time = seconds if self.verifier.kind == WITNESS else None
        signed = Ed25519PrivateKey.from_private_bytes(self.secret).sign(_message(text, time))
        stamp = b"" if time is None else time.to_bytes(8, "big")
        return f"— {self.verifier.name} {_text(self.verifier.id + stamp + signed)}"


class Note(msgspec.Struct, frozen=True):
    """A text, which ends in a line end, and its signature lines, which do not."""

    text: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((self.text, *self.lines, ""))

    def verified(self, known: Iterable[Verifier]) -> dict[str, Verifier]:
        """The lines of known keys, each with its key; raises Malformed where one is a false signature."""
        keys = {(key.name, key.id): key for key in known}
        found: dict[str, Verifier] = {}
        for line in self.lines:
            name, signature = _read_line(line)
            key = keys.get((name, signature[:4]))
            if key is None:
                continue
            if not key.verifies(self.text, signature[4:]):
                raise Malformed(f"the signature of {key.name}+{key.id.hex()} does not fit the text")
            found[line] = key
        return found


def read_note(text: str) -> Note:
    """A note as it is written; raises Malformed."""
    body, parted, rest = text.rpartition("\n\n")
    lines = rest.split("\n")
    if not parted or not body or lines[-1] or not 2 <= len(lines) <= _MOST_SIGNATURES + 1:
        raise Malformed("not a signed note")
    if any(ord(each) < 32 and each != "\n" for each in text):
        raise Malformed("not a signed note: it holds control characters")
    for line in lines[:-1]:
        _read_line(line)
    return Note(body + "\n", tuple(lines[:-1]))


def read_verifier(text: str) -> Verifier:
    """A public key from name+id+key; raises Malformed."""
    name, kind, key = _read_key(text)
    verifier = Verifier(name, kind, key)
    if text.split("+")[1] != verifier.id.hex():
        raise Malformed("the id of the key does not fit the key")
    return verifier


def read_signer(text: str) -> Signer:
    """A secret key from its text; raises Malformed."""
    if not text.startswith(_PRIVATE):
        raise Malformed(f"a secret key begins with {_PRIVATE}")
    kept = text.removeprefix(_PRIVATE)
    signer = _signer(*_read_key(kept))
    if kept.split("+")[1] != signer.verifier.id.hex():
        raise Malformed("the id of the key does not fit the key")
    return signer


def decoded(text: str) -> bytes:
    """Bytes from base64; raises Malformed."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("not base64") from None


def _signer(name: str, kind: int, secret: bytes) -> Signer:
    if not _NAME.fullmatch(name):
        raise Malformed("the name of a key holds no blanks and no plus sign")
    key = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return Signer(Verifier(name, kind, key), secret)


def _read_key(text: str) -> tuple[str, int, bytes]:
    name, _, rest = text.partition("+")
    key = decoded(rest.partition("+")[2])
    if not _NAME.fullmatch(name) or len(key) != 33 or key[0] not in (LOG, WITNESS):
        raise Malformed("a key is written name+id+key, and is one of Ed25519")
    return name, key[0], key[1:]


def _read_line(line: str) -> tuple[str, bytes]:
    dash, name, signature = [*line.split(" "), "", ""][:3]
    if dash != "—" or not _NAME.fullmatch(name) or line != f"— {name} {signature}":
        raise Malformed("not a signature line")
    blob = decoded(signature)
    if len(blob) < 5:
        raise Malformed("not a signature line")
    return name, blob


def _message(text: str, time: int | None) -> bytes:
    return (text if time is None else f"cosignature/v1\ntime {time}\n{text}").encode()


def _parted(kind: int, signature: bytes) -> tuple[int | None, bytes]:
    if kind == LOG:
        return None, signature
    return int.from_bytes(signature[:8], "big"), signature[8:]


def _text(blob: bytes) -> str:
    return base64.b64encode(blob).decode()
