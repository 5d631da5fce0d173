"""Passwords: hashed with argon2id, and refused where they are easily guessed."""

from __future__ import annotations

from functools import cache
from secrets import token_urlsafe
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ledger.words.problems import Problem, Refusal

SHORTEST, LONGEST = 12, 256
"""Characters of a password."""

_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)
"""A hash takes 64 MiB: a crowd at the door must not take all memory."""


def hashed(password: str, name: str) -> str:
    """The hash of a new password of a user; raises Refusal where it is too weak."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal(Problem("password-length", params={"least": SHORTEST, "most": LONGEST}))
    if len(set(password)) < 5 or name.casefold() in password.casefold():
        raise Refusal(Problem("password-weak"))
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(hash_: str | None, password: str) -> bool:
    """Whether a password is the one; takes as long where there is none to compare with."""
    if len(password) > LONGEST:
        password = ""
    with _AT_ONCE:
        try:
            _HASHER.verify(hash_ or _decoy(), password)
        except (VerificationError, InvalidHashError):
            return False
    return hash_ is not None


def outdated(hash_: str) -> bool:
    """Whether a hash was made by weaker parameters than today's."""
    return _HASHER.check_needs_rehash(hash_)


@cache
def _decoy() -> str:
    return _HASHER.hash(token_urlsafe())
