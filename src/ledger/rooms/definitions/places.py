"""Validation errors as problems: the place in the input and a sentence that a clerk can act on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema.exceptions import ValidationError

from ledger.words.problems import Problem


def problem_of(error: ValidationError) -> Iterator[Problem]:
    """The problems that one error of the validator stands for."""
    pointer = "".join(f"/{_escaped(str(step))}" for step in error.absolute_path)
    value = error.instance
    match error.validator:
        case "additionalProperties":
            known = error.schema.get("properties", {})
            for name in value:
                if name not in known:
                    params = {"field": name, "known": ", ".join(known) or "—"}
                    yield Problem("unknown-field", f"{pointer}/{_escaped(name)}", params=params)
        case "required":
            missing = [name for name in error.validator_value if name not in value]
            for name in missing[:1] if len(missing) == 1 else missing:
                if f"'{name}' is a required" in error.message:
                    yield Problem("missing-field", f"{pointer}/{name}", params={"field": name})
        case "oneOf" if _codes(error.validator_value):
            known = ", ".join(_codes(error.validator_value))
            yield Problem("not-a-code", pointer, params={"value": _shown(value), "known": known})
        case "enum":
            known = ", ".join(str(code) for code in error.validator_value)
            yield Problem("not-a-code", pointer, params={"value": _shown(value), "known": known})
        case "format":
            yield Problem("not-a-date", pointer, params={"value": _shown(value)})
        case "not":
            yield Problem("personal-data", pointer)
        case "type":
            params = {"value": _shown(value), "wanted": str(error.validator_value)}
            yield Problem("wrong-type", pointer, params=params)
        case "minimum" | "maximum":
            bound = error.validator_value
            code = "too-small" if error.validator == "minimum" else "too-large"
            yield Problem(code, pointer, params={"value": _shown(value), "bound": bound})
        case "anyOf" if all("required" in option for option in error.validator_value):
            fields = ", ".join(option["required"][0] for option in error.validator_value)
            yield Problem("one-of-fields", pointer, params={"fields": fields})
        case _:
            wanted = error.schema.get("description", error.schema.get("title", ""))
            wanted_en = error.schema.get("i18n", {}).get("en", {}).get("description", wanted)
            params = {"value": _shown(value), "wanted": wanted, "wanted_en": wanted_en}
            yield Problem("wrong-form", pointer, params=params)


def _codes(options: list[dict[str, Any]]) -> list[str]:
    return [str(option["const"]) for option in options if "const" in option]


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
