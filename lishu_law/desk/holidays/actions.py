"""A holiday notice is proposed by one person and published by another; publishing computes every running limit again."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.api import Moved, recompute_running_core
from lishu_law import clock
from lishu_law.access.policy import Subject, check
from lishu_law.audit import journal
from lishu_law.desk.messages.sending import tell_moved
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.law.holiday_notice import read_notice
from lishu_law.registry import holidays
from lishu_law.registry.models import HolidayNotice, NoticeOutcome

BASIS = "行政处罚法第八十五条"
_NUMBER = re.compile(r"\S+〔\d{4}〕\d+号")
_FARTHEST_YEARS = 2


@transaction.atomic(durable=True)
def propose_holidays(*, by: Any, year: int, number: str, text: str, at: datetime | None = None) -> HolidayNotice:
    """Enter the notice for ``year`` as published. Raises ``Refused`` with everything that cannot be read."""
    check(by, "holidays.propose")
    moment = at or clock.now()
    found = read_notice(year, number, text)
    refusals = [
        *_notice_head(year, number, clock.local(moment).date()),
        *(Refusal("holidays.text", fault, BASIS, "text") for fault in found.faults),
    ]
    if HolidayNotice.objects.filter(year=year, outcome="").exists():
        words = f"{year} 年已经有一份放假安排在等审批，请等审批结果。"
        refusals.append(Refusal("holidays.waiting", words, BASIS, "year"))
    if refusals:
        raise Refused(refusals)
    notice = HolidayNotice.objects.create(year=year, number=number, text=text, proposed_by=by, proposed_at=moment)
    holidays.enter_days(notice, found.days)
    journal.record(
        "holidays.propose", by=by, on=("holiday_notice", notice.pk), details={"year": year, "days": len(found.days)}
    )
    return notice


def _notice_head(year: int, number: str, today: date) -> list[Refusal]:
    found = []
    if not today.year - 1 <= year <= today.year + _FARTHEST_YEARS:
        words = f"年度应在 {today.year - 1} 到 {today.year + _FARTHEST_YEARS} 之间，现在是 {year}。"
        found.append(Refusal("holidays.year", words, BASIS, "year"))
    if not _NUMBER.fullmatch(number):
        words = "请照通知填写完整文号，例如“国办发明电〔2025〕7号”。放假安排以公布的通知为准。"
        found.append(Refusal("holidays.number", words, BASIS, "number"))
    return found


@transaction.atomic(durable=True)
def publish_holidays(
    *, by: Any, notice_id: int, agree: bool, opinion: str = "", at: datetime | None = None
) -> tuple[HolidayNotice, list[Moved]]:
    """Decide a proposed notice. Once published every process counts by it, every running limit is computed again, and
    whom a moved end concerns is told the old and the new day."""
    holidays.take()
    notice = HolidayNotice.objects.select_for_update(of=("self",)).filter(pk=notice_id, outcome="").first()
    if notice is None:
        raise NotFound("没有找到等待审批的放假安排，可能已经审批过了。")
    check(by, "holidays.publish", Subject(involved={"applicant": frozenset({notice.proposed_by.staff_number})}))
    if not agree and not opinion.strip():
        raise Refused([Refusal("holidays.reason", "不采用的，请写明理由，录入人要照它改正。", BASIS, "opinion")])
    moment = at or clock.now()
    notice.outcome = NoticeOutcome.PUBLISHED if agree else NoticeOutcome.REFUSED
    notice.opinion, notice.decided_by, notice.decided_at = opinion, by, moment
    notice.save(update_fields=["outcome", "opinion", "decided_by", "decided_at"])
    moved = _count_again(moment, f"{notice.year} 年放假安排公布（{notice.number}）") if agree else []
    action = "holidays.publish" if agree else "holidays.refuse"
    details = {"year": notice.year, "moved": [one.limit_id for one in moved]}
    journal.record(action, by=by, on=("holiday_notice", notice.pk), details=details)
    return notice, moved


@transaction.atomic(durable=True)
def recompute_limits(*, by: Any = None, at: datetime | None = None) -> list[Moved]:
    """Every running limit again, by the calendar as it stands (``./lishu manage recompute_limits``)."""
    if by is not None:
        check(by, "holidays.publish")
    holidays.take()
    moved = _count_again(at or clock.now(), "按现行日历重新计算")
    details = {"version": DEFAULT_CALENDAR.version, "moved": [one.limit_id for one in moved]}
    journal.record("limits.recompute", by=by, on=("calendar", "work"), details=details)
    return moved


def _count_again(at: datetime, why: str) -> list[Moved]:
    holidays.read()
    moved = recompute_running_core(on=clock.local(at).date(), why=why)
    tell_moved(moved, at)
    return moved
