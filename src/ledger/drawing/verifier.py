"""The verifier that goes with a bundle: one file, put together from the modules that say what is true."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import ledger

_WORDS = ("events", "facts", "figures", "predicates", "problems", "trees", "years")
_EMPTY = "SENTENCES: dict[str, dict[str, str]] = {}\n"


@cache
def verifier() -> str:
    """The text of the file."""
    head = files("ledger.drawing").joinpath("templates/verifier.py").read_text(encoding="utf-8")
    modules = "".join(
        f"    {name!r}: r'''{text}''',\n" for name, text in sorted(_modules().items())
    )
    return head.replace("] = {}\n", f"] = {{\n{modules}}}\n", 1)


def _modules() -> dict[str, str]:
    root = Path(ledger.__file__).parent
    names = [f"words/{name}" for name in _WORDS]
    names += [f"rooms/proof/{name}" for name in ("notes", "checkpoints")]
    names += [f"rooms/subjects/{path.stem}" for path in sorted(root.glob("rooms/subjects/*.py"))]
    names += ["verbs/auditing", "drawing/audits"]
    found = {_dotted(name): (root / f"{name}.py").read_text(encoding="utf-8") for name in names}
    # The sentences of refusals are many, and nothing is refused here.
    return found | {"ledger.words.sentences": _EMPTY}


def _dotted(name: str) -> str:
    return f"ledger.{name}".replace("/", ".").removesuffix(".__init__")
