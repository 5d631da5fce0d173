"""The sentence of each fault that verification finds, in zh-CN and en."""

from __future__ import annotations

from ledger.words.faults import Fault

FAULTS: dict[str, tuple[str, str]] = {
    "altered": (
        "位置 {place}：事件的字节被改动，与记录时的哈希不符。",
        "Position {place}: the bytes of the event were altered; they do not hash to what was recorded.",
    ),
    "altered-among": (
        "位置 {place} 之中：有事件被改动，与上层哈希不符。",
        "Positions {place}: an event among them was altered; they do not hash to what stands above them.",
    ),
    "rewritten": (
        "位置 {place} 之中：历史被改写，与签过的检查点（{found}，{expected} 个事件）不符。",
        "Positions {place}: the past was rewritten; it does not agree with what was signed ({found}, "
        "{expected} events).",
    ),
    "cut": (
        "位置 {found} 之后：台账被截断，或恢复到了旧状态；签过的检查点（{place}）有 {expected} 个事件。",
        "After position {found}: the ledger was cut or restored to an older state; what was signed "
        "({place}) has {expected} events.",
    ),
    "checkpoint-false": (
        "检查点（{place}，{found} 个事件）与台账不符，而 {expected} 个事件的检查点相符：前者被改动过。",
        "The checkpoint ({place}, {found} events) does not agree with the ledger, while that of "
        "{expected} events does: the former was altered.",
    ),
    "checkpoint-spoilt": (
        "{place} 个事件的检查点被改动过（{found}）。",
        "The checkpoint of {place} events was altered ({found}).",
    ),
    "checkpoint-unsigned": (
        "{place} 个事件的检查点没有“{found}”已知密钥的签名：密钥被更换过，"
        "或公钥不在此处（可用 --key 给出）。",
        "The checkpoint of {place} events carries no signature by a known key of {found}: keys were "
        "replaced, or the public key is not here (give it by --key).",
    ),
    "tile": (
        "位置 {place} 处保存的哈希被改动过。",
        "The hashes stored at position {place} were altered.",
    ),
    "tile-missing": (
        "位置 {place} 处保存的哈希被删去。",
        "The hashes stored at position {place} are missing.",
    ),
    "tiles": (
        "保存的哈希共 {found} 行，应为 {expected} 行。",
        "There are {found} rows of hashes; {expected} were expected.",
    ),
    "edge": (
        "台账末尾（位置 {place}）保存的哈希被改动过。",
        "The hashes kept at the end of the ledger (position {place}) were altered.",
    ),
    "meaningless": (
        "位置 {place}：{found} 的历史不合规则，不可能由记录产生。",
        "Position {place}: the history of {found} makes no sense; recording cannot have made it.",
    ),
    "gap": (
        "位置 {place}：位置不连续，此处应为 {expected}，有事件被删去。",
        "Position {place}: positions are not contiguous, {expected} was expected; events are missing.",
    ),
    "unreadable": (
        "位置 {place}：事件无法读取（{found}）。",
        "Position {place}: the event cannot be read ({found}).",
    ),
    "column": (
        "位置 {place}：该列为“{found}”，事件本身是“{expected}”。",
        "Position {place}: the column says {found}, the event itself {expected}.",
    ),
    "backwards": (
        "位置 {place}：记录时间早于前一事件。",
        "Position {place}: recorded before the event ahead of it.",
    ),
    "sequence": (
        "位置 {place}：在其对象历史中的次序为 {found}，应为 {expected}。",
        "Position {place}: it is number {found} in its subject's history; {expected} was expected.",
    ),
    "head": (
        "日志末尾应为位置 {expected}，实际到 {found}。",
        "The journal should end at position {expected}; it ends at {found}.",
    ),
    "organs": (
        "机关的历史不合规则（{found}），无法核对事实。请先看上面指出的位置。",
        "The histories of the organs make no sense ({found}), so the facts cannot be checked. See the places named above.",
    ),
    "reform": (
        "日志末尾记的最近一次机关承继变动在位置 {found}，实际在 {expected}。可用 ledger rebuild 重建。",
        "The journal's head has the last reform of organs at position {found}; it is at {expected}. "
        "`ledger rebuild` mends it.",
    ),
    "head-time": (
        "日志末尾记的最近记录时间为 {found}，最后一个事件的是 {expected}（自 1970 年起的微秒数）。可用 ledger rebuild 重建。",
        "The journal's head has {found} as the last recording time; the last event has {expected} "
        "(microseconds since 1970). `ledger rebuild` mends it.",
    ),
    "facts": (
        "事实共 {found} 条，由日志得出的是 {expected} 条。可用 ledger rebuild 重建。",
        "There are {found} facts; the journal gives {expected}. `ledger rebuild` mends it.",
    ),
    "issued-edition": (
        "位置 {place} 印发的报告：其格式此后有改动，现为 {found}，印发时为 {expected}。已用过的格式不得改动，请恢复原文件，新格式另立文件夹。",
        "The report issued at position {place}: its edition has been altered since, {found} now and {expected} then. An edition in use must not be altered; restore its files and give a new form a folder of its own.",
    ),
    "issued-not-drawn": (
        "位置 {place} 印发的报告：无法重新生成（{found}）。",
        "The report issued at position {place} cannot be drawn again ({found}).",
    ),
    "issued-cell": (
        "印发的报告，位置和数字 {place}：由日志得出 {found}，印发时为 {expected}。",
        "Issued report, position and figure {place}: the journal gives {found}, it was issued as {expected}.",
    ),
    "issued-digest": (
        "位置 {place} 印发的报告：重新生成的摘要为 {found}，印发时为 {expected}。",
        "The report issued at position {place}: drawn again its digest is {found}; it was issued as {expected}.",
    ),
    "closed-balances": (
        "位置 {place} 的年度结账：由日志得出的结余为 {found}，结账时为 {expected}。",
        "The closing at position {place}: the journal gives the balances {found}; closed were {expected}.",
    ),
    "spoilt-value": (
        "表 {place} 中有被换成别的东西的值，后面的内容无法核验：{found}。请从备份恢复。",
        "A value in the tables {place} was replaced by something else, and what follows cannot be "
        "verified: {found}. Restore from a backup.",
    ),
    "fact": (
        "事实 {place}：存储的是 {found}，由日志得出的是 {expected}。可用 ledger rebuild 重建。",
        "Fact {place}: stored is {found}, the journal gives {expected}. `ledger rebuild` mends it.",
    ),
}


def sentence(fault: Fault, language: str) -> str:
    """What is wrong, and where."""
    values = {"place": fault.place, "found": fault.found, "expected": fault.expected}
    return FAULTS[fault.what][language == "en"].format(**values)
