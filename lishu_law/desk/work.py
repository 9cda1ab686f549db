"""待办 across the packages: cases, inspections, disclosure and push, as plain lines, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from cases.api import inbox, limit_lines
from disclosure.api import deliveries_to_work, drafts_to_check
from inspections.api import PatrolShift, findings_without_case, waiting_approvals
from lishu_law.access.policy import may_ever
from lishu_law.law.lights import Light


@dataclass(frozen=True)
class WorkLine:
    """One thing to do: title and address of the act, what it is about, the article, the light."""

    title: str
    url: str
    label: str
    label_url: str
    about: str
    citation: str
    light: Light | None = None


def work_of(user: Any, today: date) -> list[WorkLine]:
    """Everything that waits for this person."""
    return [*_cases(user, today), *_inspections(user), *_disclosure(user, today)]


def _cases(user: Any, today: date) -> Iterator[WorkLine]:
    for row in inbox(user, today):
        case = row.case
        party = case.party.name if case.party else "当事人待查"
        yield WorkLine(
            row.title,
            reverse(f"case-{row.step_code}", args=[case.clue_no]),
            case.label,
            reverse("case", args=[case.clue_no]),
            f"{party} · {case.violation}",
            row.citation,
            limit_lines([row.deadline])[0].light if row.deadline else None,
        )


def _inspections(user: Any) -> Iterator[WorkLine]:
    for record in waiting_approvals(user):
        if isinstance(record, PatrolShift):
            number, url = record.shift_no, reverse("shift", args=[record.shift_no])
            act, title = reverse("shift-approve", args=[record.shift_no]), "审批巡查班次"
        else:
            number, url = record.filing_no or "", reverse("filing", args=[record.reference])
            act, title = reverse("filing-approve", args=[record.reference]), "审批检查备案"
        yield WorkLine(title, act, number or "", url, f"{record.unit.name} · 申请人 {record.applicant.full_name}", "")
    if not may_ever(user, "inspection.act"):
        return
    for kind, record in findings_without_case(user):
        if kind == "check":
            url, number = reverse("mobile-check", args=[record.check_code]), record.check_code
        else:
            url, number = reverse("filing", args=[record.reference]), record.filing_no
        yield WorkLine(
            "处理检查发现的问题", url, number, url, "检查发现违法线索，还没有立案", "行政处罚法第五十四条第二款"
        )


def _disclosure(user: Any, today: date) -> Iterator[WorkLine]:
    if may_ever(user, "disclosure.publish"):
        for row in drafts_to_check(today):
            url = reverse("disclosure-record", args=[row.record.public_id])
            yield WorkLine(
                "审核并公示",
                url,
                row.record.number,
                url,
                row.record.party_display,
                "行政处罚法第四十八条第一款",
                row.light,
            )
    if may_ever(user, "delivery.retry") and (count := deliveries_to_work()):
        url = reverse("delivery-list")
        shown = "1000+" if count > 1000 else str(count)
        yield WorkLine("处理推送问题", url, f"{shown} 条", url, "推送到监管平台没有成功，需要人工处理", "")
