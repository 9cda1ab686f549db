"""Roadside checks: what was seen when one vehicle was stopped, recorded on the spot (standards/inspection.md E1, §8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import numbering, permissions, rules
from inspections.actions.frame import in_state, journal_digests, lock_shift, refuse_if
from inspections.models import CheckResult, InspectionMatter, InspectionPhoto, PatrolShift, RoadsideCheck, ShiftState
from inspections.queries.officers import matter_facts, officer_facts
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import Refusal
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import Party, StoredFile


@dataclass(frozen=True)
class NewCheck:
    """Everything typed at the roadside. Typed once: the case takes it from here."""

    at: datetime
    route: str
    matter: InspectionMatter
    result: str
    second_officer: Any
    stop_reason: str
    stop_note: str = ""
    stake: str = ""
    direction: str = ""
    township: str = ""
    is_in_county: bool = True
    plate: str = ""
    plate_reason: str = ""
    vehicle_type: str = ""
    driver_name: str = ""
    driver_gender: str = ""
    driver_phone: str = ""
    driver_id_number: str = ""
    party: Party | None = None
    company_name: str = ""
    company_uscc: str = ""
    item_code: str = ""
    findings: str = ""
    measures: str = ""


@dataclass(frozen=True)
class NewPhoto:
    """A stored photo with what it shows; the time is when it was taken or, unknown, when it was received."""

    file: StoredFile
    taken_at: datetime
    place: str
    purpose: str = ""


@transaction.atomic(durable=True)
def record_check(
    *,
    shift_id: int,
    by: Any,
    check: NewCheck,
    photos: tuple[NewPhoto, ...] = (),
    written_at: datetime | None = None,
    at: datetime | None = None,
) -> RoadsideCheck:
    """Record one stop under its own code. Raises ``Refused`` with every rule it breaks.

    Needs a shift that was filed and approved before the stop, two officers of it certified on that day, a published
    matter, and with a finding its 案由. ``written_at`` is the phone's time of a record that is sent later.
    """
    moment = at or clock.now()
    shift, subject = lock_shift(shift_id, None, by)
    permissions.check(by, "shift.act", subject)
    refuse_if(_refusals(shift, by, check, moment, written_at))
    fields = {name: getattr(check, name) for name in check.__dataclass_fields__}
    if check.party is not None:
        fields |= {"company_name": check.party.name, "company_uscc": check.party.uscc}
    code = numbering.check_code(clock.local(moment).date())
    row = RoadsideCheck.objects.create(check_code=code, shift=shift, recorded_by=by, recorded_at=moment, **fields)
    InspectionPhoto.objects.bulk_create(
        InspectionPhoto(check_record=row, position=number, sha256=photo.file.sha256, **vars(photo))
        for number, photo in enumerate({photo.file.pk: photo for photo in photos}.values())
    )
    journal.record(
        "check.record",
        by=by,
        on=("roadside_check", row.pk),
        details={"check_code": code, "result": check.result, "photos": journal_digests([p.file for p in photos])},
    )
    return row


def _refusals(
    shift: PatrolShift, by: Any, check: NewCheck, moment: datetime, written_at: datetime | None
) -> list[Refusal]:
    refusals = in_state(shift, [ShiftState.FILED, ShiftState.FINISHED], "记录检查")
    if not refusals and shift.approved_at is not None:
        begin = max(shift.planned_from, shift.approved_at)
        filed = (begin, shift.finished_at or shift.planned_to)
        hours = int(DEFAULT_PARAMETERS.number("offline.keep_hours", clock.local(moment).date()))
        refusals += rules.check_moment(check.at, filed, moment, hours, written_at)
    day = clock.local(check.at).date()
    refusals += rules.two_certified(officer_facts([by, check.second_officer]), [day])
    if not shift.officers.filter(user=check.second_officer).exists():
        text = f"{check.second_officer.full_name}不在这个班次上，不能署名。请选同班的执法人员。"
        refusals.append(Refusal("gen-two-officers", text, rules.citation("gen-two-officers"), "second_officer"))
    refusals += rules.matters_published(matter_facts([check.matter]), [day])
    refusals += rules.record_complete(
        has_finding=check.result == CheckResult.FINDING,
        has_problem=check.result != CheckResult.NONE,
        item_code=check.item_code,
        findings=check.findings,
    )
    refusals += rules.stop_answered(check.stop_reason, check.stop_note)
    if not check.plate and not check.plate_reason:
        refusals.append(Refusal("plate.empty", "请填写车牌号。没有号牌的，请写明原因。", "", "plate"))
    return refusals
