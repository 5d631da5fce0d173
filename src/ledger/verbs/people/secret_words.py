"""Secrets that are handed out once and recognised by their digests."""

from __future__ import annotations

import hashlib
import hmac
import time
from secrets import token_urlsafe

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""Microseconds, as everything here is timed."""


def now() -> int:
    """UTC, microseconds since 1970."""
    return time.time_ns() // 1000


def new_secret() -> str:
    """256 random bits, as text that may stand in an address."""
    return token_urlsafe(32)


def digest_of(secret: str) -> bytes:
    """What is kept of a secret: as it is random, a plain hash cannot be reversed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def csrf_of(cookie: str) -> str:
    """The word that forms of a session carry; nothing needs to be kept of it."""
    return hmac.new(cookie.encode("utf-8", "replace"), b"csrf", hashlib.sha256).hexdigest()
