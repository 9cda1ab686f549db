"""The register of officers: what a draw must know of them; days off, 回避, the yearly training (inspection.md §5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from inspections.actions.frame import refuse_if
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.policy import Subject
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal
from lishu_law.registry.models import (
    OfficerAbsence,
    OfficerConflict,
    OfficerProfile,
    OfficerYear,
    Party,
    StoredFile,
    SupervisedSubject,
    User,
)

STALE = "有人在您打开这一页之后改过这名人员的资料。请核对后再提交。"


@dataclass(frozen=True, kw_only=True)
class ProfileDetails:
    """What the register keeps of an officer beside the account and the certificates."""

    staff_type: str
    sex: str = ""
    post: str = ""
    specialities: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    pairing_group: str = ""


@transaction.atomic(durable=True)
def save_profile(
    *, by: Any, staff_number: str, details: ProfileDetails, version: int | None = None, at: datetime | None = None
) -> OfficerProfile:
    """Enter or change an officer's entry."""
    user = _locked(staff_number, by)
    known = OfficerProfile.objects.filter(user=user).first()
    if known and version is not None and version != known.version:
        raise Conflict(STALE)
    profile = known or OfficerProfile(user=user, version=0)
    for name in ("staff_type", "sex", "post", "pairing_group"):
        setattr(profile, name, getattr(details, name))
    profile.specialities, profile.areas = list(details.specialities), list(details.areas)
    profile.updated_at, profile.version = at or clock.now(), profile.version + 1
    names = ["staff_type", "sex", "post", "pairing_group", "specialities", "areas", "updated_at", "version"]
    profile.save(update_fields=names) if known else profile.save(force_insert=True)
    journal.record("officer.profile", by=by, on=("user", staff_number), details={"staff_type": details.staff_type})
    return profile


@transaction.atomic(durable=True)
def save_portrait(*, by: Any, staff_number: str, photo: StoredFile, at: datetime | None = None) -> OfficerProfile:
    """The photo shown with the officer's certificate; the one before stays in the store."""
    user = _locked(staff_number, by)
    profile = OfficerProfile.objects.filter(user=user).first()
    if profile is None:
        refuse_if([Refusal("officer-profile", "这名人员还没有名录资料。请先填写名录资料，再上传照片。", "", "photo")])
        raise NotFound
    profile.photo, profile.updated_at, profile.version = photo, at or clock.now(), profile.version + 1
    profile.save(update_fields=["photo", "updated_at", "version"])
    journal.record("officer.portrait", by=by, on=("user", staff_number), details={"photo": photo.sha256})
    return profile


@transaction.atomic(durable=True)
def record_absence(
    *, by: Any, staff_number: str, kind: str, from_on: date, to_on: date, note: str = ""
) -> OfficerAbsence:
    """Days on which the officer is not drawn."""
    user = _locked(staff_number, by)
    if to_on < from_on:
        refuse_if([Refusal("absence-period", "结束日期早于开始日期，请核对。", "", "to_on")])
    absence = OfficerAbsence.objects.create(user=user, kind=kind, from_on=from_on, to_on=to_on, note=note)
    journal.record("officer.absence", by=by, on=("user", staff_number), details={"absence": absence.pk})
    return absence


@transaction.atomic(durable=True)
def cancel_absence(*, by: Any, staff_number: str, absence_id: int, at: datetime | None = None) -> OfficerAbsence:
    """The officer is available after all; the row stays."""
    user = _locked(staff_number, by)
    absence: OfficerAbsence = _cancelled(OfficerAbsence, absence_id, user, at)
    journal.record("officer.absence_cancelled", by=by, on=("user", staff_number), details={"absence": absence_id})
    return absence


@transaction.atomic(durable=True)
def record_conflict(
    *, by: Any, staff_number: str, on: SupervisedSubject | Party, reason: str, from_on: date, to_on: date | None = None,
    note: str = "",
) -> OfficerConflict:  # fmt: skip
    """This officer stays away from this object, or from everything of this party."""
    user = _locked(staff_number, by)
    if to_on and to_on < from_on:
        refuse_if([Refusal("conflict-period", "结束日期早于开始日期，请核对。", "", "to_on")])
    target: dict[str, Any] = {"subject": on} if isinstance(on, SupervisedSubject) else {"party": on}
    conflict = OfficerConflict.objects.create(
        user=user, reason=reason, note=note, from_on=from_on, to_on=to_on, **target
    )
    journal.record("officer.conflict", by=by, on=("user", staff_number), details={"conflict": conflict.pk})
    return conflict


@transaction.atomic(durable=True)
def cancel_conflict(*, by: Any, staff_number: str, conflict_id: int, at: datetime | None = None) -> OfficerConflict:
    """The reason to stay away is gone; the row stays."""
    user = _locked(staff_number, by)
    conflict: OfficerConflict = _cancelled(OfficerConflict, conflict_id, user, at)
    journal.record("officer.conflict_cancelled", by=by, on=("user", staff_number), details={"conflict": conflict_id})
    return conflict


def _cancelled(kind: Any, pk: int, user: User, at: datetime | None) -> Any:
    """The officer's row of this kind, marked as ended. Raises ``NotFound`` for another's and for one that ended before."""
    row = kind.objects.filter(pk=pk, user=user, cancelled_at__isnull=True).first()
    if row is None:
        raise NotFound
    row.cancelled_at = at or clock.now()
    row.save(update_fields=["cancelled_at"])
    return row


@transaction.atomic(durable=True)
def record_year(
    *, by: Any, staff_number: str, year: int, training_hours: int | None = None, exam: str = "", appraisal: str = ""
) -> OfficerYear:
    """Training, examination and appraisal of a year."""
    user = _locked(staff_number, by)
    row, _is_new = OfficerYear.objects.update_or_create(
        user=user, year=year, defaults={"training_hours": training_hours, "exam": exam, "appraisal": appraisal}
    )
    journal.record("officer.year", by=by, on=("user", staff_number), details={"year": year})
    return row


def _locked(staff_number: str, by: Any) -> User:
    user = User.objects.select_for_update(of=("self",), no_key=True).filter(staff_number=staff_number).first()
    if user is None:
        raise NotFound
    policy.check(by, "officer.edit", Subject(unit_id=user.unit_id))
    return user
