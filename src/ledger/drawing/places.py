"""Where in what was handed in a problem lies, in words."""

from __future__ import annotations

from ledger.drawing.phrases import say
from ledger.words.problems import Problem


def where(problem: Problem, language: str) -> str:
    """The line and pointer of a problem, or its sheet, cell and heading; empty where it has no place."""
    if problem.sheet:
        phrase = "in-cell" if problem.cell else "in-sheet-row" if problem.line else "in-sheet"
        place = say(
            language, phrase, sheet=problem.sheet, cell=problem.cell, line=problem.line or ""
        )
        return f"{place} ({problem.heading})" if problem.heading else place
    line = [say(language, "line", line=problem.line)] if problem.line else []
    return " ".join([*line, problem.pointer] if problem.pointer else line)
