"""The issues of a report, the sections of its text, and what a closing hands over, as sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.drawing.phrases import say
from ledger.drawing.reports import setting_lines
from ledger.drawing.sheet import Grid, Sheet
from ledger.drawing.traces import quantity_in_words
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.reporting import Setting
from ledger.words.events import Event


def issues_sheet(setting: Setting, issues: Sequence[Event], language: str) -> Sheet:
    """The report as issued, and each restatement after it."""
    title = setting.title[language]
    if not issues:
        return Sheet(title, (say(language, "never-issued"),))
    names = ("occurred-on", "kind", "event", "position", "changed-count", "reason", "by", "digest")
    return Sheet(
        title,
        (
            Grid(
                tuple(say(language, name) for name in names),
                tuple(_issue(issue, language) for issue in issues),
                right=frozenset({3, 4}),
            ),
        ),
    )


def sections_sheet(setting: Setting, sections: Mapping[str, str], language: str) -> Sheet:
    """The sections of a form with what is drafted of each."""
    rows = tuple(
        (section.id, section.caption()[language], sections.get(section.id, ""))
        for section in setting.edition.sections
    )
    headings = (say(language, "section"), "", say(language, "text"))
    note = say(language, "sections-to-write", period=setting.period.code)
    return Sheet("", (*setting_lines(setting, language), note, Grid(headings, rows)))


def balances_sheet(closing: Event, definitions: Definitions, language: str) -> Sheet:
    """What a year hands over, by state and dimensions."""
    rows = tuple(
        (
            definitions.state(told["state"], language),
            _dimensions(told["state"], told["dimensions"], definitions, language),
            quantity_in_words(told["quantity"], told["state"], definitions, language),
        )
        for told in closing.data["balances"]
    )
    if not rows:
        return Sheet("", (say(language, "nothing-handed-over"),))
    headings = tuple(say(language, name) for name in ("state", "details", "quantity"))
    return Sheet("", (Grid(headings, rows, right=frozenset({2})),))


def _issue(issue: Event, language: str) -> tuple[str, ...]:
    data = issue.data
    return (
        issue.occurred_on.isoformat(),
        say(language, data.get("kind", "first-issue")),
        issue.id,
        str(data["position"]),
        str(len(data["changes"])) if "changes" in data else "",
        data.get("reason", ""),
        issue.recorded_by,
        data["digest"],
    )


def _dimensions(
    state: str, dimensions: Mapping[str, str], definitions: Definitions, language: str
) -> str:
    return ", ".join(
        f"{definitions.dimension(state, name, language)}: "
        f"{definitions.code(state, name, code, language)}"
        for name, code in dimensions.items()
    )
