"""Findings: what is wrong in a published report, where, by which rule and source."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct, structs

from ledger.words.figures import Severity, Text
from ledger.words.published import Place

Param = Text | Decimal | int | str
"""What stands in a message: a text in both languages, a number, or words as printed."""


class Where(Struct, frozen=True, kw_only=True):
    """Where in a report something stands."""

    label: Text
    """In words: the section, or the table with row and column."""
    cells: tuple[str, ...] = ()
    """The cells concerned, by address."""
    sentence: str = ""
    """The sentence as printed."""
    place: Place | None = None
    """In the file."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is wrong."""

    rule: str
    title: Text
    """What the rule is about, in a few words."""
    severity: Severity
    where: Where
    found: Text
    """What the report says there, as printed or added up."""
    expected: Text
    """What it should say, or what stands against it elsewhere."""
    message: Text
    source: Text
    """The law or the form that the rule rests on."""

    def resting_on(self, source: Text) -> Finding:
        """The same finding with a source of its own."""
        return structs.replace(self, source=source)

    def of(self, rule: str, severity: Severity) -> Finding:
        """The same finding under the name of a constraint of the form."""
        return structs.replace(self, rule=rule, severity=severity)

    def as_warning(self) -> Finding:
        """The same finding, where it may have an explanation."""
        return structs.replace(self, severity="warning")


class Rule(Struct, frozen=True, kw_only=True):
    """What a rule is about; `message` has {names} for what a finding fills in."""

    id: str
    severity: Severity
    title: Text
    message: Text
    source: Text

    def finding(
        self, where: Where, found: Param = "", expected: Param = "", **params: Param
    ) -> Finding:
        """A finding of this rule."""
        params |= {"found": found, "expected": expected}
        return Finding(
            rule=self.id,
            title=self.title,
            severity=self.severity,
            where=where,
            found=in_both(found),
            expected=in_both(expected),
            message=Text(self._filled(params, "zh-CN"), self._filled(params, "en")),
            source=self.source,
        )

    def _filled(self, params: dict[str, Param], language: str) -> str:
        named = {name: shown(value, language) for name, value in params.items()}
        return self.message[language].format(**named).strip()


def in_both(value: Param) -> Text:
    """A parameter as a text in both languages."""
    return Text(shown(value, "zh-CN"), shown(value, "en"))


def shown(value: Param, language: str) -> str:
    """A parameter in a language; numbers without needless zeros."""
    if isinstance(value, Text):
        return value[language]
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(value)


def listed(values: Iterable[Param]) -> Text:
    """Parameters as a list in both languages."""
    texts = [in_both(value) for value in values]
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))
