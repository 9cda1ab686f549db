"""Suspending, ending and resuming an own enforcement (强制法39、40、42第二款): on a ground of the law, by the head."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.approvals import ask, decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.enforcement import row_of
from cases.actions.limits import start_limit, stop_limit
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Approval, ApprovalOutcome, EnforcementStatus
from cases.procedure.closing import SUSPENDED_YEARS
from cases.procedure.execution_facts import AgreementFact, EnforcementFact
from cases.procedure.steps.execution import MAY_GO_ON
from lishu_law.errors import NotFound, Refusal, Refused

# change → (title, article, grounds of the law; empty where the reason is its own ground)
CHANGES: dict[str, tuple[str, str, dict[str, str]]] = {
    "suspend": ("中止执行", "行政强制法第三十九条第一款", {
        "inability": "当事人履行确有困难或者暂无履行能力",
        "third_party": "第三人对执行标的主张权利，确有理由",
        "irreparable": "执行可能造成难以弥补的损失，且中止执行不损害公共利益",
        "other": "行政机关认为需要中止执行的其他情形",
    }),
    "end": ("终结执行", "行政强制法第四十条", {
        "death": "公民死亡，无遗产可供执行，又无义务承受人",
        "dissolved": "法人或者其他组织终止，无财产可供执行，又无义务承受人",
        "object_gone": "执行标的灭失",
        "revoked": "据以执行的行政决定被撤销",
        "other": "行政机关认为需要终结执行的其他情形",
    }),
    "resume": ("恢复执行", "行政强制法第三十九条第二款", {}),
    "resume_breach": ("恢复执行（不履行执行协议）", "行政强制法第四十二条第二款", {}),
}  # fmt: skip


@transaction.atomic(durable=True)
def request_change(
    *, case_id: int, version: int, by: Any, part_id: int, change: str, reason: str, ground: str = "",
    at: datetime | None = None,
) -> Approval:  # fmt: skip
    """Ask the head to suspend, end or resume."""
    doing = begin("request_change", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    facts = doing.loaded.facts
    fact = facts.execution.enforcement(part_id)
    if fact is None:
        raise NotFound("没有找到这项强制执行。")
    if refusals := [
        *ground_named(change, ground),
        *change_follows(fact, facts.execution.agreements, change),
        *resumes_unstopped(doing, change),
    ]:
        raise Refused(refusals)
    title, _law, grounds = CHANGES[change]
    words = "：".join(part for part in (grounds.get(ground, ""), reason) if part)
    data = {"change": change, "ground": ground, "reason": words, "proposal": f"建议{title}。理由：{words}"}
    approval = ask(doing, "suspension", reason=reason, data=data, part=f"enforcement:{part_id}")
    conclude(doing, opinion=reason, details={"approval": approval.pk, "change": change})
    return approval


def ground_named(change: str, ground: str) -> list[Refusal]:
    """enforce-suspend, enforce-end: only on a ground that the law lists."""
    if change not in CHANGES:
        return [Refusal("enforce-suspend", "请选择中止、终结或者恢复。", "行政强制法第三十九条", "change")]
    title, law, grounds = CHANGES[change]
    if not grounds or ground in grounds:
        return []
    rule = "enforce-end" if change == "end" else "enforce-suspend"
    return [Refusal(rule, f"{title}要有法定情形，请选择其中一项：{'；'.join(grounds.values())}。", law, "ground")]


def change_follows(one: EnforcementFact, agreements: tuple[AgreementFact, ...], change: str) -> list[Refusal]:
    """enforce-suspend: what runs is suspended or ended, what is suspended is resumed; after a breach of an agreement."""
    if change == "suspend" and one.status != "decided":
        return [Refusal("enforce-suspend", "已经中止的不能再中止。", CHANGES[change][1], "change")]
    if change == "resume" and one.status != "suspended":
        return [Refusal("enforce-suspend", "没有中止的不需要恢复。", CHANGES[change][1], "change")]
    if change == "resume_breach" and not any(agreement.breached_on for agreement in agreements):
        text = "还没有登记当事人不履行执行协议。请先在协议上登记。"
        return [Refusal("enforce-agreement", text, CHANGES[change][1], "change")]
    return []


def resumes_unstopped(doing: Doing, change: str) -> list[Refusal]:
    """enforce-no-stop: nothing is resumed while organ or court ordered the execution to stop, or the decision fell."""
    if not change.startswith("resume"):
        return []
    return [r for guard in MAY_GO_ON if (r := guard(doing.loaded.facts, doing.today))]


@transaction.atomic(durable=True)
def decide_change(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Approval:
    """The head decides: S33 and M22; a suspension starts the three years, a resumption ends them."""
    doing = begin("decide_change", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    approval = decide(doing, kind="suspension", agree=agree, opinion=opinion)
    form = contexts.enforcement_form(doing.loaded, doing, approval, opinion)
    seal(doing.case, "enforcement_form", form, by=by, at=doing.at)
    if not agree:
        conclude(doing, outcome=ApprovalOutcome.REFUSED, opinion=opinion)
        return approval
    check_guards(doing)
    if refusals := resumes_unstopped(doing, approval.data["change"]):
        raise Refused(refusals)
    doing.part_id = int(approval.part.partition(":")[2])
    enforcement, part, change = row_of(doing), approval.part, approval.data["change"]
    data = contexts.enforcement_change(doing.loaded, doing, enforcement, approval.data)
    seal(doing.case, "enforcement_change", data, by=by, at=doing.at, part=part)
    doing.part_id = approval.pk
    stop_limit(doing.case, SUSPENDED_YEARS, doing.at, part=part)
    enforcement.suspended_on = doing.today if change == "suspend" else None
    enforcement.status = {"suspend": EnforcementStatus.SUSPENDED, "end": EnforcementStatus.ENDED}.get(
        change, EnforcementStatus.DECIDED
    )
    enforcement.save(update_fields=["status", "suspended_on"])
    if change == "suspend":
        start_limit(doing.case, SUSPENDED_YEARS, doing.today, part=part)
    conclude(doing, opinion=opinion, details={"change": change})
    return approval
