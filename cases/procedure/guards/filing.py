"""Before a case is filed: competence, the criteria of 立案, the two years of 追责时效 (处罚法22、36、54)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal
from lishu_law.law.limits import compute


def in_jurisdiction(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-jurisdiction-place: the act happened in this county (处罚法22)."""
    if facts.place and (facts.is_in_county or facts.designation):
        return None
    return Refusal(
        "gen-jurisdiction-place",
        "违法行为发生地不在本县或者没有写明。请核对地点；确在县外又没有指定管辖的，应当移送。",
        "行政处罚法第二十二条",
        "edit",
    )


def filing_criteria(facts: CaseFacts, today: date) -> Refusal | None:
    """file-criteria: an identified party, preliminary facts and a penalty clause (处罚法54第二款)."""
    missing = []
    if facts.party is None or not facts.party.has_identity:
        missing.append("当事人身份")
    if not facts.violation:
        missing.append("案由")
    if len(facts.summary.strip()) < 20:
        missing.append("案件基本情况（至少 20 字）")
    if facts.act_on is None:
        missing.append("违法时间")
    if not missing:
        return None
    return Refusal(
        "file-criteria", f"还缺{'、'.join(missing)}，不符合立案标准。请先补齐。", "行政处罚法第五十四条第二款", "edit"
    )


def within_limitation(facts: CaseFacts, today: date) -> Refusal | None:
    """file-limitation-2y: discovered within two years from the end of the act (处罚法36)."""
    ended, due = _limitation_end(facts, "file-limitation-2y")
    if facts.has_safety_harm or ended is None or due is None:
        return None
    return Refusal(
        "file-limitation-2y",
        f"违法行为 {ended:%Y-%m-%d} 结束，{facts.discovered_on:%Y-%m-%d} 才发现，已超过二年，不再给予处罚。",
        "行政处罚法第三十六条",
        "edit",
    )


def within_five_years(facts: CaseFacts, today: date) -> Refusal | None:
    """file-limitation-5y: five years where life, health or financial safety was harmed, with the reason on the file."""
    ended, due = _limitation_end(facts, "file-limitation-5y")
    if not facts.has_safety_harm or ended is None or due is None:
        return None
    return Refusal(
        "file-limitation-5y",
        f"违法行为 {ended:%Y-%m-%d} 结束，{facts.discovered_on:%Y-%m-%d} 才发现，已超过五年，不再给予处罚。",
        "行政处罚法第三十六条",
        "edit",
    )


def _limitation_end(facts: CaseFacts, code: str) -> tuple[date | None, date | None]:
    """The end of the act and the last day for its discovery, where it was discovered later than that."""
    ended = facts.act_ended_on or facts.act_on
    if ended is None or facts.discovered_on is None:
        return ended, None
    due = compute(code, ended).due
    return ended, due if facts.discovered_on > due else None


def filing_recommended(facts: CaseFacts, today: date) -> Refusal | None:
    """file-approval: the agency head signs before the head (立案登记表两级意见)."""
    requested = facts.done.get("request_filing")
    recommended = facts.done.get("recommend_filing")
    if recommended and requested and recommended >= requested:
        return None
    return Refusal(
        "file-approval",
        "经办机构负责人还没有签署立案意见。请先由中队长签署。",
        "执法程序规定第六十三条",
        "recommend_filing",
    )
