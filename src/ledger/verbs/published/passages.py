"""The prose of a report by its sections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from ledger.rooms.files import Paragraph
from ledger.verbs.published.labels import letters, narrowed
from ledger.words.figures import Section
from ledger.words.published import Passage, Place

_NUMBER = re.compile(r"^([一二三四五六七八九十]{1,3})[、.]")
_DOTS = re.compile(r"[.…·]{2,}\d*$")
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\xff]) +| +(?=[^\x00-\xff])")
_LONGEST_HEADING = 40
_LONGEST_TAIL = 12
"""Letters that a heading may add to the form's: 一、总体情况及主要做法."""
_PROSE = re.compile(r"^[:：。]\s*\S|[\d。；，,;]")
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")


class _Part(Struct):
    section: str
    heading: str
    paragraphs: list[str]
    places: list[Place]


def readable(text: str) -> str:
    """Full-width digits and letters narrowed, Chinese punctuation kept, blanks beside Chinese out.

    >>> readable("２０２０ 年，共 ７０ 条")
    '2020年，共70条'
    """
    kept = "".join(
        unicodedata.normalize("NFKC", sign) if sign.isalnum() or sign in "％＋－．" else sign
        for sign in text
    )
    return _BETWEEN_HAN.sub("", " ".join(kept.split()))


def passages(paragraphs: Sequence[Paragraph], sections: Sequence[Section]) -> tuple[Passage, ...]:
    """The paragraphs under the headings that the form prescribes; what comes before is `preamble`."""
    parts = [_Part("preamble", "", [], [])]
    for told in paragraphs:
        for line in told.text.split("\n"):
            text = readable(line)
            if not text:
                continue
            found = _heading(text, sections)
            if found is not None:
                section, heading, text = found
                parts.append(_Part(section.id, heading, [], []))
            if text:
                parts[-1].paragraphs.append(text)
                parts[-1].places.append(told.place)
    return tuple(
        Passage(
            section=part.section,
            heading=part.heading,
            paragraphs=tuple(part.paragraphs),
            places=tuple(part.places),
        )
        for part in parts
        if part.heading or part.paragraphs
    )


def _heading(text: str, sections: Sequence[Section]) -> tuple[Section, str, str] | None:
    """The section that a line opens, its heading, and what runs on after it in the same line."""
    plain = _DOTS.sub("", narrowed(text))
    for section in sections:
        label = letters(section.label.zh)
        found = _NUMBER.match(plain)
        number = found.group(1) if found else ""
        rest = letters(plain[found.end() :] if found else plain)
        if number == section.number and rest.startswith(label):
            heading = _through(text, label)
            tail = text[len(heading) :]
            if _is_prose(_DOTS.sub("", tail)):
                return section, heading, tail.lstrip(" :：。")
        if number == section.number and _is_label(rest, label):
            return section, text, ""
        if not number and rest == label:
            return section, text, ""
    return None


def _is_label(printed: str, label: str) -> bool:
    """The label itself, or words that it holds and most of it: 因政府信息公开申请行政复议… drifts."""
    if printed == label:
        return True
    if len(printed) > _LONGEST_HEADING or len(printed) < len(label) // 2:
        return False
    rest = iter(label)
    shared = sum(sign in rest for sign in printed)
    return shared >= 0.8 * min(len(printed), len(label))


def _is_prose(tail: str) -> bool:
    """Whether what a line says after the label is text, and not a longer heading."""
    if _ASIDE.fullmatch(tail):
        return False
    return bool(_PROSE.search(tail)) or len(tail) > _LONGEST_TAIL


def _through(text: str, label: str) -> str:
    """The text up to the end of the label in it."""
    for end in range(1, len(text) + 1):
        if letters(text[:end]).endswith(label):
            return text[:end]
    return text
