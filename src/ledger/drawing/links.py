"""Where a figure leads to: the address of its trace."""

from __future__ import annotations

from msgspec import Struct

from ledger.verbs.reporting import Setting


class Links(Struct, frozen=True):
    """The traces of a report's figures; `pattern` has {address}, {organ}, {period} and {position}."""

    pattern: str
    setting: Setting

    def to(self, address: str) -> str:
        """Where the figure of an address leads to."""
        return self.pattern.format(
            address=address,
            organ=self.setting.organ.code,
            period=self.setting.period.code,
            position=self.setting.position,
        )
