"""The guards of evidence."""

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
PHOTO = f.EvidenceFact("照片", "证明扬撒", is_verified=True)
TOLD = MonitoringFact(1, "R1", "抓拍设备", date(2026, 3, 2), "passed", date(2026, 3, 6))
ANSWERED = CommissionFact(
    1, "示例检测中心", "货物种类", date(2026, 3, 9), "result", date(2026, 3, 9), date(2026, 3, 10)
)

IN_ORDER = f.CaseFacts(state=State.INVESTIGATION, evidence=(PHOTO,), monitoring=(TOLD,), commissions=(ANSWERED,))

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (evidence.evidence_present, {"evidence": ()}, "inv-comprehensive", "add_evidence"),
    (
        evidence.monitoring_reviewed, {"monitoring": (replace(TOLD, outcome="", told_on=None),)},
        "inv-emonitor-content", "review_monitoring_record",
    ),
    (
        evidence.tests_answered, {"commissions": (replace(ANSWERED, outcome="", result_on=None, told_on=None),)},
        "inv-appraise", "record_test_result",
    ),
    (
        evidence.tests_answered, {"commissions": (replace(ANSWERED, told_on=None),)}, "inv-appraise", "tell_test_result",
    ),
)  # fmt: skip
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (evidence.monitoring_reviewed, {"monitoring": (replace(TOLD, outcome="failed", told_on=None),)}),
    (evidence.monitoring_reviewed, {"monitoring": (replace(TOLD, told_on=None),)}),
    (evidence.tests_answered, {"commissions": (replace(ANSWERED, outcome="withdrawn", told_on=None),)}),
)
