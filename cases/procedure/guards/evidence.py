"""Before the report: evidence there at all, monitoring records reviewed, tests answered and told (处罚法40、41、46)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def evidence_present(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-comprehensive: unclear facts or no evidence, no penalty (处罚法40)."""
    if facts.evidence:
        return None
    return Refusal("inv-comprehensive", "案卷里还没有证据。请先补充证据。", "行政处罚法第四十条", "add_evidence")


def monitoring_reviewed(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-emonitor-content: a record that was not reviewed cannot be evidence (处罚法41第二款)."""
    waiting = [one.record_no for one in facts.monitoring if not one.outcome]
    if not waiting:
        return None
    return Refusal(
        "inv-emonitor-content",
        f"电子技术监控记录{waiting[0]}还没有审核，不能作为证据。请等法制审核员审核。",
        "行政处罚法第四十一条第二款",
        "review_monitoring_record",
    )


def tests_answered(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-appraise: what was given to be tested is answered or withdrawn, and the party was told the result."""
    for one in facts.commissions:
        if not one.outcome:
            return Refusal(
                "inv-appraise",
                f"委托{one.institution}的鉴定、检测还没有结果。请登记结果；不再需要的，请登记撤回。",
                "行政处罚法第四十六条第二款",
                "record_test_result",
            )
        if one.outcome == "result" and one.told_on is None:
            return Refusal(
                "inv-appraise",
                f"{one.institution}的鉴定、检测结果还没有告知当事人。请先告知。",
                "行政处罚法第四十六条第二款",
                "tell_test_result",
            )
    return None


def monitoring_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-emonitor-content: this record was not reviewed yet."""
    one = facts.focused_monitoring
    if one and not one.outcome:
        return None
    return Refusal(
        "inv-emonitor-content", "这条监控记录已经审核过了。请回到案件页核对。", "行政处罚法第四十一条第二款", "case"
    )


def monitoring_untold(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-emonitor-notify: reviewed and passed, and the party was not told yet."""
    one = facts.focused_monitoring
    if one and one.outcome == "passed" and one.told_on is None:
        return None
    return Refusal(
        "inv-emonitor-notify",
        "这条监控记录还没有审核通过，或者已经告知当事人。请回到案件页核对。",
        "行政处罚法第四十一条第三款",
        "case",
    )


def result_awaited(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-appraise: the commission has no result yet."""
    one = facts.focused_commission
    if one and not one.outcome:
        return None
    return Refusal("inv-appraise", "这项委托已经登记过结果。请回到案件页核对。", "行政处罚法第四十六条第一款", "case")


def result_untold(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-appraise: there is a result, and the party was not told yet."""
    one = facts.focused_commission
    if one and one.outcome == "result" and one.told_on is None:
        return None
    return Refusal(
        "inv-appraise",
        "这项委托还没有结果，或者已经告知当事人。请回到案件页核对。",
        "行政处罚法第四十六条第一款",
        "case",
    )
