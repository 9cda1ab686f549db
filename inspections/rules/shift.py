"""Patrol shifts and the stops made on them (standards/inspection.md §3.2, E1)."""

from __future__ import annotations

from datetime import datetime, timedelta

from inspections.rules.periods import citation, filed_beforehand, in_order, moment_words, period_words
from lishu_law.errors import Refusal

OTHER_REASON = "other"  # code of StopReason


def shift_period(starts_at: datetime, ends_at: datetime, now: datetime, most_hours: int) -> list[Refusal]:
    """A shift is filed before going out and is one tour of duty, at most ``most_hours`` long."""
    refusals = in_order(starts_at, ends_at, "planned_to")
    if starts_at < now:
        text = f"出勤时间 {moment_words(starts_at)} 已经过了。巡查要先报备再上路，请改出勤时间。"
        refusals += filed_beforehand(starts_at, now, text, "planned_from")
    if ends_at - starts_at > timedelta(hours=most_hours):
        text = f"一个班次最长 {most_hours} 小时。请分成几个班次报备。"
        refusals.append(Refusal("shift-length", text, "", "planned_to"))
    return refusals


def check_moment(
    at: datetime, shift: tuple[datetime, datetime], now: datetime, most_hours: int, written_at: datetime | None = None
) -> list[Refusal]:
    """A stop lies inside the filed shift, is not in the future and is recorded within ``most_hours``.

    ``written_at``: it was written on a phone without network then; how late it may arrive is the queue's rule (E3).
    """
    refusals = []
    if at > now:
        refusals.append(Refusal("check-future", "检查时间不能晚于现在，请核对。", "", "at"))
    if not shift[0] <= at <= shift[1]:
        text = f"检查时间不在报备的班次 {period_words(*shift)} 内。请核对，或者另报一个班次。"
        refusals.append(Refusal("insp-file-app", text, citation("insp-file-app"), "at"))
    if (written_at or now) - at > timedelta(hours=most_hours):
        text = f"已超过 {most_hours} 小时，不能再补记。请把情况报告中队长。"
        refusals.append(Refusal("check-late", text, "", "at"))
    return refusals


def record_complete(*, has_finding: bool, has_problem: bool, item_code: str, findings: str) -> list[Refusal]:
    """A problem says what was found; a finding names the 案由 it is filed under (insp-record)."""
    refusals = []
    if has_problem and not findings.strip():
        refusals.append(Refusal("insp-record", "发现了问题，请写明看到的情况。", citation("insp-record"), "findings"))
    if has_finding and not item_code:
        refusals.append(Refusal("insp-to-case", "要转立案的，请选案由。", citation("insp-to-case"), "item_code"))
    if item_code and not has_finding:
        refusals.append(Refusal("insp-to-case", "选了案由，但结果不是转立案。请改检查结果或者去掉案由。", "", "result"))
    return refusals


def stop_answered(stop_reason: str, stop_note: str) -> list[Refusal]:
    """insp-road-intercept: why this vehicle was stopped; another reason than the listed ones is written down."""
    if not stop_reason:
        text = "请选择为什么拦停检查。不得随意拦截正常行驶的车辆。"
        return [Refusal("insp-road-intercept", text, citation("insp-road-intercept"), "stop_reason")]
    if stop_reason == OTHER_REASON and not stop_note.strip():
        text = "选了“其他理由”，请写明为什么拦停检查。"
        return [Refusal("insp-road-intercept", text, citation("insp-road-intercept"), "stop_note")]
    return []
