"""The visit: started inside its window with the certificate shown, finished with a result per check point (§3, §8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import numbering, permissions, rules
from inspections.actions.checks import NewPhoto
from inspections.actions.frame import in_state, journal_digests, lock_filing, refuse_if, save
from inspections.models import (
    FilingState,
    InspectionFiling,
    InspectionPhoto,
    Method,
    PointOutcome,
    PointResult,
    ResultCode,
    StartedHow,
)
from inspections.queries.officers import officer_facts
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import Refusal

PROBLEMS = frozenset(ResultCode) - {ResultCode.R1, ResultCode.R7}


@dataclass(frozen=True)
class NewPoint:
    matter_id: int
    no: str
    outcome: str
    facts: str = ""


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
    refusal_note: str = ""
    witness_name: str = ""


@transaction.atomic(durable=True)
def start_inspection(
    *, filing_id: int, version: int | None, by: Any, how: str, scanned_uscc: str = "", at: datetime | None = None
) -> InspectionFiling:
    """The visit begins. ``scanned_uscc`` is what the licence code of the business said; it must be the object's."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.act", subject)
    window = rules.Window(row.window_from, row.window_to, row.method == Method.ON_SITE, row.why_longer)
    refusals = in_state(row, [FilingState.FILED], "开始检查") or rules.may_start(window, row.approved_at, moment)
    users = [one.user for one in row.officers.select_related("user")]
    refusals += rules.two_certified(officer_facts(users), [clock.local(moment).date()])
    if how == StartedHow.LICENCE_SCANNED and scanned_uscc != row.subject.party.uscc:
        text = "扫到的信用代码不是备案的检查对象。请核对执照，或者另行报备。"
        refusals.append(Refusal("insp-scan", text, rules.citation("insp-scan"), "scanned_uscc"))
    refuse_if(refusals)
    save(row, state=FilingState.STARTED, started_at=moment, started_by=by, started_how=how)
    journal.record(
        "inspection.start", by=by, on=("inspection_filing", row.pk), details={"filing_no": row.filing_no, "how": how}
    )
    return row


@transaction.atomic(durable=True)
def finish_inspection(
    *, filing_id: int, version: int | None, by: Any, result: NewResult, photos: tuple[NewPhoto, ...] = (),
    at: datetime | None = None,
) -> InspectionFiling:  # fmt: skip
    """The record is complete and signed (or the refusal noted with a witness); it gets its check action code."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.act", subject)
    refuse_if(in_state(row, [FilingState.STARTED], "完成检查"))
    contents = {
        (matter.pk, str(point["no"])): point["content"] for matter in row.matters.all() for point in matter.check_points
    }
    refuse_if(_refusals(result, contents))
    PointResult.objects.bulk_create(
        PointResult(filing=row, content=contents[point.matter_id, point.no], **vars(point)) for point in result.points
    )
    InspectionPhoto.objects.bulk_create(
        InspectionPhoto(filing=row, position=number, sha256=photo.file.sha256, **vars(photo))
        for number, photo in enumerate({photo.file.pk: photo for photo in photos}.values())
    )
    fields = {name: getattr(result, name) for name in result.__dataclass_fields__ if name != "points"}
    code = numbering.check_code(clock.local(moment).date())
    save(row, state=FilingState.FINISHED, finished_at=moment, check_code=code, **fields)
    journal.record(
        "inspection.finish",
        by=by,
        on=("inspection_filing", row.pk),
        details={"check_code": code, "result": result.result_code, "photos": journal_digests([p.file for p in photos])},
    )
    return row


def _refusals(result: NewResult, contents: dict[tuple[int, str], str]) -> list[Refusal]:
    answered = {(point.matter_id, point.no) for point in result.points}
    refusals = []
    if answered != set(contents) or len(result.points) != len(contents):
        missing = len(set(contents) - answered)
        text = (
            f"还有 {missing} 个检查要点没有结果。没查的请选“未检查”。"
            if missing
            else "检查要点有变化，请刷新页面后重填。"
        )
        refusals.append(Refusal("insp-record", text, rules.citation("insp-record"), "points"))
    failed = [point for point in result.points if point.outcome == PointOutcome.FAILED]
    refusals += [
        Refusal("insp-record", f"第 {point.no} 项不合格，请写明看到的情况。", rules.citation("insp-record"), "points")
        for point in failed
        if not point.facts.strip()
    ]
    refusals += rules.result_fits(
        result.result_code, len(failed), result.signing, result.refusal_note, result.witness_name
    )
    refusals += rules.record_complete(
        has_finding=result.result_code == ResultCode.R9,
        has_problem=result.result_code in PROBLEMS,
        item_code=result.item_code,
        findings=result.findings,
    )
    return refusals
