"""Which of the reports given is last year's of which."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.words.problems import Problem, Refusal
from ledger.words.published import Published


def last_years(reports: Sequence[Published], lasts: Sequence[Published]) -> dict[int, Published]:
    """Last year's report of the same organ, by the place of this year's among the reports.

    Raises Refusal for one that is last year's of none of them.
    """
    pairs: dict[int, Published] = {}
    strays: list[Problem] = []
    for last in lasts:
        found = [at for at, report in enumerate(reports) if _is_before(last, report)]
        pairs |= dict.fromkeys(found, last)
        if not found:
            strays.append(_stray(last, reports))
    if strays:
        raise Refusal(*strays)
    return pairs


def _is_before(last: Published, report: Published) -> bool:
    return _year_before(last, report) and _same_organ(last.organ, report.organ)


def _year_before(last: Published, report: Published) -> bool:
    return last.year is not None and report.year is not None and last.year + 1 == report.year


def _same_organ(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one organ: 县人民政府 and 县政府 are, and so is none."""
    if one is None or other is None:
        return True
    return one.replace("人民", "") == other.replace("人民", "")


def _stray(last: Published, reports: Sequence[Published]) -> Problem:
    organs = [report.organ or report.name for report in reports if _year_before(last, report)]
    params = {"file": last.name, "year": last.year or "—", "organ": last.organ or "—"}
    if organs:
        return Problem("last-year-of-another", params=params | {"organs": "、".join(organs)})
    years = sorted({str(report.year or "—") for report in reports})
    return Problem("not-last-year", params=params | {"years": "、".join(years)})
