"""What a filing must say before it is submitted (standards/inspection.md §3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from inspections.rules.periods import Window, citation, days_of, filed_beforehand, in_order
from lishu_law.errors import Refusal
from lishu_law.law.calendar import DEFAULT_CALENDAR, WorkCalendar

JOINT_CATEGORY = "04"  # code of Category
# The note of these sources names the document, the ticket or the ground (§3.1).
NOTED_SOURCES = {
    "superior": "文号", "complaint": "投诉举报编号", "referred": "转办单位和编号", "request": "申请事项和法律依据",
}  # fmt: skip


def object_is_open(is_operating: bool) -> list[Refusal]:
    """A closed business is not inspected; the directory is mended first."""
    if is_operating:
        return []
    return [Refusal("insp-object-open", "这个对象已停业或注销，不能报备检查。请核对名录。", "", "subject")]


def merge_answered(others: Sequence[str], why_separate: str, days: int) -> list[Refusal]:
    """insp-merge: other visits to the same object within ``days`` are merged, or it is written down why not."""
    if not others or why_separate.strip():
        return []
    text = f"这个对象前后 {days} 天内还有检查：{'、'.join(others)}。能合并的请合并，不能合并的请写明理由。"
    return [Refusal("insp-merge", text, citation("insp-merge"), "why_separate")]


def source_is_noted(source: str, note: str) -> list[Refusal]:
    """Who ordered or asked; a visit asked for a licence names the law that demands it (insp-not-licence-precondition)."""
    if note.strip() or source not in NOTED_SOURCES:
        return []
    if source == "request":
        text = "现场检查一般不是办理许可的前提。企业申请检查的，请写明申请事项和法律依据。"
        rule = "insp-not-licence-precondition"
        return [Refusal(rule, text, citation(rule), "source_note")]
    return [Refusal("source-note", f"请写明任务来源的{NOTED_SOURCES[source]}。", "", "source_note")]


def window_allowed(
    window: Window, now: datetime, most_days: int, calendar: WorkCalendar = DEFAULT_CALENDAR
) -> list[Refusal]:
    """At most ``most_days`` working days; on site one day unless a reason is given; in the future."""
    refusals = in_order(window.starts_at, window.ends_at, "window_to")
    refusals += filed_beforehand(window.ends_at, now, "检查时间已经过了。检查要先报备再实施，请改时间。", "window_from")
    days = days_of(window.starts_at, window.ends_at)
    working = sum(calendar.is_working_day(day) for day in days)
    if working > most_days:
        text = f"检查时间最长 {most_days} 个工作日，现在是 {working} 个。请缩短。"
        refusals.append(Refusal("insp-window", text, "", "window_to"))
    elif window.is_on_site and len(days) > 1 and not window.why_longer.strip():
        refusals.append(Refusal("insp-window", "现场检查一般不超过 1 天。要跨天的，请写明理由。", "", "why_longer"))
    return refusals


def reasons_given(*, is_on_site: bool, why_on_site: str, is_announced: bool, notice_ground: str) -> list[Refusal]:
    """Both reasons a filing may owe."""
    return [*offsite_considered(is_on_site, why_on_site), *notice_answered(is_announced, notice_ground)]


def offsite_considered(is_on_site: bool, why_on_site: str) -> list[Refusal]:
    """insp-offsite-first: why on site and not on paper or online."""
    if not is_on_site or why_on_site.strip():
        return []
    text = "现场检查请写明为什么不能书面或者网上查。"
    return [Refusal("insp-offsite-first", text, citation("insp-offsite-first"), "why_on_site")]


def notice_answered(is_announced: bool, notice_ground: str) -> list[Refusal]:
    """insp-notice: who comes unannounced names the ground."""
    if is_announced or notice_ground.strip():
        return []
    return [Refusal("insp-notice", "不提前通知的，请写明法律依据。", citation("insp-notice"), "notice_ground")]


def joins_fitting(is_same_object: bool, is_open: bool, overlaps: bool) -> list[Refusal]:
    """insp-joins: 综合查一次 joins an open visit to the same object at the same time, so that both count as one."""
    if is_same_object and is_open and overlaps:
        return []
    text = "只能并入对同一对象、时间重叠、还没有结束的检查。请核对备案号和检查时间。"
    return [Refusal("insp-joins", text, citation("insp-merge"), "joins")]


def joint_units_named(category: str, units: Sequence[str], is_joined: bool) -> list[Refusal]:
    """insp-joint-units: a joint visit says with whom."""
    if category != JOINT_CATEGORY or units or is_joined:
        return []
    text = "联合检查请写明一同检查的单位，或者选择并入的检查。"
    return [Refusal("insp-joint-units", text, citation("insp-merge"), "joint_units")]
