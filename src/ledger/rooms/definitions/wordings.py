"""Checks how an edition says that prose names its figures: patterns, topics and cells exist."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import msgspec

from ledger.words.wording import NO_WORDING, Wording

Json = dict[str, Any]
Complain = Callable[[str, str], None]


def wording_of(raw: Json | None, addresses: Collection[str], complain: Complain) -> Wording:
    """The wording of an edition, none where it has no such file; `addresses` are its figures."""
    if raw is None:
        return NO_WORDING
    wording = msgspec.convert(raw, Wording)
    for place, pattern in _patterns(wording):
        try:
            re.compile(pattern)
        except re.error as error:
            complain(place, f"{pattern} is not a regular expression: {error}")
    topics = {topic.id for topic in wording.topics}
    for index, phrase in enumerate(wording.phrases):
        if phrase.topic is not None and phrase.topic not in topics:
            complain(f"/phrases/{index}/topic", f"there is no topic {phrase.topic}")
        for address in sorted({cell for cells in phrase.sums for cell in cells} - set(addresses)):
            complain(f"/phrases/{index}/sums", f"there is no figure {address}")
    return wording


def _patterns(wording: Wording) -> Iterator[tuple[str, str]]:
    yield from (("/leads", pattern) for pattern in wording.leads)
    for index, topic in enumerate(wording.topics):
        for name in ("words", "objects", "within"):
            yield from ((f"/topics/{index}/{name}", one) for one in getattr(topic, name))
    for index, phrase in enumerate(wording.phrases):
        yield from ((f"/phrases/{index}/said", one) for one in phrase.said)
