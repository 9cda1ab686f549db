"""Execution agreements (强制法42): stages; a reduction of the additional fine only for remedial measures taken."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.approvals import ask, decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.payment import reached
from cases.documents import contexts
from cases.documents.issue import number_for, seal
from cases.models import Agreement, Approval, ApprovalOutcome
from cases.procedure.balance import balance
from cases.procedure.states import State
from cases.queries.facts import load_case
from lishu_law.errors import NotFound, Refusal, Refused

LAW = "行政强制法第四十二条第一款"


@transaction.atomic(durable=True)
def request_agreement(
    *, case_id: int, version: int, by: Any, terms: str, ends_on: date, harmless: bool, harmless_reason: str,
    remedy: str = "", reduced: Decimal = Decimal("0.00"), at: datetime | None = None,
) -> Approval:  # fmt: skip
    """The draft of an agreement, with the answer whether it harms the public or others."""
    doing = begin("request_agreement", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refusals = [
        *harms_nobody(harmless, harmless_reason), *reduction_earned(doing, remedy, reduced),
        *ends_later(ends_on, doing.today),
    ]  # fmt: skip
    if refusals:
        raise Refused(refusals)
    data = {
        "terms": terms, "ends_on": ends_on.isoformat(), "remedy": remedy, "reduced": f"{reduced:f}",
        "harmless": harmless, "harmless_reason": harmless_reason,
    }  # fmt: skip
    approval = ask(doing, "agreement", reason=harmless_reason, data=data)
    conclude(doing, opinion=harmless_reason, details={"approval": approval.pk})
    return approval


def harms_nobody(harmless: bool, reason: str) -> list[Refusal]:
    """enforce-agreement: a yes with its reason that neither the public nor others are harmed."""
    if harmless and reason.strip():
        return []
    text = "执行协议不得损害公共利益和他人合法权益，请核对后作答并写明理由；有损害的不能达成协议。"
    return [Refusal("enforce-agreement", text, LAW, "harmless")]


def reduction_earned(doing: Doing, remedy: str, reduced: Decimal) -> list[Refusal]:
    """enforce-agreement: only the additional fine, only for remedial measures, never more than has run."""
    if reduced == 0:
        return []
    refusals, owed = [], balance(doing.loaded.facts, doing.today).additional_open
    if not remedy.strip():
        text = "减免加处罚款要以当事人采取补救措施为条件，请写明补救措施。"
        refusals.append(Refusal("enforce-agreement", text, LAW, "remedy"))
    if reduced > owed:
        text = f"减免 {reduced:f} 元多于现在的加处罚款 {owed:f} 元；罚款本身不能减免。请核对。"
        refusals.append(Refusal("enforce-agreement", text, LAW, "reduced"))
    return refusals


def ends_later(ends_on: date, today: date) -> list[Refusal]:
    """The last day of performance lies ahead."""
    if ends_on > today:
        return []
    return [Refusal("enforce-agreement", "履行完毕的期限应当晚于今天，请核对。", LAW, "ends_on")]


@transaction.atomic(durable=True)
def decide_agreement(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Approval:
    """The head agrees: S34 numbered and sealed, for both to sign."""
    doing = begin("decide_agreement", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    approval = decide(doing, kind="agreement", agree=agree, opinion=opinion)
    if not agree:
        conclude(doing, outcome=ApprovalOutcome.REFUSED, opinion=opinion)
        return approval
    check_guards(doing)
    data = approval.data
    agreement = Agreement(
        case=doing.case, approval=approval, terms=data["terms"], remedy=data["remedy"],
        reduced=Decimal(data["reduced"]), agreed_on=doing.today, ends_on=date.fromisoformat(data["ends_on"]),
    )  # fmt: skip
    number = number_for(doing.case, "execution_agreement", doing.at)
    paper = contexts.execution_agreement(doing.loaded, doing, agreement)
    agreement.document = seal(doing.case, "execution_agreement", paper, by=by, at=doing.at, number=number)
    agreement.save(force_insert=True)
    conclude(doing, opinion=opinion, details={"agreement": agreement.pk, "number": number})
    return approval


@transaction.atomic(durable=True)
def record_agreement(
    *, case_id: int, version: int, by: Any, part_id: int, kept: bool, on: date, note: str, at: datetime | None = None
) -> Agreement:
    """The remedial measures were taken (the reduction holds), or the agreement was broken (the execution goes on)."""
    doing = begin("record_agreement", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    agreement = Agreement.objects.filter(case=doing.case, pk=part_id).first()
    if agreement is None:
        raise NotFound("没有找到这份执行协议。")
    if not agreement.agreed_on <= on <= doing.today:
        raise Refused([Refusal("enforce-agreement", "日期应当在协议之后、今天之前（含当天），请核对。", LAW, "on")])
    agreement.remedied_on, agreement.breached_on = (on, None) if kept else (None, on)
    agreement.outcome_note = note[:500]
    agreement.save(update_fields=["remedied_on", "breached_on", "outcome_note"])
    facts = load_case(doing.case.pk).facts
    target = reached(doing, facts)
    conclude(doing, to_state=target if target == State.PERFORMED else None, opinion=note, details={"kept": kept})
    return agreement
