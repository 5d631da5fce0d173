"""Names and contacts of applicants: outside the journal, sealed, erased by destroying the key."""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping
from pathlib import Path
from secrets import token_bytes

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.proof.files import write_whole
from ledger.rooms.storage import reading
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.people import applicants
from ledger.rooms.storage.people.keys import KeyFile
from ledger.verbs.accounts import Accounts
from ledger.verbs.recording import record_own, today
from ledger.verbs.tracing import full_name
from ledger.words.events import Event
from ledger.words.persons import Permission, Person, may
from ledger.words.problems import Problem, Refusal

ERASED = "application.applicant-erased"

_NONCE = 12
"""Bytes, as AES-GCM has them."""


class Applicant(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who applied, and how to reach them."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


class Vault:
    """What the offices keep of their applicants; every look at it is noted in the access log."""

    def __init__(self, journal: Journal, accounts: Accounts, keys: KeyFile, master: bytes) -> None:
        self._journal, self._accounts = journal, accounts
        self._keys, self._master = keys, AESGCM(master)

    def close(self) -> None:
        """Gives the file of keys back."""
        self._keys.close()

    def keep(
        self, organ: str, subject: str, applicant: Applicant, by: Person, address: str = ""
    ) -> str:
        """Seals an applicant's data under a new key, in place of the old; the subject's full name."""
        self._require(by, organ)
        name = self._application(organ, subject)
        id_, key = token_bytes(16), AESGCM.generate_key(256)
        self._keys.put(id_, organ, name, _seal(self._master, key, _bound("key", organ, name)))
        told = msgspec.json.encode(applicant)
        sealed = _seal(AESGCM(key), told, _bound("applicant", organ, name))
        with self._accounts.store.writing() as connection:
            found = applicants.find(connection, organ, name)
            if found is not None and found[2] is not None:
                raise Refusal(Problem("erasure-unfinished", params={"subject": name}))
            applicants.put(connection, organ, name, id_, sealed)
        if found is not None:
            self._keys.destroy(organ, name, found[0])
        self._accounts.log(by, "personal", f"{name} set", address, organ)
        return name

    def show(self, organ: str, subject: str, by: Person, address: str = "") -> Applicant | None:
        """What an organ keeps of an applicant, None where it keeps nothing; noted before it is shown."""
        self._require(by, organ)
        name = self._application(organ, subject)
        with self._accounts.store.reading() as connection:
            found = applicants.find(connection, organ, name)
        if found is None or found[2] is not None:
            return None
        self._accounts.log(by, "personal", f"{name} show", address, organ)
        self._accounts.flush()
        wrapped = self._keys.find(found[0])
        if wrapped is None:
            raise Refusal(Problem("vault-without-key", params={"subject": name}))
        try:
            key = _open(self._master, wrapped, _bound("key", organ, name))
            told = _open(AESGCM(key), found[1], _bound("applicant", organ, name))
        except InvalidTag:
            raise Refusal(Problem("vault-unreadable", params={"subject": name})) from None
        return msgspec.json.decode(told, type=Applicant)

    def erase(
        self,
        definitions: Definitions,
        organ: str,
        subject: str,
        by: Person,
        address: str = "",
    ) -> Event:
        """Destroys the key, then tells the journal; an erasure that was cut short is finished."""
        self._require(by, organ)
        name = self._application(organ, subject)
        with self._accounts.store.writing() as connection:
            found = applicants.find(connection, organ, name)
            if found is None:
                raise Refusal(Problem("nothing-kept", params={"subject": name, "organ": organ}))
            event = found[2] or f"erased-{token_bytes(16).hex()}"
            applicants.erasing(connection, organ, name, event)
        self._keys.destroy(organ, name)
        recorded = self._told(definitions, organ, name, event, by.name)
        with self._accounts.store.writing() as connection:
            applicants.drop(connection, organ, name)
        self._accounts.log(by, "personal", f"{name} erase", address, organ)
        return recorded

    def _told(self, definitions: Definitions, organ: str, name: str, event: str, by: str) -> Event:
        """The event, recorded at the organ that holds the case by now."""
        draft = {
            "id": event,
            "type": ERASED,
            "organ": organ,
            "subject": name,
            "occurred_on": today().isoformat(),
            "data": {"kept_by": organ},
        }
        try:
            return record_own(self._journal, definitions, draft, by)
        except Refusal as refusal:
            holder = refusal.problems[0].params.get("holder")
            if refusal.problems[0].code != "another-organ's" or holder is None:
                raise
            return record_own(self._journal, definitions, draft | {"organ": holder}, by)

    def _application(self, organ: str, subject: str) -> str:
        """The full name of an application that an organ has or had in hand; raises Refusal."""
        with self._journal.reading() as connection:
            name = full_name(connection, subject, organ)
            history = reading.history(connection, name)
        hands = {event.organ for event in history} | {event.data.get("to") for event in history}
        if organ not in hands or history[0].kind != "application":
            raise Refusal(Problem("no-such-subject", params={"subject": subject}))
        return name

    def _require(self, by: Person, organ: str) -> None:
        if not may(by, Permission.PERSONAL, organ):
            raise Refusal(Problem("not-permitted", params={"organ": organ}))


def open_vault(
    journal: Journal, accounts: Accounts, keys: Path, master: Path, given: str | None = None
) -> Vault:
    """The vault with its file of keys; that and the master key are made where there are none."""
    over = master_key(given, master)
    return Vault(journal, accounts, KeyFile(keys), over)


def read_applicant(told: Mapping[str, str]) -> Applicant:
    """The data that a person told; raises Refusal."""
    known = Applicant.__struct_fields__
    for field in told:
        if field not in known:
            params = {"field": field, "known": ", ".join(known)}
            raise Refusal(Problem("unknown-field", f"/{field}", params=params))
    if not any(told.values()):
        raise Refusal(Problem("one-of-fields", params={"fields": ", ".join(known)}))
    return Applicant(**told)


def master_key(given: str | None, path: Path) -> bytes:
    """The key over all keys: as given in base64, else in a file, which is made where there is none."""
    if given:
        return _read_master(given, "LEDGER_VAULT_KEY")
    if not path.exists():
        write_whole(path, base64.b64encode(token_bytes(32)) + b"\n", 0o600)
    return _read_master(path.read_text("ascii", "replace"), str(path))


def _read_master(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise Refusal(Problem("not-a-vault-key", params={"where": where}))
    return key


def _bound(what: str, organ: str, subject: str) -> bytes:
    """What a ciphertext is bound to: moved to another organ or subject, it does not open."""
    return json.dumps([what, organ, subject], ensure_ascii=True).encode()


def _seal(key: AESGCM, data: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + key.encrypt(nonce, data, bound)


def _open(key: AESGCM, sealed: bytes, bound: bytes) -> bytes:
    return key.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
