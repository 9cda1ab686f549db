"""The guards of telling the party: a reviewed record, a result."""

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
PASSED_REVIEW = MonitoringFact(1, "R1", "抓拍设备", date(2026, 3, 2), "passed")
RESULT = CommissionFact(1, "示例检测中心", "货物种类", date(2026, 3, 9), "result", date(2026, 3, 9))
IN_ORDER = f.CaseFacts(state=State.INVESTIGATION, focus=1, monitoring=(PASSED_REVIEW,), commissions=(RESULT,))

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (evidence.monitoring_untold, {"monitoring": (replace(PASSED_REVIEW, outcome=""),)}, "inv-emonitor-notify", "case"),
    (
        evidence.monitoring_untold, {"monitoring": (replace(PASSED_REVIEW, told_on=TODAY),)},
        "inv-emonitor-notify", "case",
    ),
    (evidence.result_untold, {"commissions": (replace(RESULT, outcome=""),)}, "inv-appraise", "case"),
    (evidence.result_untold, {"commissions": (replace(RESULT, told_on=TODAY),)}, "inv-appraise", "case"),
)  # fmt: skip
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = ()
