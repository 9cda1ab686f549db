"""待办 across the packages: cases, inspections, disclosure, push and calendar, as plain lines, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.urls import reverse

from cases.api import (
    Deadline,
    RunningLimit,
    late_limits,
    limit_lines,
    open_case_counts,
    side_work,
    worklist,
)
from disclosure.api import (
    deliveries_to_work,
    differences_to_work,
    drafts_to_check,
    requests_waiting,
)
from inspections.api import ToPublish, VisitTask, approval_keys, officer_tasks, owed, results_to_publish
from lishu_law import clock
from lishu_law.access.policy import may_ever
from lishu_law.law.lights import Light
from lishu_law.registry.models import HolidayNotice
from lishu_law.registry.roles import Role

_NEVER = datetime.max.replace(tzinfo=UTC)
MOST_LATE = 200


@dataclass(frozen=True)
class WorkLine:
    """One thing to do: title and address of the act, what it is about, the article, the light.

    ``limit`` names the time limit the light belongs to, ``ends_at`` is when it is over; without one the line comes last.
    """

    title: str
    url: str
    label: str
    label_url: str
    about: str
    citation: str
    light: Light | None = None
    limit: str = ""
    ends_at: datetime = _NEVER


@dataclass(frozen=True)
class WaitingLine:
    """A case in which somebody else is next."""

    label: str
    url: str
    text: str
    light: Light | None


@dataclass(frozen=True)
class Desk:
    """Everything the first page shows: own acts, cases that wait for others, late items of the unit, cases by state."""

    lines: list[WorkLine]
    waiting: list[WaitingLine]
    has_more: bool
    late: list[RunningLimit] | None
    states: Sequence[tuple[str, str, int]]


def desk_of(user: Any, now: datetime) -> Desk:
    """What waits for this person at ``now``."""
    found, today = worklist(user), clock.local(now).date()
    lines = [
        *(_case_line(row) for row in found.rows),
        *_inspections(user, now),
        *_draws(user, now),
        *_disclosure(user, today),
        *_calendar(user),
        *_beside(user, now),
    ]
    waiting = [
        WaitingLine(
            row.case.label,
            reverse("case", args=[row.case.clue_no]),
            f"正在等{row.who}{row.title}" if row.who else row.title,
            _light(row.deadline),
        )
        for row in found.waiting
    ]
    return Desk(
        sorted(lines, key=lambda line: line.ends_at),
        waiting,
        found.has_more,
        late_limits(user.unit_id, now, MOST_LATE) if user.has_role(Role.SQUAD_LEADER) else None,
        open_case_counts(user) if may_ever(user, "case.read") else [],
    )


def _case_line(row: Any) -> WorkLine:
    case = row.case
    party = case.party.name if case.party else "当事人待查"
    where = [case.clue_no] if row.part_id is None else [case.clue_no, row.part_id]
    line = limit_lines([row.deadline])[0] if row.deadline else None
    about = f"{row.about} · " if row.about else ""
    return WorkLine(
        row.title,
        reverse(f"case-{row.step_code}", args=where),
        case.label,
        reverse("case", args=[case.clue_no]),
        f"{about}{party} · {case.violation}",
        row.citation,
        line.light if line else None,
        line.title if line else "",
        row.ends_at,
    )


# kind of work: title, address of the act
_REVIEW_ACTS = {
    "score": ("评查案卷", "dossier-review-score"),
    "confirm": ("核实评查整改", "dossier-review-confirm"),
    "settle": ("答复评查异议", "dossier-review-settle"),
    "correct": ("报告评查问题整改", "dossier-review-correct"),
    "answer": ("看评查异议的答复", "dossier-review-result"),
    "phrase": ("审核参考用语", "phrase-review"),
}


def _beside(user: Any, now: datetime) -> Iterator[WorkLine]:
    """What waits beside the road of the cases: dossier reviews, phrases to review, blank forms to account for."""
    for one in side_work(user, now):
        if one.kind == "lease":
            url = reverse("blank-lease", args=one.key)
            yield WorkLine(
                "交代空白文书的号码", url, one.label, url, one.about, "行政处罚法第五十二条", ends_at=one.ends_at or _NEVER,
            )  # fmt: skip
            continue
        title, name = _REVIEW_ACTS[one.kind]
        end = datetime.combine(one.due + timedelta(days=1), time(), tzinfo=clock.SHANGHAI) if one.due else _NEVER
        page = reverse("phrase", args=one.key) if one.kind == "phrase" else reverse("dossier-reviews")
        yield WorkLine(
            title, reverse(name, args=one.key), one.label, page, one.about, "", one.light,
            "评查问题整改期限" if one.due else "", end,
        )  # fmt: skip


def _light(limit: Deadline | None) -> Light | None:
    return limit_lines([limit])[0].light if limit else None


def _calendar(user: Any) -> Iterator[WorkLine]:
    """Holiday notices that wait for their publication: every limit is counted by them."""
    if not may_ever(user, "holidays.publish"):
        return
    for notice in HolidayNotice.objects.filter(outcome="").select_related("proposed_by").order_by("pk"):
        url, about = reverse("holiday-publish", args=[notice.pk]), f"{notice.number} · 录入人 {notice.proposed_by}"
        yield WorkLine("审批放假安排", url, f"{notice.year} 年", url, about, "行政处罚法第八十五条")


def _inspections(user: Any, now: datetime) -> Iterator[WorkLine]:
    for one in approval_keys(user):
        title = "审批巡查班次" if one.kind == "shift" else "审批检查备案"
        act, url = (reverse(name, args=[one.key]) for name in (f"{one.kind}-approve", one.kind))
        about = f"{one.unit} · 申请人 {one.applicant}"
        number = one.number or f"待编号（{one.key}）"
        yield WorkLine(title, act, number, url, about, "", ends_at=one.begins)
    for duty in owed(user, now):
        act, url = (reverse(name, args=[duty.reference]) for name in (duty.url_name, duty.page))
        yield WorkLine(
            duty.title,
            act,
            duty.number or f"待编号（{duty.reference}）",
            url,
            duty.about,
            duty.citation,
            duty.light,
            duty.limit,
            duty.ends_at or _NEVER,
        )
    if not may_ever(user, "inspection.act"):
        return
    findings, tasks = officer_tasks(user, clock.local(now).date())
    for kind, reference, number in findings:
        url = reverse("mobile-check" if kind == "check" else "filing", args=[reference])
        yield WorkLine(
            "处理检查发现的问题", url, number, url, "检查发现违法线索，还没有立案", "行政处罚法第五十四条第二款"
        )
    yield from (_visit_line(task) for task in tasks)


# kind of task: title, address of the act, the words of its limit
_VISIT_ACTS = {
    "recheck": ("复查整改情况", "filing-recheck", "责令改正期限"),
    "pending": ("登记检查的后续处理", "filing-pending", "待后续处理期限"),
    "sign": ("在检查记录上签名", "filing-sign", ""),
    "tell": ("告知检查结果", "result-tell", "检查结果告知期限"),
    "tell_again": ("再次告知检查结果", "result-tell", "检查结果告知期限"),
}


def _visit_line(task: VisitTask) -> WorkLine:
    title, act, limit = _VISIT_ACTS[task.kind]
    ends_at = datetime.combine(task.due + timedelta(days=1), time(), tzinfo=clock.SHANGHAI) if task.due else _NEVER
    return WorkLine(
        title, reverse(act, args=[task.reference]), task.number, reverse("mobile-filing", args=[task.reference]),
        task.subject, "", task.light, limit, ends_at,
    )  # fmt: skip


def _draws(user: Any, now: datetime) -> Iterator[WorkLine]:
    """Draws, and results of inspections, that have to become public."""
    if not may_ever(user, "draw.publish"):
        return
    for one in results_to_publish(now):
        if not one.draw_no:
            url, about = reverse("results-publish"), f"{one.count} 次检查的结果已告知、还没有公示"
            yield _result_line(one, url, "检查结果", url, about)
            continue
        url = reverse("draw", args=[one.draw_no])
        if not one.count:
            act = reverse("draw-publish", args=[one.draw_no])
            yield WorkLine("公布抽取结果", act, one.draw_no, url, one.title, "优化营商环境条例第五十四条")
            continue
        act, about = reverse("draw-results", args=[one.draw_no]), f"{one.title} · {one.count} 个对象的检查已完成"
        yield _result_line(one, act, one.draw_no, url, about)


def _result_line(one: ToPublish, act: str, label: str, url: str, about: str) -> WorkLine:
    end = datetime.combine(one.due + timedelta(days=1), time(), tzinfo=clock.SHANGHAI) if one.due else _NEVER
    return WorkLine("公示检查结果", act, label, url, about, "", one.light, "检查结束后二十个工作日内公开", end)


def _disclosure(user: Any, today: date) -> Iterator[WorkLine]:
    if may_ever(user, "disclosure.withdraw") or may_ever(user, "disclosure.decide_objection"):
        for one in (row for row in requests_waiting(today) if may_ever(user, row.action)):
            end = datetime.combine(one.due + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
            page = reverse("disclosure-record", args=[one.public_id])
            yield WorkLine(one.title, one.url, one.number, page, one.about, one.citation, one.light, one.limit, end)
    if may_ever(user, "disclosure.publish"):
        for row in drafts_to_check(today):
            url, record = reverse("disclosure-record", args=[row.record.public_id]), row.record
            end = datetime.combine(record.publish_due + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
            yield WorkLine(
                "审核并公示", url, record.number, url, record.party_display, "行政处罚法第四十八条第一款", row.light,
                "七个工作日内公开", end,
            )  # fmt: skip
    if may_ever(user, "delivery.retry") and (count := deliveries_to_work()):
        url = reverse("delivery-list")
        shown = "1000+" if count > 1000 else str(count)
        yield WorkLine("处理推送问题", url, f"{shown} 条", url, "推送到监管平台没有成功，需要人工处理", "")
    if may_ever(user, "reconcile.close") and (count := differences_to_work()):
        url = reverse("reconcile-list")
        shown = "1000+" if count > 1000 else str(count)
        yield WorkLine("处理对账差异", url, f"{shown} 处", url, "与监管平台对账发现差异，需要人工核对", "")


__all__ = ["Desk", "WaitingLine", "WorkLine", "desk_of"]
