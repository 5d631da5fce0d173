"""Lines of a lost table cut into strands: labels, and the values that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from ledger.verbs.printed import looks_printed
from ledger.verbs.published.labels import Form, letters, wording

BLANK, FILLED = "|", "||"
"""Between strokes: a field left blank; strokes that fill up a row, so that nothing more is in it."""
_WORD = re.compile(r"\t|[^\s|｜]+")
SENTENCE = re.compile(r"[。；！？，：]|[,;:!?](?!\d)")
"""What sentences have and labels have not."""
_REMARK = re.compile(r"\s*([^（(]+)[（(].*[)）]\s*")
_FRAGMENT = 14
"""Letters of the longest piece of a label that a narrow cell puts on a line of its own."""


class Segment(Struct, frozen=True):
    """Words before values: a label of the form, or others."""

    text: str
    known: bool


class Strand(Struct):
    """Labels with the values that follow them; "" is a cell left blank between two tabs."""

    segments: list[Segment]
    values: list[str]
    words: str
    """The words before the values as printed."""
    ruled: bool = False
    """Whether its blank values stood between strokes."""


class Lexicon:
    """The labels of a form by their letters."""

    def __init__(self, form: Form) -> None:
        self._keys = {
            key
            for table in form.tables
            for text in table.all_texts
            for key in (letters(text), wording(text).full, wording(text).short)
            if key
        }
        self._longest = max(map(len, self._keys), default=0)
        self._headers = {
            label.full for table in form.tables for _, labels in table.columns for label in labels
        }

    def kind(self, text: str) -> Literal["table", "fragment", "prose"]:
        """Whether a line is wholly of labels and values, may be a piece of one, or is text."""
        text = self._without_remark(text)
        unknown = [
            segment.text
            for strand in self.strands([text])
            for segment in strand.segments
            if not segment.known
        ]
        if not unknown:
            return "table"
        short = sum(map(len, unknown)) <= _FRAGMENT or "\t" in text.strip()
        return "fragment" if short and not SENTENCE.search(text) else "prose"

    def strands(self, lines: Sequence[str]) -> list[Strand]:
        """The strands of lines that follow each other; a label may run over several lines."""
        strands: list[Strand] = []
        printed: list[str] = []
        words: list[str] = []
        values: list[str] = []

        ruled = filled = False

        def end() -> None:
            if words or values:
                segments = list(self._segments(words))
                strands.append(Strand(segments, list(values), " ".join(printed), ruled))
                printed.clear()
                words.clear()
                values.clear()

        for whole in lines:
            if whole in (BLANK, FILLED):
                filled = filled or whole == FILLED
                if words and not filled:
                    values.append("")
                    ruled = True
                continue
            line = self._without_remark(whole)
            tabbed = "\t" in line.strip()
            # Blank cells before the first label only show that an earlier one spans rows.
            begun = False
            after_tab = True
            for word in _WORD.findall(line):
                if word == "\t":
                    if after_tab and begun:
                        values.append("")
                    after_tab = True
                    continue
                if not ruled and not begun and not any(values) and looks_printed(word):
                    values.clear()  # blanks after headers, and now the values under them
                if values and word.isalpha() and not after_tab and looks_printed(values[-1] + word):
                    values[-1] += word  # a unit that stands apart from its number
                elif looks_printed(word) and tabbed and begun and values and not after_tab:
                    values[-1] = (
                        f"{values[-1]} {word}"  # between two tabs stands one cell, readable or not
                    )
                elif looks_printed(word):
                    values.append(word)
                else:
                    if values:
                        end()
                        ruled = False
                    if whole not in printed[-1:]:
                        printed.append(whole)
                    words.append(word)
                begun, after_tab, filled = True, False, False
            if after_tab and begun:
                values.append("")
        end()
        return strands

    def _without_remark(self, line: str) -> str:
        """A label without the remark in brackets behind it that says how to fill in its cells."""
        found = _REMARK.fullmatch(line)
        noted = found and letters(line) not in self._keys and letters(found[1]) in self._keys
        return found[1] if found and noted else line

    def _segments(self, words: Sequence[str]) -> Iterator[Segment]:
        """Labels found whole, beginning with a word or after another label; the longest first."""
        text = "".join(map(letters, words))
        starts, marks = set(), set()  # where labels may begin; numbers that stand before them
        cut: dict[int, int] = {}  # where words stand that a page cut a header down to
        size = 0
        for word in words:
            if self._is_cut(letters(word)):
                cut[size] = size + len(letters(word))
            mark = letters(word)[: len(letters(word)) - len(wording(word).full)]
            starts |= {size, size + len(mark)}
            marks.add(mark)
            size += len(letters(word))
        at, unknown = 0, ""
        while at < len(text):
            label = self._label_end(text, at) if at in starts else 0
            end = label or cut.get(at, 0)
            if end:
                if unknown and unknown not in marks:
                    yield Segment(unknown, False)
                unknown = ""
                yield Segment(text[at:end], bool(label))
                starts.add(end)
                at = end
            else:
                unknown += text[at]
                at += 1
                if at in starts and unknown in marks:
                    unknown = ""
        if unknown:
            yield Segment(unknown, False)

    def _label_end(self, text: str, at: int) -> int:
        most = min(self._longest, len(text) - at)
        return next(
            (at + size for size in range(most, 0, -1) if text[at : at + size] in self._keys), 0
        )

    def _is_cut(self, word: str) -> bool:
        """Whether a word is the beginning of a header whose further lines were lost: 本年新."""
        return len(word) > 2 and any(header.startswith(word) for header in self._headers)
