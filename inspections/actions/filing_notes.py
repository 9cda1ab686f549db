"""What others add to a filing: the legal section's consent, the justice bureau's number, the provincial number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from inspections import permissions, rules
from inspections.actions.frame import add_step, lock_filing, may_move, refuse_if, save
from inspections.models import InspectionFiling
from inspections.moves import CONSENT
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import Refusal


@transaction.atomic(durable=True)
def consent_to_inspection(
    *, filing_id: int, version: int | None, by: Any, agree: bool, note: str, at: datetime | None = None
) -> InspectionFiling:
    """The legal section agrees to a 个案 soon after a visit that may have been rated, or sends it back (§4.4)."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.consent", subject)
    refusals = [] if row.is_waiting else may_move(row, CONSENT)
    if row.legal_consent_at is not None:
        refusals.append(Refusal("wrong-state", "法制机构已经同意过这份备案，不用再审核。"))
    if not note.strip():
        refusals.append(Refusal("consent-note", "请写明同意或者不同意的理由。", "", "note"))
    refuse_if(refusals)
    if agree:
        save(row, legal_consent_by=by, legal_consent_at=moment, legal_consent_note=note)
    else:
        back: dict[str, Any] = {"papers_at": None} if row.is_afterwards else {"state": CONSENT.back_to}
        save(row, opinion=f"法制机构不同意：{note}"[:500], **back)
    add_step(row, "法制机构同意" if agree else "法制机构不同意", by=by, at=moment, note=note)
    said = {"reference": row.reference, "agree": agree}
    journal.record("inspection.consent", by=by, on=("inspection_filing", row.pk), details=said)
    return row


@transaction.atomic(durable=True)
def record_justice_filing(
    *, filing_id: int, version: int | None, by: Any, number: str, filed_on: date, at: datetime | None = None
) -> InspectionFiling:
    """A visit outside the county was filed with the justice bureau of the same level (insp-crossregion)."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.crossregion", subject)
    refusals = []
    if not row.assistance_letter or row.finished_at is None:
        text = "只有已经完成的异地检查才登记司法局备案。请核对。"
        refusals.append(Refusal("insp-crossregion", text, rules.citation("insp-crossregion"), ""))
    elif not clock.local(row.finished_at).date() <= filed_on <= clock.local(moment).date():
        text = "备案日期要在检查结束以后、今天以前，请核对。"
        refusals.append(Refusal("insp-crossregion", text, rules.citation("insp-crossregion"), "filed_on"))
    if not number.strip():
        refusals.append(Refusal("justice-number", "请填写司法局的备案编号或者收文号。", "", "number"))
    refuse_if(refusals)
    save(row, justice_filing_no=number.strip(), justice_filed_on=filed_on, justice_recorded_by=by)
    add_step(row, "司法局备案", by=by, at=moment, note=f"{filed_on} {number.strip()}")
    journal.record("inspection.crossregion", by=by, on=("inspection_filing", row.pk), details={"number": number})
    return row


@transaction.atomic(durable=True)
def record_provincial_number(
    *, filing_id: int, version: int | None, by: Any, number: str, at: datetime | None = None
) -> InspectionFiling:
    """The number the provincial system (我要执法) gave, typed by whoever filed there."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    if row.applicant_id != by.pk:
        permissions.check(by, "inspection.act", subject)
    refusals = []
    if row.filing_no is None:
        refusals.append(Refusal("wrong-state", "本系统还没有批准备案。批准以后再登记省平台的备案号。"))
    if not number.strip():
        refusals.append(Refusal("provincial-number", "请填写省平台的备案号。", "", "number"))
    refuse_if(refusals)
    save(row, provincial_filing_no=number.strip())
    add_step(row, "省平台备案号", by=by, at=moment, note=number.strip())
    journal.record("inspection.provincial", by=by, on=("inspection_filing", row.pk), details={"number": number})
    return row
