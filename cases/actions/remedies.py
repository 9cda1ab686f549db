"""Review and lawsuit from the first paper to the outcome, each with its clock (复议法、行诉; law/procedure.md §8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import start_limit, stop_limit
from cases.actions.rulings import NewRuling, Ruled, rule
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import (
    Case,
    Decision,
    Remedy,
    RemedyKind,
    RemedyOutcome,
    RemedyProcedure,
    RemedyRoute,
    RulingEffect,
    RulingSource,
)
from cases.procedure.facts import RemedyFact
from cases.procedure.states import Procedure
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.registry.models import StoredFile

RULED = {
    RemedyOutcome.REVOKED: RulingEffect.REVOKE,
    RemedyOutcome.CHANGED: RulingEffect.CHANGE,
    RemedyOutcome.UNLAWFUL: RulingEffect.UNLAWFUL,
    RemedyOutcome.VOID: RulingEffect.VOID,
    RemedyOutcome.REMADE: RulingEffect.REMAKE,
}
REPLY_LIMITS = {RemedyProcedure.NORMAL.value: "review-reply-10d#1", RemedyProcedure.SIMPLE.value: "review-reply-10d#2"}
DECIDE_LIMITS = {
    RemedyProcedure.NORMAL.value: "review-decide-60d#1", RemedyProcedure.SIMPLE.value: "review-decide-60d#2",
}  # fmt: skip


@dataclass(frozen=True)
class NewRemedy:
    """A review or lawsuit as it came in."""

    kind: str
    organ: str
    applicant: str
    claim: str
    received_on: date
    route: str = RemedyRoute.DIRECT
    procedure: str = RemedyProcedure.NORMAL
    reference: str = ""
    accepted_on: date | None = None


@dataclass(frozen=True)
class NewOutcome:
    """How it ended. From ``effective_on`` on it speaks of what a ruling adds."""

    outcome: str
    outcome_document: str
    ended_on: date
    served_on: date | None = None
    effective_on: date | None = None
    reason: str = ""
    new_amount: Decimal | None = None
    back_to: str = ""
    is_procedural: bool = False
    remake_by: date | None = None


def part_of(remedy: Remedy) -> str:
    return f"remedy:{remedy.pk}"


@transaction.atomic(durable=True)
def record_remedy(*, case_id: int, version: int, by: Any, remedy: NewRemedy, at: datetime | None = None) -> Remedy:
    """Register a review or lawsuit; what the bureau owes next starts to run, the party's own period ends."""
    doing = begin("record_remedy", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    decision = challenged(doing)
    if faults := [*remedy_faults(doing, remedy, decision), *route_faults(doing, remedy)]:
        raise Refused(faults)
    is_direct = remedy.route == RemedyRoute.DIRECT
    row = Remedy.objects.create(
        case=doing.case, decision=decision, copy_on=remedy.received_on if is_direct else None, recorded_by=by,
        recorded_at=doing.at, **vars(remedy),
    )  # fmt: skip
    for code, start in _first_limits(row):
        start_limit(doing.case, code, start, part=part_of(row))
    stop_limit(doing.case, "review-60d" if remedy.kind == RemedyKind.REVIEW else "sue-6m", remedy.received_on)
    conclude(doing, details={"remedy": row.pk, "kind": row.kind, "received_on": row.received_on.isoformat()})
    return row


def challenged(doing: Doing) -> Decision:
    """The decision a remedy is about: the one that stands, else the last that stood."""
    standing: Decision | None = doing.loaded.part("decision")
    found = standing or Decision.objects.filter(former_case=doing.case).order_by("-pk").first()
    if found is None:
        raise Refused(
            [Refusal("review-60d", "本案还没有处罚决定，不能登记复议或者诉讼。", "行政复议法第二十条", "case")]
        )
    return found


def remedy_faults(doing: Doing, new: NewRemedy, decision: Decision) -> list[Refusal]:
    """Days that cannot be, and a second remedy of a kind that is still open."""
    found = []
    if new.received_on > doing.today:
        found.append(Refusal("review-60d", "收到日期不能晚于今天，请核对。", "", "received_on"))
    if new.received_on < decision.decided_on:
        found.append(Refusal("review-60d", "收到日期早于处罚决定日，请核对。", "", "received_on"))
    if new.accepted_on and not decision.decided_on <= new.accepted_on <= doing.today:
        found.append(Refusal("review-60d", "受理日期应在处罚决定日和今天之间，请核对。", "", "accepted_on"))
    if any(one.is_open and one.kind == new.kind for one in doing.loaded.facts.remedies):
        text = f"本案已有一件{RemedyKind(new.kind).label}正在进行，请在案件页办理，不用重复登记。"
        found.append(Refusal("review-60d", text, "行政复议法第二十条", "case"))
    return found


def route_faults(doing: Doing, new: NewRemedy) -> list[Refusal]:
    """review-via-bureau: only reviews of on-the-spot and monitored decisions come through the bureau (复议法32)."""
    if new.route == RemedyRoute.DIRECT:
        return []
    if new.kind != RemedyKind.REVIEW:
        text = "通过本机关提交的只有复议申请。起诉状由法院转来，收到方式请选第一项。"
        return [Refusal("review-via-bureau", text, "行政复议法第三十二条", "route")]
    if new.route == RemedyRoute.ON_THE_SPOT and doing.loaded.facts.procedure != Procedure.SUMMARY:
        text = "本案不是当场处罚，不能选“对当场处罚决定”。请核对收到方式。"
        return [Refusal("review-via-bureau", text, "行政复议法第三十二条", "route")]
    return []


def _first_limits(row: Remedy) -> list[tuple[str, date]]:
    if row.kind == RemedyKind.LAWSUIT:
        return [("sue-reply-15d", row.received_on)]
    if row.route != RemedyRoute.DIRECT:
        return [("review-via-bureau", row.received_on)]
    return _review_limits(row)


def _review_limits(row: Remedy) -> list[tuple[str, date]]:
    found = [(REPLY_LIMITS[row.procedure], row.copy_on)] if row.copy_on else []
    return [*found, *([(DECIDE_LIMITS[row.procedure], row.accepted_on)] if row.accepted_on else [])]


def _open(doing: Doing) -> tuple[Remedy, RemedyFact]:
    """The open remedy an act works on, once the guards of its row are satisfied."""
    check_guards(doing)
    fact = doing.loaded.facts.focused_remedy
    row = Remedy.objects.filter(case=doing.case, pk=fact.id).first() if fact else None
    if row is None or fact is None or not doing.step.applies(doing.loaded.facts):
        raise NotFound("这一步不适用于这件复议或者诉讼，可能已经办过了。")
    return row, fact


def _day_fault(doing: Doing, day: date, since: date, field: str, what: str) -> list[Refusal]:
    if since <= day <= doing.today:
        return []
    return [Refusal("remedy-date", f"{what}应在 {since:%Y-%m-%d} 和今天之间，请核对。", "", field)]


@transaction.atomic(durable=True)
def forward_request(
    *, case_id: int, version: int, by: Any, part_id: int, opinion: str, forwarded_on: date, at: datetime | None = None
) -> Remedy:
    """The decision is upheld: the request goes on to the review organ with the bureau's letter (复议法32)."""
    doing = begin("forward_request", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    row, _fact = _open(doing)
    if faults := _day_fault(doing, forwarded_on, row.received_on, "forwarded_on", "转送日期"):
        raise Refused(faults)
    row.forwarded_on = forwarded_on
    row.save(update_fields=["forwarded_on"])
    data = contexts.forwarding_letter(doing.loaded, row, opinion, forwarded_on)
    document = seal(doing.case, "review_reply", data, by=by, at=doing.at, part=doing.part)
    stop_limit(doing.case, "review-via-bureau", forwarded_on, part=doing.part)
    conclude(doing, opinion=opinion, details={"document": document.pk, "forwarded_on": forwarded_on.isoformat()})
    return row


@transaction.atomic(durable=True)
def record_review_copy(
    *, case_id: int, version: int, by: Any, part_id: int, copy_on: date, procedure: str, reference: str,
    accepted_on: date | None = None, at: datetime | None = None,
) -> Remedy:  # fmt: skip
    """The organ accepted the forwarded request and sent its copy: the reply is due from that day (复议法48、54)."""
    doing = begin("record_review_copy", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    row, _fact = _open(doing)
    since = row.forwarded_on or row.received_on
    faults = _day_fault(doing, copy_on, since, "copy_on", "收到副本的日期")
    if accepted_on:
        faults += _day_fault(doing, accepted_on, since, "accepted_on", "受理日期")
    if faults:
        raise Refused(faults)
    row.copy_on, row.procedure, row.reference, row.accepted_on = copy_on, procedure, reference, accepted_on
    row.save(update_fields=["copy_on", "procedure", "reference", "accepted_on"])
    for code, start in _review_limits(row):
        start_limit(doing.case, code, start, part=doing.part)
    conclude(doing, details={"copy_on": copy_on.isoformat(), "procedure": procedure})
    return row


@transaction.atomic(durable=True)
def reply_review(
    *, case_id: int, version: int, by: Any, part_id: int, answer: str, replied_on: date, at: datetime | None = None
) -> Remedy:
    """The written reply with the list of evidence and norms (复议法48、54): what is not handed in counts as none."""
    doing = begin("reply_review", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    row, fact = _open(doing)
    if faults := _day_fault(doing, replied_on, fact.copy_on or row.received_on, "replied_on", "答复日期"):
        raise Refused(faults)
    row.replied_on = replied_on
    row.save(update_fields=["replied_on"])
    data = contexts.review_reply(doing.loaded, row, answer, replied_on)
    document = seal(doing.case, "review_reply", data, by=by, at=doing.at, part=doing.part)
    stop_limit(doing.case, REPLY_LIMITS[row.procedure], replied_on, part=doing.part)
    conclude(doing, opinion=answer, details={"document": document.pk, "replied_on": replied_on.isoformat()})
    return row


@transaction.atomic(durable=True)
def reply_lawsuit(
    *, case_id: int, version: int, by: Any, part_id: int, replied_on: date, handed_in: str,
    file: StoredFile | None = None, at: datetime | None = None,
) -> Remedy:  # fmt: skip
    """Reply, evidence and norms were handed in to the court (行诉67): late means none."""
    doing = begin("reply_lawsuit", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    row, _fact = _open(doing)
    if faults := _day_fault(doing, replied_on, row.received_on, "replied_on", "提交日期"):
        raise Refused(faults)
    row.replied_on, row.reply_file = replied_on, file
    row.save(update_fields=["replied_on", "reply_file"])
    stop_limit(doing.case, "sue-reply-15d", replied_on, part=doing.part)
    conclude(doing, opinion=handed_in, details={"replied_on": replied_on.isoformat()})
    return row


@transaction.atomic(durable=True)
def record_stop_order(
    *, case_id: int, version: int, by: Any, part_id: int, stopped_from: date, document: str, at: datetime | None = None
) -> Remedy:
    """Organ or court ordered execution to stop meanwhile; without an order it goes on (处罚法73)."""
    doing = begin("record_stop_order", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    row, _fact = _open(doing)
    if faults := _day_fault(doing, stopped_from, row.received_on, "stopped_from", "停止执行的日期"):
        raise Refused(faults)
    row.stopped_from, row.stop_document = stopped_from, document
    row.save(update_fields=["stopped_from", "stop_document"])
    conclude(doing, details={"stopped_from": stopped_from.isoformat(), "document": document})
    return row


@transaction.atomic(durable=True)
def end_remedy(
    *, case_id: int, version: int, by: Any, part_id: int, outcome: NewOutcome, at: datetime | None = None
) -> Case:
    """Register the outcome. What revokes, changes or condemns the decision becomes its ruling in the same act."""
    doing = begin("end_remedy", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    row, _fact = _open(doing)
    if faults := outcome_faults(doing, row, outcome):
        raise Refused(faults)
    row.outcome, row.outcome_document = outcome.outcome, outcome.outcome_document
    row.ended_on, row.served_on = outcome.ended_on, outcome.served_on
    row.save(update_fields=["outcome", "outcome_document", "ended_on", "served_on"])
    for code in (*REPLY_LIMITS.values(), *DECIDE_LIMITS.values(), "review-via-bureau", "sue-reply-15d"):
        stop_limit(doing.case, code, outcome.ended_on, part=doing.part)
    ruled = _ruled(doing, row, outcome)
    return conclude(
        doing,
        to_state=ruled.to_state if ruled else None,
        changed=ruled.changed if ruled else None,
        opinion=outcome.reason,
        details={
            "outcome": outcome.outcome,
            "ended_on": outcome.ended_on.isoformat(),
            **(ruled.details if ruled else {}),
        },
    )


def outcome_faults(doing: Doing, row: Remedy, new: NewOutcome) -> list[Refusal]:
    """Days that cannot be, and a ruling without the day from which it holds or without its reasons."""
    found = _day_fault(doing, new.ended_on, row.received_on, "ended_on", "结果作出日期")
    if new.served_on:
        found += _day_fault(doing, new.served_on, new.ended_on, "served_on", "结果送达日期")
    if new.outcome not in RULED:
        return found
    if new.effective_on is None:
        found.append(
            Refusal(
                "pub-withdraw-3d",
                "请填写生效日期，撤回公示的期限从这一天算。",
                "行政处罚法第四十八条第二款",
                "effective_on",
            )
        )
    elif new.effective_on < new.ended_on:
        found.append(Refusal("pub-withdraw-3d", "生效日期早于结果作出日期，请核对。", "", "effective_on"))
    if len(new.reason.strip()) < 5:
        found.append(
            Refusal("pub-withdraw-3d", "请写明撤销、变更或者确认违法的理由。", "行政处罚法第四十八条第二款", "reason")
        )
    return found


def _ruled(doing: Doing, row: Remedy, new: NewOutcome) -> Ruled | None:
    effect = RULED.get(RemedyOutcome(new.outcome))
    if effect is None or new.effective_on is None:
        return None
    source = RulingSource.REVIEW if row.kind == RemedyKind.REVIEW else RulingSource.COURT
    return rule(doing, NewRuling(
        source=source, effect=effect, organ=row.organ, document_no=new.outcome_document, reason=new.reason,
        effective_on=new.effective_on, new_amount=new.new_amount, back_to=new.back_to,
        is_procedural=new.is_procedural, remake_by=new.remake_by, remedy=row,
    ))  # fmt: skip
