"""检查: the desk's list of shifts and filings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections.models import InspectionFiling, PatrolShift
from inspections.queries.records import findings_without_case, list_filings, list_shifts, waiting_approvals
from inspections.queries.registers import registers_for
from inspections.views.frame import key_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever


@requires("inspection.read")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Which shifts and inspections are filed, and which findings wait for their case?"""
    moment = clock.now()
    filings = list_filings(request.user, after=key_of(request, "filings_after"))
    context = {
        "shifts": list_shifts(request.user, after=key_of(request, "shifts_after")),
        "filings": filings,
        "filing_rows": [(filing, filing.state_at(moment).label) for filing in filings.rows],
        "waiting": findings_without_case(request.user),
        "approvals": [approval(record) for record in waiting_approvals(request.user)],
        "can_publish": may_ever(request.user, "inspection.publish"),
        "can_plan": may_ever(request.user, "inspection.plan"),
        "can_delegate": may_ever(request.user, "inspection.delegate"),
        "can_supervise": may_ever(request.user, "inspection.supervise"),
        "can_read_board": may_ever(request.user, "board.read"),
        "registers": registers_for(request.user),
        "can_file": may_ever(request.user, "inspection.file"),
        "title": "这些检查报备了没有？",
    }
    return render(request, "inspections/home.html", context)


def approval(record: PatrolShift | InspectionFiling) -> tuple[str, str]:
    """Words and address of something that waits for an approval."""
    if isinstance(record, PatrolShift):
        return f"巡查班次 {record.shift_no}（{record.applicant}）", reverse("shift-approve", args=[record.shift_no])
    return f"对“{record.subject.party.name}”的检查（{record.applicant}）", reverse(
        "filing-approve", args=[record.reference]
    )
