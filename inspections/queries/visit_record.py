"""What a visit left, read for its page, its record and its case; and what still has to be done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch

from inspections.models import (
    FilingState,
    InspectionFiling,
    InspectionPhoto,
    PendingEnd,
    PointResult,
    RectificationOrder,
    ResultCode,
    Source,
    Suspension,
    VisitMark,
    VisitMoment,
    VisitSignature,
)
from inspections.queries.officers import officers_with_numbers
from inspections.record_text import RecordFacts, RecordPoint, record_text
from inspections.rules import Position
from lishu_law import clock
from lishu_law.registry.models import SupervisedSubject
from lishu_law.web.models import SignerRole


@dataclass(frozen=True)
class Visit:
    """Everything beside the filing's own columns, in a fixed number of statements."""

    start: VisitMark | None
    end: VisitMark | None
    points: list[PointResult]
    photos: list[InspectionPhoto]  # of no single point and no interruption
    suspensions: list[Suspension]
    signatures: list[VisitSignature]
    order: RectificationOrder | None
    photo_count: int = 0
    signed: list[Any] = field(default_factory=list)  # officers who have signed the record
    unsigned: list[Any] = field(default_factory=list)  # and who have not yet


def visit_of(filing: InspectionFiling) -> Visit:
    """The visit of a filing, for its page."""
    marks = {mark.moment: mark for mark in filing.marks.all()}
    photos = InspectionPhoto.objects.select_related("file").order_by("position")
    points = filing.points.select_related("matter").prefetch_related(Prefetch("photos", photos)).order_by("id")
    suspensions = filing.suspensions.select_related("by", "resumed_by").prefetch_related(Prefetch("photos", photos))
    every = list(photos.filter(filing=filing))
    signatures = list(
        filing.signatures.select_related("signature__user", "signature__image").order_by("signature__signed_at", "id")
    )
    signed = {one.signature.user_id for one in signatures if one.signature.role == SignerRole.OFFICER}
    people = _officers(filing)
    return Visit(
        start=marks.get(VisitMoment.START), end=marks.get(VisitMoment.FINISH), points=list(points),
        photos=[one for one in every if one.point_id is None and one.suspension_id is None],
        suspensions=list(suspensions.order_by("id")), signatures=signatures, order=order_of(filing),
        photo_count=len(every), signed=[user for user in people if user.pk in signed],
        unsigned=[user for user in people if user.pk not in signed],
    )  # fmt: skip


def _officers(filing: InspectionFiling) -> list[Any]:
    return [one.user for one in filing.officers.select_related("user").order_by("-is_lead", "id")]


def officers_signed(filing: InspectionFiling) -> tuple[list[Any], list[Any]]:
    """Who of those who inspected has signed the record, and who has not; the lead first."""
    rows = VisitSignature.objects.filter(filing=filing, signature__role=SignerRole.OFFICER)
    keys = set(rows.values_list("signature__user_id", flat=True))
    people = _officers(filing)
    return [one for one in people if one.pk in keys], [one for one in people if one.pk not in keys]


def order_of(filing: InspectionFiling) -> RectificationOrder | None:
    return RectificationOrder.objects.filter(filing=filing).select_related("ended_by").first()


def text_of_record(filing: InspectionFiling) -> str:
    """The record as it is signed, made from what is stored; what came after the visit is no part of it."""
    assert filing.started_at is not None and filing.finished_at is not None
    order = RectificationOrder.objects.filter(filing=filing, ordered_at__lte=filing.finished_at).first()
    points = filing.points.annotate(photo_count=Count("photos")).order_by("id")
    present = " ".join(part for part in (filing.present_person, filing.present_post) if part)
    return record_text(
        RecordFacts(
            filing_no=filing.filing_no or "", subject=filing.subject.party.name, uscc=filing.subject.party.uscc,
            place=filing.subject.address, started_at=filing.started_at, finished_at=filing.finished_at,
            officers=officers_with_numbers(filing),
            points=[
                RecordPoint(
                    one.no, one.content, one.outcome, one.facts, one.article,
                    one.get_disposal_display() if one.disposal else "", one.evidence, one.photo_count,
                )
                for one in points
            ],
            result=as_finished(filing), findings=filing.findings, measures=filing.measures,
            order_what=order.what if order else "", order_basis=order.basis if order else "",
            order_due=order.due_on if order else None, present=present, party_opinion=filing.party_opinion,
            interruptions=[f"{one.get_reason_display()}。{one.note}" for one in filing.suspensions.order_by("id")],
            photos=filing.photos.count(),
        )
    )  # fmt: skip


def as_finished(filing: InspectionFiling) -> str:
    """The result as the visit ended; what it was left open for came afterwards."""
    is_ended = PendingEnd.objects.filter(filing=filing).exists()
    return str(ResultCode.R8.label if is_ended else filing.get_result_code_display())


def position_of(subject: SupervisedSubject) -> Position | None:
    """Where the object's address is, if the directory knows."""
    if subject.latitude is None or subject.longitude is None:
        return None
    return Position(float(subject.latitude), float(subject.longitude))


def ordered_visit(recheck: InspectionFiling) -> RectificationOrder | None:
    """The open order that this recheck looks at: its filing names the number of the first visit."""
    if recheck.source != Source.RECHECK:
        return None
    return RectificationOrder.objects.filter(
        filing__filing_no=recheck.source_note.strip(), filing__subject_id=recheck.subject_id, ended_at__isnull=True
    ).first()


def waiting_recheck(first: InspectionFiling) -> str:
    """The number of a recheck of this visit that is filed and not done; empty when there is none."""
    if not first.filing_no:
        return ""
    waiting = (
        FilingState.DRAFT, FilingState.SUBMITTED, FilingState.RETURNED, FilingState.FILED, FilingState.STARTED,
        FilingState.SUSPENDED,
    )  # fmt: skip
    found = InspectionFiling.objects.filter(
        source=Source.RECHECK, source_note=first.filing_no, subject_id=first.subject_id, state__in=waiting
    ).filter(window_to__gt=clock.now())
    row = found.order_by("-id").first()
    return (row.filing_no or "待审批的备案") if row else ""
