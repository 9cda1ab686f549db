"""The urgent path E2: reported at once with the few facts known, checked, filed and approved afterwards (§3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from inspections import rules
from inspections.actions import filing_checks as checks
from inspections.actions.frame import add_step, lock_officers, officer_refusals, refuse_if
from inspections.models import (
    Category,
    Exemption,
    FilingOfficer,
    FilingState,
    Form,
    InspectionFiling,
    InspectionMatter,
    Method,
    NoticeMode,
    Source,
    StartedHow,
)
from inspections.queries.officers import matter_facts
from inspections.rules import Asked, all_refusals, snapshot
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.registry.models import SupervisedSubject
from lishu_law.registry.models.parties import new_reference

A_MINUTE = timedelta(minutes=1)  # how long it takes is not known yet: nobody is elsewhere as it begins


@dataclass(frozen=True)
class UrgentReport:
    """What is known at the moment. The first of ``officers`` leads."""

    subject: SupervisedSubject
    matters: tuple[InspectionMatter, ...]
    officers: tuple[Any, ...]
    began_at: datetime
    reason: str
    late_reason: str = ""


@transaction.atomic(durable=True)
def report_urgent(*, by: Any, report: UrgentReport, at: datetime | None = None) -> InspectionFiling:
    """The visit runs from now on; its papers are due within 24 hours. Raises ``Refused`` with every broken rule."""
    moment = at or clock.now()
    policy.check(by, "inspection.file")
    lock_officers(report.officers)
    due = checks.catch_up(clock.local(moment).date()).due(Exemption.URGENT, report.began_at)
    asked = _ask(report, moment)
    refuse_if(all_refusals(asked))
    lead = report.officers[0]
    row = InspectionFiling.objects.create(
        reference=new_reference(), applicant=by, unit=lead.unit, subject=report.subject, form=Form.INDIVIDUAL,
        category=Category.OTHER, source=Source.EMERGENCY, method=Method.ON_SITE, why_on_site=report.reason[:300],
        window_from=report.began_at, window_to=due, notice_mode=NoticeMode.NONE, exemption=Exemption.URGENT,
        exemption_reason=report.reason, late_reason=report.late_reason, papers_due_at=due, submitted_at=moment,
        state=FilingState.STARTED, started_at=report.began_at, started_by=lead, started_how=StartedHow.PAPER,
    )  # fmt: skip
    row.matters.set(report.matters)
    FilingOfficer.objects.bulk_create(
        FilingOfficer(filing=row, user=user, is_lead=user.pk == lead.pk) for user in report.officers
    )
    add_step(row, "紧急报告", by=by, at=moment, note=report.reason, results=snapshot(asked))
    journal.record("inspection.urgent", by=by, on=("inspection_filing", row.pk), details={"reference": row.reference})
    return row


def _ask(report: UrgentReport, moment: datetime) -> list[Asked]:
    day = clock.local(report.began_at).date()
    limits = checks.catch_up(clock.local(moment).date())
    late = rules.entered_in_time(Exemption.URGENT, report.began_at, moment, report.late_reason, limits)
    return [
        Asked("insp-exempt-begun", rules.has_begun(report.began_at, moment)),
        Asked("insp-exempt-reason", rules.exemption_reasoned(Exemption.URGENT, report.reason), report.reason),
        Asked("insp-exempt-papers", late, report.late_reason),
        Asked("insp-two", officer_refusals(report.officers, report.began_at, report.began_at + A_MINUTE)),
        checks.ask_body(report.officers, [day]),
        checks.ask_recusal(report.officers, report.subject, day),
        Asked("insp-item-public", rules.matters_published(matter_facts(report.matters), [day])),
        Asked("insp-object-open", rules.object_is_open(report.subject.is_operating)),
    ]  # fmt: skip
