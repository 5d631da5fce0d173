"""Parts that the prose gives of a number and that do not add up to it."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule, shown
from ledger.words.figures import Text

RULE = Rule(
    id="prose.parts",
    severity="error",
    title=Text("分项之和与总数不符", "Parts that do not add up"),
    message=Text(
        "正文写总数 {found}，所列各项之和为 {expected}（{terms}）。{why}",
        "The text gives {found} in all; the parts it lists add up to {expected} ({terms}). {why}",
    ),
    source=Text("正文自身的加总", "The text's own sum"),
)

_MORE = Text(
    "各项多于总数；如同一信息在多个渠道各计一次，应予说明。",
    "They are more than the total; if one piece is counted once a channel, the text should say so.",
)
_NOT_ALL = Text("各项已列全，应等于总数。", "They are all of it and should equal the total.")


def find(case: Case) -> Iterator[Finding]:
    """Each breakdown that no reading makes add up."""
    for breakdown in case.breakdowns:
        if breakdown.contradicts:
            total, parts = breakdown.total, breakdown.parts
            found = RULE.finding(
                case.in_prose(breakdown.paragraph, parts[0].start),
                found=total.printed,
                expected=breakdown.sum,
                terms="+".join(shown(part.value, "en") for part in parts),
                why=_MORE if breakdown.sum > total.value else _NOT_ALL,
            )
            yield found if breakdown.is_firm else found.as_warning()
