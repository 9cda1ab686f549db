"""The bureau's own enforcement and agreements: what the case itself must allow (强制法37–46、50–52)."""

from __future__ import annotations

from datetime import date

from cases.procedure.closing import no_longer_enforced_on
from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def not_stopped(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-no-stop: a remedy does not stop the execution unless organ or court ordered it (复议法42; 行诉56)."""
    stopped = next((one for one in facts.remedies if one.ended_on is None and one.stops_execution), None)
    if stopped is None:
        return None
    word = "行政复议机关" if stopped.kind == "review" else "人民法院"
    return Refusal(
        "enforce-no-stop", f"{word}已经决定停止执行，现在不能催告、强制执行或者向法院申请。请等复议、诉讼结束后再办。",
        "行政处罚法第七十三条", "case",
    )  # fmt: skip


def can_be_performed(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-decision: only a decision in force is enforced; suspended and ended enforcements are not carried out."""
    one = facts.execution.enforcement(facts.focus)
    if one and one.status == "decided":
        return None
    return Refusal(
        "enforce-decision", "这项强制执行已经中止、终结或者实施，不能再实施。请回到案件页核对。",
        "行政强制法第三十七条", "case",
    )  # fmt: skip


def decision_of_enforcement_served(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-decision: the enforcement decision is written and served before it is carried out (强制法37、38)."""
    one = facts.execution.enforcement(facts.focus)
    if one is None or one.kind == "proxy_now":
        return None
    if any(paper.id == one.document_id and paper.served_on for paper in facts.documents):
        return None
    return Refusal("enforce-decision", "强制执行决定书还没有送达，不能实施。请先送达。", "行政强制法第三十八条", "case")


def may_change(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-end: an enforcement that was carried out or ended is not suspended, ended or resumed any more."""
    one = facts.execution.enforcement(facts.focus)
    if one and one.status in {"decided", "suspended"}:
        return None
    return Refusal(
        "enforce-end", "这项强制执行已经实施或者终结，不能再中止、终结或者恢复。请回到案件页核对。",
        "行政强制法第四十条", "case",
    )  # fmt: skip


def agreement_open(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-agreement: an agreement is kept or broken once."""
    one = next((a for a in facts.execution.agreements if a.id == facts.focus), None)
    if one and one.breached_on is None and one.remedied_on is None:
        return None
    return Refusal(
        "enforce-agreement", "这份协议的履行结果已经登记过。请回到案件页核对。", "行政强制法第四十二条", "case"
    )


def within_three_years(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-3y: suspended for three years, it is no longer enforced (强制法39第二款)."""
    ended = no_longer_enforced_on(facts, today)
    if ended is None:
        return None
    return Refusal(
        "enforce-3y", f"中止执行到 {ended:%Y-%m-%d} 已满三年，不再执行。请提请结案（无法执行）。",
        "行政强制法第三十九条第二款", "propose_closing",
    )  # fmt: skip
