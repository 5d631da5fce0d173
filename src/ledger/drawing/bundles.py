"""A bundle as the files that it consists of: a page to read, and everything to check it by."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ledger.drawing.full_reports import laid_out
from ledger.drawing.html import report_html
from ledger.drawing.markup import TEMPLATES
from ledger.drawing.phrases import say
from ledger.drawing.traces import trace_sheet
from ledger.drawing.verifier import verifier
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.proof.notes import Verifier
from ledger.verbs import auditing
from ledger.verbs.bundling import Bundle
from ledger.verbs.reporting import Cell
from ledger.verbs.tracing import Trace

PAGE, REPORT, VERIFIER = "index.html", "report.html", "verify.py"

Files = dict[str, bytes]


def bundle_files(
    made: Bundle,
    definitions: Definitions,
    edition: Mapping[str, bytes],
    schemas: Mapping[str, bytes],
    keys: Sequence[Verifier],
    language: str,
) -> Files:
    """The files by their names; the manifest, which lists the digests of the others, comes first."""
    texts = {
        PAGE: _page(made, definitions, keys, language),
        REPORT: report_html(laid_out(made.told), language),
        VERIFIER: verifier(),
        auditing.CHECKPOINT: str(made.checkpoint),
        auditing.KEYS: "".join(f"{key.text()}\n" for key in keys),
        auditing.PROOF: _json({"size": made.checkpoint.size, "hashes": _hashes(made)}),
    }
    files = {name: text.encode() for name, text in texts.items()}
    files |= {f"{auditing.EVENTS}{at:09}.json": data for at, data in sorted(made.states.items())}
    files |= {f"{auditing.EDITION}{name}": data for name, data in edition.items()}
    files |= {f"{auditing.SCHEMAS}{name}": data for name, data in schemas.items()}
    digests = {name: auditing.digest(data) for name, data in files.items()}
    return {auditing.MANIFEST: _json(_manifest(made) | {"files": digests}).encode(), **files}


def _manifest(made: Bundle) -> dict[str, Any]:
    setting = made.told.setting
    return {
        "format": auditing.FORMAT,
        "organ": setting.organ.code,
        "below": setting.below,
        "members": list(setting.members),
        "covers": list(setting.covers),
        "period": setting.period.code,
        "edition": {"id": setting.edition.id, "digest": setting.edition.digest},
        "position": setting.position,
        "issue": made.issue.position if made.issue else None,
        "cells": {traced.cell.figure.address: _cell(traced) for traced in made.traces},
    }


def _cell(traced: Trace) -> dict[str, Any]:
    return {
        "quantity": traced.cell.quantity,
        "value": _value(traced.cell),
        "unit": traced.cell.figure.unit.label.zh,
        "facts": [
            {
                "subject": each.subject,
                "organ": each.organ,
                "shape": each.known.fact.shape,
                "since": each.known.fact.since,
                "until": each.known.fact.until,
                "quantity": each.contribution,
                "evidence": list(each.known.fact.evidence),
            }
            for each in traced.facts
        ],
    }


def _value(cell: Cell) -> str | None:
    return None if cell.value is None else f"{cell.value:f}"


def _hashes(made: Bundle) -> dict[str, str]:
    return {
        f"{begin}-{end}": base64.b64encode(hash_).decode()
        for (begin, end), hash_ in made.pruned.items()
    }


def _page(made: Bundle, definitions: Definitions, keys: Sequence[Verifier], language: str) -> str:
    setting, size = made.told.setting, made.checkpoint.size
    counts = {"events": len(made.states), "size": size, "position": setting.position}
    key = f" --key {keys[0].text()}" if keys else ""
    return TEMPLATES.get_template("bundle.html").render(
        language=language,
        title=say(language, "bundle-title", title=setting.title[language]),
        lead=[
            say(language, "bundle-lead", origin=made.checkpoint.origin, **counts),
            say(language, "bundle-check"),
        ],
        command=f"python {VERIFIER} BUNDLE.zip{key} --lang {language}",
        note=say(language, "bundle-note"),
        figures=[
            {
                "address": traced.cell.figure.address,
                "parts": trace_sheet(traced, definitions, language, limit=0).parts,
            }
            for traced in made.traces
        ],
        checkpoint=str(made.checkpoint),
        checkpoint_label=say(language, "checkpoint"),
        keys="\n".join(key.text() for key in keys),
        keys_label=say(language, "public-keys"),
    )


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
