"""The check points of a visit: every one answered, a failed one with facts, proof, article and disposal (§5.3, §7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from inspections.rules.periods import citation
from lishu_law.errors import Refusal

FAILED = "不合格"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class PointFacts:
    """One check point as it was answered. ``field`` is where its answer stands on the page."""

    no: str
    outcome: str
    facts: str = ""
    article: str = ""
    disposal: str = ""
    has_evidence: bool = False
    field: str = "points"


def points_answered(answered: Iterable[tuple[int, str]], expected: Iterable[tuple[int, str]]) -> list[Refusal]:
    """insp-record: no check point is passed over; one that was not looked at says 未检查."""
    answered, wanted = list(answered), set(expected)
    missing = len(wanted - set(answered))
    if missing:
        text = f"还有 {missing} 个检查要点没有结果。没查的请选“未检查”。"
        return [Refusal("insp-record", text, citation("insp-record"), "points")]
    if len(answered) != len(wanted) or set(answered) != wanted:
        text = "检查要点有变化，请刷新页面后重填。"
        return [Refusal("insp-record", text, citation("insp-record"), "points")]
    return []


def failed_points_complete(points: Sequence[PointFacts]) -> list[Refusal]:
    """insp-point: a failed point says what was seen, by what it is shown, which article, and what is done about it."""
    found = []
    for point in points:
        if point.outcome != FAILED:
            continue
        missing = [
            words
            for is_there, words in (
                (bool(point.facts.strip()), "看到的情况"),
                (point.has_evidence, "照片或者其他证据"),
                (bool(point.article.strip()), "违反的条款"),
                (bool(point.disposal), "处理办法"),
            )
            if not is_there
        ]
        if missing:
            text = f"第 {point.no} 项不合格，还缺：{'、'.join(missing)}。请补齐。"
            found.append(Refusal("insp-point", text, citation("insp-record"), point.field))
    return found


def photo_moment(said_by_photo: str, started_at: datetime, now: datetime) -> datetime:
    """When a photo was taken: its own time where that lies inside the visit, else the time it was received.

    Phones drop or fake the time of a photo; one outside the visit is not believed (shown as 来自照片，未核实).
    """
    try:
        taken = datetime.strptime(said_by_photo, "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
    except ValueError:
        return now
    return taken if started_at <= taken <= now else now
