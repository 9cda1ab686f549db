"""After a dossier review: objections and what comes of them, corrections reported and looked at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases import permissions
from cases.actions.dossier_review import BASIS, locked
from cases.dossier_review.scoring import regraded
from cases.models import CorrectionTask, DossierReview, ObjectionOutcome, ReviewObjection
from cases.queries.dossier_review import subject_of_review
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal, Refused


@transaction.atomic(durable=True)
def object_to_item(*, by: Any, review_id: int, item: str, text: str, at: datetime | None = None) -> ReviewObjection:
    """The handler says within the days told why an item should not have cost points."""
    (row, rounds), now = locked(review_id), at or clock.now()
    permissions.check(by, "scoring.object", subject_of_review(row))
    if any(one.finished_at is None for one in rounds):
        raise NotFound  # before every round is finished nobody knows what was found
    if refusals := _objection_faults(row, item, text, now):
        raise Refused(refusals)
    objection = ReviewObjection.objects.create(review=row, item=item, text=text.strip(), by=by, at=now)
    journal.record("scoring.object", by=by, on=("dossier_review", row.pk), details={"item": item})
    return objection


def _objection_faults(row: DossierReview, item: str, text: str, now: datetime) -> list[Refusal]:
    refusals = []
    if row.tell_until and clock.local(now).date() > row.tell_until:
        said = f"提出异议的期限到 {row.tell_until:%Y-%m-%d} 止，已经届满。请照评查意见整改。"
        refusals.append(Refusal("sup-case-review", said, BASIS, ""))
    lost = {line["code"] for line in row.sheet.get("items", ()) if line["lost"] or line["is_vetoed"]}
    if item not in lost:
        refusals.append(Refusal("sup-case-review", "这一项没有扣分，也没有否决，不用提异议。", BASIS, "item"))
    elif row.objections.filter(item=item).exists():
        refusals.append(Refusal("sup-case-review", "这一项已经提过异议。请等法制机构答复。", BASIS, "item"))
    if not text.strip():
        refusals.append(Refusal("sup-case-review", "请写明异议的理由。", BASIS, "text"))
    return refusals


@transaction.atomic(durable=True)
def settle_objection(
    *, by: Any, objection_id: int, agree: bool, reply: str, at: datetime | None = None
) -> ReviewObjection:
    """The legal section answers; an upheld objection gives the item's points back and drops its correction."""
    review_id = ReviewObjection.objects.filter(pk=objection_id).values_list("review_id", flat=True).first()
    if review_id is None:
        raise NotFound
    (row, rounds), now = locked(review_id), at or clock.now()
    found = ReviewObjection.objects.select_for_update(of=("self",)).get(pk=objection_id)
    permissions.check(by, "scoring.settle", subject_of_review(row))
    refusals = []
    if found.outcome:
        refusals.append(Refusal("sup-case-review", "这项异议已经答复过。", BASIS, ""))
    if by.pk in {found.by_id, *(one.reviewer_id for one in rounds)}:
        refusals.append(Refusal("sup-case-review", "异议要由评查员和提出人以外的人处理。请换人办理。", BASIS, ""))
    if not reply.strip():
        refusals.append(Refusal("sup-case-review", "请写明答复的理由。", BASIS, "reply"))
    if refusals:
        raise Refused(refusals)
    found.outcome = ObjectionOutcome.UPHELD if agree else ObjectionOutcome.REJECTED
    found.reply, found.decided_by, found.decided_at = reply.strip(), by, now
    found.save(update_fields=["outcome", "reply", "decided_by", "decided_at"])
    if agree:
        _give_back(row, rounds, found.item, now)
    journal.record(
        "scoring.settle", by=by, on=("dossier_review", row.pk),
        details={"item": found.item, "outcome": found.outcome},
    )  # fmt: skip
    return found


def _give_back(row: DossierReview, rounds: list[DossierReview], item: str, now: datetime) -> None:
    """The item costs nothing any more in this round; what the machine found stays readable in the sheet.

    The file has one task for an item, whichever round it is kept at: it goes when no round charges the item any more.
    """
    lines = [{**line, "lost": 0.0, "is_vetoed": False} if line["code"] == item else line for line in row.sheet["items"]]
    score, grade = regraded(lines, clock.local(now).date())
    row.score, row.grade = score, grade
    row.sheet = {
        **row.sheet, "items": lines, "score": float(score), "grade": grade,
        "vetoes": [line["code"] for line in lines if line["is_vetoed"]],
    }  # fmt: skip
    row.save(update_fields=["sheet", "score", "grade"])
    if not any(_charges(one, item) for one in rounds):
        tasks = CorrectionTask.objects.filter(review__in=rounds, item=item, confirmed_at__isnull=True)
        tasks.update(dropped_at=now)


def _charges(row: DossierReview, item: str) -> bool:
    return any(line["code"] == item and (line["lost"] or line["is_vetoed"]) for line in row.sheet.get("items", ()))


def _task(task_id: int) -> tuple[CorrectionTask, DossierReview]:
    """The rounds are locked before the task, as where an objection drops it."""
    review_id = CorrectionTask.objects.filter(pk=task_id).values_list("review_id", flat=True).first()
    if review_id is None:
        raise NotFound
    row, _rounds = locked(review_id)
    return CorrectionTask.objects.select_for_update(of=("self",)).get(pk=task_id), row


@transaction.atomic(durable=True)
def report_correction(*, by: Any, task_id: int, note: str, at: datetime | None = None) -> CorrectionTask:
    """The handler says what was mended, or why it cannot be mended any more and what prevents it next time."""
    task, row = _task(task_id)
    permissions.check(by, "scoring.correct", subject_of_review(row))
    if not task.is_open:
        raise Refused([Refusal("sup-case-review", "这项整改已经办结。", BASIS, "")])
    if not note.strip():
        raise Refused([Refusal("sup-case-review", "请写明怎样整改的。", BASIS, "note")])
    task.note, task.done_by, task.done_at, task.remark = note.strip(), by, at or clock.now(), ""
    task.save(update_fields=["note", "done_by", "done_at", "remark"])
    journal.record("scoring.correct", by=by, on=("dossier_review", row.pk), details={"item": task.item})
    return task


@transaction.atomic(durable=True)
def confirm_correction(
    *, by: Any, task_id: int, agree: bool, remark: str = "", at: datetime | None = None
) -> CorrectionTask:
    """The reviewer looks at it: done, or back to the handler with what is missing."""
    task, row = _task(task_id)
    permissions.check(by, "scoring.confirm", subject_of_review(row))
    refusals = []
    if task.done_at is None or not task.is_open:
        refusals.append(Refusal("sup-case-review", "承办人还没有报告整改，或者这项已经办结。", BASIS, ""))
    if not agree and not remark.strip():
        refusals.append(Refusal("sup-case-review", "退回要写明还缺什么。", BASIS, "remark"))
    if refusals:
        raise Refused(refusals)
    if agree:
        task.confirmed_by, task.confirmed_at, task.remark = by, at or clock.now(), remark.strip()
        task.save(update_fields=["confirmed_by", "confirmed_at", "remark"])
    else:
        task.done_by, task.done_at, task.remark = None, None, remark.strip()
        task.save(update_fields=["done_by", "done_at", "remark"])
    journal.record("scoring.confirm", by=by, on=("dossier_review", row.pk), details={"item": task.item, "agree": agree})
    return task
