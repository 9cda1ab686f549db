"""Filed inspections: submit, approve with number and code, cancel (standards/inspection.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import codes, numbering, permissions, rules
from inspections.actions.frame import in_state, lock_filing, lock_officers, officer_refusals, refuse_if, save
from inspections.models import (
    FilingOfficer,
    FilingState,
    InspectionFiling,
    InspectionMatter,
    Method,
    NoticeMode,
    Source,
)
from inspections.queries.officers import matter_facts
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import NotAllowed, Refusal
from lishu_law.registry.models import SupervisedSubject
from lishu_law.registry.models.parties import new_reference

# The note of these sources names the document or the ticket (§3.1).
NOTED_SOURCES = {Source.SUPERIOR: "文号", Source.COMPLAINT: "投诉举报编号", Source.REFERRED: "转办单位和编号"}


@dataclass(frozen=True)
class NewFiling:
    """What is filed. The first of ``officers`` leads; the filing belongs to that officer's unit."""

    subject: SupervisedSubject
    matters: tuple[InspectionMatter, ...]
    officers: tuple[Any, ...]
    form: str
    category: str
    source: str
    method: str
    window_from: datetime
    window_to: datetime
    notice_mode: str
    source_note: str = ""
    why_on_site: str = ""
    why_longer: str = ""
    notice_ground: str = ""
    recorder_no: str = ""

    @property
    def window(self) -> rules.Window:
        return rules.Window(self.window_from, self.window_to, self.method == Method.ON_SITE, self.why_longer)


@transaction.atomic(durable=True)
def file_inspection(
    *, by: Any, filing: NewFiling, filing_id: int | None = None, version: int | None = None, at: datetime | None = None
) -> InspectionFiling:
    """Submit a filing for approval; with ``filing_id`` a returned one anew. Raises ``Refused`` with every broken rule."""
    moment = at or clock.now()
    policy.check(by, "inspection.file")
    returned = _returned(filing_id, version, by) if filing_id else None
    lock_officers(filing.officers)
    refuse_if(_refusals(filing, filing_id, moment))
    row = _write(returned, filing, by, moment)
    journal.record("inspection.file", by=by, on=("inspection_filing", row.pk), details={"reference": row.reference})
    return row


def _returned(filing_id: int, version: int | None, by: Any) -> InspectionFiling:
    row, _subject = lock_filing(filing_id, version, by)
    if row.applicant_id != by.pk:
        raise NotAllowed("这份备案由别人报备，退回后由原报备人修改。", who_may=str(row.applicant))
    refuse_if(in_state(row, [FilingState.RETURNED], "重新报备"))
    return row


def _refusals(filing: NewFiling, filing_id: int | None, moment: datetime) -> list[Refusal]:
    refusals = rules.window_allowed(filing.window, moment)
    refusals += officer_refusals(filing.officers, filing.window_from, filing.window_to, but_filing=filing_id)
    refusals += rules.matters_published(
        matter_facts(filing.matters), rules.days_of(filing.window_from, filing.window_to)
    )
    refusals += rules.reasons_given(
        is_on_site=filing.method == Method.ON_SITE,
        why_on_site=filing.why_on_site,
        is_announced=filing.notice_mode == NoticeMode.AHEAD,
        notice_ground=filing.notice_ground,
    )
    if not filing.subject.is_operating:
        refusals.append(Refusal("insp-subject", "这个对象已停业或注销，不能报备检查。请核对名录。", "", "subject"))
    if filing.source in NOTED_SOURCES and not filing.source_note.strip():
        wanted = NOTED_SOURCES[Source(filing.source)]
        refusals.append(Refusal("source-note", f"请写明任务来源的{wanted}。", "", "source_note"))
    return refusals


def _write(row: InspectionFiling | None, filing: NewFiling, by: Any, moment: datetime) -> InspectionFiling:
    lead = filing.officers[0]
    fields = {
        name: getattr(filing, name) for name in filing.__dataclass_fields__ if name not in ("matters", "officers")
    }
    fields |= {"unit": lead.unit, "submitted_at": moment, "state": FilingState.SUBMITTED}
    if row is None:
        row = InspectionFiling.objects.create(reference=new_reference(), applicant=by, **fields)
    else:
        save(row, **fields)
        row.officers.all().delete()
    row.matters.set(filing.matters)
    FilingOfficer.objects.bulk_create(
        FilingOfficer(filing=row, user=user, is_lead=user.pk == lead.pk) for user in filing.officers
    )
    return row


@transaction.atomic(durable=True)
def approve_inspection(
    *, filing_id: int, version: int | None, by: Any, agree: bool, opinion: str = "", at: datetime | None = None
) -> InspectionFiling:
    """Approve: number and code are issued. Or return with a reason. Never by an officer of it or its applicant."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.approve", subject)
    refuse_if(in_state(row, [FilingState.SUBMITTED], "审批"))
    if agree:
        _approve(row, by, opinion, moment)
    else:
        if not opinion.strip():
            refuse_if([Refusal("return-reason", "请写明退回的原因，报备人要照它修改。", "", "opinion")])
        save(row, state=FilingState.RETURNED, opinion=opinion)
    action = "inspection.approve" if agree else "inspection.return"
    details = {"reference": row.reference, "filing_no": row.filing_no or ""}
    journal.record(action, by=by, on=("inspection_filing", row.pk), details=details)
    return row


def _approve(row: InspectionFiling, by: Any, opinion: str, moment: datetime) -> None:
    users = [one.user for one in row.officers.select_related("user")]
    lock_officers(users)
    refusals = officer_refusals(users, row.window_from, row.window_to, but_filing=row.pk)
    if moment >= row.window_to:
        text = "备案的检查时间已经过了，不能再批准。请退回重新报备。"
        refusals.append(Refusal("insp-approve", text, rules.citation("insp-approve"), "opinion"))
    refuse_if(refusals)
    token = codes.new_token()
    save(
        row,
        state=FilingState.FILED,
        filing_no=numbering.filing_number(row.unit.area_code, clock.local(moment).date()),
        approver=by,
        approved_at=moment,
        opinion=opinion,
        token=token,
        token_digest=codes.digest_of(token),
    )


@transaction.atomic(durable=True)
def cancel_inspection(
    *, filing_id: int, version: int | None, by: Any, reason: str, at: datetime | None = None
) -> InspectionFiling:
    """Cancelled before it started, by whoever filed it or one of its officers; its code is 查不到 from now on."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    if row.applicant_id != by.pk:
        permissions.check(by, "inspection.act", subject)
    refusals = in_state(row, [FilingState.SUBMITTED, FilingState.RETURNED, FilingState.FILED], "撤销")
    if not reason.strip():
        refusals.append(Refusal("cancel-reason", "请写明撤销的原因。", "", "reason"))
    refuse_if(refusals)
    save(row, state=FilingState.CANCELLED, cancelled_at=moment, cancel_reason=reason)
    journal.record("inspection.cancel", by=by, on=("inspection_filing", row.pk), details={"reference": row.reference})
    return row
