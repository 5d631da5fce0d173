"""JSON files in which a name that stands twice is an error, not a silent choice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class DuplicateName(ValueError):
    """A name stands twice in one object."""


def read_json(path: Path) -> Any:
    """The content of a file; raises DuplicateName."""
    return parsed_json(path.read_bytes())


def parsed_json(data: bytes) -> Any:
    """The content of a file by its bytes; raises DuplicateName."""
    return json.loads(data.decode("utf-8"), object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise DuplicateName(", ".join(twice))
    return result
