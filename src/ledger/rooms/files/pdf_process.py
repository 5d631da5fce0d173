"""Reading a PDF in a process of its own, with memory and computing time that it cannot exceed."""

from __future__ import annotations

import subprocess
import sys

import msgspec

from ledger.rooms.files import limits
from ledger.rooms.files.blocks import Content
from ledger.words.problems import Problem, Refusal


def read_pdf(data: bytes) -> Content:
    """The blocks of a PDF with text in it; raises Refusal where it costs too much to read."""
    command = [sys.executable, "-m", "ledger.rooms.files.pdf"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=2 * limits.PDF_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refusal(Problem("too-costly", params={"limit": limits.PDF_SECONDS})) from None
    if done.returncode:
        raise Refusal(Problem("too-costly", params={"limit": limits.PDF_SECONDS}))
    answer = msgspec.json.decode(done.stdout, type=Content | list[Problem])
    if isinstance(answer, Content):
        return answer
    raise Refusal(*answer)
