"""Patrol shifts: filed before going out, approved by somebody else, finished (standards/inspection.md E1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import numbering, permissions, rules
from inspections.actions.frame import in_state, lock_officers, lock_shift, officer_refusals, refuse_if, save
from inspections.models import PatrolShift, ShiftOfficer, ShiftSection, ShiftState
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import NotAllowed, Refusal
from lishu_law.law.parameters import DEFAULT_PARAMETERS


@dataclass(frozen=True)
class NewSection:
    route: str
    from_stake: str = ""
    to_stake: str = ""
    township: str = ""


@dataclass(frozen=True)
class NewShift:
    """What is filed. The first of ``officers`` leads; the shift belongs to that officer's unit."""

    officers: tuple[Any, ...]
    vehicle: str
    recorder_no: str
    planned_from: datetime
    planned_to: datetime
    sections: tuple[NewSection, ...]
    remarks: str = ""


@transaction.atomic(durable=True)
def file_shift(
    *, by: Any, shift: NewShift, shift_id: int | None = None, version: int | None = None, at: datetime | None = None
) -> PatrolShift:
    """Submit a shift for approval; with ``shift_id`` a returned one is submitted anew under its number.

    Raises ``Refused`` with every rule it breaks: two certified officers, none double-booked, in the future, ≤ 24 hours.
    """
    moment = at or clock.now()
    policy.check(by, "shift.file")
    returned = _returned(shift_id, version, by) if shift_id else None
    lock_officers(shift.officers)
    hours = int(DEFAULT_PARAMETERS.number("inspection.shift_hours", clock.local(moment).date()))
    refusals = rules.shift_period(shift.planned_from, shift.planned_to, moment, hours)
    refusals += officer_refusals(shift.officers, shift.planned_from, shift.planned_to, but_shift=shift_id)
    if not shift.sections:
        refusals.append(Refusal("shift-sections", "请至少写一个巡查路段。", "", "sections"))
    refuse_if(refusals)
    row = _write(returned, shift, by, moment)
    journal.record("shift.file", by=by, on=("patrol_shift", row.pk), details={"shift_no": row.shift_no})
    return row


def _returned(shift_id: int, version: int | None, by: Any) -> PatrolShift:
    row, _subject = lock_shift(shift_id, version, by)
    if row.applicant_id != by.pk:
        raise NotAllowed("这个班次由别人报备，退回后由原报备人修改。", who_may=str(row.applicant))
    refuse_if(in_state(row, [ShiftState.RETURNED], "重新报备"))
    return row


def _write(row: PatrolShift | None, shift: NewShift, by: Any, moment: datetime) -> PatrolShift:
    lead = shift.officers[0]
    fields = {
        "vehicle": shift.vehicle, "recorder_no": shift.recorder_no, "planned_from": shift.planned_from,
        "planned_to": shift.planned_to, "remarks": shift.remarks, "unit": lead.unit, "submitted_at": moment,
        "state": ShiftState.SUBMITTED,
    }  # fmt: skip
    if row is None:
        number = numbering.shift_number(lead.unit.area_code, clock.local(moment).date())
        row = PatrolShift.objects.create(shift_no=number, applicant=by, **fields)
    else:
        save(row, **fields)
        row.officers.all().delete()
        row.sections.all().delete()
    ShiftOfficer.objects.bulk_create(
        ShiftOfficer(shift=row, user=user, is_lead=user.pk == lead.pk) for user in shift.officers
    )
    ShiftSection.objects.bulk_create(
        ShiftSection(shift=row, position=number, **vars(section)) for number, section in enumerate(shift.sections)
    )
    return row


@transaction.atomic(durable=True)
def approve_shift(
    *, shift_id: int, version: int | None, by: Any, agree: bool, opinion: str = "", at: datetime | None = None
) -> PatrolShift:
    """Approve or return. Not by the applicant, not by an officer of the shift (the policy's ``apart``)."""
    moment = at or clock.now()
    row, subject = lock_shift(shift_id, version, by)
    permissions.check(by, "shift.approve", subject)
    refuse_if(in_state(row, [ShiftState.SUBMITTED], "审批"))
    if not agree:
        if not opinion.strip():
            refuse_if([Refusal("return-reason", "请写明退回的原因，报备人要照它修改。", "", "opinion")])
        save(row, state=ShiftState.RETURNED, opinion=opinion)
    else:
        users = [one.user for one in row.officers.select_related("user")]
        lock_officers(users)
        refusals = officer_refusals(users, row.planned_from, row.planned_to, but_shift=row.pk)
        if moment >= row.planned_to:
            text = "报备的巡查时间已经过了，不能再批准。请退回重新报备。"
            refusals.append(Refusal("insp-approve", text, rules.citation("insp-approve"), "opinion"))
        refuse_if(refusals)
        save(row, state=ShiftState.FILED, opinion=opinion, approver=by, approved_at=moment)
    action = "shift.approve" if agree else "shift.return"
    journal.record(action, by=by, on=("patrol_shift", row.pk), details={"shift_no": row.shift_no})
    return row


@transaction.atomic(durable=True)
def finish_shift(
    *, shift_id: int, version: int | None, by: Any, remarks: str = "", at: datetime | None = None
) -> PatrolShift:
    """Back from patrol: from now on the officers are free again."""
    moment = at or clock.now()
    row, subject = lock_shift(shift_id, version, by)
    permissions.check(by, "shift.act", subject)
    refusals = in_state(row, [ShiftState.FILED], "结束班次")
    if moment < row.planned_from:
        refusals.append(Refusal("shift-early", "还没到出勤时间，不能结束班次。", "", ""))
    refuse_if(refusals)
    save(row, state=ShiftState.FINISHED, finished_at=moment, remarks=remarks or row.remarks)
    journal.record("shift.finish", by=by, on=("patrol_shift", row.pk), details={"shift_no": row.shift_no})
    return row
