"""Is it lawful now? The blocking rules of shifts, checks and filings as pure functions (standards/inspection.md §2–3).

Each takes plain facts and days and gives the refusals it has, never an exception, so that an officer sees all at once.
Citations come from the rule table; nothing here asks who the person is (that is the policy's question).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lishu_law.errors import Refusal
from lishu_law.law.calendar import DEFAULT_CALENDAR, WorkCalendar
from lishu_law.law.citations import parse_basis, render
from lishu_law.law.rules import RULES

SHANGHAI = ZoneInfo("Asia/Shanghai")
# [own] figures of standards/inspection.md §3.1 and E1; a shift is one tour of duty, a window at most five working days.
LONGEST_SHIFT = timedelta(hours=24)
MOST_WORKING_DAYS = 5
LATEST_RECORD = timedelta(hours=72)


@dataclass(frozen=True)
class OfficerFacts:
    """An officer with the periods of his certificates: (first day, last day, revoked on or None)."""

    staff_number: str
    name: str
    certificates: tuple[tuple[date, date, date | None], ...]

    def is_certified_on(self, day: date) -> bool:
        """The last day counts; the day of a revocation does not."""
        return any(
            first <= day <= last and (revoked is None or day < revoked) for first, last, revoked in self.certificates
        )

    def last_day(self) -> date | None:
        """The last day any certificate held."""
        ends = [
            last if revoked is None else min(last, revoked - timedelta(days=1))
            for _, last, revoked in self.certificates
        ]
        return max(ends, default=None)


@dataclass(frozen=True)
class MatterFacts:
    """A matter and the period in which it stood on the published list."""

    name: str
    published_on: date | None
    valid_from: date
    valid_to: date | None

    def is_published_on(self, day: date) -> bool:
        in_force = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return in_force and self.published_on is not None and self.published_on <= day


@dataclass(frozen=True)
class Booking:
    """What an officer is already down for."""

    staff_number: str
    starts_at: datetime
    ends_at: datetime
    label: str


@dataclass(frozen=True)
class Window:
    """When a filed inspection takes place, and why it lasts longer than a day."""

    starts_at: datetime
    ends_at: datetime
    is_on_site: bool
    why_longer: str = ""


def citation(rule_id: str) -> str:
    """The articles of a rule of procedure_rules.csv, as staff see them."""
    return render(parse_basis(RULES[rule_id].legal_basis))


def days_of(starts_at: datetime, ends_at: datetime) -> tuple[date, ...]:
    """Every Shanghai calendar day a period touches."""
    first, last = starts_at.astimezone(SHANGHAI).date(), ends_at.astimezone(SHANGHAI).date()
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def two_certified(officers: Sequence[OfficerFacts], days: Iterable[date]) -> list[Refusal]:
    """At least two different officers, each certified on every day (处罚法42; 道路运输条例59)."""
    refusals = []
    count = len({officer.staff_number for officer in officers})
    if count < 2:
        text = f"至少要有 2 名执法人员，现在只有 {count} 名。请再选一名。"
        refusals.append(Refusal("gen-two-officers", text, citation("gen-two-officers"), "officers"))
    days = tuple(days)
    for officer in {o.staff_number: o for o in officers}.values():
        missing = next((day for day in days if not officer.is_certified_on(day)), None)
        if missing is not None:
            refusals.append(Refusal("gen-licence-valid", _why_uncertified(officer, missing), citation("gen-licence-valid"), "officers"))  # fmt: skip
    return refusals


def _why_uncertified(officer: OfficerFacts, day: date) -> str:
    last = officer.last_day()
    if last is not None and last < day:
        return f"{officer.name}的执法证已于 {last} 到期，{day} 不能执法。请换人或先更新证件。"
    return f"{officer.name}在 {day} 没有有效的执法证。请换人或先办理证件。"


def matters_published(matters: Sequence[MatterFacts], days: Iterable[date]) -> list[Refusal]:
    """Nothing outside the published list is inspected (insp-item-public)."""
    if not matters:
        return [Refusal("insp-item-public", "请至少选一个检查事项。", citation("insp-item-public"), "matters")]
    days = tuple(days)
    return [
        Refusal(
            "insp-item-public",
            f"“{matter.name}”在 {day} 不在公布的检查事项清单上，不能检查。请换一个事项。",
            citation("insp-item-public"),
            "matters",
        )
        for matter in matters
        if (day := next((d for d in days if not matter.is_published_on(d)), None))
    ]


def not_double_booked(
    officers: Sequence[OfficerFacts], bookings: Iterable[Booking], starts_at: datetime, ends_at: datetime
) -> list[Refusal]:
    """Nobody is in two places: touching ends are allowed, an overlap of one minute is not."""
    names = {officer.staff_number: officer.name for officer in officers}
    return [
        Refusal(
            "insp-double-booked",
            f"{names[booking.staff_number]}在 {_period(booking.starts_at, booking.ends_at)} 已有{booking.label}。"
            "请换人或者改时间。",
            citation("insp-two"),
            "officers",
        )
        for booking in bookings
        if booking.staff_number in names and booking.starts_at < ends_at and starts_at < booking.ends_at
    ]


def shift_period(starts_at: datetime, ends_at: datetime, now: datetime) -> list[Refusal]:
    """A shift is filed before going out and lasts at most a day."""
    refusals = _order(starts_at, ends_at, "planned_to")
    if starts_at < now:
        text = f"出勤时间 {_moment(starts_at)} 已经过了。巡查要先报备再上路，请改出勤时间。"
        refusals.append(Refusal("insp-file-app", text, citation("insp-file-app"), "planned_from"))
    if ends_at - starts_at > LONGEST_SHIFT:
        refusals.append(Refusal("shift-length", "一个班次最长 24 小时。请分成几个班次报备。", "", "planned_to"))
    return refusals


def window_allowed(window: Window, now: datetime, calendar: WorkCalendar = DEFAULT_CALENDAR) -> list[Refusal]:
    """At most five working days; on site one day unless a reason is given; in the future."""
    refusals = _order(window.starts_at, window.ends_at, "window_to")
    if window.ends_at <= now:
        refusals.append(Refusal("insp-file-app", "检查时间已经过了。检查要先报备再实施，请改时间。", citation("insp-file-app"), "window_from"))  # fmt: skip
    days = days_of(window.starts_at, window.ends_at)
    working = sum(calendar.is_working_day(day) for day in days)
    if working > MOST_WORKING_DAYS:
        text = f"检查时间最长 {MOST_WORKING_DAYS} 个工作日，现在是 {working} 个。请缩短。"
        refusals.append(Refusal("insp-window", text, "", "window_to"))
    elif window.is_on_site and len(days) > 1 and not window.why_longer.strip():
        refusals.append(Refusal("insp-window", "现场检查一般不超过 1 天。要跨天的，请写明理由。", "", "why_longer"))
    return refusals


def reasons_given(*, is_on_site: bool, why_on_site: str, is_announced: bool, notice_ground: str) -> list[Refusal]:
    """Why on site and not on paper (insp-offsite-first); the ground for coming unannounced (insp-notice)."""
    refusals = []
    if is_on_site and not why_on_site.strip():
        refusals.append(Refusal("insp-offsite-first", "现场检查请写明为什么不能书面或者网上查。", citation("insp-offsite-first"), "why_on_site"))  # fmt: skip
    if not is_announced and not notice_ground.strip():
        refusals.append(
            Refusal("insp-notice", "不提前通知的，请写明法律依据。", citation("insp-notice"), "notice_ground")
        )
    return refusals


def may_start(window: Window, approved_at: datetime | None, now: datetime) -> list[Refusal]:
    """Filed and approved before the start, and inside the window (insp-file-app, insp-approve)."""
    refusals = []
    if approved_at is None or approved_at > now:
        refusals.append(
            Refusal("insp-file-app", "还没有审批备案，不能开始检查。请先等审批。", citation("insp-file-app"), "approve")
        )
    if now < window.starts_at:
        text = f"备案的检查时间 {_moment(window.starts_at)} 才开始，请到时再开始。"
        refusals.append(Refusal("insp-window", text, citation("insp-file-app"), ""))
    if now > window.ends_at:
        text = f"备案的检查时间 {_moment(window.ends_at)} 已经过了，这次备案不能再用。请重新报备。"
        refusals.append(Refusal("insp-window", text, citation("insp-file-app"), "file"))
    return refusals


def check_moment(at: datetime, shift_from: datetime, shift_to: datetime, now: datetime) -> list[Refusal]:
    """A stop lies inside the filed shift, is not in the future and is recorded within 72 hours."""
    refusals = []
    if at > now:
        refusals.append(Refusal("check-future", "检查时间不能晚于现在，请核对。", "", "at"))
    if not shift_from <= at <= shift_to:
        text = f"检查时间不在报备的班次 {_period(shift_from, shift_to)} 内。请核对，或者另报一个班次。"
        refusals.append(Refusal("insp-file-app", text, citation("insp-file-app"), "at"))
    if now - at > LATEST_RECORD:
        refusals.append(Refusal("check-late", "已超过 72 小时，不能再补记。请把情况报告中队长。", "", "at"))
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


def result_fits(result_code: str, failed_points: int, signing: str, refusal_note: str, witness: str) -> list[Refusal]:
    """A failed point never ends as 未发现问题 (feed V25); a refused signature names its witness (insp-record)."""
    refusals = []
    if failed_points and result_code in ("R1", "R7"):
        text = f"有 {failed_points} 项不合格，结果不能是“未发现问题”。请改结果或者核对各项。"
        refusals.append(Refusal("result-fits", text, "", "result_code"))
    if signing == "refused" and not (refusal_note.strip() and witness.strip()):
        text = "当事人拒绝签字。请写明情况，并请见证人签名。"
        refusals.append(Refusal("insp-record", text, citation("insp-record"), "refusal_note"))
    return refusals


def _order(starts_at: datetime, ends_at: datetime, field: str) -> list[Refusal]:
    if ends_at > starts_at:
        return []
    return [Refusal("period-order", "结束时间要晚于开始时间，请核对。", "", field)]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _period(starts_at: datetime, ends_at: datetime) -> str:
    start, end = starts_at.astimezone(SHANGHAI), ends_at.astimezone(SHANGHAI)
    return (
        f"{start:%m-%d %H:%M}–{end:%H:%M}" if start.date() == end.date() else f"{start:%m-%d %H:%M}–{end:%m-%d %H:%M}"
    )
