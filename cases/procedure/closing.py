"""How an execution ends and the case may be closed (close-conditions): 执行完毕, 法院受理强制执行 or 无法执行."""

from __future__ import annotations

from datetime import date

from cases.procedure.balance import is_performed
from cases.procedure.facts import CaseFacts
from cases.procedure.overlay import felling
from lishu_law.law.limits import compute

PERFORMED, COURT, IMPOSSIBLE, REVOKED = "performed", "court_accepted", "unenforceable", "revoked"
CLOSING_TITLES = {PERFORMED: "执行完毕", COURT: "法院受理强制执行", IMPOSSIBLE: "无法执行", REVOKED: "处罚决定被撤销"}
SUSPENDED_YEARS = "enforce-3y"


def no_longer_enforced_on(facts: CaseFacts, today: date) -> date | None:
    """enforce-3y: the day on which a suspension of the own enforcement had lasted three years (强制法39第二款)."""
    for one in facts.execution.enforcements:
        if one.status == "suspended" and one.suspended_on:
            last = compute(SUSPENDED_YEARS, one.suspended_on).due
            if today > last:
                return last
    return None


def closing_kind(facts: CaseFacts, today: date) -> str:
    """The kind of closing that the execution permits today, empty while there is none."""
    if felling(facts):
        return REVOKED
    if is_performed(facts, today):
        return PERFORMED
    court = facts.execution.court
    ended = bool(court and court.last == "ended") or any(one.status == "ended" for one in facts.execution.enforcements)
    if ended or no_longer_enforced_on(facts, today):
        return IMPOSSIBLE
    refused = {"not_execute", "objection_rejected"}
    return COURT if court and court.is_accepted and court.last not in refused else ""


def ends_unpaid(facts: CaseFacts, today: date) -> bool:
    """May the case be closed although something is unpaid or undone?"""
    return closing_kind(facts, today) in {COURT, IMPOSSIBLE, REVOKED}
