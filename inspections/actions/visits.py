"""The visit: started inside its window with the certificate shown, finished with a result per check point (§3, §8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from inspections import numbering, permissions, rules
from inspections.actions.checks import NewPhoto
from inspections.actions.frame import journal_digests, lock_filing, may_move, refuse_if, save, witness_refusals
from inspections.actions.whereabouts import Whereabouts, mark_visit
from inspections.models import (
    FilingState,
    InspectionFiling,
    InspectionPhoto,
    Method,
    PointOutcome,
    PointResult,
    RectificationOrder,
    ResultCode,
    Suspension,
    VisitMoment,
    VisitSignature,
)
from inspections.moves import FINISH, START
from inspections.queries.officers import officer_facts
from inspections.queries.visit_record import ordered_visit, text_of_record
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import Refusal
from lishu_law.web.models import SignerRole
from lishu_law.web.signatures import NewSignature, keep_signature

PROBLEMS = frozenset(ResultCode) - {ResultCode.R1, ResultCode.R7}


@dataclass(frozen=True)
class NewPoint:
    """The answer to one check point; a failed one says what was seen, against which article, what is done about it,
    and by what it is shown: its photos or other ``evidence``.
    """

    matter_id: int
    no: str
    outcome: str
    facts: str = ""
    article: str = ""
    disposal: str = ""
    evidence: str = ""
    photos: tuple[NewPhoto, ...] = ()


@dataclass(frozen=True)
class NewOrder:
    """责令改正: what, on which basis, by when."""

    what: str
    basis: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class NewResult:
    """What the visit gave. ``item_code`` is the 案由 of an R9 result."""

    result_code: str
    points: tuple[NewPoint, ...]
    signing: str
    findings: str = ""
    measures: str = ""
    item_code: str = ""
    present_person: str = ""
    present_post: str = ""
    present_phone: str = ""
    party_opinion: str = ""
    refusal_note: str = ""
    witness_name: str = ""
    order: NewOrder = field(default_factory=lambda: NewOrder(""))


NOT_COLUMNS = frozenset({"points", "order"})


@transaction.atomic(durable=True)
def start_inspection(
    *, filing_id: int, version: int | None, by: Any, how: str, read_text: str = "", where: Whereabouts | None = None,
    at: datetime | None = None,
) -> InspectionFiling:  # fmt: skip
    """The visit begins. ``read_text`` is what the licence code of the business said; it must name the object."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.act", subject)
    window = window_of(row)
    refusals = may_move(row, START) or rules.may_start(window, row.approved_at, moment)
    users = [one.user for one in row.officers.select_related("user")]
    refusals += rules.two_certified(officer_facts(users), [clock.local(moment).date()])
    refusals += rules.licence_is_objects(how, read_text, row.subject.party.uscc)
    refuse_if(refusals)
    save(row, state=START.to_state, started_at=moment, started_by=by, started_how=how)
    mark = mark_visit(row, VisitMoment.START, where or Whereabouts(), by=by, at=moment, read_text=read_text)
    details = {"filing_no": row.filing_no, "how": how, "located": mark.located, "far": mark.is_far}
    journal.record("inspection.start", by=by, on=("inspection_filing", row.pk), details=details)
    return row


def window_of(row: InspectionFiling) -> rules.Window:
    return rules.Window(row.window_from, row.window_to, row.method == Method.ON_SITE, row.why_longer)


@transaction.atomic(durable=True)
def finish_inspection(
    *, filing_id: int, version: int | None, by: Any, result: NewResult, photos: tuple[NewPhoto, ...] = (),
    signatures: tuple[NewSignature, ...] = (), where: Whereabouts | None = None, at: datetime | None = None,
) -> InspectionFiling:  # fmt: skip
    """The record is complete and signed (or the refusal noted with a witness); it gets its check action code.

    Everybody signs the text that is made here from what was stored. A recheck ends the order it looked at.
    """
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.act", subject)
    refuse_if(may_move(row, FINISH))
    contents = {
        (matter.pk, str(point["no"])): point["content"] for matter in row.matters.all() for point in matter.check_points
    }
    today = clock.local(moment).date()
    seen = witness_refusals(row, result.witness_name, "insp-record", own=(result.present_person,))
    unsigned = [*_unsigned(result, signatures), *seen]
    refuse_if([*_refusals(result, contents, today), *unsigned, *_still_suspended(row, result)])
    fields = {name: getattr(result, name) for name in result.__dataclass_fields__ if name not in NOT_COLUMNS}
    code = numbering.check_code(today)
    save(row, state=FINISH.to_state, finished_at=moment, check_code=code, **fields)
    _write_points(row, result.points, contents)
    _write_photos(row, photos, InspectionPhoto.objects.filter(filing=row).count())
    _write_order(row, result.order, by, moment)
    mark_visit(row, VisitMoment.FINISH, where or Whereabouts(), by=by, at=moment)
    text = text_of_record(row)
    for one in signatures:
        VisitSignature.objects.create(filing=row, signature=keep_signature(one, text=text, by=by, at=moment))
    details = {
        "check_code": code, "result": result.result_code, "order_ended": _end_order(row, result.result_code, moment),
        "photos": journal_digests([photo.file for photo in row.photos.select_related("file").order_by("id")]),
        "signed": [one.role for one in signatures],
    }  # fmt: skip
    journal.record("inspection.finish", by=by, on=("inspection_filing", row.pk), details=details)
    return row


def _write_points(row: InspectionFiling, points: Sequence[NewPoint], contents: dict[tuple[int, str], str]) -> None:
    names = ("matter_id", "no", "outcome", "facts", "article", "disposal", "evidence")
    for point in points:
        plain = {name: getattr(point, name) for name in names}
        if point.outcome != PointOutcome.FAILED:
            plain |= {"article": "", "disposal": ""}
        kept = PointResult.objects.create(filing=row, content=contents[point.matter_id, point.no], **plain)
        _write_photos(row, point.photos, InspectionPhoto.objects.filter(filing=row).count(), point=kept)


def _write_photos(row: InspectionFiling, photos: Sequence[NewPhoto], first: int, **belongs: Any) -> None:
    """The photos of the record, of one point (``point``) or of an interruption; the same file once in each."""
    InspectionPhoto.objects.bulk_create(
        InspectionPhoto(filing=row, position=number, sha256=photo.file.sha256, **vars(photo), **belongs)
        for number, photo in enumerate({photo.file.pk: photo for photo in photos}.values(), start=first)
    )


def add_suspension_photos(row: InspectionFiling, suspension: Suspension, photos: Sequence[NewPhoto]) -> None:
    _write_photos(row, photos, InspectionPhoto.objects.filter(filing=row).count(), suspension=suspension)


def _write_order(row: InspectionFiling, order: NewOrder, by: Any, moment: datetime) -> None:
    if order.what.strip() and order.due_on:
        write_order(row, order, by=by, at=moment)


def write_order(row: InspectionFiling, order: NewOrder, *, by: Any, at: datetime) -> RectificationOrder:
    """The order of a visit; the basis is that of the matter unless another was given. Part of an action."""
    assert order.due_on is not None  # the rules have asked for it
    basis = order.basis.strip() or "；".join(dict.fromkeys(one.basis for one in row.matters.order_by("id")))
    return RectificationOrder.objects.create(
        filing=row, what=order.what.strip(), basis=basis[:300], due_on=order.due_on, ordered_at=at, ordered_by=by
    )


def _end_order(row: InspectionFiling, result_code: str, moment: datetime) -> str:
    """What this recheck says of the order it looked at."""
    order, ended_as = ordered_visit(row), rules.order_end(result_code)
    if order is None or not ended_as:
        return ""
    order.ended_as, order.ended_at, order.ended_by = ended_as, moment, row
    order.save(update_fields=["ended_as", "ended_at", "ended_by"])
    return ended_as


def _still_suspended(row: InspectionFiling, result: NewResult) -> list[Refusal]:
    return rules.may_end_suspended(result.result_code) if row.state == FilingState.SUSPENDED else []


def _unsigned(result: NewResult, signatures: Sequence[NewSignature]) -> list[Refusal]:
    is_signed = any(one.role == SignerRole.PARTY for one in signatures)
    return rules.signing_complete(result.signing, is_signed, result.refusal_note, result.witness_name)


def _refusals(result: NewResult, contents: dict[tuple[int, str], str], today: date) -> list[Refusal]:
    refusals = rules.points_answered([(point.matter_id, point.no) for point in result.points], contents)
    facts = [
        rules.PointFacts(
            point.no, point.outcome, point.facts, point.article, point.disposal,
            bool(point.photos or point.evidence.strip()), f"point_{point.matter_id}_{point.no}",
        )
        for point in result.points
    ]  # fmt: skip
    refusals += rules.failed_points_complete(facts)
    refusals += rules.result_fits(result.result_code, sum(one.outcome == PointOutcome.FAILED for one in facts))
    refusals += rules.order_fits(result.result_code, result.order.what, result.order.due_on, today)
    refusals += rules.record_complete(
        has_finding=result.result_code == ResultCode.R9,
        has_problem=result.result_code in PROBLEMS,
        item_code=result.item_code,
        findings=result.findings,
    )
    return refusals
