"""What the OpenAPI says of answers that all routes share: problems (RFC 9457)."""

from __future__ import annotations

from typing import Any

_SENTENCE = {
    "type": "object",
    "required": ["zh-CN", "en"],
    "properties": {"zh-CN": {"type": "string"}, "en": {"type": "string"}},
}
_EXAMPLE = {
    "type": "urn:ledger:problem:no-such-organ",
    "title": "There is no organ nobody; known: example-organ.",
    "status": 404,
    "problems": [
        {
            "code": "no-such-organ",
            "line": None,
            "pointer": "",
            "message": {
                "zh-CN": "没有登记机关 nobody。",
                "en": "There is no organ nobody; known: example-organ.",
            },
        }
    ],
}
_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "problems"],
    "properties": {
        "type": {"type": "string", "description": "urn:ledger:problem: and the first code"},
        "title": {"type": "string", "description": "the first sentence, in the language asked for"},
        "status": {"type": "integer"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "message"],
                "properties": {
                    "code": {"type": "string"},
                    "line": {"type": ["integer", "null"]},
                    "pointer": {"type": "string", "description": "place in the input (RFC 6901)"},
                    "message": _SENTENCE,
                },
            },
        },
    },
}


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _SCHEMA, "example": _EXAMPLE}}
    return {"description": description, "content": content}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: _problem("Nobody has signed in, and no token that holds came"),
    403: _problem("Who asks has no permission to do this at the organ"),
    404: _problem("There is no such thing"),
    422: _problem("What was asked or handed in cannot be taken; nothing was recorded"),
}
"""The refusals that any route may give."""
