"""A form as its English prints say it, so that these are read by the same rules as the Chinese ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from ledger.words.figures import Edition, Text
from ledger.words.published import Passage

_BEGINNING = 4
"""Lines within which a title stands."""


def in_english(edition: Edition) -> Edition:
    """The form with its English words in place of the Chinese."""
    told: Edition = _part(edition)
    return told


def title_in_english(edition: Edition, passages: Sequence[Passage]) -> tuple[str, str, int] | None:
    """The title as the form words it, with its organ and year; None where there is none."""
    pattern = re.escape(edition.title.en)
    pattern = pattern.replace(r"\{organ\}", "(?P<organ>.{1,100}?)")
    pattern = pattern.replace(r"\{year\}", r"(?P<year>\d{4})")
    texts = [text for passage in passages for text in passage.paragraphs]
    found = re.match(pattern, " ".join(texts[:_BEGINNING]))
    return (found.group(), found["organ"], int(found["year"])) if found else None


def _part(part: Any) -> Any:
    if isinstance(part, Text):
        return Text(part.en, part.en)
    if isinstance(part, tuple):
        return tuple(map(_part, part))
    if isinstance(part, msgspec.Struct):
        fields = {name: _part(getattr(part, name)) for name in part.__struct_fields__}
        return msgspec.structs.replace(part, **fields)
    return part
