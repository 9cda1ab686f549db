"""Finding shifts, filings and checks: one by its address, and lists newest first, paged by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateField, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from inspections import permissions
from inspections.models import (
    CheckResult,
    FilingOfficer,
    FilingState,
    InspectionFiling,
    InspectionPhoto,
    PatrolShift,
    ResultCode,
    RoadsideCheck,
    ShiftOfficer,
    ShiftState,
)
from lishu_law.access.policy import Subject, may_ever
from lishu_law.errors import NotFound

PAGE = 20


@dataclass(frozen=True)
class OpenedShift:
    """A shift somebody may read."""

    shift: PatrolShift
    officers: list[ShiftOfficer]
    subject: Subject


@dataclass(frozen=True)
class OpenedFiling:
    """A filing somebody may read."""

    filing: InspectionFiling
    officers: list[FilingOfficer]
    subject: Subject


@dataclass(frozen=True)
class Page:
    """One page of a list; ``next_key`` is the id after which the next page starts."""

    rows: list[Any]
    next_key: int | None


def open_shift(user: Any, shift_no: str) -> OpenedShift:
    """The shift of an address; ``NotFound`` when there is none or it lies outside the person's scope."""
    shift = (
        PatrolShift.objects.filter(shift_no=shift_no)
        .select_related("unit", "applicant", "approver")
        .prefetch_related(_officers(ShiftOfficer), "sections")
        .first()
    )
    if shift is None:
        raise NotFound
    officers = list(shift.officers.all())
    subject = permissions.shift_subject(shift, officers)
    permissions.check_visible(user, "shift.read", subject)
    return OpenedShift(shift, officers, subject)


def open_filing(user: Any, reference: str) -> OpenedFiling:
    """The filing of an address; ``NotFound`` when there is none or it lies outside the person's scope."""
    filing = (
        InspectionFiling.objects.filter(reference=reference)
        .select_related(
            "unit__parent",
            "applicant",
            "approver",
            "subject__party",
            "subject__vehicle",
            "case",
            "started_by",
            "drawn__draw",
            "joins",
            "legal_consent_by",
            "justice_recorded_by",
            "pending_end",
        )
        .prefetch_related(_officers(FilingOfficer), "matters")
        .first()
    )
    if filing is None:
        raise NotFound
    officers = list(filing.officers.all())
    subject = permissions.filing_subject(filing, officers)
    permissions.check_visible(user, "inspection.read", subject)
    return OpenedFiling(filing, officers, subject)


def open_check(user: Any, check_code: str) -> tuple[RoadsideCheck, OpenedShift]:
    """The check of an address with its shift; ``NotFound`` like :func:`open_shift`."""
    check = (
        RoadsideCheck.objects.filter(check_code=check_code)
        .select_related("shift", "recorded_by", "second_officer", "matter", "party", "case")
        .prefetch_related(Prefetch("photos", InspectionPhoto.objects.select_related("file").order_by("position")))
        .first()
    )
    if check is None:
        raise NotFound
    return check, open_shift(user, check.shift.shift_no)


def list_shifts(user: Any, *, after: int | None = None) -> Page:
    """The shifts this person may read, 20 a page, with officers and the number of checks."""
    shifts = (
        permissions.visible_shifts(user)
        .select_related("unit")
        .prefetch_related(_officers(ShiftOfficer), "sections")
        .annotate(check_count=Count("checks"))
    )
    return _page(shifts, after)


def list_filings(user: Any, *, after: int | None = None) -> Page:
    """The filings this person may read, 20 a page, with object and officers."""
    filings = (
        permissions.visible_filings(user)
        .select_related("subject__party", "unit")
        .prefetch_related(_officers(FilingOfficer))
    )
    return _page(filings, after)


def checks_of(shift: PatrolShift, *, after: int | None = None) -> Page:
    """The stops of a shift, newest first."""
    return _page(RoadsideCheck.objects.filter(shift=shift).select_related("matter", "case"), after)


def my_shifts(user: Any, moment: datetime) -> list[PatrolShift]:
    """The approved shifts of this officer that run or come next."""
    return list(
        PatrolShift.objects.filter(officers__user=user, state=ShiftState.FILED, planned_to__gte=moment)
        .prefetch_related("sections")
        .order_by("planned_from")[:PAGE]
    )


def my_filings(user: Any, moment: datetime) -> list[InspectionFiling]:
    """The filed or started visits of this officer."""
    running = Q(state__in=[FilingState.STARTED, FilingState.SUSPENDED])
    wanted = running | Q(state=FilingState.FILED, window_to__gte=moment)
    return list(
        InspectionFiling.objects.filter(wanted, officers__user=user)
        .select_related("subject__party")
        .order_by("window_from")[:PAGE]
    )


def findings_without_case(user: Any) -> list[tuple[str, Any]]:
    """("check" or "filing", record) of this officer's findings that have not become a case."""
    checks, filings = _findings(user)
    return [*(("check", one) for one in checks), *(("filing", one) for one in filings.select_related("subject__party"))]


def finding_rows(user: Any) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """The same for one statement of the desk: kind, reference of the address, number, and two empty columns."""
    checks, filings = _findings(user)
    empty = {"name": Value(""), "day": Value(None, output_field=DateField())}
    stops = checks.annotate(kind=Value("check"), key=F("check_code"), shown=F("check_code"), **empty)
    visits = filings.annotate(kind=Value("filing"), key=F("reference"), shown=F("filing_no"), **empty)
    words = ("kind", "key", "shown", "name", "day")
    return stops.values_list(*words), visits.values_list(*words)


def _findings(user: Any) -> tuple[QuerySet[RoadsideCheck], QuerySet[InspectionFiling]]:
    checks = RoadsideCheck.objects.filter(
        Q(recorded_by=user) | Q(second_officer=user), result=CheckResult.FINDING, case__isnull=True
    ).order_by("-id")[:PAGE]
    filings = InspectionFiling.objects.filter(officers__user=user, result_code=ResultCode.R9, case__isnull=True)
    return checks, filings.order_by("-id")[:PAGE]


def _officers(model: Any) -> Prefetch[Any]:
    return Prefetch("officers", model.objects.select_related("user").order_by("-is_lead", "id"))


def _page(rows: QuerySet[Any], after: int | None) -> Page:
    rows = rows.order_by("-id")
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def waiting_approvals(user: Any) -> list[PatrolShift | InspectionFiling]:
    """The shifts and filings this person may approve now: never those of which he is applicant or officer."""
    shifts, filings = _approvals(user)
    found: list[PatrolShift | InspectionFiling] = []
    if shifts is not None:
        found += shifts.select_related("applicant", "unit")
    if filings is not None:
        found += filings.select_related("applicant", "unit", "subject__party")
    return found


@dataclass(frozen=True)
class ApprovalKey:
    """What the desk says of an approval. ``kind``: "shift" or "filing"; ``key`` is the last part of its address."""

    kind: str
    key: str
    number: str | None
    begins: datetime
    unit: str
    applicant: str


def approval_keys(user: Any) -> list[ApprovalKey]:
    """The same in one statement, for the desk."""
    kinds = zip(_approvals(user), _APPROVAL_COLUMNS, strict=True)
    rows = [
        found.annotate(
            kind=Value(kind), key=F(key), number=F(number), begins=begins, unit_name=F("unit__name"),
            asked_by=F("applicant__full_name"),
        ).values_list("kind", "key", "number", "begins", "unit_name", "asked_by")
        for found, (kind, key, number, begins) in kinds
        if found is not None
    ]  # fmt: skip
    if not rows:
        return []
    return [ApprovalKey(*row) for row in rows[0].union(*rows[1:], all=True)]


# A visit that was checked first is approved before its papers are late.
_APPROVAL_COLUMNS = (
    ("shift", "shift_no", "shift_no", F("planned_from")),
    ("filing", "reference", "filing_no", Coalesce("papers_due_at", "window_from")),
)


WAITS_FOR_APPROVAL = Q(state=FilingState.SUBMITTED) | Q(papers_at__isnull=False, approved_at__isnull=True)


def _approvals(user: Any) -> tuple[QuerySet[PatrolShift] | None, QuerySet[InspectionFiling] | None]:
    shifts = filings = None
    if may_ever(user, "shift.approve"):
        shifts = permissions.visible_shifts(user).filter(state=ShiftState.SUBMITTED).exclude(applicant=user)
        shifts = permissions.approvable(user, shifts.exclude(officers__user=user)).order_by("id")[:PAGE]
    if may_ever(user, "inspection.approve"):
        filings = permissions.visible_filings(user).filter(WAITS_FOR_APPROVAL).exclude(applicant=user)
        filings = permissions.approvable(user, filings.exclude(officers__user=user)).order_by("id")[:PAGE]
    return shifts, filings
