"""The guards of acts on one monitoring record or commission, from the first of them to the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.evidence_facts import CommissionFact, MonitoringFact
from cases.procedure.guards import evidence
from cases.procedure.states import State

TODAY = date(2026, 3, 20)
NEW = MonitoringFact(1, "R1", "抓拍设备", date(2026, 3, 2))
OPEN = CommissionFact(1, "示例检测中心", "货物种类", date(2026, 3, 9))
IN_ORDER = f.CaseFacts(state=State.INVESTIGATION, focus=1, monitoring=(NEW,), commissions=(OPEN,))

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (evidence.monitoring_waits, {"monitoring": (replace(NEW, outcome="passed"),)}, "inv-emonitor-content", "case"),
    (evidence.monitoring_waits, {"focus": 2}, "inv-emonitor-content", "case"),
    (evidence.result_awaited, {"commissions": (replace(OPEN, outcome="withdrawn"),)}, "inv-appraise", "case"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = ()
