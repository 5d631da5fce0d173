"""The verifier that goes with a bundle: one file, put together from the modules that say what is true."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import ledger

_BEGIN = "ledger.drawing.audits"
"""The module that the verifier asks; what it imports, and so on, goes with it."""

# The sentences of refusals are many, and nothing is refused there.
_LEFT_OUT = {"ledger.words.sentences": "SENTENCES: dict[str, dict[str, str]] = {}\n"}


@cache
def verifier() -> str:
    """The text of the file."""
    head = files("ledger.drawing").joinpath("templates/verifier.py").read_text(encoding="utf-8")
    modules = "".join(
        f"    {name!r}: r'''{text}''',\n" for name, text in sorted(_modules().items())
    )
    return head.replace("] = {}\n", f"] = {{\n{modules}}}\n", 1)


def _modules() -> dict[str, str]:
    """The text of every module that is needed, by its name."""
    found: dict[str, str] = {}
    waiting = [_BEGIN]
    for name in waiting:
        path = _path(name)
        if name not in found and path is not None:
            found[name] = _LEFT_OUT.get(name) or path.read_text(encoding="utf-8")
            waiting += _imported(found[name])
    return found


def _imported(text: str) -> Iterator[str]:
    """The modules of the ledger that a module names."""
    for statement in ast.walk(ast.parse(text)):
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("ledger."):
            yield statement.module or ""
            yield from (f"{statement.module}.{each.name}" for each in statement.names)


def _path(name: str) -> Path | None:
    """The file of a module or of a package; None for the name of something within one."""
    place = Path(ledger.__file__).parent.joinpath(*name.split(".")[1:])
    candidates = (place.with_suffix(".py"), place / "__init__.py")
    return next((path for path in candidates if path.is_file()), None)
