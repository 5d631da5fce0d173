"""The rules by which a published report is judged: every module of this folder is one.

A rule is a value RULE, with its texts and source, and a pure function `find` from a case to
findings. A new file here is a new rule; nothing else needs to know of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule

Find = Callable[[Case], Iterable[Finding]]


def _discovered() -> tuple[tuple[Rule, Find], ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple((module.RULE, module.find) for module in modules)


RULES: tuple[tuple[Rule, Find], ...] = _discovered()
"""Every rule with its function, by the name of its file."""
