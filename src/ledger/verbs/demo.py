"""The demo: the seed's organ and year told as events.

The report gives totals only; the single acts behind them are made up so that they sum to its figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

ORGAN = "yueqing-jgsw"
YEAR = 2020
TRACED = "procurement/centralised/amount"

_PROJECTS = (
    ("2020-03-18", "办公设备采购（示例）", 62_500_000),
    ("2020-06-09", "公务用车维修服务采购（示例）", 48_300_000),
    ("2020-09-22", "物业服务采购（示例）", 39_000_000),
    ("2020-11-26", "会议系统采购（示例）", 30_000_000),
)
"""Day, title, and amount in 分: together 179.8 万元."""

_TOPICS = ("article-20-2", "article-20-3", "article-20-15", "article-20-7")


def drafts() -> Iterator[dict[str, Any]]:
    """The events of the demo; their ids are fixed, so telling them twice is harmless."""
    name = {"name": "乐清市机关事务管理中心", "level": "county-department"}
    yield _draft("organ", "organ.registered", f"organ:{ORGAN}", date(2019, 1, 1), name)
    for nth in range(1, 11):
        made = date(YEAR, 1, 6) + timedelta(days=34 * (nth - 1))
        subject = f"document:2020-{nth:02}"
        title = {"title": f"公文（示例）第{nth}号", "number": f"示例〔2020〕{nth}号"}
        kind = {"kind": "official-document", "attribute": "proactive"}
        yield _draft(f"made-{nth:02}", "document.made", subject, made, kind | title)
        shown = {"channels": ["website"]}
        published = made + timedelta(days=7)
        yield _draft(f"published-{nth:02}", "document.published", subject, published, shown)
    for nth in range(1, 61):
        data = {
            "kind": "other-information",
            "title": f"工作信息（示例）第{nth}条",
            "topic": _TOPICS[nth % len(_TOPICS)],
            "channels": ["website", "wechat"] if nth % 5 == 0 else ["website"],
        }
        on = date(YEAR, 1, 2) + timedelta(days=6 * (nth - 1))
        yield _draft(
            f"information-{nth:02}", "document.published", f"document:x-{nth:02}", on, data
        )
    for nth, (concluded, name_of, amount) in enumerate(_PROJECTS, 1):
        project = {"title": name_of, "method": "centralised", "amount": amount}
        subject = f"procurement:2020-{nth}"
        day = date.fromisoformat(concluded)
        yield _draft(f"procurement-{nth}", "procurement.concluded", subject, day, project)


def _draft(id_: str, type_: str, subject: str, on: date, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"demo-{id_}",
        "type": type_,
        "organ": ORGAN,
        "subject": subject,
        "occurred_on": on.isoformat(),
        "data": data,
    }
