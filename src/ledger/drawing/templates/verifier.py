#!/usr/bin/env python3
"""Checks an auditor's bundle of the disclosure ledger by itself; it needs Python and `cryptography`.

    python verify.py BUNDLE.zip [--key PUBLIC-KEY] [--lang zh-CN|en]

Below stand, word for word, those modules of the ledger that say what a proof is and what its events
count, and nothing else of it. They are kept as texts, since each is a module of its own.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.abc
import importlib.util
import sys
import types
import zipfile
from typing import Any

MODULES: dict[str, str] = {}


class Struct:
    """Frozen values, as the modules ask for them of the library that they otherwise use."""

    def __init_subclass__(cls, *, kw_only: bool = False, **_: Any) -> None:
        for name, value in list(vars(cls).items()):
            if name in cls.__annotations__ and isinstance(value, list | dict | set):
                setattr(cls, name, dataclasses.field(default_factory=value.copy))
        dataclasses.dataclass(kw_only=kw_only, unsafe_hash=True)(cls)


class Modules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules in the texts of this file."""

    def find_spec(self, name: str, _path: Any, _target: Any = None) -> Any:
        inner = any(known.startswith(f"{name}.") for known in MODULES)
        if name in MODULES or inner:
            return importlib.util.spec_from_loader(name, self, is_package=inner)
        return None

    def create_module(self, _spec: Any) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        text = MODULES.get(module.__name__, "")
        exec(compile(text, f"{module.__name__} in {__file__}", "exec"), vars(module))


def stand_in() -> types.ModuleType:
    """A module with as much of `msgspec` as the modules use."""
    msgspec = types.ModuleType("msgspec")
    structs = types.ModuleType("msgspec.structs")
    structs.replace = dataclasses.replace  # type: ignore[attr-defined]
    structs.force_setattr = setattr  # type: ignore[attr-defined]
    msgspec.Struct, msgspec.structs = Struct, structs  # type: ignore[attr-defined]
    return msgspec


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bundle")
    parser.add_argument("--key", action="append", default=[], help="a public key that is trusted")
    parser.add_argument("--lang", choices=("zh-CN", "en"), default="en")
    asked = parser.parse_args()
    sys.modules["msgspec"] = stand_in()
    sys.meta_path.insert(0, Modules())
    from ledger.drawing.audits import sentences
    from ledger.rooms.proof.notes import read_verifier
    from ledger.verbs.auditing import audit

    with zipfile.ZipFile(asked.bundle) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    findings = list(audit(files, [read_verifier(key) for key in asked.key]))
    print("\n".join(sentences(findings, asked.lang)))
    return 0 if all(finding.good for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
