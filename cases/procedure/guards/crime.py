"""The order of a criminal transfer (移送涉嫌犯罪案件规定5、6、8、9、12)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def no_suspicion_open(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-crime-transfer-team: one report at a time."""
    if not any(one.is_open for one in facts.crimes):
        return None
    return Refusal(
        "inv-crime-transfer-team",
        "本案已经报告涉嫌犯罪，正在办理。请在案件页接着办理，不用重复报告。",
        "行政执法机关移送涉嫌犯罪案件的规定第五条",
        "case",
    )


def _stands(facts: CaseFacts, *states: str) -> bool:
    """Does the suspicion in focus stand there? One that is no part of the case is not found by the act itself."""
    one = facts.focused_crime
    return one is None or one.state in states


def awaits_decision(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-crime-transfer-decide: decided once, on the written report."""
    if _stands(facts, "reported"):
        return None
    return Refusal(
        "inv-crime-transfer-decide",
        "没有等待决定的移送报告，可能已经决定过了。请回到案件页核对。",
        "行政执法机关移送涉嫌犯罪案件的规定第五条",
        "case",
    )


def is_approved(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-crime-transfer-24h: handed over only after the chief's approval."""
    if _stands(facts, "approved"):
        return None
    return Refusal(
        "inv-crime-transfer-24h",
        "局长还没有批准移送，或者已经移送。批准后 24 小时内移送。",
        "行政执法机关移送涉嫌犯罪案件的规定第五条",
        "decide_crime",
    )


def awaits_answer(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-crime-police-refuse, inv-crime-material: the police answer what was handed over."""
    if _stands(facts, "handed_over", "objected"):
        return None
    return Refusal(
        "inv-crime-material",
        "案件还没有移送公安机关，或者已经登记答复。请先移送。",
        "行政执法机关移送涉嫌犯罪案件的规定第八条",
        "hand_over_crime",
    )


def police_filed(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-crime-material: goods and material follow the police's filing notice."""
    if _stands(facts, "filed"):
        return None
    return Refusal(
        "inv-crime-material",
        "还没有收到公安机关的立案通知，不能移交物品。请先登记答复。",
        "行政执法机关移送涉嫌犯罪案件的规定第十二条",
        "record_police_answer",
    )


def police_refused(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-crime-police-refuse: only a refusal is objected to."""
    if _stands(facts, "refused"):
        return None
    return Refusal(
        "inv-crime-police-refuse",
        "没有收到公安机关不予立案的通知，不能提请复议。请先登记答复。",
        "行政执法机关移送涉嫌犯罪案件的规定第九条",
        "record_police_answer",
    )


def has_answer(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-crime-offset: an outcome follows the police's answer."""
    if _stands(facts, "refused", "objected", "filed", "material_given"):
        return None
    return Refusal(
        "inv-crime-offset",
        "公安机关还没有答复，不能登记处理结果。请先登记答复。",
        "行政处罚法第二十七条",
        "record_police_answer",
    )


def police_answered(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: a case transferred to the police is closed once they filed it and hold the material."""
    waiting = next((one for one in facts.crimes if one.is_open and one.state != "material_given"), None)
    if waiting is None:
        return None
    return Refusal(
        "close-conditions",
        "移送公安机关的手续还没有办完（公安机关答复、物品移交）。请办完后再结案。",
        "行政处罚法第二十七条",
        "case",
    )
