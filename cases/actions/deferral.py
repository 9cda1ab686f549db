"""Deferral and instalments (处罚法66第二款): asked for by the party in real hardship, decided by the head, in writing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.approvals import ask, decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import pause_limit
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Approval, ApprovalOutcome, Deferral, Instalment
from cases.procedure.balance import DEFERRAL_WORD, balance
from cases.procedure.execution_facts import InstalmentFact
from cases.procedure.facts import CaseFacts
from cases.procedure.states import State
from lishu_law.errors import Refusal, Refused

LAW = "行政处罚法第六十六条第二款"
Plan = tuple[tuple[date, Decimal], ...]


@transaction.atomic(durable=True)
def request_deferral(
    *, case_id: int, version: int, by: Any, applied_on: date, hardship: str, reason: str, plan: Plan,
    at: datetime | None = None,
) -> Approval:  # fmt: skip
    """The party's application with its hardship and plan, and the handler's opinion."""
    doing = begin("request_deferral", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := [*application_dated(doing, applied_on), *plan_fits(doing.loaded.facts, plan, doing.today)]:
        raise Refused(refusals)
    data = {
        "applied_on": applied_on.isoformat(),
        "hardship": hardship,
        "plan": [[day.isoformat(), f"{amount:f}"] for day, amount in plan],
    }
    approval = ask(doing, "deferral", reason=reason, data=data)
    conclude(doing, opinion=reason, details={"approval": approval.pk})
    return approval


def application_dated(doing: Doing, applied_on: date) -> list[Refusal]:
    """pay-defer: the party applied, after the decision was served."""
    served = doing.loaded.facts.decision_served_on
    if served and served <= applied_on <= doing.today:
        return []
    text = "申请日期应当在处罚决定送达之后、今天之前（含当天），请核对。"
    return [Refusal("pay-defer", text, LAW, "applied_on")]


def plan_fits(facts: CaseFacts, plan: Plan, today: date) -> list[Refusal]:
    """pay-defer: the plan covers exactly what is unpaid of the fine, in days to come, one after the other."""
    refusals, owed = [], balance(facts, today).fine_open
    days = [day for day, _amount in plan]
    if not plan or days[0] <= today:
        refusals.append(Refusal("pay-defer", "缴纳期限应当晚于今天，请重新填写计划。", LAW, "plan"))
    if days != sorted(set(days)):
        refusals.append(Refusal("pay-defer", "各期的日期要由早到晚，不能重复。请重新填写计划。", LAW, "plan"))
    total = sum((amount for _day, amount in plan), Decimal(0))
    if total != owed or any(amount <= 0 for _day, amount in plan):
        text = f"各期金额合计 {total:f} 元，未缴的罚款是 {owed:f} 元，两者要一致。请核对计划。"
        refusals.append(Refusal("pay-defer", text, LAW, "plan"))
    return refusals


@transaction.atomic(durable=True)
def decide_deferral(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Approval:
    """The head's decision: S30 complete, one M17 for each instalment; a refusal is written as well."""
    doing = begin("decide_deferral", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    approval = decide(doing, kind="deferral", agree=agree, opinion=opinion)
    if agree:
        check_guards(doing)
    plan = planned(approval)
    if agree and (
        refusals := plan_fits(doing.loaded.facts, tuple((one.due_on, one.amount) for one in plan), doing.today)
    ):
        raise Refused(refusals)
    form = contexts.deferral_form(doing.loaded, doing, approval, plan, opinion)
    seal(doing.case, "deferral_form", form, by=by, at=doing.at)
    if not agree:
        refusal = contexts.Granted(None, 0, Decimal(0), opinion)
        seal(doing.case, "deferral_notice", contexts.deferral_notice(doing.loaded, doing, refusal), by=by, at=doing.at)
        conclude(doing, to_state=State(doing.case.state), outcome=ApprovalOutcome.REFUSED, opinion=opinion)
        return approval
    _grant(doing, approval, plan)
    conclude(doing, opinion=opinion, details={"until": plan[-1].due_on.isoformat()})
    return approval


def planned(approval: Approval) -> tuple[InstalmentFact, ...]:
    """The plan as it was asked for."""
    return tuple(
        InstalmentFact(number, date.fromisoformat(day), Decimal(amount))
        for number, (day, amount) in enumerate(approval.data["plan"], start=1)
    )


def _grant(doing: Doing, approval: Approval, plan: tuple[InstalmentFact, ...]) -> None:
    deferral = Deferral.objects.create(
        case=doing.case, approval=approval, approved_on=doing.today, ends_on=plan[-1].due_on
    )
    left = sum((one.amount for one in plan), Decimal(0))
    for line in plan:
        left -= line.amount
        Instalment.objects.create(deferral=deferral, ordinal=line.ordinal, due_on=line.due_on, amount=line.amount)
        granted = contexts.Granted(line, len(plan), left)
        data = contexts.deferral_notice(doing.loaded, doing, granted)
        part = f"deferral:{deferral.pk}"
        seal(doing.case, "deferral_notice", data, by=doing.by, at=doing.at, amount=line.amount, part=part)
    pause_limit(doing.case, "pay-15d", doing.today, DEFERRAL_WORD)
