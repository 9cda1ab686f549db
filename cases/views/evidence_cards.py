"""Cards of the case page about evidence: monitoring records and testing commissions that still ask for something."""

from __future__ import annotations

from collections.abc import Iterable

from cases.models import MonitoringOutcome
from cases.procedure.facts import CaseFacts
from cases.views.card_facts import CardFacts


def monitoring_records(facts: CaseFacts) -> Iterable[CardFacts]:
    """Records of monitoring devices, until the party was told."""
    for one in facts.monitoring:
        if one.told_on is None:
            state = MonitoringOutcome(one.outcome).label + "，待告知当事人" if one.outcome else "待审核"
            lines = (("设备", one.device), ("记录日期", f"{one.recorded_on:%Y-%m-%d}"))
            yield CardFacts("monitoring", one.id, f"电子技术监控记录{one.record_no}", state, lines)


def commissions(facts: CaseFacts) -> Iterable[CardFacts]:
    """Commissions, until the party knows the result."""
    for one in facts.commissions:
        if one.outcome == "withdrawn" or one.told_on:
            continue
        state = "已出结果，待告知当事人" if one.outcome else "等结果"
        lines = (("受托机构", one.institution), ("约定完成日期", f"{one.due_on:%Y-%m-%d}"))
        yield CardFacts("commission", one.id, f"鉴定、检测：{one.matter}", state, lines)
