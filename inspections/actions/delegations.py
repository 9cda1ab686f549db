"""Who approves a unit's routine filings in its head's stead: given for a time by a document, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from inspections.actions.frame import refuse_if
from inspections.models import ApprovalDelegation
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.policy import Subject
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal
from lishu_law.registry.models import Unit
from lishu_law.registry.roles import Role


@dataclass(frozen=True)
class NewDelegation:
    unit: Unit
    delegate: Any
    document: str
    from_on: date
    to_on: date


@transaction.atomic(durable=True)
def delegate_approval(*, by: Any, given: NewDelegation, at: datetime | None = None) -> ApprovalDelegation:
    """A squad leader gives it for the own unit, a leader of the bureau for any."""
    moment = at or clock.now()
    policy.check(by, "inspection.delegate", Subject(unit_id=given.unit.pk))
    refusals = []
    if given.delegate.pk == by.pk:
        refusals.append(Refusal("delegation-self", "不能委托给自己，请另选一人。", "", "delegate"))
    if not given.delegate.has_role(Role.OFFICER, Role.SQUAD_LEADER):
        refusals.append(Refusal("delegation-role", "只能委托给执法人员或者中队长。", "", "delegate"))
    if not given.document.strip():
        refusals.append(Refusal("delegation-document", "请写明委托的文号或者依据。", "", "document"))
    if given.to_on < given.from_on:
        refusals.append(Refusal("delegation-period", "截止日期早于开始日期，请核对。", "", "to_on"))
    if given.to_on < clock.local(moment).date():
        refusals.append(Refusal("delegation-period", "截止日期已经过了，请核对。", "", "to_on"))
    refuse_if(refusals)
    row = ApprovalDelegation.objects.create(**vars(given), granted_by=by, granted_at=moment)
    said = {"unit": given.unit.code, "delegate": given.delegate.staff_number}
    journal.record("inspection.delegate", by=by, on=("approval_delegation", row.pk), details=said)
    return row


@transaction.atomic(durable=True)
def end_delegation(*, by: Any, delegation_id: int, at: datetime | None = None) -> ApprovalDelegation:
    """Taken back before its end; it holds no longer from today."""
    rows = ApprovalDelegation.objects.select_for_update()
    row = rows.filter(pk=delegation_id, ended_on__isnull=True).first()
    if row is None:
        raise NotFound("没有找到这项委托，可能已经终止了。")
    policy.check(by, "inspection.delegate", Subject(unit_id=row.unit_id))
    row.ended_on, row.ended_by = clock.local(at or clock.now()).date(), by
    row.save(update_fields=["ended_on", "ended_by"])
    journal.record("inspection.delegate_ended", by=by, on=("approval_delegation", row.pk))
    return row
