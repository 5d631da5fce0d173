"""The address of a figure as Word and Excel can carry it."""

from __future__ import annotations

from hashlib import sha256

_LONGEST_BOOKMARK = 40


def bookmark_of(address: str) -> str:
    """The bookmark of a figure: Word takes letters, digits and underscores, 40 signs at most.

    >>> bookmark_of("applications/carried-in/total")
    'applications__carried_in__total'
    """
    name = address.replace("/", "__").replace("-", "_")
    if len(name) <= _LONGEST_BOOKMARK:
        return name
    return f"{name[:31]}_{sha256(address.encode()).hexdigest()[:8]}"


def name_of(address: str) -> str:
    """The name of a figure's cell: Excel takes no slash or hyphen, and nothing like A1 or R1C1.

    >>> name_of("applications/carried-in/total")
    'applications.carried_in.total'
    """
    return address.replace("/", ".").replace("-", "_")
