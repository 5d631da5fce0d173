"""The figures of a report's page: each a link that opens its inspector, with the marks that it bears."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote_plus

from markupsafe import Markup, escape

from ledger.drawing.here import Here
from ledger.drawing.paper import Printed
from ledger.drawing.phrases import say


class FigureLinks:
    """Draws figures as links; `changed` and `breached` say by address what happened to them."""

    def __init__(
        self,
        here: Here,
        language: str,
        selected: str | None,
        changed: Mapping[str, str],
        breached: Mapping[str, list[str]],
    ) -> None:
        others = here.to(cell=None)
        self._leading_to = str(escape(f"{others}{'&' if '?' in others else '?'}cell="))
        self._language = language
        self._selected = selected
        self._changed, self._breached = changed, breached

    def draw(self, printed: Printed, home: bool) -> Markup:
        """The link of a figure; `home` where it is the one place at which to find it."""
        address = printed.address
        at = _escaped(address)
        class_, title, marks = self._marks(address)
        id_ = f' id="{at}"' if home else ""
        href = f"{self._leading_to}{_quoted(address)}#{at}"
        current = ' aria-current="true"' if address == self._selected else ""
        return Markup(
            f'<a class="{class_}"{id_} href="{href}" data-address="{at}"{current}{title}>'
            f"{escape(printed.number(self._language))}{marks}</a>"
        )

    def _marks(self, address: str) -> tuple[str, str, str]:
        """The class of a figure's link, its title, and what stands behind its number."""
        class_, titles, notes = "figure", [], []
        if address in self._changed:
            class_ += " changed"
            titles.append(self._changed[address])
            notes.append("changed-mark")
        if address in self._breached:
            class_ += " marked"
            titles.append(self._breached[address][0])
            notes.append("breach-mark")
        if not titles:
            return class_, "", ""
        told = (escape(say(self._language, note)) for note in notes)
        marks = "".join(f'<sup class="note">{note}</sup>' for note in told)
        return class_, f' title="{escape(titles[0])}"', marks


@lru_cache(maxsize=4096)
def _quoted(address: str) -> str:
    return quote_plus(address)


@lru_cache(maxsize=4096)
def _escaped(address: str) -> str:
    return str(escape(address))
