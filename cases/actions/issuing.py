"""Issuing signed decisions together: what was signed one by one (处罚法57) is numbered and sealed in the background.

``order_issue`` writes the batch down; ``issue_item`` does one of its decisions in a transaction of its own, through the
same act with the same guards as a single approval. The item, the number and the decision are written together, so that
a killed worker leaves either all of them or none.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import F

from cases.actions.decision import issue_signed_core
from cases.documents.output import render_one
from cases.models import IssueBatch, IssueItem, ItemOutcome, SignatureState, SignedApproval
from cases.queries.issuing import LAW, MOST, Signed, next_items, papers_to_draw, signed_rows
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.celery import app
from lishu_law.documents.sealing import left_to_the_sweep
from lishu_law.errors import Conflict, DomainError, NotFound, Refusal, Refused

logger = logging.getLogger(__name__)
TASK = "cases.tasks.issue_decisions"
MOST_ATTEMPTS = 3
_TOLD = 20  # reasons kept of one item
_LOCK = 0x6C69_7368_7562_6174  # of PostgreSQL's advisory locks: one process issues at a time


@transaction.atomic(durable=True)
def order_issue(*, by: Any, references: Iterable[str], at: datetime | None = None) -> IssueBatch:
    """Have signed decisions issued in the background. Only the signer's own, only while the case is as it was signed.

    Raises ``NotAllowed`` for whoever approves no decisions any more; each case is asked again when it is issued.
    """
    if not policy.may_ever(by, "case.approve_decision"):
        policy.check(by, "case.approve_decision")  # without the role it refuses and says who may
    wanted = list(dict.fromkeys(references))
    if not wanted or len(wanted) > MOST:
        text = f"请选择要制发的决定，一次 1 至 {MOST} 件。" if not wanted else f"一次最多制发 {MOST} 件，请分批办理。"
        raise Refused([Refusal("issue-choice", text, LAW, "signed")])
    # Whoever orders the same decisions in another window waits here, and is then told so.
    held = SignedApproval.objects.select_for_update(of=("self",)).filter(by=by, reference__in=wanted).order_by("pk")
    found = {one.reference: one for one in signed_rows(held)}
    if refusals := [fault for reference in wanted if (fault := _not_to_be_issued(found.get(reference)))]:
        raise Refused(refusals)
    batch = IssueBatch.objects.create(asked_by=by, asked_at=at or clock.now())
    IssueItem.objects.bulk_create(IssueItem(batch=batch, signature=found[one].signature) for one in wanted)
    details = {"reference": batch.reference, "count": len(wanted), "signatures": wanted}
    journal.record("decisions.ordered", by=by, on=("issuebatch", batch.pk), details=details)
    transaction.on_commit(lambda: app.send_task(TASK), robust=True)
    return batch


def _not_to_be_issued(one: Signed | None) -> Refusal | None:
    if one is None:
        text = "选中的决定里有一件没有您的签署记录，可能已经重新审批。请重新打开这一页再选。"
        return Refusal("issue-choice", text, LAW, "signed")
    if one.why_not:
        return Refusal("issue-choice", f"{one.case.label}：{one.why_not}", LAW, "signed")
    return None


def issue_item(item_id: int, *, at: datetime | None = None) -> bool:
    """Issue one decision of a batch, whatever becomes of the others. Returns whether it was issued by this call.

    The attempt is counted before it is made: one that keeps killing the worker ends as failed and is seen.
    """
    waiting = IssueItem.objects.filter(pk=item_id, state=ItemOutcome.WAITING)
    if not waiting.update(attempts=F("attempts") + 1):
        return False
    if waiting.filter(attempts__gt=MOST_ATTEMPTS).exists():
        text = f"后台办理这一件时中断了 {MOST_ATTEMPTS} 次，没有制发。请系统管理员查看后台日志，然后重新列入一批。"
        return _failed(item_id, [Refusal("issue-broken", text)], at)
    try:
        return _issued(item_id, at or clock.now())
    except Refused as refused:
        return _failed(item_id, refused.refusals, at)
    except Conflict:
        text = "您签署以后案件、当事人信息或者决定书的其他内容有改动，这一次签署不再适用。请重新查看案卷并审批。"
        return _failed(item_id, [Refusal("issue-changed", text, LAW, "approve_decision")], at)
    except NotFound:  # to whoever may no longer see the case it does not exist
        text = "签署人现在无权审批这起案件，可能职务、账号有变动或者已经回避。请由现任负责人查看案卷并审批。"
        return _failed(item_id, [Refusal("issue-denied", text, LAW, "case")], at)
    except DomainError as error:
        return _failed(item_id, [Refusal("issue-denied", error.message, LAW, "case")], at)
    except OperationalError:
        raise  # the database is away: nobody's decision is at fault, the sweep comes again
    except Exception:
        logger.exception("item %s was not issued", item_id)
        text = "系统出错，没有制发，号码没有占用。请系统管理员查看后台日志，然后重新列入一批。"
        return _failed(item_id, [Refusal("issue-error", text)], at)


@transaction.atomic(durable=True)
def _issued(item_id: int, at: datetime) -> bool:
    items = IssueItem.objects.select_for_update(of=("self",), skip_locked=True).select_related("batch", "signature__by")
    item = items.filter(pk=item_id, state=ItemOutcome.WAITING).first()
    if item is None:
        return False
    signed = item.signature
    if signed.state != SignatureState.WAITING:
        text = "这一次签署已经用过或者被后一次审批代替。"
        raise Refused([Refusal("issue-changed", text, LAW, "approve_decision")])
    case = issue_signed_core(signed, at=at, batch=item.batch.reference)
    SignedApproval.objects.filter(pk=signed.pk).update(state=SignatureState.ISSUED)
    IssueItem.objects.filter(pk=item.pk).update(
        state=ItemOutcome.ISSUED, number=case.decision.number, problems=[], ended_at=at
    )
    return True


@transaction.atomic(durable=True)
def _failed(item_id: int, problems: Iterable[Refusal], at: datetime | None) -> bool:
    told = [
        {"code": one.code, "message": one.message, "citation": one.citation, "fix": one.fix}
        for one in list(problems)[:_TOLD]
    ]
    waiting = IssueItem.objects.filter(pk=item_id, state=ItemOutcome.WAITING)
    if waiting.update(state=ItemOutcome.FAILED, problems=told, ended_at=at or clock.now()):
        details = {"codes": [one["code"] for one in told]}
        journal.record("decisions.failed", by=None, on=("issueitem", item_id), details=details)
    return False


def issue_waiting(*, seconds: float) -> bool:
    """Issue what waits, one decision after another with its papers drawn, for about so long. Is something left?

    One process at a time, so that pages keep a processor; its lock ends with its connection, also when it is killed.
    """
    until = time.monotonic() + seconds
    with _alone() as is_alone:
        while is_alone and time.monotonic() < until:
            for item_id in next_items(1):
                with left_to_the_sweep():  # drawn here, right away
                    issue_item(item_id)
                for document_id in papers_to_draw(item_id):
                    render_one(document_id)
            if not next_items(1):
                return False
        return is_alone


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (is_alone,) = cursor.fetchone() or (False,)
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
