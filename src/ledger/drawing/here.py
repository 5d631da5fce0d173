"""The address of a page, and of others that differ from it in their query."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct


class Here(Struct, frozen=True):
    """A page's own address."""

    path: str
    query: Mapping[str, str]

    def to(self, **changes: object) -> str:
        """This page's address with some of its query changed; None leaves a part out.

        >>> Here("/reports", {"lang": "en", "after": "9"}).to(after=None, organ="a b")
        '/reports?lang=en&organ=a+b'
        """
        told = {**self.query, **{name: str(value) for name, value in changes.items()}}
        told = {name: value for name, value in told.items() if changes.get(name, "") is not None}
        return f"{self.path}?{urlencode(told)}" if told else self.path
