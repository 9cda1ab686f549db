"""Recusal: an open request stops the decision, not the investigation; what a recused person did is judged (处罚法43)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def no_recusal_open(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-recuse-request: the investigation goes on, but nothing is decided or closed before the head decided the request."""
    waiting = [one.person_name for one in facts.recusals if one.is_open]
    if not waiting:
        return None
    return Refusal(
        "gen-recuse-request",
        f"当事人申请{'、'.join(waiting)}回避，负责人还没有决定。调查不停止，但决定回避之前不能对案件作出决定，也不能结案。",
        "行政处罚法第四十三条第三款",
        "decide_recusal",
    )


def recusal_effect_settled(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-recuse-effect: whether the earlier acts of whoever was recused stand is decided before the case is."""
    waiting = [one.person_name for one in facts.recusals if one.waits_for_effect]
    if not waiting:
        return None
    return Refusal(
        "gen-recuse-effect",
        f"{'、'.join(waiting)}已经回避，此前参与的行为是否有效还没有认定。请先由负责人认定。",
        "行政处罚法第四十三条",
        "settle_recusal",
    )


def recusal_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-recuse-request: the request at hand is one the head has still to decide."""
    one = facts.focused_recusal
    if one and one.is_open:
        return None
    return Refusal(
        "gen-recuse-request", "这件回避申请已经决定。请回到案件页核对。", "行政处罚法第四十三条第三款", "case"
    )


def recusal_effect_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-recuse-effect: only of a granted recusal, and only once."""
    one = facts.focused_recusal
    if one and one.waits_for_effect:
        return None
    return Refusal(
        "gen-recuse-effect", "没有需要认定的行为，或者已经认定。请回到案件页核对。", "行政处罚法第四十三条", "case"
    )
