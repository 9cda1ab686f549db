"""What the case page's cards say of reviews, lawsuits, rulings and proposed corrections: title, state, lines."""

from __future__ import annotations

from datetime import date

from cases.models import RemedyKind, RemedyOutcome, RemedyProcedure
from cases.procedure.facts import ApprovalFact, RemedyFact
from cases.procedure.overlay import EFFECTS, SOURCES
from cases.procedure.ruling_facts import RulingFact
from cases.procedure.states import TITLES, State
from lishu_law.law.amounts import format_yuan

Words = tuple[str, str, tuple[tuple[str, str], ...]]


def remedy(one: RemedyFact) -> Words:
    """A review or lawsuit."""
    kind = RemedyKind(one.kind).label
    lines = [
        ("复议机关" if one.kind == "review" else "法院", one.organ),
        ("申请人" if one.kind == "review" else "原告", one.applicant),
        ("收到日期", _day(one.received_on)),
        ("转送日期", _day(one.forwarded_on)),
        ("收到副本", _day(one.copy_on) if one.came_through_bureau else ""),
        ("程序", RemedyProcedure(one.procedure).label if one.kind == "review" and one.copy_on else ""),
        ("答复日期", _day(one.replied_on)),
        ("停止执行", "复议机关或者法院已决定停止执行" if one.stops_execution else ""),
        ("证据", "复议期间不得自行收集证据，证据登记已锁定" if one.kind == "review" and one.is_open else ""),
        ("结果日期", _day(one.ended_on)),
        ("结果送达", _day(one.served_on)),
    ]
    state = "正在进行" if one.is_open else RemedyOutcome(one.outcome).label
    return f"{kind} {one.reference}".strip(), state, _filled(lines)


def ruling(one: RulingFact) -> Words:
    """A ruling on the decision."""
    lines = [
        ("原决定", one.old_number),
        ("文号", one.document_no),
        ("生效日期", _day(one.effective_on)),
        ("理由", one.reason),
        ("现在的决定", one.new_number),
        ("变更后罚款", f"{format_yuan(one.new_amount)} 元" if one.new_amount else ""),
        ("重新办理", f"从“{TITLES[State(one.back_to)]}”开始" if one.back_to else ""),
        ("重作期限", _day(one.remake_by)),
        ("退款", _refund(one)),
        ("公示", f"{_day(one.withdrawn_on)} 已撤回或者未公示" if one.withdrawn_on else "等公示审核员撤回"),
    ]
    return SOURCES[one.source], EFFECTS[one.effect], _filled(lines)


def correction(one: ApprovalFact) -> Words:
    """A proposed correction."""
    return "撤销、变更处罚决定的申请", "等待负责人审批", (("提请日期", _day(one.asked_on)),)


def _refund(one: RulingFact) -> str:
    if one.refund is None:
        return ""
    amount = f"{format_yuan(one.refund.amount)} 元"
    if one.refund.done_on is None:
        return f"应退 {amount}，还没有退"
    return f"{_day(one.refund.done_on)} 已退 {amount}，凭证 {one.refund.receipt_no}"


def _filled(lines: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in lines if text)


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
