"""How the prose of a report names the figures of its tables: 上年结转, 予以公开, 行政复议."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

OrganKind = Literal["government", "office", "department", "township"]
"""What a reporting organ is: the government of an area (with all organs below it), its general
office, a department or other single organ, a township or street office."""


class Topic(Struct, frozen=True, kw_only=True):
    """What a text is about: the last of these words before a number says of which topic it is."""

    id: str
    words: tuple[str, ...]
    objects: tuple[str, ...] = ()
    """What is counted, as it may stand between a phrase and its number, or behind the number."""
    within: tuple[str, ...] = ()
    """The topic is the report's own only where the paragraph has one of these before the number."""


class Phrase(Struct, frozen=True, kw_only=True):
    """Words that name a figure, and what they may mean."""

    id: str
    said: tuple[str, ...]
    """{last} and {next} stand for the years before and after the report's."""
    sums: tuple[tuple[str, ...], ...]
    """The number is the sum of the cells of one of these; the first is the usual meaning."""
    topic: str | None = None
    """The phrase names the figure only where the text is about this topic."""
    part: bool = False
    """Behind 其中 it names the same figure; of other phrases 其中 makes a part."""
    only_for: tuple[OrganKind, ...] = ()
    """The organs whose tables count what the phrase counts; all where empty."""


class Wording(Struct, frozen=True, kw_only=True):
    """Topics and phrases, the more special ones first; every text is a regular expression."""

    leads: tuple[str, ...]
    """Words that may stand before a phrase without making it speak of less."""
    topics: tuple[Topic, ...]
    phrases: tuple[Phrase, ...]

    def topic(self, topic_id: str) -> Topic:
        """The topic of this id; KeyError where there is none."""
        return {topic.id: topic for topic in self.topics}[topic_id]


NO_WORDING = Wording(leads=(), topics=(), phrases=())
"""Of an edition that does not say how prose names its figures."""
