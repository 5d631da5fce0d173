"""Judgements of published reports as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import (
    BODY,
    H1,
    H2,
    HEAD,
    HTML,
    META,
    STYLE,
    TABLE,
    TBODY,
    TD,
    TH,
    THEAD,
    TITLE,
    TR,
    A,
    P,
)

from ledger.drawing.judgements import COUNTS, counts, heading, row, verdict
from ledger.drawing.phrases import say
from ledger.verbs.judging import Judgement
from ledger.verbs.judging.findings import Finding

_COLUMNS = ("severity", "place", "printed-there", "against", "what-is-wrong", "source")
_LOOK = """
body { font: 15px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #222;
       margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { border: 1px solid #ccc; padding: .35rem .5rem; text-align: left; vertical-align: top; }
th { background: #f2f2f2; white-space: nowrap; } td.number { text-align: right; }
td.place { min-width: 9rem; } td.told { min-width: 20rem; }
td.error { background: #fce4e4; } td.warning { background: #fff6dc; }
.sentence { color: #666; } p.verdict { font-weight: 600; }
"""


def judgements_page(judgements: Sequence[Judgement], language: str) -> str:
    """The page as text: a table of organs, then the findings of each."""
    title = say(language, "findings-title")
    body = BODY(H1(title), _organs(judgements, language))
    for at, judgement in enumerate(judgements):
        body.extend(_report(judgement, at, language))
    page = HTML(
        HEAD(
            META(charset="utf-8"),
            META(name="viewport", content="width=device-width, initial-scale=1"),
            TITLE(title),
            STYLE(_LOOK),
        ),
        body,
        lang=language,
    )
    return html.tostring(page, doctype="<!DOCTYPE html>", encoding="unicode")


def _organs(judgements: Sequence[Judgement], language: str) -> HtmlElement:
    head = TR(*(TH(say(language, name)) for name in COUNTS))
    rows = []
    for at, judgement in enumerate(judgements):
        organ, *others = counts(judgement, language)
        cells = [TD(text, **_number(text)) for text in others]
        rows.append(TR(TD(A(organ, href=f"#report-{at}")), *cells))
    return TABLE(THEAD(head), TBODY(*rows))


def _report(judgement: Judgement, at: int, language: str) -> list[HtmlElement]:
    title, *lines = heading(judgement, language)
    parts = [H2(title, id=f"report-{at}"), *(P(line) for line in lines)]
    if judgement.findings:
        head = TR(*(TH(say(language, name)) for name in _COLUMNS))
        rows = (_finding(finding, language) for finding in judgement.findings)
        parts.append(TABLE(THEAD(head), TBODY(*rows)))
    return [*parts, P(verdict(judgement, language), **{"class": "verdict"})]


def _finding(finding: Finding, language: str) -> HtmlElement:
    severity, place, found, expected, message, source, rule = row(finding, language)
    told = TD(message, title=rule, **{"class": "told"})
    if finding.where.sentence:
        told.append(P(finding.where.sentence, **{"class": "sentence"}))
    first = TD(severity, **{"class": finding.severity})
    return TR(first, TD(place, **{"class": "place"}), TD(found), TD(expected), told, TD(source))


def _number(text: str) -> dict[str, str]:
    return {"class": "number"} if text.isdecimal() else {}
