"""Whether and how much: the benchmark is applied and the obligatory questions are answered (处罚法5、29–34、37)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def not_under_fourteen(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-minor-u14: no penalty on a person under fourteen (处罚法30)."""
    proposed = facts.open_request("no_penalty")
    if proposed and proposed.ground == "under_14":
        return None
    if facts.party and facts.party.age_at_act is not None and facts.party.age_at_act < 14:
        return Refusal(
            "decide-minor-u14",
            "当事人行为时不满十四周岁，不予行政处罚，应责令监护人管教。请提出不予处罚意见。",
            "行政处罚法第三十条",
            "propose_no_penalty",
        )
    return None


def discretion_chosen(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-discretion: the benchmark applied, the amount inside its range (处罚法5、34)."""
    chosen = facts.discretion
    if chosen is None:
        return Refusal("decide-discretion", "还没有适用裁量基准。请先裁量。", "行政处罚法第三十四条", "set_discretion")
    if chosen.action != "penalise":
        return Refusal(
            "decide-discretion",
            "按裁量结果本案不应处罚。请提出不予处罚意见，或者重新裁量。",
            "行政处罚法第五条第二款",
            "propose_no_penalty",
        )
    low, high, amount = chosen.minimum, chosen.maximum, chosen.amount
    if amount is not None and low is not None and high is not None and not low <= amount <= high:
        return Refusal(
            "decide-discretion",
            f"罚款应在 {low:f}–{high:f} 元之间。请重新裁量。",
            "行政处罚法第三十四条",
            "set_discretion",
        )
    return None


def discretion_or_no_penalty(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-discretion: the report goes up with the benchmark applied, or with a proposal not to penalise."""
    return None if facts.open_request("no_penalty") else discretion_chosen(facts, today)


def questions_answered(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-mitigate-must, -minor-act, -first-offence, -no-fault, -law-time, -double-fine: silence blocks."""
    if facts.questions_answered or (facts.discretion is None and facts.open_request("no_penalty")):
        return None
    return Refusal(
        "decide-mitigate-must",
        "从轻减轻、轻微不罚、首违不罚、无主观过错等问题还没有逐项回答。请在裁量页回答。",
        "行政处罚法第二十九条、第三十二条、第三十三条、第三十七条",
        "set_discretion",
    )


def benchmark_confirmed(facts: CaseFacts, today: date) -> Refusal | None:
    """A row nobody has read carries no sealed decision until the legal section confirmed it (shared decision 23)."""
    if facts.discretion and facts.discretion.needs_confirmation:
        return Refusal(
            "benchmark-unconfirmed",
            "本案适用的裁量基准条款来源待核对。请法制机构先核对确认。",
            "行政处罚法第三十四条",
            "set_discretion",
        )
    return None
